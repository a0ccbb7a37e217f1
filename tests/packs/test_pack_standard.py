"""The set of `standard` is what tests/standard_set.py names."""

from __future__ import annotations

import pytest
from printed_sets import ROOT, TEMPLATES, built, drafted
from standard_set import OF_DEPARTMENT, OF_UNIT, set_of


@pytest.mark.parametrize(
    "file", ["inputs/lukou.yaml", "templates/standard/example.yaml"]
)
def test_a_unit_has_the_documents_of_the_whole_and_one_of_each_project(
    file: str,
) -> None:
    draft = drafted(ROOT / file, "standard")
    projects = (one.name for one in draft.loaded.unit.projects)

    assert [f"{name}.docx" for name in built(draft)] == set_of(*projects)


def test_a_department_has_a_table_of_its_units_as_well() -> None:
    draft = drafted(sorted((ROOT / "inputs" / "units").glob("*.yaml"))[0])

    assert OF_DEPARTMENT in {f"{name}.docx" for name in built(draft)}


def test_the_manifest_has_no_other_document() -> None:
    scopes = [
        one.scope
        for one in drafted(
            TEMPLATES / "standard" / "example.yaml"
        ).tools.pack.manifest.documents
    ]

    assert scopes.count("单位") == len({*OF_UNIT, OF_DEPARTMENT})
    assert scopes.count("项目") == len(set_of("甲")) - len(OF_UNIT)
