"""Templates made to break document tools: refused with a message, or filled soundly; never a crash, never a file."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from engine_support import lines, part

from reportgen.core.errors import TemplateError
from reportgen.ooxml.lint import lint_docx
from reportgen.render.template.compile import compile_template
from reportgen.render.template.template_package import open_template

FOLDER = Path(__file__).parents[1] / "data" / "hostile"
CASES = {
    case["file"].removeprefix("docx/"): case
    for case in json.loads((FOLDER / "manifest.json").read_text("utf-8"))
    if case["kind"] == "template"
}
GOOD_UNIT = {
    "name": "示范单位",
    "x": "0",
    "rows": [],
    "unit": {"items": "物", "values": "值", "count": "3"},
}
UNITS = {
    "dump_yaml10.docx": (
        {
            "name": "甲",
            "code": "0012",
            "switch": "no",
            "time": "12:30",
            "phone": "010_8888",
            "date": "2024-01-01",
            "ver": "1.10",
            "sci": "1e5",
            "id": "110101199003070000000",
        },
        [
            "name=甲",
            "code=0012 switch=no time=12:30 phone=010_8888 date=2024-01-01 ver=1.10 sci=1e5 id=110101199003070000000",
        ],
    ),
    "dump_yaml27.docx": (
        {
            "a": "A&B",
            "b": "<w:p>",
            "c": "</w:t></w:r></w:p>",
            "d": "]]>",
            "e": "<!--",
            "f": "&amp;",
        },
        ["[A&B][<w:p>][</w:t></w:r></w:p>][]]>][<!--][&amp;]"],
    ),
    "dump_yaml28.docx": (
        {
            "items": "物品",
            "keys": "钥匙",
            "values": "值",
            "get": "取",
            "copy": "抄",
            "self": "己",
            "loop": "环",
            "count": "5",
        },
        ["[物品][钥匙][值][取][抄][5]"],
    ),
}


def printed_or_refused(path: Path) -> tuple[bytes, TemplateError | None]:
    try:
        return compile_template(path).render(GOOD_UNIT), None
    except TemplateError as error:
        return b"", error


@pytest.mark.parametrize("name", CASES)
def test_hostile_template(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    verdict, started = CASES[name]["must"], time.monotonic()
    data, error = printed_or_refused(FOLDER / "docx" / name)
    if error is not None:
        assert verdict in {"refuse", "either"}
        assert name in str(error)
        assert error.hint
        assert "Traceback" not in str(error)
    else:
        assert verdict in {"accept", "either"}
        assert lint_docx(data) == ()
        assert not any(
            word in str(lines(data))
            for word in CASES[name].get("forbid_text", ())
        )
    assert time.monotonic() - started < 10
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name",
    [
        name
        for name, case in CASES.items()
        if name < "30" or name.startswith("broken")
    ],
)
def test_what_is_refused_before_it_is_compiled(name: str) -> None:
    if CASES[name]["must"] == "refuse":
        with pytest.raises(TemplateError):
            open_template(FOLDER / "docx" / name)


@pytest.mark.parametrize("name", UNITS)
def test_dumped_values_come_out_as_typed(name: str) -> None:
    context, wanted = UNITS[name]
    assert (
        lines(compile_template(FOLDER / "docx" / name).render(context))
        == wanted
    )


def test_names_of_methods_are_data() -> None:
    data = compile_template(
        FOLDER / "docx" / "48_dict_method_name.docx"
    ).render(GOOD_UNIT)
    assert lines(data) == ["[物]", "[值]", "[3]"]


def test_a_footnote_is_rendered_once() -> None:
    text = "{{ 7*7 }}{% for x in y %}"
    data = compile_template(
        FOLDER / "docx" / "51_footnote_two_sections.docx"
    ).render({"name": text})
    assert part(data, "word/footnotes.xml").decode().count(text) == 1


def test_core_properties_are_filled_once() -> None:
    data = compile_template(
        FOLDER / "docx" / "52_placeholder_in_core_props.docx"
    ).render({"name": "研发&推广"})
    core = part(data, "docProps/core.xml").decode()
    assert core.count("研发&amp;推广") == 2
    assert "&amp;amp;" not in core
