"""Writes N distinct units: made-up names, figures, texts, none to five projects each; sums and scores agree.

    python benchmarks/make_units.py N DIR

The same N gives the same files. Every tenth unit has a project that missed its target or spent too little, and says
why; every fortieth states a total that is not the sum, so that the checks have something to find.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import yaml

COUNTIES = (
    *(
        "青禾",
        "白石",
        "清溪",
        "云岭",
        "东湖",
        "南塘",
        "西岭",
        "北川",
        "长桥",
        "新桥",
    ),
    *(
        "金坪",
        "银杏",
        "梅岭",
        "竹山",
        "松江",
        "柏林",
        "枫林",
        "桂园",
        "兰陵",
        "荷塘",
    ),
)
TOWNS = (
    *(
        "城关",
        "河口",
        "石桥",
        "双柳",
        "龙潭",
        "凤山",
        "马坡",
        "鹿鸣",
        "鹤鸣",
        "雁塔",
    ),
    *(
        "梨园",
        "桃源",
        "杏林",
        "柳泉",
        "茶亭",
        "米市",
        "盐井",
        "铁铺",
        "瓦窑",
        "纸坊",
    ),
)
BODIES = (
    (
        "图书馆",
        "文化和旅游局",
        "阅读服务",
        (
            "收集、整理、保存图书和地方文献",
            "组织全民阅读活动，培训基层业务人员",
        ),
    ),
    (
        "中心卫生院",
        "卫生健康局",
        "基本医疗",
        ("承担基本医疗和公共卫生服务", "组织健康教育和慢性病管理"),
    ),
    (
        "中学",
        "教育局",
        "教育教学",
        ("承担初中和高中阶段教育教学", "组织教师培训和校园安全工作"),
    ),
    (
        "水利站",
        "水利局",
        "防汛抗旱",
        ("负责小型水利工程的建设和管护", "承担防汛抗旱值守和巡查"),
    ),
    (
        "农业技术推广站",
        "农业农村局",
        "农技推广",
        ("推广良种良法和绿色防控技术", "开展农民培训和田间指导"),
    ),
    (
        "社会福利院",
        "民政局",
        "供养照料",
        ("供养照料特困人员", "组织志愿服务和康复活动"),
    ),
    (
        "环境卫生所",
        "城市管理局",
        "环卫保洁",
        ("负责道路清扫和垃圾清运", "维护公共厕所和转运站"),
    ),
    (
        "公路养护所",
        "交通运输局",
        "公路养护",
        ("负责县乡公路日常养护", "处置水毁和冰雪灾害"),
    ),
)
PROJECTS = (
    ("业务用房维修", "维修面积", "平方米", 1200),
    ("设备更新", "更新设备", "台", 40),
    ("信息系统运行维护", "维护系统", "个", 6),
    ("业务培训", "培训人次", "人次", 800),
    ("宣传服务进乡村", "开展活动", "场", 60),
    ("安全隐患排查整治", "排查点位", "处", 150),
    ("公共服务提升", "服务人次", "人次", 9000),
)
NATURES = ("公益一类事业单位", "公益二类事业单位")
CENT = Decimal("0.01")
Record = dict[str, Any]


class Dumper(yaml.CSafeDumper):
    """Amounts as plain numbers with two decimals, no anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


Dumper.add_representer(
    Decimal,
    lambda dumper, value: dumper.represent_scalar(
        "tag:yaml.org,2002:float", str(value)
    ),
)


def cents(value: Decimal | float | int) -> Decimal:
    return Decimal(value).quantize(CENT, ROUND_HALF_UP)


def amount(dice: random.Random, low: int, high: int) -> Decimal:
    return cents(Decimal(dice.randrange(low * 100, high * 100)) / 100)


def indicator(
    places: str,
    name: str,
    target: str,
    actual: str,
    weight: int,
    score: Any,
    **more: str,
) -> Record:
    first, second = places.split("/")
    stated = {"分值": weight, "得分": score}
    return {
        "一级": first,
        "二级": second,
        "三级": name,
        "指标值": target,
        "实际值": actual,
        **stated,
        **more,
    }


