"""基础数据: what the 共性 indicators with a formula are computed from."""

from typing import Annotated

from reportgen.model.reporting import SKIP_EMPTY, Reporting, optional
from reportgen.model.values import Amount, Count, OpenRate


class BaseAmounts(Reporting):
    """One row of 基础数据, amounts in 万元."""

    previous: Amount = optional("上年决算数")
    budget: Amount = optional("本年预算数")
    actual: Amount = optional("本年决算数")


class Assets(Reporting):
    """固定资产, in 万元."""

    total: Amount = optional("总额")
    in_use: Amount = optional("在用")


class Tasks(Reporting):
    """工作任务: how many were planned, done, done in time, done to standard; 交办 and 办结 for the key ones."""

    planned: Count = optional("计划数")
    done: Count = optional("完成数")
    in_time: Count = optional("及时完成数")
    to_standard: Count = optional("达标数")
    assigned: Count = optional("重点交办数")
    settled: Count = optional("重点办结数")


class Outputs(Reporting):
    """项目产出: how much the projects were to deliver, delivered, delivered to standard."""

    planned: Count = optional("计划数")
    done: Count = optional("实际数")
    to_standard: Count = optional("达标数")


class CarryOver(Reporting):
    """结转结余, accumulated, in 万元."""

    previous: Amount = optional("上年")
    current: Amount = optional("本年")


class Progress(Reporting):
    """支付进度."""

    planned: OpenRate = optional("既定")
    actual: OpenRate = optional("实际")


class Costs(Reporting):
    """成本, in 万元."""

    planned: Amount = optional("计划")
    actual: Amount = optional("实际")


class BaseData(Reporting):
    """基础数据: what the 共性 indicators with a formula are computed from (manual, 共性指标)."""

    three_public: BaseAmounts = optional("三公经费", BaseAmounts)
    operating: BaseAmounts = optional("公用经费", BaseAmounts)
    meetings: BaseAmounts = optional("会议费", BaseAmounts)
    procurement: BaseAmounts = optional("政府采购", BaseAmounts)
    non_tax: BaseAmounts = optional("非税收入", BaseAmounts)
    projects: BaseAmounts = optional("项目支出", BaseAmounts)
    adjustment: Amount = optional("预算调整")
    key_spending: Amount = optional("重点支出")
    received: Amount = optional("到位资金")
    carry_over: CarryOver = optional("结转结余", CarryOver)
    assets: Assets = optional("固定资产", Assets)
    tasks: Tasks = optional("工作任务", Tasks)
    outputs: Outputs = optional("项目产出", Outputs)
    progress: Progress = optional("支付进度", Progress)
    costs: Costs = optional("成本", Costs)
    control_rate: OpenRate = optional("在职人员控制率")
    rows: Annotated[dict[str, BaseAmounts], SKIP_EMPTY] = optional("明细", dict)
