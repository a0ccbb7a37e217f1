from pathlib import Path

from reportgen.pipeline import PackCache, prepare

TEMPLATES = Path(__file__).parents[2] / "templates"


def test_an_indicator_without_any_value_is_not_said_to_be_reached(
    tmp_path: Path,
) -> None:
    unit = tmp_path / "unit.yaml"
    unit.write_text(
        "年度: 2024\n单位: {名称: 云台县文化馆}\n指标:\n  - {一级: 产出指标, 二级: 数量指标}\n"
        "  - {一级: 产出指标, 二级: 质量指标, 三级: 合格率, 指标值: ≥95%}\n",
        encoding="utf-8",
    )

    said = prepare(unit, PackCache((TEMPLATES,))).view["叙述"][
        "产出指标完成情况"
    ]

    assert said == ["数量指标尚未填报实际完成值；合格率尚未填报实际完成值。"]
