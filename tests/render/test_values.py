"""Any text that XML can hold prints and reads back unchanged, everywhere; what it cannot hold is refused by name."""

from __future__ import annotations

import io
import json
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import pytest
from engine_support import (
    lines_template,
    part,
    render,
    reopened,
    rewritten,
    save,
)
from hypothesis import HealthCheck, given, settings, strategies as st
from lxml import etree

from reportgen.core.errors import TemplateError, ValueRefused
from reportgen.render.template.compile import compile_template

STRINGS = json.loads(
    (Path(__file__).parents[1] / "data" / "hostile" / "strings.json").read_text(
        "utf-8"
    )
)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FOOTNOTES = (
    '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:footnote w:id="2"><w:p><w:r><w:t>{{ v }}</w:t></w:r></w:p></w:footnote></w:footnotes>'
)


@pytest.fixture(scope="module")
def everywhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A template that prints `v` in body, cell, header, footer, footnote and core properties."""
    document = docx.Document()
    document.add_paragraph("{{ v }}").add_run("MARK")
    document.add_table(1, 1).cell(0, 0).text = "{{ v }}"
    document.sections[0].header.paragraphs[0].text = "{{ v }}"
    document.sections[0].footer.paragraphs[0].text = "{{ v }}"
    document.core_properties.title = "{{ v }}"
    document.core_properties.keywords = "{{ v }}"

    def add_footnotes(parts: dict[str, bytes]) -> None:
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
        relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
        parts["word/footnotes.xml"] = FOOTNOTES.encode()
        for name, old, new in (
            (
                "[Content_Types].xml",
                "</Types>",
                f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>',
            ),
            (
                "word/_rels/document.xml.rels",
                "</Relationships>",
                f'<Relationship Id="rId900" Type="{relation}" Target="footnotes.xml"/></Relationships>',
            ),
            (
                "word/document.xml",
                "<w:t>MARK</w:t>",
                '<w:footnoteReference w:id="2"/>',
            ),
        ):
            parts[name] = parts[name].decode().replace(old, new).encode()

    return rewritten(
        save(document, tmp_path_factory.mktemp("values")), add_footnotes
    )


def text_of(element: Any) -> str:
    """The text of a run, read as Word does."""
    pieces = {W + "br": "\n", W + "tab": "\t"}
    return "".join(
        (item.text or "") if item.tag == W + "t" else pieces.get(item.tag, "")
        for item in element.iter(etree.Element)
    )


def printed_everywhere(data: bytes) -> dict[str, str]:
    document = reopened(data)
    core = etree.fromstring(part(data, "docProps/core.xml"))
    names = {etree.QName(item).localname: item.text or "" for item in core}
    return {
        "body": text_of(document.paragraphs[0]._p),
        "cell": text_of(document.tables[0].cell(0, 0)._tc),
        "header": text_of(document.sections[0].header._element),
        "footer": text_of(document.sections[0].footer._element),
        "footnote": text_of(etree.fromstring(part(data, "word/footnotes.xml"))),
        "title": names["title"],
        "keywords": names["keywords"],
    }


@pytest.mark.parametrize("number", range(len(STRINGS)))
def test_hostile_string(number: int, everywhere: Path) -> None:
    value, verdict = STRINGS[number]["value"], STRINGS[number]["class"]
    if verdict == "refuse":
        with pytest.raises(ValueRefused) as caught:
            compile_template(everywhere).render({"v": value})
        assert "正文第1段的标签“{{ v }}”" in str(caught.value)
        assert "U+" in str(caught.value)
        assert "数据中的 v" in str(caught.value)
        return
    wanted = (
        value.replace("\r\n", "\n").replace("\r", "\n")
        if verdict == "eol"
        else value
    )
    assert set(
        printed_everywhere(render(everywhere, {"v": value})).values()
    ) == {wanted}


LEGAL = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\r").filter(
        lambda char: (
            char in "\t\n" or (char >= " " and char not in "\ufffe\uffff")
        )
    )
)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(LEGAL)
def test_any_legal_text_reads_back_unchanged(
    everywhere: Path, text: str
) -> None:
    data = compile_template(everywhere).render({"v": text})
    assert set(printed_everywhere(data).values()) == {text}


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (0, "0"),
        (-12, "-12"),
        (Decimal("997561.260"), "997561.260"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.0000001"), "0.0000001"),
    ],
)
def test_numbers(value: object, printed: str, tmp_path: Path) -> None:
    path = lines_template(tmp_path, "{{ v }}")
    assert reopened(render(path, {"v": value})).paragraphs[0].text == printed


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        [],
        {},
        {"a": 1},
        Decimal("NaN"),
        Decimal("Infinity"),
        Decimal("1E+999999"),
    ],
)
def test_what_cannot_be_printed_is_refused(
    value: object, tmp_path: Path
) -> None:
    path = lines_template(tmp_path, "甲", "{{ 组.v }}")
    with pytest.raises(TemplateError) as caught:
        compile_template(path).render({"组": {"v": value}})
    assert "正文第2段的标签“{{ 组.v }}”" in str(caught.value)
    assert "组.v" in str(caught.value)


class Sly(str):
    __slots__ = ()

    def __html__(self) -> str:
        return "<w:b/>"

    def __str__(self) -> str:
        return "别的"


def test_a_text_cannot_escape_escaping(tmp_path: Path) -> None:
    path = lines_template(tmp_path, "{{ v }}")
    assert (
        reopened(render(path, {"v": Sly("<甲>")})).paragraphs[0].text == "<甲>"
    )


@pytest.mark.parametrize(
    "tag",
    [
        "{{ v }}",
        "{{ 组.v }}",
        "{% if 组.v %}{% endif %}",
        "{% if 组['v'] == 1 %}{% endif %}",
        "{{ 列[0] }}",
        "{% for 项 in 列 %}{% endfor %}",
        "{% for 项 in 行 %}{{ 项.处.x }}{% endfor %}",
        "{{ 行|map(attribute='处.x')|join }}",
        "{{ 列|first }}",
        "{{ 列|last }}",
        "{{ 列|join }}",
        "{% set 甲 = 列[0] %}{{ 甲.tpl }}",
    ],
)
def test_objects_do_not_reach_a_template(tag: str, tmp_path: Path) -> None:
    compiled = compile_template(lines_template(tmp_path, tag))
    for value in (object(), 1.5, b"x", {1}, iter([]), docx.Document):
        context = {"组": {"v": value}, "列": [value], "行": [{"处": value}]}
        with pytest.raises(TemplateError, match="类型"):
            compiled.render(
                {**context, "v": value} if tag == "{{ v }}" else context
            )


def test_the_field_of_a_forbidden_character_is_named(tmp_path: Path) -> None:
    path = lines_template(
        tmp_path, "{%p for 行 in 明细 %}", "{{ 行.名 }}", "{%p endfor %}"
    )
    with pytest.raises(ValueRefused) as caught:
        compile_template(path).render(
            {"明细": [{"名": "甲"}, {"名": "乙\x0b"}]}
        )
    message = str(caught.value)
    assert "正文第2段的标签“{{ 行.名 }}”" in message
    assert "第2个字符 U+000B" in message
    assert "明细[2].名" in message


def test_a_control_character_in_a_property(tmp_path: Path) -> None:
    document = docx.Document()
    document.core_properties.title = "{{ v }}"
    with pytest.raises(ValueRefused, match="文档属性"):
        compile_template(save(document, tmp_path)).render({"v": "a\x07"})


def test_no_date_tells_when_the_template_was_made(everywhere: Path) -> None:
    data = render(everywhere, {"v": "甲", "年度": "2024"})
    core = etree.fromstring(part(data, "docProps/core.xml"))
    for name in ("created", "modified"):
        told = core.findtext(f"{{http://purl.org/dc/terms/}}{name}")
        assert told == "2024-12-31T00:00:00Z"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {
            (1980, 1, 1, 0, 0, 0)
        }
