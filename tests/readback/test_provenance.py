"""Every reported value that is printed comes home: edited in the document, pulled, applied, it stands in the file."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from lxml import etree
from pydantic import BaseModel

from reportgen.core.findings import dotted
from reportgen.core.value import FieldPath, Value
from reportgen.model.shape import fields_of
from reportgen.model.unit import Unit
from reportgen.model.walker import walk
from reportgen.narrative.wording import without_number
from reportgen.ooxml.names import W
from reportgen.pipeline import Draft, PackCache, prepare, render
from reportgen.readback.compare.edits import edits
from reportgen.readback.compare.fields import printed_fields, value_of
from reportgen.readback.pull.proposals import pull
from reportgen.sources.write_back import Put
from reportgen.view.names import chinese_date

ROOT = Path(__file__).parents[2]
PACKS = PackCache((ROOT / "templates",))
UNITS = sorted(
    [
        *ROOT.glob("templates/*/example.yaml"),
        *ROOT.glob("inputs/*.yaml"),
        ROOT / "tests" / "data" / "other_forms.yaml",
    ],
    key=lambda path: path.parts[-2:],
)
ROUNDS = 4
LEAST_PART = (
    8  # characters of a reason that prose tells without 因为 or its full stop
)


class Printed(NamedTuple):
    """A reported value in a document: the paragraph, its runs within the bookmark, the field."""

    value: Value
    texts: list[etree._Element]


def printed_in(
    body: etree._Element, fields: dict[str, Value]
) -> Iterator[Printed]:
    """The values in the order of the text, each with the text elements within its bookmark."""
    for start in body.iter(f"{W}bookmarkStart"):
        value = value_of(fields, str(start.get(f"{W}name")))
        if value is None:
            continue
        texts = []
        for item in start.itersiblings():
            if item.tag == f"{W}bookmarkEnd" and item.get(
                f"{W}id"
            ) == start.get(f"{W}id"):
                break
            texts += item.iter(f"{W}t")
        yield Printed(value, texts)


def body_of(docx: bytes) -> etree._Element:
    with zipfile.ZipFile(BytesIO(docx)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def printed_texts(
    docx: bytes, fields: dict[str, Value]
) -> Iterator[tuple[Value, str]]:
    """The values with a text, the last of each first: what is printed again counts where it stands first."""
    for value, texts in reversed([*printed_in(body_of(docx), fields)]):
        text = "".join(one.text or "" for one in texts)
        in_part = len(text) >= LEAST_PART and text in value
        if text and (value.section or text == value or in_part):
            yield value, text


def leaf_of(value: Value) -> FieldPath:
    """The field that a value was reported at; of a passage its place in the section."""
    own = re.search(r"#本单位(\d+)$", value.path)
    if value.section:
        return (*value.section, int(own[1]) - 1) if own else ()
    return value.field


def other(text: str) -> str:
    """Another value of the same kind: one digit more, or a word more."""
    digits = list(re.finditer(r"\d", text))
    if not digits:
        return f"{text}改"
    at = digits[-1].start()
    return f"{text[:at]}{(int(text[at]) + 1) % 10}{text[at + 1 :]}"


def edited(
    docx: bytes, wanted: dict[FieldPath, str], fields: dict[str, Value]
) -> bytes:
    """The document with each wanted value typed over where it stands first."""
    held = BytesIO()
    left = dict(wanted)
    with (
        zipfile.ZipFile(BytesIO(docx)) as old,
        zipfile.ZipFile(held, "w") as new,
    ):
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                root = etree.fromstring(data)
                for value, texts in printed_in(root, fields):
                    printed = "".join(one.text or "" for one in texts)
                    if other(printed) == left.get(leaf_of(value)):
                        text = left.pop(leaf_of(value))
                        first, *rest = texts
                        first.text = text
                        for one in rest:
                            one.text = ""
                data = etree.tostring(root)
            new.writestr(name, data)
    return held.getvalue()


def proposals(
    draft: Draft, base: bytes, theirs: bytes
) -> tuple[list[Put], list[str]]:
    """What is to be written, and what is told of the rest."""
    found = pull(
        edits(base, theirs),
        draft.loaded,
        draft.computed,
        draft.view,
        "文件.docx",
    )
    told = [one.message for one in found.findings]
    return [
        one.put for one in found.proposals if isinstance(one.put, Put)
    ], told


def with_value(data: Any, path: FieldPath, value: Any) -> Any:
    """The tree of a file with one more value in it."""
    if not path:
        return value if isinstance(value, str) else list(value)
    step, *rest = path
    if isinstance(step, int):
        whole = list(data)
        whole[step] = with_value(data[step], tuple(rest), value)
        return whole
    return {
        **(data or {}),
        step: with_value((data or {}).get(step), tuple(rest), value),
    }


def at(unit: Any, leaf: FieldPath) -> str:
    """What a unit says at a leaf, as it is printed where nothing is computed."""
    for step in leaf:
        if isinstance(unit, BaseModel):
            keys = {field.key: field.name for field in fields_of(type(unit))}
            unit = getattr(unit, keys[str(step)])
        else:
            unit = unit[step]
    if isinstance(unit, date):
        return chinese_date(unit)
    return str(getattr(unit, "text", unit)).strip()


def same(typed: str, now: str) -> bool:
    """Whether the file says what was typed: without the number of a list, with the unit of the amount."""
    words = without_number(typed).rstrip("。")
    in_part = len(words) >= LEAST_PART and words in now
    return in_part or words in (now.rstrip("。"), now.removesuffix("万元"))


def rounds(texts: dict[FieldPath, str]) -> Iterator[dict[FieldPath, str]]:
    """The edits that are made at once: every fourth value, so that rows stay what they are; paragraphs
    of the report apart."""
    told = {leaf: text for leaf, text in texts.items() if "叙述" in leaf}
    rest = [(leaf, text) for leaf, text in texts.items() if leaf not in told]
    yield told
    for number in range(ROUNDS):
        yield dict(rest[number::ROUNDS])


@pytest.mark.parametrize(
    "path", UNITS, ids=lambda one: f"{one.parent.name}-{one.stem}"
)
def test_a_printed_value_that_is_edited_stands_in_the_file(path: Path) -> None:
    draft = prepare(path, PACKS)
    fields = printed_fields(draft.view)
    reported = {leaf.path for leaf in walk(draft.loaded.unit)}
    done: set[FieldPath] = set()
    marked: set[FieldPath] = set()
    lost: list[str] = []
    for output in render(draft):
        here = {
            leaf: other(text)
            for value, text in printed_texts(output.data, fields)
            if (leaf := leaf_of(value)) in reported - done
        }
        done |= set(here)
        marked |= reported & {
            leaf_of(value)
            for value, _ in printed_in(body_of(output.data), fields)
        }
        for wanted in filter(None, rounds(here)):
            theirs = edited(output.data, wanted, fields)
            puts, told = proposals(draft, output.data, theirs)
            data = draft.loaded.document.data
            for put in puts:
                data = with_value(data, put.path, put.value)
            now = Unit.model_validate(data)
            lost += [
                f"{output.name} {dotted(leaf)}: {text}, {at(now, leaf)}, {told[:1]}"
                for leaf, text in wanted.items()
                if not same(text, at(now, leaf))
            ]
    assert lost == [], "\n".join(lost)
    assert [leaf for leaf in marked - done if draft.loaded.typed(leaf)] == []


# Fields that no example prints by themselves, and why nobody misses that.
NOT_PRINTED = {
    r"\.(取自|核心指标)$|^金额单位$": "decides what is printed, and is not printed itself",
    r"评分标准$|标明分值": "what a unit's own form says of its points is only checked",
    r"^基础数据\.": "the forms print the rates that are computed from most of it",
    r"列入报告$|^模板$|选项": "says what is printed, and is ticked or left out",
    r"^单位\.(内设机构|下属单位数|人员\.[离退]休)$": "prose joins them with others",
    r"^补充\.": "some are joined to one line",
    r"叙述": "some sections are told within others",
    r"^自评结果\.等级$": "follows from the score where the examples leave it out",
    r"^共性指标\.指标\.\w+\.实际值$": "left empty in the two forms that have it",
}


def kind_of(leaf: FieldPath) -> str:
    return ".".join(step for step in leaf if isinstance(step, str))


def test_every_kind_of_field_is_printed_with_its_origin() -> None:
    reported: set[str] = set()
    printed: set[str] = set()
    for path in UNITS:
        draft = prepare(path, PACKS)
        fields = printed_fields(draft.view)
        leaves = {leaf.path for leaf in walk(draft.loaded.unit)}
        reported |= set(map(kind_of, leaves))
        for output in render(draft):
            here = {
                leaf_of(value)
                for value, _ in printed_texts(output.data, fields)
            }
            printed |= set(map(kind_of, here & leaves))
    missing = reported - printed
    excused = {
        one: [rule for rule in NOT_PRINTED if re.search(rule, one)]
        for one in missing
    }
    assert [one for one, rules in excused.items() if not rules] == []
    assert {rule for rules in excused.values() for rule in rules} == set(
        NOT_PRINTED
    )
