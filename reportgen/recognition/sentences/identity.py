"""Which unit, which year, which project a document is about, where no field says so."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from reportgen.core.value import FieldPath
from reportgen.recognition.draft import ImportDraft, Placed
from reportgen.recognition.reading.grids import WrittenLine, joined
from reportgen.recognition.reading.words import squeezed
from reportgen.recognition.tables.written_values import without_code

_YEAR = re.compile(r"((?:19|20)\d\d)\s*年(?:度)?(?!\s*\d{1,2}\s*月)")
_YEAR_OF = re.compile(r"((?:19|20)\d\d)\s*年度")
_ANY_YEAR = re.compile(r"((?:19|20)\d\d)(?=\s*[年\-./])")
_BODY = re.compile(
    r"[\u4e00-\u9fa5（）()]{2,30}?(?:人民政府|办公室|委员会|中心|学校|小学|中学|幼儿园|医院|卫生院|管理局|局|委|站|所|厅|院|馆|队|处|会|团|社|部|法院|检察院)"
)
_ENDS = re.compile(
    r"(?:部门|单位)?(?:整体|预算)?(?:项目)?(?:支出)?(?:预算)?(?:绩效)?(?:目标)?(?:自评价|自评|评价|申报|自我评价)(?:情况)?(?:报告|表|结果|清单|汇总表)?(?:[(（].*[)）])?$"
)
_UNSURE = "标题里没有年度，按文中写得最多的年份填，请核对"
_AFTER = "标题里没有年度，按表头里的前两年推出，请核对"
_SHORTEST = 4
_OF_PROJECT = frozenset(["实施单位", "主管部门", "用途", "项目总预算"])
_LAST, _SEVERAL = 6, 2
_ABOUT = re.compile(r"^(?:关于|附件\d*[:：]?)")


def complete(
    draft: ImportDraft,
    titles: Sequence[WrittenLine],
    lines: Sequence[WrittenLine],
) -> None:
    """Adds the year, the name of the unit and that of a project that has none."""
    named = [one for one in titles if one.text]
    _add_year(draft, named, lines)
    _add_project(draft, named)
    _adopt_unnamed(draft)
    _drop_unnamed(draft, named)
    _of_all_projects(draft)
    _add_unit(draft, named, lines)
    for line in named:
        if line not in draft.used:
            draft.label(line)


def _add_year(
    draft: ImportDraft,
    titles: Sequence[WrittenLine],
    lines: Sequence[WrittenLine],
) -> None:
    """The year of a title; else the one after those of columns, or the one that the text names most."""
    if draft.has(("年度",)):
        return
    for line, found in _found(_YEAR, titles):
        draft.put(("年度",), found[1], line)
        return
    for year, line in draft.heads:
        draft.put(("年度",), year, line, _AFTER)
        return
    for pattern in (_YEAR_OF, _ANY_YEAR):
        told = [(found[1], line) for line, found in _found(pattern, lines)]
        for year, _ in Counter(year for year, _ in told).most_common(1):
            spot = next(line.spot for said, line in told if said == year)
            source = WrittenLine("", lines[0].element, spot=spot)
            draft.put(("年度",), year, source, _UNSURE)
            return


def _found(
    pattern: re.Pattern[str],
    lines: Sequence[WrittenLine],
) -> Iterator[tuple[WrittenLine, re.Match[str]]]:
    for line in lines:
        yield from ((line, found) for found in pattern.finditer(line.text))


def _add_project(
    draft: ImportDraft,
    titles: Sequence[WrittenLine],
) -> None:
    """A project without a name takes that of the title of its report."""
    named = ((_project_in(line.text), line) for line in titles)
    names = [(name, line) for name, line in named if name]
    if "" in draft.projects and names:
        at = draft.projects.index("")
        draft.projects[at], line = names[0]
        draft.put(("项目", at, "名称"), draft.projects[at], line)


def _drop_unnamed(
    draft: ImportDraft,
    titles: Sequence[WrittenLine],
) -> None:
    """What was taken for a project that nothing names, not even a title, is the unit's."""
    if draft.projects != [""] or any("项目" in one.text for one in titles):
        return
    start = ("项目", 0)
    keys = {path[2] for path in draft.values if path[:2] == start}
    if keys.isdisjoint(_OF_PROJECT):
        draft.projects.clear()
        draft.values = {
            path[2:] if path[:2] == start else path: placed
            for path, placed in draft.values.items()
        }


