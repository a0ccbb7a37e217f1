"""The receipt as batch uses it: what a unit was made from, and what the summary says of it when it is skipped.

A receipt names its inputs by their path from its own folder, so that inputs and outputs can move together.
"""

import os
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from reportgen.checks.units.extracts import Extract
from reportgen.core.findings import Findings
from reportgen.outputs.receipt import RECEIPT, Receipt, read_receipt
from reportgen.results.unit_result import SummaryRow

_INPUTS = "输入"
# what is kept of a result, by its key in the receipt: the field, and what that holds
# (dataclasses: a record names their fields, and `_with_file` finds one of them by its name)
_TOLD = {
    "整体": ("whole", SummaryRow),
    "项目": ("projects", tuple[SummaryRow, ...]),
    "问题": ("findings", Findings),
    "比对": ("extract", Extract),
}


def known_folders(output: Path) -> dict[str, tuple[Path, ...]]:
    """The folders below `output`/年度 that hold a receipt, by the resolved path of the unit's file that it names."""
    found: dict[str, tuple[Path, ...]] = {}
    for folder in unit_folders(output):
        file = input_file(folder, read_receipt(folder))
        if file:
            found[file] = (*found.get(file, ()), folder)
    return found


def unit_folders(output: Path) -> Iterator[Path]:
    """The folders below `output` that hold a receipt, in the order of their names."""
    for year in _folders(output):
        for folder in _folders(year):
            if (folder / RECEIPT).is_file():
                yield folder


def _folders(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            return sorted(
                Path(entry.path) for entry in entries if entry.is_dir()
            )
    except OSError:
        return []


def input_file(folder: Path, receipt: Receipt) -> str:
    """The resolved path of the unit's own file by the receipt in `folder`, "" where none is named."""
    return next((resolved for resolved, _ in inputs_of(folder, receipt)), "")


def inputs_of(folder: Path, receipt: Receipt) -> Iterator[tuple[str, str]]:
    """Resolved path and sha256 of each file that the unit was read from, its own first."""
    inputs = receipt.get(_INPUTS)
    base = os.path.realpath(folder)
    for path, digest in (inputs if isinstance(inputs, dict) else {}).items():
        if isinstance(digest, str):
            yield os.path.normpath(os.path.join(base, path)), digest


def options_in(receipt: Receipt) -> dict[str, Any]:
    """With which options the unit was made; none where the receipt is damaged."""
    options = receipt.get("选项")
    return options if isinstance(options, dict) else {}


def asked_pack(receipt: Receipt) -> str:
    """The pack that was asked for when the unit was made, "" where it was the one that its file names."""
    asked = options_in(receipt).get("模板包")
    return asked if isinstance(asked, str) else ""


def with_inputs(
    receipt: Receipt, inputs: Mapping[str, str], folder: Path
) -> Receipt:
    """`receipt` with its inputs (resolved path -> sha256) named from `folder`."""
    base = os.path.realpath(folder)
    return {
        _INPUTS: {
            _relative(path, base): digest for path, digest in inputs.items()
        },
        **receipt,
    }


def _relative(path: str, base: str) -> str:
    try:
        return Path(os.path.relpath(path, base)).as_posix()
    except ValueError:  # another drive on Windows
        return path


def unit_record(told: Mapping[str, Any], file: str) -> Receipt:
    """What a receipt keeps of a unit for a later run, by the fields of its result; `file` itself is not named."""
    record = {
        key: _adapter(key).dump_python(
            told[name], mode="json", by_alias=True, exclude_defaults=True
        )
        for key, (name, _) in _TOLD.items()
    }
    return dict(_with_file(record, file, ""))


def read_unit_record(receipt: Receipt, file: str) -> dict[str, Any]:
    """The same read back; raises KeyError, TypeError or ValueError where it is damaged."""
    told = {
        name: _adapter(key).validate_python(_with_file(receipt[key], "", file))
        for key, (name, _) in _TOLD.items()
    }
    told["extract"].verify()
    return told


@cache
def _adapter(key: str) -> TypeAdapter[Any]:
    return TypeAdapter(_TOLD[key][1])


def _with_file(record: Any, old: str, new: str) -> Any:
    """The same with another name of the file that things stand in."""
    if isinstance(record, dict):
        return {
            key: new
            if key == "file" and one == old
            else _with_file(one, old, new)
            for key, one in record.items()
        }
    if isinstance(record, list):
        return [_with_file(one, old, new) for one in record]
    return record
