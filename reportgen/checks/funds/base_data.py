"""BUD002, BUD006: 基础数据, persons, the years before, and amounts of two columns mixed in one sentence."""

import re
from collections.abc import Sequence
from itertools import pairwise

from reportgen.checks.facts.blocks import Block
from reportgen.checks.facts.facts import Facts
from reportgen.checks.funds.sums import amounts_do_not_add
from reportgen.checks.rule import ERROR, WARNING, Problems, added_up, at, rule
from reportgen.core.numerals import ZERO, known_of, percent
from reportgen.figures.adding import AMOUNTS, HEADS
from reportgen.figures.figure import FieldPath
from reportgen.model.base_data import BaseAmounts, BaseData
from reportgen.model.fractions import half_digit, typed_decimals
from reportgen.model.shape import field_named
from reportgen.model.unit import Funds, FundsRow
from reportgen.model.values import Reported
from reportgen.narrative.numbers import MONEY, Quantity, read_quantities

_BASE_COLUMNS = (
    ("上年决算数", "previous"),
    ("本年预算数", "budget"),
    ("本年决算数", "actual"),
)
_YEARS = (("上年", "last"), ("前年", "before_last"))
_OTHERS = "其他"
_SENTENCE = re.compile(r"[。；;\n]")
_BETWEEN = re.compile(r"^[，,、（(\s]*其中[：:，,]?")


@rule(
    "BUD002",
    ERROR,
    "{whole}的{column}为 {stated}，各分项（{parts}）之和为 {total}，相差 {off}；请核对合计和各分项",
)
def base_data_do_not_add(facts: Facts) -> Problems:
    """基础数据、历年数的合计与分项之和不符.

    依据：基础数据表中“其中”各行之和等于该行；历年的合计等于各行历年数之和。
    反例：
        模板: hecheng
        基础数据:
          项目支出: {本年预算数: 100, 本年决算数: 100}
          明细: {业务工作专项: {本年决算数: 60}, 运行维护专项: {本年决算数: 50}}
    """
    totals = facts.manifest.base_totals
    for name, members in totals.items():
        yield from _base_table(facts, name, members)
    for one in facts.evaluations:
        funds = one.evaluation.funds
        path = (*one.path, "资金")
        for rows in (funds.by_income, funds.by_nature):
            yield from _history(funds, path, rows)


def _base_table(facts: Facts, name: str, members: Sequence[str]) -> Problems:
    base = facts.unit.base_data
    whole, path = _base_row(base, name)
    known = {*facts.manifest.base_rows, *facts.manifest.base_totals}
    own = (
        [row for row in base.rows if row not in known]
        if _OTHERS in members
        else []
    )
    names = [*(one for one in members if one != _OTHERS), *own]
    if whole is None:
        return
    rows = [(one, row) for one in names if (row := _base_row(base, one)[0])]
    for column, field in _BASE_COLUMNS:
        stated: Reported | None = getattr(whole, field)
        parts = known_of((one, getattr(row, field)) for one, row in rows)
        if stated is not None and parts:
            place = (*path, column)
            yield from amounts_do_not_add(
                stated, place, f"「{name}」", column, parts
            )


def _base_row(
    base: BaseData, name: str
) -> tuple[BaseAmounts | None, FieldPath]:
    """The row `name` of 基础数据: one of its own fields or one of 明细."""
    field = field_named(type(base), name)
    if field is not None and field.model is BaseAmounts:
        return getattr(base, field.name), ("基础数据", name)
    return base.rows.get(name), ("基础数据", "明细", name)


def _history(
    funds: Funds, path: FieldPath, rows: Sequence[FundsRow]
) -> Problems:
    for column, field in _YEARS:
        stated = getattr(funds.history, field)
        parts = known_of(
            (row.name, getattr(row.history, field)) for row in rows
        )
        if stated is not None and parts:
            place = (*path, "历年", column)
            yield from amounts_do_not_add(
                stated, place, "资金总额", f"{column}数", parts
            )


