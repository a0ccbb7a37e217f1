"""基础数据: what the 共性 indicators with a formula are computed from."""

from typing import Annotated

from pydantic import Field

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

    three_public: BaseAmounts = Field(
        default_factory=BaseAmounts, alias="三公经费"
    )
    operating: BaseAmounts = Field(
        default_factory=BaseAmounts, alias="公用经费"
    )
    meetings: BaseAmounts = Field(default_factory=BaseAmounts, alias="会议费")
    procurement: BaseAmounts = Field(
        default_factory=BaseAmounts, alias="政府采购"
    )
    non_tax: BaseAmounts = Field(default_factory=BaseAmounts, alias="非税收入")
    projects: BaseAmounts = Field(default_factory=BaseAmounts, alias="项目支出")
    adjustment: Amount = optional("预算调整")
    key_spending: Amount = optional("重点支出")
    received: Amount = optional("到位资金")
    carry_over: CarryOver = Field(default_factory=CarryOver, alias="结转结余")
    assets: Assets = Field(default_factory=Assets, alias="固定资产")
    tasks: Tasks = Field(default_factory=Tasks, alias="工作任务")
    outputs: Outputs = Field(default_factory=Outputs, alias="项目产出")
    progress: Progress = Field(default_factory=Progress, alias="支付进度")
    costs: Costs = Field(default_factory=Costs, alias="成本")
    control_rate: OpenRate = optional("在职人员控制率")
    rows: Annotated[dict[str, BaseAmounts], SKIP_EMPTY] = Field(
        default_factory=dict, alias="明细"
    )
