"""What the sentences on a unit say of it: what it is, its duties, its offices and its staff."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.core.value import FieldPath
from reportgen.recognition.draft import ImportDraft, Placed
from reportgen.recognition.reading.words import section_named

_DOUBT = "按正文“{}”读出，请核对"
_NUMBER = r"(\d+)\s*(?:个|名|人)?"
_ABOUT = frozenset(["单位概况", "基本情况"])
_FACTS: tuple[tuple[FieldPath, str], ...] = (
    (
        ("单位", "性质"),
        r"(?:是|为|属于|系)[^，。；]{0,24}?((?:正|副)?[厅处科股]级(?:事业|行政)单位|公益[一二]类(?:全额拨款|差额拨款)?事业单位"
        r"|参照公务员法管理(?:的)?(?:事业)?单位|(?:全额|差额)拨款(?:的)?事业单位|行政单位)",
    ),
    (("单位", "预算级次"), r"属(?:于)?([^，。；]{1,6}级(?:部门)?预算单位)"),
    (("单位", "主管部门"), r"主管部门(?:为|是)([^，。；]{3,30})"),
    (
        ("单位", "内设机构数"),
        rf"(?:内设|下设|现有|设有?)(?:机构|股室|科室|处室|职能部门|部门)\s*{_NUMBER}",
    ),
    (
        ("单位", "内设机构数"),
        r"(?:内设|下设|现有|设有?)\s*(\d+)\s*个(?:内设)?(?:机构|股室|科室|处室|职能部门|部门|股|科)",
    ),
    (("单位", "下属单位数"), r"下属单位\s*(\d+)\s*个"),
    (("单位", "下属单位数"), r"(无)下属单位"),
    (
        ("单位", "人员", "编制"),
        rf"编制(?:人数|人员|数|总数)?(?:为|共|有)?\s*{_NUMBER}(?![\d.]*万)",
    ),
    (
        ("单位", "人员", "在职"),
        rf"(?:在职|在编|实有)(?:人员|职工|人数|在职人员)?(?:为|共|有)?\s*{_NUMBER}",
    ),
    (
        ("单位", "人员", "合计"),
        rf"(?:共有|现有)(?:在册)?(?:人员|职工|干部职工|工作人员)\s*{_NUMBER}",
    ),
    (("单位", "人员", "离休"), rf"离休(?:人员|人数)?\s*{_NUMBER}"),
    (("单位", "人员", "退休"), rf"(?<!离)退休(?:人员|人数)?\s*{_NUMBER}"),
)
_DUTIES = re.compile(
    r"(?:主要)?(?:职责|职能)(?:是|为|有|包括)?[:：](?=一是)(.+)"
)
_DUTY = re.compile(r"[；;]?[一二三四五六七八九十]{1,3}是")


def read_unit_facts(draft: ImportDraft) -> None:
    """Adds what the paragraphs on the unit say of it where no table said it; each is a reading to be looked at."""
    texts = [*_about_unit(draft)]
    for path, pattern in _FACTS:
        if not draft.has(path):
            _fact(draft, path, re.compile(pattern), texts)
    if not draft.has(("单位", "职责")):
        for one in texts:
            _duties(draft, one)


def _fact(
    draft: ImportDraft,
    path: FieldPath,
    pattern: re.Pattern[str],
    texts: list[Placed],
) -> None:
    for one in texts:
        match = pattern.search(one.value)
        if match:
            value = "0" if match[1] == "无" else match[1]
            draft.put(path, value, one.lines, _DOUBT.format(match[0][:30]))
            return


def _about_unit(draft: ImportDraft) -> Iterator[Placed]:
    for path, placed in draft.values.items():
        if path[0] == "叙述" and section_named(str(path[1])) in _ABOUT:
            yield placed


def _duties(
    draft: ImportDraft,
    source: Placed,
) -> None:
    told = _DUTIES.search(source.value)
    items = _DUTY.split(told[1].rstrip("。")) if told else []
    for item in filter(None, items):
        path = ("单位", "职责", draft.count(("单位", "职责")))
        draft.put(path, item, source.lines, "按正文读出，请核对")
