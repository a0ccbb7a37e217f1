"""reportgen explain."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from reportgen.cli.show import pack_search
from reportgen.core.findings import dotted
from reportgen.figures.figure import FieldPath, Figure, Input
from reportgen.model.target import Target
from reportgen.model.values import Reported
from reportgen.pipeline import Draft, PackCache, prepare


def explain(
    unit: Annotated[Path, typer.Argument(metavar="文件", help="一份 unit.yaml。")],
    item: Annotated[
        str,
        typer.Argument(
            metavar="项",
            help="只看名称、位置或项目名称中含有这几个字的数，例如 执行率、项目[2]。",
        ),
    ] = "",
    pack: Annotated[
        str,
        typer.Option(
            "--pack", metavar="模板包", help="改用这个模板包，不用文件中写的「模板」。"
        ),
    ] = "",
) -> int:
    """说明每个数是怎样算出来的：公式、数值、出处（文件和行号）。"""
    draft = prepare(unit, PackCache(pack_search()), pack)
    found = [(_whose(one.path, draft), one) for one in draft.computed]
    found = [
        (whose, one)
        for whose, one in found
        if item in f"{whose}\n{one.label}\n{dotted(one.path)}"
    ]
    above = ""
    for whose, figure in found:
        if whose != above:
            typer.echo(f"【{whose}】")
        above = whose
        typer.echo("\n".join(_lines(figure, draft)))
    if not found:
        typer.echo(
            f"没有名称或位置含有“{item}”的数；后面什么都不写，可以列出全部。", err=True
        )
        return 1
    return 0


def _whose(path: FieldPath, draft: Draft) -> str:
    """部门整体, or the project that the field belongs to."""
    if len(path) > 1 and path[0] == "项目" and isinstance(path[1], int):
        return f"{dotted(path[:2])} {draft.loaded.unit.projects[path[1]].name}"
    return "部门整体"


def _lines(figure: Figure, draft: Draft) -> Iterator[str]:
    yield f"{dotted(figure.path)}  {figure.label} ＝ {figure.text or f'无（{figure.missing}）'}"
    yield f"    公式：{figure.formula}"
    for one in figure.inputs:
        yield f"    {one.label} ＝ {one.text or '（未填）'}{_where(one, draft)}"
    reported = draft.loaded.typed(figure.path)
    if isinstance(reported, str):
        yield f"    填报值：{reported}{_typed_at(figure.path, draft)}，表中按填报值打印"
    if figure.source:
        yield f"    依据：{figure.source}"
    if figure.path[-2:] == ("自评结果", "总分"):
        yield from _grade(figure.path, draft)
    for finding in draft.findings:
        if finding.path == dotted(figure.path):
            yield f"    {finding.severity.label} {finding.code}：{finding.message}"


def _grade(path: FieldPath, draft: Draft) -> Iterator[str]:
    """Which grade the total means; the total of a framework has none."""
    one = next(
        (one for one in draft.figures.evaluations if one.score_total.path == path), None
    )
    if one is not None and one.grade:
        bands = "、".join(
            f"{band.floor.text}分起为{band.name}"
            for band in draft.tools.pack.scoring.grades
        )
        reported = one.evaluation.outcome.grade
        yield f"    等级：{one.grade}（{bands}）" + (
            f"；填报为“{reported}”，表中按填报值打印" if reported else ""
        )


def _where(one: Input, draft: Draft) -> str:
    """（unit.yaml:48）for a value that was typed; the pack's and computed ones say so."""
    if isinstance(one.value, (Target, Reported)):
        if draft.loaded.typed(one.path) is not None:
            return _typed_at(one.path, draft)
        return (
            "（本级与下属单位汇总）"
            if draft.facts.department and not one.is_points
            else "（模板包规定）"
        )
    return "（计算得出）" if isinstance(one.value, Decimal) else ""


def _typed_at(path: FieldPath, draft: Draft) -> str:
    place = draft.loaded.place(path)
    return f"（{place.file}:{place.line}）"