def indicators(
    dice: random.Random,
    counted: tuple[str, str, int],
    budget: Decimal,
    spent: Decimal,
    missed: bool,
) -> Any:
    """Ten rows of 90 points; with `missed` the first is not reached and says why."""
    name, measure, about = counted
    wanted = about * dice.randrange(80, 120) // 100
    done = (
        wanted * dice.randrange(86, 96) // 100
        if missed
        else wanted * dice.randrange(101, 112) // 100
    )
    score = cents(Decimal(15) * done / wanted) if missed else 15
    why = (
        {
            "偏差原因": "四季度连续降雨，部分工作顺延；已排定次年一季度补做，并按月通报进度"
        }
        if missed
        else {}
    )
    pleased = dice.randrange(900, 990) / Decimal(10)
    return [
        indicator(
            "产出指标/数量指标",
            name,
            f"≥{wanted}{measure}",
            f"{done}{measure}",
            15,
            score,
            **why,
        ),
        indicator(
            "产出指标/质量指标",
            "验收合格率",
            "≥95%",
            f"{dice.randrange(955, 999) / 10}%",
            15,
            15,
        ),
        indicator(
            "产出指标/时效指标",
            "平均办理时间",
            "≤20天",
            f"{dice.randrange(16, 20)}天",
            10,
            10,
        ),
        indicator(
            "产出指标/成本指标",
            "支出总额",
            f"≤{budget}万元",
            f"{spent}万元",
            10,
            10,
        ),
        indicator(
            "效益指标/社会效益指标",
            "问题办结率",
            "≥90%",
            f"{dice.randrange(905, 990) / 10}%",
            15,
            15,
        ),
        indicator(
            "效益指标/可持续影响指标",
            "长效管理机制",
            "制度健全并执行",
            f"修订制度{dice.randrange(2, 6)}项并执行",
            15,
            15,
        ),
        indicator(
            "满意度指标/服务对象满意度指标",
            "服务对象满意度",
            "≥88%",
            f"{pleased}%",
            10,
            10,
        ),
    ], score


def outcome(spent: Decimal, budget: Decimal, first: Any) -> Record:
    total = cents(Decimal(10) * spent / budget) + Decimal(75) + Decimal(first)
    return {
        "分值合计": 100,
        "总分": cents(total),
        "等级": "优" if total >= 90 else "良",
    }


def evaluated(
    dice: random.Random,
    counted: tuple[str, str, int],
    budget: Decimal,
    spent: Decimal,
    missed: bool,
) -> Record:
    rows, first = indicators(dice, counted, budget, spent, missed)
    name = counted[0]
    return {
        "年度目标": {
            "预期目标": [
                f"{name}不少于{rows[0]['指标值'][1:]}",
                "验收合格率不低于95%，服务对象满意度不低于88%",
            ],
            "完成情况": [
                f"{name}{rows[0]['实际值']}，验收合格率{rows[1]['实际值']}，满意度{rows[6]['实际值']}"
            ],
        },
        "一级分值": {"产出指标": 50, "效益指标": 30, "满意度指标": 10},
        "指标": rows,
        "自评结果": outcome(spent, budget, first),
    }


def funds(budget: Decimal, spent: Decimal, **more: Any) -> Record:
    score = cents(Decimal(10) * spent / budget)
    amounts = {"年初预算数": budget, "全年预算数": budget, "全年执行数": spent}
    return {**amounts, "分值": 10, "得分": score, **more}


def row(name: str, budget: Decimal, spent: Decimal) -> Record:
    return {
        "名称": name,
        "年初预算数": budget,
        "全年预算数": budget,
        "全年执行数": spent,
    }


