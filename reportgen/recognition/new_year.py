"""Last year's papers as a start for this year: names and targets stay, results become those of the year before."""

from __future__ import annotations

from reportgen.core.value import FieldPath
from reportgen.recognition.draft import ImportDraft, Placed

_GONE = frozenset(
    [
        "自评结果",
        "叙述",
        "完成情况",
        "得分",
        "执行率",
        "偏差原因",
        "调整原因",
        "年初预算数",
        "全年预算数",
        "占比",
        "历年",
        "填报日期",
        "填报",
    ]
)
_LAST = {"实际值": "历年", "全年执行数": "历年"}
_AIMS = frozenset(["指标值", "预期目标"])
_PROPOSED = "这是上年的，请按本年的目标改"
_WAS_OF = "上年的结果，请按本年另填"


def start_year(
    draft: ImportDraft,
    year: str,
) -> None:
    """Turns what was read of last year into the start of `year`; what has to be written anew is left blank."""
    values = draft.values
    draft.values = {}
    for path, placed in values.items():
        names = [step for step in path if isinstance(step, str)]
        if path == ("年度",):
            draft.values[path] = placed._replace(value=year, doubt="")
        elif _GONE.isdisjoint(names):
            _keep(draft, path, placed)
        elif placed.lines and "叙述" not in names:
            draft.leave(placed.spot, placed.value, _WAS_OF)
        else:
            draft.leave(placed.spot, placed.value, "上年的文字，请另写")


def _keep(
    draft: ImportDraft,
    path: FieldPath,
    placed: Placed,
) -> None:
    """A value of this year's start: a result as last year's, a target as a proposal."""
    name = str(path[-1]) if isinstance(path[-1], str) else str(path[-2])
    if name in _LAST:
        path = (*path[:-1], _LAST[name], "上年")
    doubt = _PROPOSED if name in _AIMS else placed.doubt
    draft.values[path] = placed._replace(doubt=doubt)