def _adopt_unnamed(draft: ImportDraft) -> None:
    """A report that tells of one known project, without a field for its name, is that project's."""
    for at in reversed(range(len(draft.projects))):
        start = ("项目", at)
        if draft.projects[at] or draft.has((*start, "指标")):
            continue
        said = "".join(draft.values[one].value for one in draft.below(start))
        named = max(filter(None, draft.projects), key=said.count, default="")
        if named and named in said:
            _hand_over(draft, at, draft.projects.index(named))


def _hand_over(
    draft: ImportDraft,
    at: int,
    to: int,
) -> None:
    """What was read of one project is the other's."""
    moved: dict[FieldPath, Placed] = {}
    old = draft.values
    draft.values = {}
    for path, placed in old.items():
        if path[:2] == ("项目", at):
            moved[path[2:]] = placed
        elif path[0] == "项目" and int(path[1]) > at:
            draft.values[("项目", int(path[1]) - 1, *path[2:])] = placed
        else:
            draft.values[path] = placed
    del draft.projects[at]
    to -= to > at
    for path, placed in moved.items():
        if ("项目", to, *path) not in draft.values:
            draft.values[("项目", to, *path)] = placed


def _of_all_projects(draft: ImportDraft) -> None:
    """A report on projects that names none of those that are known is one of the unit on all of them."""
    if len(draft.projects) < _SEVERAL or draft.projects[-1]:
        return
    start = ("项目", len(draft.projects) - 1)
    if draft.has((*start, "指标")) or draft.has((*start, "年度目标")):
        return
    draft.projects.pop()
    for path in draft.below(start):
        placed = draft.values.pop(path)
        is_told = path[2] == "叙述"
        above = path[2:-1]
        own = (*above, draft.count(above)) if is_told else path[2:]
        draft.put(own, placed.value, placed.lines, placed.doubt)


def _project_in(title: str) -> str:
    """The project that a title names: 关于2023年…项目绩效自评报告."""
    text = _YEAR.sub("", _ABOUT.sub("", joined(iter([title]))), count=1)
    name = _ENDS.sub("", text).strip('“”"《》 的')
    is_named = name != text and len(name) >= _SHORTEST
    return name if is_named and not _BODY.fullmatch(name) else ""


def _add_unit(
    draft: ImportDraft,
    titles: Sequence[WrittenLine],
    lines: Sequence[WrittenLine],
) -> None:
    path = ("单位", "名称")
    if draft.has(path):
        return
    for name, source in _candidates(draft, titles, lines):
        draft.put(path, name, source)
        return


def _candidates(
    draft: ImportDraft,
    titles: Sequence[WrittenLine],
    lines: Sequence[WrittenLine],
) -> Iterable[tuple[str, Iterable[WrittenLine]]]:
    """Who reports: the department of a project, else who carries it out, else the body above a title or in it."""
    said = [line for line in lines if line.text]
    places = [said.index(one) for one in titles if one in said]
    above = [said[at - 1] for at in places if at]
    carried = [
        *_of_projects(draft, "主管部门"),
        *_of_projects(draft, "实施单位"),
    ]
    yield from (one for one in carried if _is_above(one[0], above))
    yield from carried
    yield from _bodies(_BODY.fullmatch, above)
    yield from _bodies(_named_first, titles)
    yield from _bodies(_BODY.fullmatch, said[-_LAST:])


def _is_above(
    name: str,
    above: Iterable[WrittenLine],
) -> bool:
    """Whether a body stands above a title, by its name or a short one."""
    return any(_is_short_for(squeezed(one.text), name) for one in above)


def _is_short_for(
    short: str,
    name: str,
) -> bool:
    """Whether all signs of a short name stand in the name, in their order."""
    rest = iter(name)
    return len(short) >= _SHORTEST and all(sign in rest for sign in short)


def _bodies(
    find: Callable[[str], re.Match[str] | None],
    lines: Iterable[WrittenLine],
) -> Iterator[tuple[str, Iterable[WrittenLine]]]:
    for line in lines:
        found = find(squeezed(line.text))
        if found:
            yield found[0], (line,)


def _named_first(title: str) -> re.Match[str] | None:
    """The body with which a title begins."""
    return _BODY.match(_YEAR.sub("", _ABOUT.sub("", title)))


def _of_projects(
    draft: ImportDraft,
    role: str,
) -> Iterable[tuple[str, Iterable[WrittenLine]]]:
    for at in range(len(draft.projects)):
        found = draft.values.get(("项目", at, role))
        if found:
            name = without_code(found.value)
            bare = name.removesuffix("部门")
            yield bare if _BODY.fullmatch(bare) else name, ()