def project(
    dice: random.Random,
    spec: tuple[str, str, str, int],
    unit: Record,
    weak: bool,
) -> Record:
    budget = amount(dice, 20, 180)
    spent = (
        cents(budget * dice.randrange(70, 86) / 100)
        if weak
        else cents(budget * dice.randrange(955, 1001) / 1000)
    )
    late = (
        {
            "偏差原因": f"工程{dice.randrange(9, 13)}月完工，按合同约定验收后付款，尾款结转下年支付"
        }
        if weak
        else {}
    )
    sources = [
        row("当年财政拨款", budget, spent),
        {"名称": "上年结转资金"},
        {"名称": "其他资金"},
    ]
    return {
        "名称": spec[0],
        "主管部门": unit["主管部门"],
        "实施单位": unit["名称"],
        "资金": funds(budget, spent, **late, 资金来源=sources),
        **evaluated(dice, spec[1:], budget, spent, weak),
    }


def profile(dice: random.Random, number: int) -> Record:
    county = COUNTIES[number % len(COUNTIES)]
    town = TOWNS[number // len(COUNTIES) % len(TOWNS)]
    kind, above, _, duties = BODIES[number // 400 % len(BODIES)]
    series = f"第{number // 3200 + 1}" if number >= 3200 else ""
    established = dice.randrange(20, 90)
    serving, retired = established - dice.randrange(0, 6), dice.randrange(3, 30)
    return {
        "名称": f"{county}县{town}{series}{kind}",
        "性质": dice.choice(NATURES),
        "预算级次": "县二级预算单位",
        "主管部门": f"{county}县{above}",
        "职责": list(duties),
        "内设机构数": dice.randrange(3, 8),
        "人员": {
            "编制": established,
            "在职": serving,
            "离休": 0,
            "退休": retired,
            "合计": serving + retired,
        },
    }


def make_unit(number: int) -> Record:
    """Unit `number`, always the same."""
    dice = random.Random(number)
    unit = profile(dice, number)
    weak = number % 10 == 3
    specs = dice.sample(PROJECTS, dice.randrange(6))
    projects = [
        project(dice, spec, unit, weak and not at)
        for at, spec in enumerate(specs)
    ]
    for_projects = [
        sum((one["资金"][key] for one in projects), Decimal(0))
        for key in ("全年预算数", "全年执行数")
    ]
    basic = amount(dice, 200, 900)
    basic_spent = cents(basic * dice.randrange(965, 1001) / 1000)
    budget, spent = basic + for_projects[0], basic_spent + for_projects[1]
    natures = [row("基本支出", basic, basic_spent)]
    natures += [row("项目支出", *for_projects)] if projects else []
    service = BODIES[number // 400 % len(BODIES)][2]
    whole = evaluated(
        dice,
        (f"{service}服务次数", "次", 400 + number % 97),
        budget,
        spent,
        missed=False,
    )
    if number % 40 == 7:
        whole["自评结果"]["总分"] -= 1
    return {
        "模板": "standard",
        "年度": 2024,
        "填报日期": f"2025-03-{number % 28 + 1:02}",
        "单位": unit,
        "资金": funds(
            budget,
            spent,
            按收入性质=[row("一般公共预算拨款", budget, spent)],
            按支出性质=natures,
        ),
        **whole,
        "叙述": {
            "单位概况": [
                "{{ 默认 }}",
                f"全年{service}工作覆盖{dice.randrange(12, 60)}个村和社区。",
            ],
            "存在问题": [
                f"{service}力量不足，高峰时段人手紧张。",
                "部分设备使用年限较长，故障较多。",
            ],
            "改进措施": [
                "调整排班，高峰时段增派人员。",
                "按年度计划更新设备，建立巡检台账。",
            ],
        },
        "项目": projects,
    }


def unit_files(count: int, folder: Path) -> Iterator[Path]:
    """Writes the units into folders of 500, and gives each file."""
    for number in range(count):
        path = folder / f"{number // 500:03}" / f"unit{number:05}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = yaml.dump(
            make_unit(number),
            Dumper=Dumper,
            allow_unicode=True,
            sort_keys=False,
            width=200,
        )
        path.write_text(
            f"# 本文件中的单位、项目和数字均为虚构\n{text}", encoding="utf-8"
        )
        yield path


def main() -> None:
    count, folder = int(sys.argv[1]), Path(sys.argv[2])
    print(f"{sum(1 for _ in unit_files(count, folder))} units in {folder}")


if __name__ == "__main__":
    main()
