"""IND004: the levels of indicators."""

from collections.abc import Iterator
from itertools import chain

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_rows import IndicatorRow
from reportgen.checks.facts.indicator_text import is_stated, label_kind, money
from reportgen.checks.indicators.kind_system import kind_system
from reportgen.checks.rule import ERROR, WARNING, Problems, at, rule
from reportgen.figures.common import framework_name
from reportgen.model.target import is_named, read_target


def _filled_rows(facts: Facts) -> Iterator[IndicatorRow]:
    """The rows of all tables that were not left blank, and those of 长期指标."""
    return chain(*(table.filled for table in facts.tables), facts.long_term)


@rule(
    "IND004",
    ERROR,
    "「{name}」一行没有填一级指标，不属于任何一组；像 Excel 那样合并的，也请每一行都填",
)
def row_without_group(facts: Facts) -> Problems:
    """其他各行填了一级指标，这一行没有填.

    依据：每一行都填一级指标。
    反例：
        指标:
          - {一级: 产出指标, 二级: 数量指标, 三级: 培训场次, 指标值: ≥30场, 实际值: 31场}
          - {二级: 数量指标, 三级: 培训人次, 指标值: ≥90人次, 实际值: 92人次}
    """
    for table in facts.tables:
        blank = [row for row in table.filled if not row.dimension_label]
        for row in blank if len(blank) < len(table.filled) else ():
            yield at(row, "一级")


@rule(
    "IND004",
    ERROR,
    "成本指标既作一级指标，又作产出指标的二级指标；请统一放在一处",
)
def cost_in_two_places(facts: Facts) -> Problems:
    """成本指标既作一级指标，又作产出指标的二级指标.

    依据：成本指标只放在一处。
    反例：
        指标:
          - {一级: 产出指标, 二级: 成本指标, 三级: 人均培训费, 指标值: ≤300元, 实际值: 280元}
          - {一级: 成本指标, 二级: 经济成本指标, 三级: 资料费, 指标值: ≤20元, 实际值: 18元}
    """
    for table in facts.tables:
        has_top = any(row.dimension == "成本" for row in table.filled)
        outputs = [row for row in table.filled if row.dimension == "产出"]
        below = [row for row in outputs if "成本" in row.category]
        if has_top and below:
            yield at(below[0], "二级")


@rule(
    "IND004",
    ERROR,
    "一级指标填的是「{dimension}」，它是「{right}」的二级指标；请核对一级、二级指标是否错位",
)
def second_level_as_first(facts: Facts) -> Problems:
    """一级指标填的是二级指标.

    依据：一级、二级指标按模板包的指标体系填写。
    反例：
        指标: [{一级: 质量指标, 二级: 时效指标, 三级: 按节点完成计划, 指标值: ≥95%, 实际值: 97%}]
    """
    levels = kind_system(facts)
    for row in facts.once(_filled_rows):
        if row.dimension in levels.above and row.dimension not in levels.below:
            yield at(
                row,
                "一级",
                dimension=row.dimension_label,
                right=levels.right(row.dimension),
            )


@rule(
    "IND004",
    ERROR,
    "「{category}」不属于「{dimension}」，应在「{right}」之下；请核对一级、二级指标是否错位",
)
def second_level_of_another(facts: Facts) -> Problems:
    """二级指标不属于这一行的一级指标.

    依据：二级指标属于表中的一级指标（模板包的指标体系）。
    反例：
        指标: [{一级: 效益指标, 二级: 质量指标, 三级: 检测合格率, 指标值: ≥95%, 实际值: 97%}]
    """
    levels = kind_system(facts)
    for row in facts.once(_filled_rows):
        tops = levels.above.get(row.category, [row.dimension])
        if row.dimension in levels.below and row.dimension not in tops:
            yield at(
                row,
                "二级",
                category=row.category_label,
                dimension=row.dimension_label,
                right=levels.right(row.category),
            )


@rule(
    "IND004",
    ERROR,
    "指标名称「{category}」填在了二级指标一栏，三级指标空着；请把名称移到三级指标，二级指标填所属类别",
)
def name_as_second_level(facts: Facts) -> Problems:
    """指标名称填在了二级指标一栏.

    依据：三级指标填指标名称，二级指标填所属类别。
    反例：
        指标: [{一级: 产出指标, 二级: 单位正常运转, 指标值: 正常, 实际值: 运转正常}]
    """
    levels = kind_system(facts)
    for row in facts.once(_filled_rows):
        unknown = is_named(row.category) and row.category not in levels.above
        has_value = row.target is not None or row.actual is not None
        if not unknown or row.dimension not in levels.below:
            continue
        if has_value and not is_named(row.name):
            yield at(row, "二级", category=row.category_label)


