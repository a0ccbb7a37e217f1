"""reportgen explain."""

from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer

from reportgen.application.explain import (
    ExplainedFigure,
    ExplainedInput,
    explain as explain_figures,
    explain_sentences,
)
from reportgen.cli.options import PackName
from reportgen.cli.show import EXIT_CLEAN, EXIT_FINDINGS, Lines, say
from reportgen.cli.workplace import workplace
from reportgen.core.errors import Place


def explain(
    unit: Annotated[
        Path, typer.Argument(metavar="文件", help="一份 unit.yaml。")
    ],
    item: Annotated[
        str,
        typer.Argument(
            metavar="项",
            help="只看名称、位置或项目名称中含有这几个字的数，例如 执行率、项目[2]。",
        ),
    ] = "",
    sentences: Annotated[
        bool,
        typer.Option(
            "--sentences",
            help="列出报告每一句的编号（供“不写”“改写”使用）、文字、什么情况下有这一句。",
        ),
    ] = False,
    pack: PackName = "",
) -> int:
    """说明每个数是怎样算出来的：公式、数值、在填报文件第几行。"""
    if sentences:
        say(_sentences(unit, item, pack))
        return EXIT_CLEAN
    figures = explain_figures(unit, pack, workplace())
    found = [one for one in figures if one.is_about(item)]
    for owner, group in groupby(found, key=lambda one: one.owner):
        say([f"【{owner}】"])
        for figure in group:
            say(_lines(figure))
    if found:
        return EXIT_CLEAN
    told = f"没有名称或位置含有“{item}”的数；后面什么都不写，可以列出全部。"
    typer.echo(told, err=True)
    return EXIT_FINDINGS


def _sentences(unit: Path, item: str, pack: str) -> Lines:
    """编号, text and condition of each sentence in which `item` occurs."""
    for one in explain_sentences(unit, pack, workplace()):
        told = "\n".join(one)
        if item in told:
            yield told


def _lines(one: ExplainedFigure) -> Lines:
    """A figure: formula, inputs, what was typed, what was found."""
    yield f"{one.path}  {one.label} ＝ {one.text or f'无（{one.missing}）'}"
    yield f"    公式：{one.formula}"
    yield from map(_input, one.inputs)
    if one.reported is not None:
        yield f"    填报值：{one.reported}{_at(one.place)}，表中按填报值打印"
    if one.source:
        yield f"    依据：{one.source}"
    if one.grade:
        yield f"    等级：{one.grade}"
    for finding in one.findings:
        yield f"    {finding.severity.label} {finding.code}：{finding.message}"


def _input(one: ExplainedInput) -> str:
    origin = f"（{one.origin}）" if one.origin else ""
    where = _at(one.place) if one.place else origin
    return f"    {one.label} ＝ {one.text or '（未填）'}{where}"


def _at(place: Place) -> str:
    return f"（{place.where}）"
