"""Forms for tests: units as trees, forms as files, what is read of them."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from reportgen.core.value import FieldPath
from reportgen.model.loading import LoadedUnit
from reportgen.model.shape import FieldShape, Model, fields_of
from reportgen.model.unit import Unit
from reportgen.model.values import Kind
from reportgen.model.walker import walk
from reportgen.packs.pack import Pack, find_pack, load_pack
from reportgen.workbooks.collection.blank.form_writer import write_form
from reportgen.workbooks.collection.blank.making import form_content
from reportgen.workbooks.collection.filled.unit_loading import load_unit_file
from reportgen.workbooks.collection.form_tree import Tree, chinese_tree

ROOT = Path(__file__).resolve().parents[2]
SEARCH = (ROOT / "templates",)


def pack_named(name: str = "standard") -> Pack:
    return load_pack(find_pack(name, SEARCH), SEARCH)


def form_of(
    tree: Tree, path: Path, pack: str = "standard", *, known: bool = True
) -> Path:
    """The form with `tree` in it, written to `path`."""
    content = form_content(pack_named(pack), chinese_tree(tree))
    path.write_bytes(write_form(content._replace(prefilled=not known)))
    return path


def read_back(path: Path) -> LoadedUnit:
    return load_unit_file(path)


def saved_all_as(
    paths: Iterable[Path], suffix: str, folder: Path
) -> list[Path]:
    """The workbooks as LibreOffice saves them in `folder`, all in one run of it."""
    given = list(paths)
    with tempfile.TemporaryDirectory() as profile:
        command = [
            shutil.which("soffice") or "soffice",
            f"-env:UserInstallation=file://{profile}",
            "--headless",
            "--convert-to",
            suffix,
            "--outdir",
            str(folder),
            *map(str, given),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=240)
    return [folder / f"{one.stem}.{suffix}" for one in given]


def saved_as(path: Path, suffix: str) -> Path:
    """The workbook as LibreOffice saves it, beside the one that it is saved from."""
    folder = path.parent / "saved"
    (made,) = saved_all_as([path], suffix, folder)
    return Path(shutil.copy(made, path.with_suffix(f".{suffix}")))


def has_items(data: object) -> bool:
    """Whether every item of every list says anything: one that does not has no row of its own."""
    if isinstance(data, dict):
        return all(map(has_items, data.values()))
    if isinstance(data, list):
        return all(one not in ({}, [], "") and has_items(one) for one in data)
    return True


def leaves_of(unit: Unit) -> dict[FieldPath, str]:
    """Every value that says anything, as it was typed."""
    return {one.path: one.text for one in walk(unit) if one.text}


_LETTERS = (
    "甲乙丙丁县局站 率%≥1234567890.,:：=+-@'\"#&<>_（）《》【】/abcX·、。é😀"
)
_TEXT = st.text(_LETTERS, min_size=1, max_size=12).map(str.strip)
_WORDS = _TEXT.filter(bool)
_LINES = st.lists(_WORDS, min_size=1, max_size=3)
_DECIMAL = st.decimals(
    min_value=0,
    max_value=99_999_999,
    places=2,
    allow_nan=False,
    allow_infinity=False,
).map(str)
_BY_KIND: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.MONEY: _DECIMAL
    | st.sampled_from(
        [
            "0",
            "10.00",
            "5.10",
            "1,234.50",
            "997561.26元",
            "1.2亿元",
            "无",
            "012",
        ]
    ),
    Kind.RATE: st.sampled_from(
        ["100%", "98.10%", "0.5%", "61.2", "99", "-3.5%", "/", "033.33%"]
    ),
    Kind.POINTS: st.sampled_from(["10", "9.50", "8.5分", "-2", "07", "0"]),
    Kind.COUNT: st.sampled_from(["0", "15", "12人", "1,200"]),
    Kind.MEASURED: _WORDS
    | st.sampled_from(["95%", "001", "≥95%", "3-5", "1/2", "12.10"]),
    Kind.YEAR: st.sampled_from(["2023", "2024年"]),
    Kind.WAIVER: _WORDS,
}
_DAYS = st.sampled_from(["2025-03-14", "2025年3月14日", "2025/3/4"])


def trees(model: Model = Unit, depth: int = 0) -> st.SearchStrategy[Tree]:
    """Whatever the model can hold: any of its fields, in any number."""
    needed = {}
    optional = {}
    for field in fields_of(model):
        if field.model is model and depth > 1:
            continue
        below = depth + 1 if field.model is model else depth
        found = _values(model, field, below)
        required = model.model_fields[field.name].is_required()
        (needed if required else optional)[field.key] = found
    return st.fixed_dictionaries(needed, optional=optional)


def _values(
    model: Model, field: FieldShape, depth: int
) -> st.SearchStrategy[Any]:
    if field.model is not None:
        one: st.SearchStrategy[Any] = st.deferred(
            lambda: trees(field.model or Unit, depth)
        )
        if field.listed:
            one = st.lists(one.filter(bool), max_size=2)
    elif field.key == "列入报告":
        one = st.sampled_from(["是", "否"])
    elif field.key == "填报日期":
        one = _DAYS
    elif field.listed:
        one = _LINES | _WORDS
    else:
        one = _BY_KIND.get(field.kind or Kind.WORD, _WORDS)
    return st.dictionaries(_WORDS, one, max_size=2) if field.named else one