@rule(
    "IND004",
    ERROR,
    "二级指标填的是「{category}」，它是「{right}」下面的三级指标；请核对二级、三级指标是否错位",
)
def third_level_of_form_as_second(facts: Facts) -> Problems:
    """表中印出的三级指标填在了二级指标一栏.

    依据：共性指标框架的三级指标不作二级指标。
    反例：
        模板: ezhou
        指标: [{一级: 产出指标, 二级: 在职人员控制率, 三级: 人员控制, 指标值: ≤100%, 实际值: 96%}]
    """
    framework = facts.scoring.framework
    for row in facts.once(_filled_rows) if framework else ():
        spec = framework.get(framework_name(row.indicator.category))
        if spec is None or not spec.category:
            continue
        if label_kind(spec.category) != row.category:
            category = row.category_label
            yield at(row, "二级", category=category, right=spec.category)


@rule("IND004", ERROR, "三级指标填的是“{name}”，不是指标名称；请填写指标名称")
def value_as_name(facts: Facts) -> Problems:
    """三级指标填的是金额、百分数，不是名称.

    依据：三级指标是名称，不是金额。
    反例：
        指标: [{一级: 产出指标, 二级: 数量指标, 三级: ≥95%, 指标值: ≥95%, 实际值: 97%}]
    """
    for row in facts.once(_filled_rows):
        if _is_value(row):
            yield at(row, "三级", name=row.name)


def _is_value(row: IndicatorRow) -> bool:
    """Whether a sum of money, a percentage or the target itself stands where the name should; 12345热线 is a name."""
    first = row.name[:1]
    if not first or not (first.isdigit() or first in "≥≤＜＞<>￥¥"):
        return False
    read = read_target(row.name)
    cells = [value.text.strip() for value in row.stated]
    is_amount = read.measure == "%" or money(read) is not None
    return read.value is not None and (is_amount or row.name in cells)


@rule(
    "IND004",
    WARNING,
    "「{name}」是质量（比率）指标，填在了「{category}」下；请移到质量指标",
)
def rate_as_quantity(facts: Facts) -> Problems:
    """合格率、达标率等质量指标填在了数量指标下.

    依据：数量指标是产出的数量，质量指标是达到的标准（词表“质量比率”）。
    反例：
        指标: [{一级: 产出指标, 二级: 数量指标, 三级: 设备合格率, 指标值: ≥95%, 实际值: 97%}]
    """
    rates = facts.words.quality_rates
    for row in facts.once(_filled_rows):
        is_misplaced = row.category == "数量" and row.name.endswith(rates)
        if is_misplaced and row.is_rate and not _is_value(row):
            category = row.category_label
            yield at(row, "二级", name=row.name, category=category)


@rule(
    "IND004",
    ERROR,
    "「{name}」的指标值依据“{text}”照抄了指标值；请填写依据，如计划标准、历史标准、行业标准",
)
def basis_repeats_target(facts: Facts) -> Problems:
    """指标值设定依据照抄了指标值.

    依据：指标值依据填写计划标准、历史标准、行业标准等。
    反例：
        指标: [{一级: 产出指标, 二级: 质量指标, 三级: 方案质量, 指标值: 符合要求,
          实际值: 通过评审, 指标值依据: 符合要求}]
    """
    for row in facts.once(_filled_rows):
        basis = row.indicator.basis.strip()
        repeated = row.target is not None and basis == row.target.text.strip()
        if repeated and is_stated(basis):
            yield at(row, "指标值依据", text=basis)


@rule(
    "IND004", ERROR, "「{dimension}」下有两个「{name}」；请删去一个，或改正名称"
)
def named_twice(facts: Facts) -> Problems:
    """同一类下有两个名称相同的三级指标.

    依据：同一类下名称不重复。
    反例：
        指标:
          - {一级: 产出指标, 二级: 数量指标, 三级: 培训场次, 指标值: ≥30场, 实际值: 31场}
          - {一级: 产出指标, 二级: 数量指标, 三级: 培训场次, 指标值: ≥30场, 实际值: 31场}
    """
    for rows in (*(table.filled for table in facts.tables), facts.long_term):
        seen: dict[tuple[str, str, str], IndicatorRow] = {}
        for row in rows:
            key = (row.indicator.goal, row.dimension, row.name)
            first = seen.setdefault(key, row)
            if first is not row and is_named(row.name):
                # the same name under another 二级 with another target may be meant
                same = (
                    first.category == row.category or first.target == row.target
                )
                yield at(
                    row,
                    "三级",
                    severity=ERROR if same else WARNING,
                    dimension=row.dimension_label,
                    name=row.name,
                )
