"""reportgen explain."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from reportgen.cli.show import pack_search
from reportgen.figures.figure import Figure, Input
from reportgen.finding import dotted
from reportgen.model.target import Target
from reportgen.model.values import Reported
from reportgen.numerals import percent, plain
from reportgen.pipeline import Draft, Shelf, prepare


def explain(
    unit: Annotated[Path, typer.Argument(metavar="文件", help="一份 unit.yaml。")],
    item: Annotated[
        str, typer.Argument(metavar="项", help="只看名称或位置中含有这几个字的数，例如 执行率、项目[2]。")
    ] = "",
    pack: Annotated[
        str, typer.Option("--pack", metavar="模板包", help="改用这个模板包，不用文件中写的「模板」。")
    ] = "",
) -> int:
    """说明每个数是怎样算出来的：公式、数值、出处（文件和行号）。"""
    draft = prepare(unit, Shelf(pack_search()), pack)
    found = [one for one in draft.figures.catalogue() if item in one.label or item in dotted(one.path)]
    for figure in found:
        typer.echo("\n".join(_lines(figure, draft)))
    if not found:
        typer.echo(f"没有名称或位置含有“{item}”的数；不写「项」可以列出全部。", err=True)
        return 1
    return 0


def _lines(figure: Figure, draft: Draft) -> Iterator[str]:
    value = f"无（{figure.missing}）" if figure.value is None else _with_unit(figure.value, figure.unit)
    yield f"{dotted(figure.path)}  {figure.label} ＝ {value}"
    yield f"    公式：{figure.formula}"
    for one in figure.inputs:
        yield f"    {one.label} ＝ {_input(one)}{_where(one, draft)}"
    reported = _reported(figure, draft)
    if reported:
        yield f"    填报值：{reported}（表中按填报值打印）"
    if figure.source:
        yield f"    依据：{figure.source}"


def _with_unit(value: Decimal, unit: str) -> str:
    return percent(value) if unit == "%" else f"{plain(value, 4 if unit == '万元' else 2)}{unit}"


def _input(one: Input) -> str:
    if isinstance(one.value, (Target, Reported)):
        return one.value.text.strip()
    if isinstance(one.value, Decimal):
        return percent(one.value) if one.label.endswith("率") else plain(one.value, 4)
    return one.value or "（未填）"


def _where(one: Input, draft: Draft) -> str:
    """（unit.yaml:48）for a value that was typed; computed ones say so."""
    if isinstance(one.value, (Target, Reported)):
        place = draft.loaded.place(one.path)
        return f"（{place.file}:{place.line}）"
    return "（计算得出）" if isinstance(one.value, Decimal) else ""


def _reported(figure: Figure, draft: Draft) -> str:
    """What the unit itself reports where this figure would stand, or ""."""
    found = draft.loaded.typed(figure.path)
    return found if isinstance(found, str) else ""
