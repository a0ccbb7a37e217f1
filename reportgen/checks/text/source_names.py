"""TXT001: what 其中 tells of a source of money by a shorter name: 财政拨款 for 一般公共预算财政拨款."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.passages import ProseBlock
from reportgen.checks.facts.reported_value import OTHER, RATE, ReportedValue
from reportgen.checks.facts.reported_values import Subject, agrees
from reportgen.checks.rule import WARNING, Problems, at, rule
from reportgen.core.findings import dotted
from reportgen.narrative.numbers import MONEY, Quantity

_AMONG = ("其中", "包括")
_PART = re.compile(
    r"(?:[，,、：:和及与]|其中|包括)+(?P<name>[\u4e00-\u9fff]{3,14}?)(?:为|共|安排)?\s*"
)
_NO_COLUMNS = (RATE, OTHER)


@rule(
    "TXT001",
    WARNING,
    "文中“{quoted}”与表不一致：「{row}」的{column}为{shown}（{where}）；请核对后改正其中一处",
)
def part_by_short_name_wrong(facts: Facts) -> Problems:
    """文中用简称写的一项资金来源，金额与表中该项不同.

    依据：合计与表中的一栏相同，“其中”的各项也应当是同一栏的数。
    反例：
        资金:
          年初预算数: 460
          全年预算数: 460
          全年执行数: 460
          按收入性质:
            - {名称: 一般公共预算财政拨款, 年初预算数: 385.2, 全年预算数: 385.2, 全年执行数: 385.2}
            - {名称: 事业收入, 年初预算数: 74.8, 全年预算数: 74.8, 全年执行数: 74.8}
        叙述: {预算安排与执行: 全年预算460万元，其中财政拨款358.2万元。}
    """
    if not facts.paragraph_text.holds(_AMONG):
        return
    for passage in facts.quantified:
        for whole, one, name in _parts(passage):
            place = passage.path, one.start
            value = _meant(facts, passage, whole, name)
            right = value is None or agrees(one, value)
            if value and not right and place not in facts.wrong_places:
                yield at(
                    *passage.path,
                    quoted=f"{name}{one.text}",
                    row=value.what,
                    column=value.column,
                    shown=value.shown,
                    where=dotted(value.where),
                )


def _parts(passage: ProseBlock) -> Iterator[tuple[Quantity, Quantity, str]]:
    """Each amount that follows 其中, with the whole before it and the name right before it."""
    whole = last = None
    for one in passage.quantities:
        between = passage.text[last.end : one.start] if last else ""
        if between.startswith(("，其中", "，包括", "（其中", "，主要包括")):
            whole = last
        part = _PART.fullmatch(between)
        if whole and part and one.kind == MONEY and one.is_exact:
            yield whole, one, part["name"]
        else:
            whole = None
        last = one


def _meant(
    facts: Facts, passage: ProseBlock, whole: Quantity, name: str
) -> ReportedValue | None:
    """The amount of the only row whose name holds it, in the column of which `whole` is the total."""
    total, *rows = facts.reported.of_owner[passage.block.project]
    called = [row for row in rows if name in row.name]
    if len(called) != 1 or called[0].name == name:
        return None
    columns = [*_columns_of(total, whole)]
    return next(_in_columns(called[0], columns), None)


def _columns_of(subject: Subject, whole: Quantity) -> Iterator[str]:
    """The columns in which the total is that amount."""
    for column, values in subject.amounts.items():
        if column not in _NO_COLUMNS and any(
            agrees(whole, one) for one in values
        ):
            yield column


def _in_columns(row: Subject, columns: list[str]) -> Iterator[ReportedValue]:
    """The amounts of a row in some columns."""
    for column in columns:
        yield from row.amounts.get(column, ())
