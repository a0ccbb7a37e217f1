"""The forms to fill in (templates/*/unit.yaml) and the model name the same fields."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from sentinels import matching

from reportgen.model.shape import Model, fields_of
from reportgen.model.unit import Unit

FORMS = sorted(
    (Path(__file__).resolve().parents[2] / "templates").glob("*/unit.yaml")
)

# Fields that no form offers, by the block and the key, and why.
NOT_OFFERED = {
    "Unit.下属单位": "of a department; the manual tells how it is made of its units",
    "Unit.本级": "of a department; the manual tells how it is made of its units",
    "Own.*": "of a department; the manual tells how it is made of its units",
    "Unit.豁免": "written for a finding, which says what to write",
    "*.不写": "written for a sentence that the report has; told in the manual",
    "*.改写": "written for a sentence that the report has; told in the manual",
    "Waiver.*": "written for a finding, which says what to write",
    "Common.*": "computed; written only where the unit reports otherwise",
    "Framework.标明分值": "what a form of the region has printed already",
    "Framework.自评结果": "computed; written only where the unit reports otherwise",
    "FundsRow.执行率": "computed; written only where the unit reports otherwise",
    "FundsRow.占比": "computed; written only where the unit reports otherwise",
    "FundsRow.分值": "of forms that score each row of funds; told in the manual",
    "FundsRow.得分": "of forms that score each row of funds; told in the manual",
    "BaseData.在职人员控制率": "computed; written only where the unit reports otherwise",
    "Indicator.取自": "of forms that list the execution rate as an indicator; told in a remark of the form",
    "Indicator.核心指标": "of forms that mark some with ★; told in a remark of the form",
    "Indicator.指标性质": "of forms with a column for it; told in a remark of the form",
    "Indicator.佐证材料": "of forms with a column for it; told in a remark of the form",
    "Indicator.复核*": "of forms with a column for it; told in a remark of the form",
    "Indicator.备注": "of forms with a column for it; told in a remark of the form",
    "Indicator.其中": "of forms with such rows; told in a remark of the form",
    "IndicatorPart.*": "of forms with such rows; told in a remark of the form",
    "Outcome.复核得分": "of forms with a column for it; told in a remark of the form",
    "Funds.*小计": "of forms with such a row; told in a remark of the form",
    "BudgetLine.*": "of forms with such a row; told in a remark of the form",
    "Unit.金额单位": "of forms in 元 or 亿元; told in a remark of the form",
    "*.二级分值": "of forms that print it; told in a remark of the form",
    "*.表注": "of forms with notes; told in a remark of the form",
    "Project.补充": "of forms with fields of their own; told in a remark of the form",
    "Project.共性指标": "of forms with such a table for each project; told in the manual",
    "Indicator.目标": "of units with several annual goals; told in a remark of the form",
    "Indicator.度量单位": "of forms with a column for it; told in a remark of the form",
    "Project.填报": "who signs, where it is not the same for all forms",
}


def typed(data: Any, model: Model) -> Iterator[tuple[Model, str]]:
    """Every key that a form names, with the block it stands in."""
    fields = {field.key: field for field in fields_of(model)}
    for key, below in data.items():
        yield model, key
        field = fields.get(key)
        if field is None or field.model is None or not below:
            continue
        blocks = list(below.values()) if field.named else below
        for block in blocks if isinstance(blocks, list) else [blocks]:
            if isinstance(block, dict):
                yield from typed(block, field.model)


def models(top: Model) -> Iterator[Model]:
    """The block and all that may stand in it, each once."""
    seen = [top]
    for model in seen:
        yield model
        below = (field.model for field in fields_of(model) if field.model)
        seen += [one for one in dict.fromkeys(below) if one not in seen]


def known() -> set[tuple[Model, str]]:
    return {
        (one, field.key) for one in models(Unit) for field in fields_of(one)
    }


def read(form: Path) -> set[tuple[Model, str]]:
    return set(typed(yaml.load(form.read_text("utf-8"), yaml.BaseLoader), Unit))


@pytest.mark.parametrize("form", FORMS, ids=lambda one: one.parent.name)
def test_a_form_names_only_fields_of_the_model(form: Path) -> None:
    assert read(form) - known() == set()


def test_every_field_is_offered_by_some_form() -> None:
    offered = set().union(*map(read, FORMS))
    missing = sorted(f"{one.__name__}.{key}" for one, key in known() - offered)

    assert [one for one in missing if not matching(one, NOT_OFFERED)] == []
    needed = {
        pattern for one in missing for pattern in matching(one, NOT_OFFERED)
    }
    assert NOT_OFFERED.keys() - needed == set()
