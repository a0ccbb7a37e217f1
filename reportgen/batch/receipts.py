"""The receipt as batch uses it: what a unit was made from, and what the summary says of it when it is skipped.

A receipt names its inputs by their path from its own folder, so that inputs and outputs can move together.
"""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from reportgen.checks.units.extracts import Extract
from reportgen.core.errors import Place
from reportgen.core.findings import Finding, Severity
from reportgen.model.unit import Waiver
from reportgen.outputs.receipt import RECEIPT, Receipt, read_receipt
from reportgen.results.unit_result import SummaryRow

_INPUTS = "输入"
_FINDINGS = "问题"
_WHOLE = "整体"
_PROJECTS = "项目"
_EXTRACT = "比对"
_ROW_KEYS = dict(
    zip(
        (one.name for one in fields(SummaryRow)),
        ("名称", "全年预算数", "全年执行数", "执行率", "分值", "得分", "等级"),
        strict=True,
    )
)
_TEXTS = {"name", "grade"}


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


def asked_pack(receipt: Receipt) -> str:
    """The pack that was asked for when the unit was made, "" where it was the one that its file names."""
    options = receipt.get("选项")
    asked = options.get("模板包") if isinstance(options, dict) else ""
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


def summary_record(
    whole: SummaryRow,
    projects: Iterable[SummaryRow],
    findings: Iterable[Finding],
    file: str,
) -> Receipt:
    """What a receipt keeps for the summary of a later run; findings in `file` itself do not name it."""
    return {
        _WHOLE: _row_record(whole),
        _PROJECTS: [_row_record(row) for row in projects],
        _FINDINGS: [_finding_record(one, file) for one in findings],
    }


def _row_record(row: SummaryRow) -> dict[str, str]:
    values = ((key, getattr(row, name)) for name, key in _ROW_KEYS.items())
    return {key: str(value) for key, value in values if value not in {None, ""}}


def _finding_record(finding: Finding, file: str) -> dict[str, object]:
    record = {key: value for key, value in finding.as_json().items() if value}
    record.pop("place", None)  # file and line in words
    if finding.place.file == file:
        del record["file"]
    more = {"waived": finding.waived, "document": finding.document}
    return record | {key: value for key, value in more.items() if value}


def read_rows(receipt: Receipt) -> tuple[SummaryRow, tuple[SummaryRow, ...]]:
    """The rows of the unit and of its projects; raises KeyError, TypeError or ValueError where they are damaged."""
    return _row(receipt[_WHOLE]), tuple(_row(one) for one in receipt[_PROJECTS])


def _row(record: dict[str, str]) -> SummaryRow:
    typed = {
        name: record[key] for name, key in _ROW_KEYS.items() if key in record
    }
    try:
        values: dict[str, Any] = {
            name: text if name in _TEXTS else Decimal(text)
            for name, text in typed.items()
        }
    except InvalidOperation as error:
        raise ValueError(str(error)) from error
    for one in values.values():
        if isinstance(one, Decimal) and not one.is_finite():
            raise ValueError("a number")
    return SummaryRow(**values)


def read_findings(receipt: Receipt, file: str) -> tuple[Finding, ...]:
    """The findings that were told when the unit was made; raises as read_rows does."""
    return tuple(_finding(one, file) for one in receipt[_FINDINGS])


def _finding(record: dict[str, Any], file: str) -> Finding:
    texts = [record["code"], record["message"], record.get("file", file)]
    texts += [record.get(key, "") for key in ("path", "waived", "document")]
    at = (record.get("line", 0), record.get("column", 0))
    if not all(isinstance(one, str) for one in texts):
        raise TypeError("a text")
    if not all(isinstance(one, int) for one in at):
        raise TypeError("a place")
    code, message, where, *more = texts
    return Finding(
        code, Severity(record["severity"]), message, Place(where, *at), *more
    )


def extract_record(extract: Extract) -> Receipt:
    """What a later run needs to compare the unit with the others of that run."""
    return {
        _EXTRACT: {
            "names": extract.names,
            "projects": extract.projects,
            "waivers": [
                [
                    position,
                    waiver.model_dump(mode="json", by_alias=True),
                    place.line,
                    place.column,
                ]
                for position, waiver, place in extract.waivers
            ],
            "severities": extract.severities,
            "least": extract.least,
            "counted": extract.counted,
            "compared": extract.compared,
            "packed": b64encode(extract.packed).decode("ascii"),
        }
    }


def read_extract(receipt: Receipt, file: str) -> Extract:
    """The same read back; raises as read_rows does."""
    record = receipt[_EXTRACT]
    extract = Extract(
        file=file,
        name=receipt["单位"],
        year=receipt["年度"],
        names=tuple(record["names"]),
        projects=tuple(record["projects"]),
        waivers=tuple(
            (position, Waiver.model_validate(waiver), Place(file, line, column))
            for position, waiver, line, column in record["waivers"]
        ),
        severities=tuple(
            (code, wanted) for code, wanted in record["severities"]
        ),
        least=record["least"],
        counted=record["counted"],
        compared=record["compared"],
        packed=b64decode(record["packed"], validate=True),
    )
    extract.verify()
    return extract
