"""Which unit, which year, which project a document is about, where no field says so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from reportgen.recognition.draft import ImportDraft
from reportgen.recognition.pairs import without_code
from reportgen.recognition.words import squeezed
from reportgen.recognition.written import Written, joined

_YEAR = re.compile(r"((?:19|20)\d\d)\s*年(?:度)?(?!\s*\d{1,2}\s*月)")
_YEAR_OF = re.compile(r"((?:19|20)\d\d)\s*年度")
_ANY_YEAR = re.compile(r"((?:19|20)\d\d)(?=\s*[年\-./])")
_BODY = re.compile(
    r"[\u4e00-\u9fa5（）()]{2,30}?(?:人民政府|办公室|委员会|中心|学校|小学|中学|幼儿园|医院|卫生院|管理局|局|委|站|所|厅|院|馆|队|处|会|团|社|部|法院|检察院)"
)
_ENDS = re.compile(
    r"(?:部门|单位)?(?:整体|预算)?(?:项目)?(?:支出)?(?:预算)?(?:绩效)?(?:目标)?(?:自评价|自评|评价|申报|自我评价)(?:情况)?(?:报告|表|结果|清单|汇总表)?(?:[(（].*[)）])?$"
)
_ABOUT = re.compile(r"^(?:关于|附件\d*[:：]?)")


def complete(
    draft: ImportDraft, titles: Sequence[Written], lines: Sequence[Written]
) -> None:
    """Adds the year, the name of the unit and that of a project that has none."""
    named = [one for one in titles if one.text]
    _add_year(draft, named, lines)
    _add_project(draft, named)
    _add_unit(draft, named, lines)
    for line in named:
        if line not in draft.used:
            draft.label(line)


def _add_year(
    draft: ImportDraft, titles: Sequence[Written], lines: Sequence[Written]
) -> None:
    """The year of a title; else the one that the text names most."""
    if draft.has(("年度",)):
        return
    for line in titles:
        found = _YEAR.search(line.text)
        if found:
            draft.put(("年度",), found[1], line)
            return
    for pattern in (_YEAR_OF, _ANY_YEAR):
        counted = Counter(
            year for line in lines for year in pattern.findall(line.text)
        )
        if counted:
            year = counted.most_common(1)[0][0]
            source = next(one for one in lines if year in one.text)
            doubt = "标题里没有年度，按文中写得最多的年份填，请核对"
            spot = Written("", source.element, spot=source.spot)
            draft.put(("年度",), year, spot, doubt)
            return


def _add_project(draft: ImportDraft, titles: Sequence[Written]) -> None:
    """A project without a name takes that of the title of its report."""
    for at, name in enumerate(draft.projects):
        if name:
            continue
        for line in titles:
            text = _ABOUT.sub("", joined(iter([line.text])))
            told = _ENDS.sub("", _YEAR.sub("", text, count=1)).strip(
                '“”"《》 的'
            )
            if len(told) >= 4 and _BODY.fullmatch(told) is None:
                draft.projects[at] = told
                draft.put(("项目", at, "名称"), told, line)
                break


def _add_unit(
    draft: ImportDraft, titles: Sequence[Written], lines: Sequence[Written]
) -> None:
    path = ("单位", "名称")
    if draft.has(path):
        return
    for name, source in _candidates(draft, titles, lines):
        draft.put(path, name, source)
        return


def _candidates(
    draft: ImportDraft, titles: Sequence[Written], lines: Sequence[Written]
) -> Iterable[tuple[str, Iterable[Written]]]:
    """Who reports: who carries a project out, else the body above a title or in it, else the department."""
    yield from _of_projects(draft, "实施单位")
    for title in titles:
        at = lines.index(title) if title in lines else 0
        above = next((one for one in reversed(lines[:at]) if one.text), None)
        if above and _BODY.fullmatch(squeezed(above.text)):
            yield squeezed(above.text), (above,)
    for title in titles:
        found = _BODY.match(_YEAR.sub("", _ABOUT.sub("", squeezed(title.text))))
        if found and len(found[0]) >= 4:
            yield found[0], (title,)
    yield from _of_projects(draft, "主管部门")
    for line in lines[-6:]:
        if _BODY.fullmatch(squeezed(line.text)):
            yield squeezed(line.text), (line,)


def _of_projects(
    draft: ImportDraft, role: str
) -> Iterable[tuple[str, Iterable[Written]]]:
    for at in range(len(draft.projects)):
        found = draft.values.get(("项目", at, role))
        if found:
            yield without_code(found.value), ()
