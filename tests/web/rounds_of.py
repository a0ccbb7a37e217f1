"""A round as a bureau has it: a roster, forms that came back filled in, one of them with a mistake."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

from command_line import completed
from xlsxwriter import Workbook

from reportgen.application.import_unit import convert_unit
from reportgen.application.workplace import Workplace

HEADS = ("单位", "简称", "主管部门", "联系方式", "年度")


def roster(names: Sequence[str]) -> bytes:
    """The roster of these units as a workbook."""
    target = io.BytesIO()
    with Workbook(target) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADS)
        for row, name in enumerate(names, start=1):
            told = (name, "", "临水县财政局", "经办人甲", "2024")
            sheet.write_row(row, 0, told)
    return target.getvalue()


def filled_form(
    folder: Path, name: str, workplace: Workplace, *, more: str = ""
) -> bytes:
    """The form of a unit as it comes back."""
    folder.mkdir(exist_ok=True)
    source = folder / "unit.yaml"
    unit = f"年度: 2024\n单位:\n  名称: {name}\n{more}"
    source.write_text(completed(unit), "utf-8")
    target = folder / f"{name}.xlsx"
    target.unlink(missing_ok=True)
    assert convert_unit(source, "", target, workplace)
    return target.read_bytes()


def zipped(files: dict[str, bytes]) -> bytes:
    """The files in one zip."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return target.getvalue()


def renamed_form(form: bytes, name: str, other: str) -> bytes:
    """The same form as another unit would hand it in."""
    with zipfile.ZipFile(io.BytesIO(form)) as packed:
        parts = {one: packed.read(one) for one in packed.namelist()}
    return zipped(
        {
            part: data.replace(name.encode(), other.encode())
            for part, data in parts.items()
        }
    )
