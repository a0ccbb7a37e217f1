"""Reading a unit of 441 lines: bare `yaml.load(text, CSafeLoader)` against reading with places, and to the whole model.

All in one run, in turns, the best of many rounds of each. Bar: `load_unit`, everything read, typed and checked, takes
at most 3 times as long as the bare loader. The last line is its ratio.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from reportgen.model.loading import load_unit
from reportgen.sources.yaml_tree import load_yaml

LINES = 441
ROUNDS = 60

HEAD = """\
# 单位基本情况
模板: standard
年度: 2022
单位:
  名称: 示范市机关事务服务中心
  简称: 机关事务中心
  性质: 全额拨款事业单位
  主管部门: 示范市人民政府办公室
  职责: |
    负责市级机关后勤服务保障；
    负责公务用车、会议和接待的组织实施。
  内设机构数: 6
  人员: {编制: 45, 在职: 41, 离休: 0, 退休: 23}
资金:
  年初预算数: 1860.52
  全年预算数: 2013.44万元
  全年执行数: 1987.06
  按收入性质:
    - {名称: 一般公共预算, 全年预算数: 1900.00, 全年执行数: 1880.06}
    - {名称: 其他资金, 全年预算数: 113.44, 全年执行数: 107.00}
年度目标:
  预期目标: "保障机关正常运转，厉行节约"
  完成情况: "全部完成，三公经费较上年下降"
项目:
"""
PROJECT = """\
  - 名称: 专项工作{number}
    资金:
      年初预算数: 120
      全年预算数: 131.60
      全年执行数: 123.12
    年度目标:
      预期目标: 按季度完成养护和维修，群众满意
      完成情况: 已完成，详见附表
    指标:
"""
INDICATOR = """\
      - 一级: 产出指标
        二级: 数量指标
        三级: 保障会议场次{number}
        指标值: 大于14000次
        实际值: 14062次
        分值: 10
        得分: 9.5
        偏差原因: 受年中调整影响，部分工作顺延到下一年度
"""


def unit_text() -> str:
    """A unit of `LINES` lines: head, then projects with six indicators each."""
    text, number = HEAD, 0
    while text.count("\n") < LINES:
        if number % 6 == 0:
            text += PROJECT.format(number=number // 6 + 1)
        number += 1
        text += INDICATOR.format(number=number)
    return "\n".join(text.split("\n")[:LINES]) + "\n"


def seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def main() -> None:
    text = unit_text()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "unit.yaml"
        path.write_text(text, encoding="utf-8")
        load_unit(
            path
        )  # the model's validators are built when they are first used
        rounds = [
            (
                seconds(lambda: yaml.load(text, yaml.CSafeLoader)),
                seconds(lambda: load_yaml(path)),
                seconds(lambda: load_unit(path)),
            )
            for _ in range(ROUNDS)
        ]
    bare, tree, unit = (min(times) for times in zip(*rounds, strict=True))
    print(f"{text.count(chr(10))} lines")
    print(f"bare CSafeLoader {bare * 1000:.2f} ms")
    print(f"load_yaml        {tree * 1000:.2f} ms, {tree / bare:.2f} times")
    print(f"load_unit        {unit * 1000:.2f} ms")
    print(f"ratio {unit / bare:.2f}")


if __name__ == "__main__":
    main()