@rule(
    "BUD002",
    ERROR,
    "“{whole}，其中{name}{part}”口径不一致：{whole_amount} 是{whole_column}，"
    "{part_amount} 是「{name}」的{part_column}；请用同一口径的数",
)
def columns_mixed_in_text(facts: Facts) -> Problems:
    """文字中合计与“其中”的分项取自不同的口径（预算数与执行数）.

    依据：“其中”前后的金额应为同一口径，分项之和才等于合计。
    反例：
        资金:
          年初预算数: 100
          全年预算数: 120
          全年执行数: 120
          调整原因: 年中追加设备款
          按支出性质: [{名称: 基本支出, 全年执行数: 70}, {名称: 项目支出, 全年执行数: 50}]
        叙述: {资金执行情况: 本单位全年预算100万元，其中基本支出70万元。}
    """
    funds = facts.unit.funds
    rows = [
        row for row in (*funds.by_nature, *funds.by_income) if row.name.strip()
    ]
    for block in facts.blocks:
        if block.project is None and "其中" in block.text:
            for sentence in _SENTENCE.split(block.text):
                if "其中" in sentence:
                    yield from _mixed(block, sentence, funds, rows)


def _mixed(
    block: Block,
    sentence: str,
    funds: Funds,
    rows: Sequence[FundsRow],
) -> Problems:
    amounts = [one for one in read_quantities(sentence) if one.kind == MONEY]
    for whole, part in pairwise(amounts):
        between = sentence[whole.end : part.start]
        lead = _BETWEEN.match(between)
        row = next(
            (
                row
                for row in rows
                if lead and between[lead.end() :].startswith(row.name)
            ),
            None,
        )
        if row is None:
            continue
        of_whole = _columns(funds, whole)
        of_part = _columns(row, part)
        if of_whole and of_part and not set(of_whole) & set(of_part):
            yield at(
                block,
                name=row.name,
                whole=whole.text,
                part=part.text,
                whole_amount=whole.value,
                part_amount=part.value,
                whole_column="、".join(of_whole),
                part_column="、".join(of_part),
            )


def _columns(amounts: Funds | FundsRow, said: Quantity) -> list[str]:
    """The columns in which the amount stands."""
    return [
        column
        for field, column in AMOUNTS
        if (value := getattr(amounts, field)) is not None
        and abs(value - said.value) <= said.tolerance
    ]


@rule(
    "BUD006",
    ERROR,
    "人员合计填报为 {stated}，{parts} 相加为 {total}；请核对各项人数",
)
def staff_wrong(facts: Facts) -> Problems:
    """人员合计、在职人员控制率与各项人数不符，或在职人数多于编制.

    依据：在职＋离休＋退休＝合计；在职人员控制率＝在职人员数÷编制数，不高于100%。
    反例：
        单位: {名称: 示范单位, 人员: {在职: 15, 离休: 0, 退休: 12, 合计: 28}}
    """
    staff = facts.profile.staff
    counts = known_of(
        (label, getattr(staff, field))
        for field, label in HEADS
        if label != "编制"
    )
    total = sum((count for _, count in counts), ZERO)
    if staff.total is not None and len(counts) > 1 and total != staff.total:
        yield at(
            "单位",
            "人员",
            "合计",
            stated=staff.total,
            parts=added_up(counts),
            total=total,
        )
    yield from _control_rate(facts)


def _control_rate(facts: Facts) -> Problems:
    staff = facts.profile.staff
    stated = facts.unit.base_data.control_rate
    if staff.serving is None or not staff.established:
        return
    if staff.serving > staff.established:
        yield at(
            "单位",
            "人员",
            "在职",
            message="在职 {serving} 人，多于编制 {established} 人；请核对，确属超编的请在单位概况中说明",
            severity=WARNING,
            serving=staff.serving,
            established=staff.established,
        )
    if stated is None:
        return
    rate = staff.serving / staff.established
    if abs(rate - stated) > half_digit(stated):
        digits = typed_decimals(stated)
        yield at(
            "基础数据",
            "在职人员控制率",
            message="在职人员控制率填报为{stated}，按 {serving} ÷ {established} 计算应为{rate}；请核对在职人数和编制数",
            stated=percent(stated, digits),
            serving=staff.serving,
            established=staff.established,
            rate=percent(rate, max(digits, 2)),
        )
