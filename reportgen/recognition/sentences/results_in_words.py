"""Figures and indicators that a report states in sentences alone; each is a reading to be looked at."""

import re
from collections.abc import Iterator

from reportgen.core.value import FieldPath
from reportgen.recognition.draft import ImportDraft, Placed
from reportgen.recognition.reading.words import squeezed

_DOUBT = "按正文“{}”读出，请核对"
_AMOUNT = r"(\d[\d,]*(?:\.\d+)?)(万元|亿元|元)"
_FUNDS = (
    (
        "年初预算数",
        rf"年初(?:部门|项目)?(?:预算|批复|安排)(?:安排|批复)?(?:资金)?(?:数|合计|共计|为|共|是|[:：])*{_AMOUNT}",
    ),
    (
        "全年预算数",
        rf"(?<!年初)(?<!年初部门)(?<!年初项目)(?<!年初预算)(?:下拨资金(?:合计)?|全年预算数?|调整后预算数?|预算安排(?:资金)?|预算资金|预算数|资金总额|安排资金|到位资金|下达资金|拨付资金|项目资金|总预算|预算)(?:合计|共计|总计|为|共|数|是|[:：])*{_AMOUNT}",
    ),
    (
        "全年执行数",
        rf"(?:实际(?:发放|支出|使用|执行|支付)|全年执行数?|执行数|全年支出|累计支出|支出合计|共支出|已支出|(?<=[，,、；;])支出|支付)(?:资金)?(?:合计|共计|总计|为|共|数|是|[:：])*{_AMOUNT}",
    ),
    (
        "执行率",
        r"(?:执行率|使用完成率|支出完成率|资金完成率)(?:为|达到?|是|[:：])*(\d[\d.]*%)()",
    ),
)
_REASONS = (
    ("调整原因", r"调整(?:的)?(?:主要)?原因(?:是|为)([^。]{4,})()"),
    (
        "调整原因",
        r"较年初预算数?(?:增加|减少|增长|下降|调增|调减)[^。；]*?原因是([^。]{4,})()",
    ),
    ("偏差原因", r"偏差(?:的)?(?:主要)?原因(?:是|为)([^。]{4,})()"),
)
_OUTCOME = (
    (
        "总分",
        r"(?:自评|评价|综合|总|最终)?(?:总?得分|总分|评分)(?:为|是|共|[:：])*(\d[\d.]*)分()",
    ),
    (
        "等级",
        r"(?:等级|级别|评级|结果)(?:评定)?(?:为|是|[:：])*[“\"「]?(优秀|良好|中等|合格|较差|优|良|中|差)()",
    ),
)
_KIND = re.compile(
    r"(?:[(（]?\d{1,2}[)）]?[、.．]?)?(数量|质量|时效|成本|经济成本|社会成本|生态环境成本|经济效益|社会效益|生态效益|可持续影响|服务对象满意度|满意度)(?:指标)?(?:完成情况)?[:：](.+)"
)
_OUTPUTS = frozenset(["数量", "质量", "时效", "成本"])
_TOLD = re.compile(
    r"(?P<name>[^，,；;。]*?)(?:年度|预期)?(?:指标值|目标值|计划值)(?:为|是)?(?P<target>[^，,；;。]+)[，,]\s*(?:实际)?(?:完成值|实际值|完成)(?:为|是)?(?P<actual>[^，,；;。]+)"
)
_DONE = re.compile(
    r"(?P<name>[^，,；;。\d≥≤＞＜=]*?)(?P<target>[≥≤＞＜=]?\d[\d.]*[^，,；;。\d]{0,8})[，,]\s*实际(?:[^，,；;。\d]{0,6}?)(?P<actual>\d[\d.]*[^，,；;。\d]{0,8})"
)
_REASON = re.compile(
    r"未(?:能|及时|完成|达|按|全部|足额)|滞后|延迟|推迟|暂缓|因.+(?:影响|原因)"
)
_PART = re.compile("项目|专项|基本支出|基金|国有资本")
_NAMED = frozenset(["数量指标", "质量指标", "成本指标"])


def read_results(draft: ImportDraft) -> None:
    """Adds what the sentences say of money, score and indicators where no table said it."""
    owners: list[FieldPath] = [
        ("项目", at) for at in range(len(draft.projects))
    ]
    for owner in [(), *owners]:
        texts = list(_sentences(draft, owner))
        funds = [draft.has((*owner, "资金", name)) for name, _ in _FUNDS]
        if not any(funds):
            of_all = texts if owner else [*_on_the_whole(draft)]
            _figures(draft, (*owner, "资金"), _FUNDS, of_all)
        _figures(draft, (*owner, "资金"), _REASONS, texts)
        if not draft.has((*owner, "指标")):
            _rows(draft, owner, texts)
        if not draft.has((*owner, "自评结果")):
            _figures(draft, (*owner, "自评结果"), _OUTCOME, texts)


def _sentences(
    draft: ImportDraft,
    owner: FieldPath,
) -> Iterator[Placed]:
    start = (*owner, "叙述")
    for path, placed in draft.values.items():
        if path[: len(start)] == start:
            yield placed


def _on_the_whole(draft: ImportDraft) -> Iterator[Placed]:
    """The texts of the unit that tell of all of its money, not of a part or a project."""
    projects = [squeezed(one) for one in draft.projects if one]
    for path, placed in draft.values.items():
        if path[0] != "叙述" or _PART.search(str(path[1])):
            continue
        said = squeezed(placed.value)
        if not any(one in said for one in projects):
            yield placed


def _figures(
    draft: ImportDraft,
    path: FieldPath,
    patterns: tuple[tuple[str, str], ...],
    texts: list[Placed],
) -> None:
    for name, pattern in patterns:
        for one in () if draft.has((*path, name)) else texts:
            found = re.search(pattern, one.value)
            if found:
                value = f"{found[1]}{found[2].removesuffix('万元')}"
                doubt = _DOUBT.format(found[0][:30])
                draft.put((*path, name), value, one.lines, doubt)
                break


def _rows(
    draft: ImportDraft,
    owner: FieldPath,
    texts: list[Placed],
) -> None:
    for one in texts:
        kind = _KIND.fullmatch(one.value)
        if kind:
            for clause in re.split("[；;。]", kind[2]):
                _row(draft, owner, kind[1], clause, one)


def _row(
    draft: ImportDraft,
    owner: FieldPath,
    kind: str,
    clause: str,
    source: Placed,
) -> None:
    """One indicator of a clause: 享受补助940人次，实际发放940人次."""
    found = _TOLD.search(clause) or _DONE.search(clause)
    if found is None:
        return
    rows = (*owner, "指标")
    path = (*rows, draft.count(rows))
    doubt = _DOUBT.format(found[0][:30])
    name, target, actual = found.groups()
    category = f"{kind}指标" if kind != "满意度" else "服务对象满意度指标"
    is_money = "万元" in target and category not in _NAMED
    values = {
        "一级": _dimension(kind),
        "二级": category,
        "三级": "" if is_money else name.strip(),
        "指标值": target,
        "实际值": actual,
        "偏差原因": _reason(clause[found.end() :]),
    }
    for role, value in values.items():
        draft.put((*path, role), value, source.lines, doubt)


def _reason(rest: str) -> str:
    """What is said behind the values of why they differ."""
    return "，".join(filter(_REASON.search, re.split("[，,]", rest)))


def _dimension(kind: str) -> str:
    if kind in _OUTPUTS:
        return "产出指标"
    if kind.endswith("满意度"):
        return "满意度指标"
    return "成本指标" if kind.endswith("成本") else "效益指标"
