"""What a unit typed, joined into one text, so that a rule that looks for words goes over it once.

`prose` is what was written in sentences (see blocks.py), `cells` is everything else: names, labels, values of
indicators, the sheet's head.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from reportgen.checks.facts.blocks import Block
from reportgen.figures.figure import FieldPath
from reportgen.model.unit import Evaluation, Indicator, Project, Signing, Unit

Hit = tuple[Block, "re.Match[str]"]


# A cell of a form: the row it stands in, its column, what it says, and of which project. A bare tuple: there are many.
Cell = tuple[FieldPath, str, str, "int | None"]


@dataclass(frozen=True, slots=True)
class TextIndex:
    """Pieces of text and all of them as one, a line each; `block` gives a piece by its position."""

    block: Callable[[int], Block]
    text: str
    starts: tuple[int, ...]

    def has(self, word: str) -> bool:
        """Whether `word` stands anywhere; one character is looked for faster than two, and most words lack one."""
        return all(map(self.text.__contains__, word)) and word in self.text

    def holds(self, words: Iterable[str]) -> bool:
        """Whether one of `words` stands anywhere."""
        return any(self.has(word) for word in words)

    def at(self, position: int) -> Block:
        """The piece that stands at `position` of `text`."""
        return self.block(bisect_right(self.starts, position) - 1)

    def hits(self, pattern: re.Pattern[str]) -> Iterator[Hit]:
        """Every match of `pattern`, which must not go over the end of a line, with its piece."""
        for match in pattern.finditer(self.text):
            yield self.at(match.start()), match

    def words(self, words: Iterable[str]) -> Iterator[tuple[Block, str]]:
        """Every piece that holds one of `words`, with the word; a piece once for each word."""
        for word in filter(self.has, words):
            position = self.text.find(word)
            while position >= 0:
                yield self.at(position), word
                end = self.text.find("\n", position)
                position = self.text.find(word, end) if end >= 0 else -1


def joined(blocks: Sequence[Block]) -> TextIndex:
    """`blocks` and their texts as one."""
    return _joined([one.text for one in blocks], blocks.__getitem__)


def joined_cells(unit: Unit) -> TextIndex:
    """Every cell of the forms that holds words, and their texts as one."""
    cells = typed_cells(unit)

    def block(position: int) -> Block:
        row, column, text, project = cells[position]
        return Block((*row, column), text, column, project)

    return _joined([one[2] for one in cells], block)


def _joined(texts: list[str], block: Callable[[int], Block]) -> TextIndex:
    text = "\n".join(texts)
    if text.count("\n") >= len(texts) > 0:  # a cell of several lines
        text = "\n".join(one.replace("\n", " ") for one in texts)
    return TextIndex(
        block, text, tuple(accumulate((len(one) + 1 for one in texts), initial=0))[:-1]
    )


@lru_cache(maxsize=256)
def any_of(words: tuple[str, ...], form: str = "{}") -> re.Pattern[str]:
    """A pattern for any of `words`, longest first, set into `form`; of no words one that never matches."""
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(
        form.replace(
            "{}", "(?:" + ("|".join(map(re.escape, longest_first)) or r"(?!)") + ")"
        )
    )


def typed_cells(unit: Unit) -> list[Cell]:
    """Every cell of the forms that holds words, in the order of the file."""
    cells: list[Cell] = []
    profile = unit.profile
    head = {
        "名称": profile.name,
        "简称": profile.short_name,
        "性质": profile.nature,
        "主管部门": profile.supervisor,
    }
    cells += _filled(head, ("单位",), None)
    cells += _signed(unit.signing, ("填报",), None)
    _add_evaluation(cells, unit, (), None)
    _add_indicators(cells, unit.long_term_indicators, ("长期指标",), None)
    for name, framework in (
        ("共性指标", unit.framework),
        ("项目共性指标", unit.project_framework),
    ):
        for indicator, reported in framework.indicators.items():
            actual = reported.actual.text if reported.actual else ""
            cells += _filled(
                {"实际值": actual, "偏差原因": reported.deviation},
                (name, "指标", indicator),
                None,
            )
    for position, project in enumerate(unit.projects):
        _add_project(cells, project, position)
    return cells


def _add_project(cells: list[Cell], project: Project, position: int) -> None:
    path = ("项目", position)
    head = {
        "名称": project.name,
        "表题": project.title,
        "清单名称": project.listed_name,
        "类别": project.category,
        "备注": project.remark,
        "主管部门": project.supervisor,
        "实施单位": project.performer,
    }
    cells += _filled(head, path, position)
    if project.signing:
        cells += _signed(project.signing, (*path, "填报"), position)
    _add_evaluation(cells, project, path, position)


def _add_evaluation(
    cells: list[Cell], one: Evaluation, path: FieldPath, project: int | None
) -> None:
    funds = one.funds
    for group, rows in (
        ("按收入性质", funds.by_income),
        ("按支出性质", funds.by_nature),
        ("资金来源", funds.by_source),
    ):
        for position, row in enumerate(rows):
            place = (*path, "资金", group, position)
            cells.append((place, "名称", row.name, project))
            cells += [
                ((*place, "明细", n), "名称", detail.name, project)
                for n, detail in enumerate(row.details)
            ]
    _add_indicators(cells, one.indicators, (*path, "指标"), project)


def _add_indicators(
    cells: list[Cell], rows: Sequence[Indicator], path: FieldPath, project: int | None
) -> None:
    for position, one in enumerate(rows):
        place = (*path, position)
        for name, text in (
            ("目标", one.goal),
            ("一级", one.dimension),
            ("二级", one.category),
            ("三级", one.name),
            ("指标值", one.target.text if one.target else ""),
            ("实际值", one.actual.text if one.actual else ""),
            ("指标值依据", one.basis),
        ):
            if text:
                cells.append((place, name, text, project))


def _signed(one: Signing, path: FieldPath, project: int | None) -> Iterator[Cell]:
    cells = {
        "填报人": one.filled_by,
        "联系电话": one.telephone,
        "日期": one.date,
        "负责人": one.responsible,
    }
    return _filled(cells, path, project)


def _filled(
    cells: dict[str, str], path: FieldPath, project: int | None
) -> Iterator[Cell]:
    return ((path, name, text, project) for name, text in cells.items() if text)
