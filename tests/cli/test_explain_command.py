"""reportgen explain: how each figure came about, with values and lines of the file; some recomputed here by hand."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from command_line import REPOSITORY, Told

from reportgen.model.loading import load_unit

LUKOU = REPOSITORY / "inputs" / "lukou.yaml"
EXAMPLE = REPOSITORY / "templates" / "standard" / "example.yaml"
LINES = LUKOU.read_text(encoding="utf-8").split("\n")
Run = Callable[..., Told]


def block(told: Told, path: str) -> list[str]:
    """The lines about the figure at `path`."""
    lines = told.out.split("\n")
    start = next(
        n for n, line in enumerate(lines) if line.startswith(f"{path}  ")
    )
    return [
        lines[start],
        *(
            line.strip()
            for line in lines[start + 1 :][: _indented(lines[start + 1 :])]
        ),
    ]


def _indented(lines: list[str]) -> int:
    return next(
        n for n, line in enumerate(lines) if not line.startswith("    ")
    )


@pytest.mark.parametrize(
    ("path", "first", "others"),
    [
        (  # 2662.18 - 2414.16 = 248.02; 248.02 / 2414.16 = 10.2735... %
            "资金.调整率",
            "资金.调整率  预算调整率 ＝ 10.27%",
            [
                "公式：调整额 ÷ 年初预算数 × 100%",
                "调整额 ＝ 248.02（计算得出）",
                "年初预算数 ＝ 2414.16（第41行）",
            ],
        ),
        (  # 1372.76 / 2662.18 = 51.5652... %
            "资金.按支出性质[1].占比",
            "资金.按支出性质[1].占比  基本支出占比 ＝ 51.57%",
            [
                "基本支出全年执行数 ＝ 1372.76（第54行）",
                "全年执行数合计 ＝ 2662.18（第43行）",
                "填报值：51.57%（第55行），表中按填报值打印",
            ],
        ),
        (  # 31 / 30 = 103.333... %
            "指标[1].完成率",
            "指标[1].完成率  核酸检测完成率 ＝ 103.33%",
            [
                "公式：实际值 ÷ 指标值 × 100%",
                "指标值 ＝ 30场（第84行）",
                "实际值 ＝ 31场（第84行）",
            ],
        ),
        (  # 523.12 / 31.6 = 1655.443... %
            "项目[3].资金.执行率",
            "项目[3].资金.执行率  执行率 ＝ 1655.44%",
            [
                "全年执行数 ＝ 523.12（第248行）",
                "全年预算数 ＝ 31.6（第247行）",
                "填报值：100%（第249行），表中按填报值打印",
                "错误 BUD001：「区委区政府大院及武装部营院绿化费」项目：执行率填报为100%，"
                "按 523.12 ÷ 31.6 计算应为1655.44%；请改正，或删去不填，由程序计算",
            ],
        ),
        (  # 10 + 6×10 + 30 + 10 = 110
            "自评结果.总分",
            "自评结果.总分  总分 ＝ 110分",
            [
                "执行率 ＝ 10（第46行）",
                "产出指标 ＝ 60（计算得出）",
                "效益指标 ＝ 30（计算得出）",
                "满意度指标 ＝ 10（计算得出）",
                "填报值：100（第98行），表中按填报值打印",
                "等级：优（90分起为优、80分起为良、60分起为中、0分起为差）",
            ],
        ),
    ],
)
def test_a_figure_of_the_published_documents(
    path: str, first: str, others: list[str], reportgen: Run
) -> None:
    said = block(reportgen("explain", LUKOU), path)

    assert said[0] == first
    for line in others:
        assert line in said


def test_every_value_stands_in_the_line_that_is_named(reportgen: Run) -> None:
    named = re.findall(
        r"(?:＝|：) ?([^＝：\n]+?)（第(\d+)行）",
        reportgen("explain", LUKOU).out,
    )

    assert len(named) > 300
    for value, line in named:
        assert value in LINES[int(line) - 1]


def test_every_figure_is_there(reportgen: Run) -> None:
    said = reportgen("explain", LUKOU).out
    unit = load_unit(LUKOU).unit

    heads = re.findall(r"^(\S+)  \S.* ＝ ", said, re.MULTILINE)
    assert len(heads) == len(set(heads))
    for n, project in enumerate(unit.projects, start=1):
        assert f"【项目[{n}] {project.name}】" in said
        wanted = {
            f"项目[{n}].指标[{row}].得分"
            for row in range(1, len(project.indicators) + 1)
        }
        wanted |= {
            f"项目[{n}].资金.{name}"
            for name in ("执行率", "调整额", "调整率", "结转", "得分")
        }
        wanted |= {
            f"项目[{n}].自评结果.{name}" for name in ("分值合计", "总分")
        }
        assert wanted <= set(heads)
    assert "{" not in said
    assert "None" not in said


def test_what_the_unit_left_out_is_computed(reportgen: Run) -> None:
    """51.60 / 60.00 = 86 %, so 8.6 of 10 points; with 50 + 30 + 10 that is 98.6."""
    told = reportgen("explain", EXAMPLE, "地方文献数字化")

    assert told.out.startswith(
        "【项目[2] 地方文献数字化】\n项目[2].资金.执行率  执行率 ＝ 86.00%\n"
    )
    assert block(told, "项目[2].资金.得分")[0].endswith("执行率得分 ＝ 8.6分")
    total = block(told, "项目[2].自评结果.总分")
    assert total[0].endswith("总分 ＝ 98.6分")
    assert "执行率 ＝ 8.6（计算得出）" in total
    assert not any("填报值" in line for line in total)
    assert "项目[1]" not in told.out


def test_a_score_in_proportion(reportgen: Run) -> None:
    """38 of 40 places: 12 × 38 / 40 = 11.4."""
    told = reportgen("explain", EXAMPLE, "流动服务点")

    assert "流动服务点完成率 ＝ 95.00%" in told.out
    assert f"流动服务点得分 ＝ {Decimal(12) * 38 / 40:f}分" in told.out
    assert "公式：达到指标值得满分，未达到的为分值 × 完成率" in told.out


def test_points_of_the_pack_are_not_said_to_stand_in_the_file(
    reportgen: Run, unit: Callable[..., object]
) -> None:
    told = reportgen(
        "explain",
        unit(more="资金: {全年预算数: 8, 全年执行数: 6}\n"),
        "执行率得分",
    )

    assert "执行率得分 ＝ 7.5分" in told.out
    assert "分值 ＝ 10（模板包规定）" in told.out


def test_what_cannot_be_computed_says_why(
    reportgen: Run, unit: Callable[..., object]
) -> None:
    told = reportgen("explain", unit(more="资金: {全年预算数: 8}\n"), "执行率")

    assert "执行率 ＝ 无（缺少全年执行数）" in told.out
    assert "全年执行数 ＝ （未填）" in told.out


def test_an_unknown_item(reportgen: Run) -> None:
    told = reportgen("explain", LUKOU, "没有的数")

    assert (told.code, told.out) == (1, "")
    assert (
        told.err
        == "没有名称或位置含有“没有的数”的数；后面什么都不写，可以列出全部。\n"
    )


def test_sentences_are_told_with_their_numbers(reportgen: Run) -> None:
    told = reportgen("explain", EXAMPLE, "自评结论", "--sentences")
    lines = told.out.split("\n")
    assert told.code == 0
    assert "【部门整体】自评结论.得分等级" in lines
    assert "合计.得分" in lines
    assert not any("单位概况" in line for line in lines)
