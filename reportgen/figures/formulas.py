"""The formulas of 共性指标: one amount of unit.yaml over another.

As in the frameworks of 财预〔2013〕53号 and 财预〔2020〕10号.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from reportgen.core.numerals import ZERO, less
from reportgen.figures.figure import Input
from reportgen.model.reporting import Reporting
from reportgen.model.shape import field_named
from reportgen.model.unit import Unit

Kind = Literal["份额", "变动", "节约"]
_TEXTS: dict[Kind, str] = {
    "份额": "{part} ÷ {whole} × 100%",
    "变动": "（{part} － {whole}）÷ {whole} × 100%",
    "节约": "（{whole} － {part}）÷ {whole} × 100%",
}


class Operand(NamedTuple):
    """One side of a formula: what it is called, and the field of unit.yaml that it stands in, if any.

    `otherwise` gives it where that is not reported but follows from other fields.
    """

    label: str
    field: str
    otherwise: Callable[[Unit], Input | None] | None = None
    called: str = ""  # in the text of the formula, where that differs

    def read(self, unit: Unit) -> Input:
        """Its value in `unit`, and where it comes from."""
        path = tuple(self.field.split(".")) if self.field else ()
        value = _value_at(unit, path) if path else None
        derived = (
            self.otherwise(unit) if value is None and self.otherwise else None
        )
        return derived or Input(self.label, value, path)


class Formula(NamedTuple):
    """`part` over `whole` as a ratio; 变动 and 节约 tell by how much `part` is above or below `whole`."""

    part: Operand
    whole: Operand
    kind: Kind = "份额"

    @property
    def text(self) -> str:
        """As `explain` shows it."""
        part, whole = (
            one.called or one.label for one in (self.part, self.whole)
        )
        return _TEXTS[self.kind].format(part=part, whole=whole)

    def value(self, part: Decimal, whole: Decimal) -> Decimal:
        """The ratio; `whole` is not zero."""
        if self.kind == "变动":
            return part / whole - 1
        if self.kind == "节约":
            return 1 - part / whole
        return part / whole


def _value_at(unit: Unit, path: tuple[str, ...]) -> Any:
    value: Any = unit
    for key in path:
        model: type[Reporting] = type(value)
        field = field_named(model, key)
        value = getattr(value, field.name) if field else None
    return value


def _adjusted(unit: Unit) -> Input | None:
    changed = less(unit.funds.revised, unit.funds.initial)
    if changed is None:
        return None
    return Input("预算调整数", abs(changed), ("资金", "调整额"))


def _left_over(unit: Unit) -> Input | None:
    left = less(unit.funds.revised, unit.funds.executed)
    if left is None:
        return None
    return Input("结转结余总额", left, ("资金", "结转"))


def _of_projects(label: str, key: str, attribute: str) -> Operand:
    """The sum over the projects, where each gives the amount; the unit's own amount where it lists none."""

    def added(unit: Unit) -> Input | None:
        amounts = [
            getattr(project.funds, attribute) for project in unit.projects
        ]
        if not amounts:
            return Input(label, getattr(unit.funds, attribute), ("资金", key))
        total = None if None in amounts else sum(amounts, ZERO)
        return Input(f"各项目{label}", total, ("项目",))

    return Operand(label, "", added)


def _use_of_budget(key: str) -> Formula:
    """实际 ÷ 预算 of one row of 基础数据."""
    return Formula(
        Operand(f"{key}实际数", f"基础数据.{key}.本年决算数"),
        Operand(f"{key}预算数", f"基础数据.{key}.本年预算数"),
    )


def _share_of_tasks(done: str, planned: str) -> Formula:
    return Formula(
        Operand(done, f"基础数据.工作任务.{done}"),
        Operand(planned, f"基础数据.工作任务.{planned}"),
    )


_PLANNED = Operand("计划产出数", "基础数据.项目产出.计划数")
_DELIVERED = Operand("实际产出数", "基础数据.项目产出.实际数")
_SOUND = Operand("达标产出数", "基础数据.项目产出.达标数")
_RECEIVED = Operand("实际到位资金", "基础数据.到位资金")
_BUDGET = Operand("全年预算数", "资金.全年预算数")

FORMULAS = {
    "在职人员控制率": Formula(
        Operand("在职人员数", "单位.人员.在职"),
        Operand("编制数", "单位.人员.编制"),
    ),
    "三公经费变动率": Formula(
        Operand("本年三公经费预算数", "基础数据.三公经费.本年预算数"),
        Operand("上年三公经费决算数", "基础数据.三公经费.上年决算数"),
        "变动",
    ),
    "三公经费控制率": _use_of_budget("三公经费"),
    "公用经费控制率": _use_of_budget("公用经费"),
    "会议费控制率": _use_of_budget("会议费"),
    "政府采购执行率": _use_of_budget("政府采购"),
    "非税收入预算完成率": _use_of_budget("非税收入"),
    "重点支出安排率": Formula(
        Operand("重点预算支出", "基础数据.重点支出"),
        Operand("全年预算数", "资金.全年预算数", called="预算总支出"),
    ),
    "预算执行率": Formula(Operand("全年执行数", "资金.全年执行数"), _BUDGET),
    "预算调整率": Formula(
        Operand("预算调整数", "基础数据.预算调整", _adjusted),
        Operand("年初预算数", "资金.年初预算数"),
    ),
    "支付进度率": Formula(
        Operand("实际支付进度", "基础数据.支付进度.实际"),
        Operand("既定支付进度", "基础数据.支付进度.既定"),
    ),
    "结转结余率": Formula(
        Operand("结转结余总额", "基础数据.结转结余.本年", _left_over),
        Operand("支出预算数", "资金.全年预算数"),
    ),
    "结转结余变动率": Formula(
        Operand("本年累计结转结余", "基础数据.结转结余.本年"),
        Operand("上年累计结转结余", "基础数据.结转结余.上年"),
        "变动",
    ),
    "固定资产利用率": Formula(
        Operand("在用固定资产", "基础数据.固定资产.在用"),
        Operand("全部固定资产", "基础数据.固定资产.总额"),
    ),
    "实际完成率": _share_of_tasks("完成数", "计划数"),
    "完成及时率": _share_of_tasks("及时完成数", "计划数"),
    "质量达标率": _share_of_tasks("达标数", "计划数"),
    "重点工作办结率": _share_of_tasks("重点办结数", "重点交办数"),
    "资金到位率": Formula(
        _RECEIVED, _of_projects("预算资金", "全年预算数", "revised")
    ),
    "项目预算执行率": Formula(
        _of_projects("实际支出资金", "全年执行数", "executed"), _RECEIVED
    ),
    "项目实际完成率": Formula(_DELIVERED, _PLANNED),
    "项目质量达标率": Formula(_SOUND, _DELIVERED),
    "成本节约率": Formula(
        Operand("实际成本", "基础数据.成本.实际"),
        Operand("计划成本", "基础数据.成本.计划"),
        "节约",
    ),
}
