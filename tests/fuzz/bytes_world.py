"""What must hold of any bytes: nothing but a told reason, in bounded time, and whatever a person had is still there."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import word_hand
from broken_bytes import PACKAGE, TEXT
from pen import Pen
from world import TEMPLATES, Broken, OneCache

from reportgen.application.build import (
    BuildReport,
    BuildRequest,
    build,
    plan_build,
)
from reportgen.application.check import CheckRequest, check
from reportgen.application.pack_audit import audit_pack
from reportgen.application.pull import pull
from reportgen.application.status import status
from reportgen.application.workplace import Workplace
from reportgen.core.errors import ReportgenError
from reportgen.core.findings import FAULT, Finding, failure_findings

SECONDS = 10.0  # of the processor, for any one file
EXAMPLES = tuple(sorted(TEMPLATES.glob("*/example.yaml")))
PLACE = OneCache((TEMPLATES,))


@cache
def _printed(example: Path) -> Path:
    """A folder with a unit that was built; it is copied."""
    folder = Path(mkdtemp())
    shutil.copy(example, folder / "unit.yaml")
    built(folder)
    return folder


def built(folder: Path, *, dry: bool = False) -> BuildReport:
    request = BuildRequest(
        (folder / "unit.yaml",), folder / "outputs", dry=dry, workers=1
    )
    return build(
        plan_build(request),
        PLACE,
        on_unit=lambda _: None,
        stopped=lambda: False,
    )


def hold_told(findings: Iterable[Finding], what: str) -> None:
    faults = [one.message for one in findings if one.code == FAULT]
    if faults:
        raise Broken(f"{what}: {faults[0]}")


class Bounded:
    """Fails where what is done within takes too long."""

    def __init__(self, what: str) -> None:
        self._what = what

    def __enter__(self) -> None:
        self._begin = time.process_time()

    def __exit__(self, kind: object, *_: object) -> None:
        seconds = time.process_time() - self._begin
        if kind is None and seconds > SECONDS:
            raise Broken(f"{self._what}: {seconds:.1f} s")


def break_document(number: int, folder: Path) -> str:
    """A document among the outputs is broken, then the data change: nothing of the file is lost."""
    dice = random.Random(number)
    example = dice.choice(EXAMPLES)
    work = folder / "work"
    shutil.copytree(_printed(example), work)
    document = dice.choice(sorted((work / "outputs").glob("*/*/*.docx")))
    hand = dice.choice(word_hand.HANDS)
    data = word_hand.edited(document.read_bytes(), hand, Pen(dice))
    breaker = dice.choice(PACKAGE)
    broken = breaker(data, dice)
    document.write_bytes(broken)
    told = f"{breaker.__name__} in {example.parent.name}/{document.name}"
    with Bounded(told):
        for one in pull([document], work / "outputs", None, PLACE, apply=False):
            hold_told((*one.findings, *one.failures), f"pull, {told}")
        status((work / "unit.yaml",), work / "outputs", "", PLACE)
        unit = work / "unit.yaml"
        text = unit.read_text(encoding="utf-8")
        unit.write_text(
            text.replace("年初预算数: ", "年初预算数: 1"), encoding="utf-8"
        )
        hold_told(built(work).findings, f"build, {told}")
    kept = [document, *work.rglob(".reportgen/history/*.docx")]
    if broken != data and all(one.read_bytes() != broken for one in kept):
        raise Broken(f"build lost {told}")
    return told


def break_unit(number: int, folder: Path) -> str:
    """A unit.yaml is broken: it is refused with a reason, or built."""
    dice = random.Random(number)
    example = dice.choice(EXAMPLES)
    breakers = [dice.choice(TEXT) for _ in range(dice.randrange(1, 3))]
    data = example.read_bytes()
    for one in breakers:
        data = one(data, dice) if data else data
    unit = folder / "unit.yaml"
    unit.write_bytes(data)
    names = " and ".join(one.__name__ for one in breakers)
    told = f"{names} in {example.parent.name}"
    with Bounded(told):
        hold_told(built(folder).findings, f"build, {told}")
        found = check(CheckRequest((unit,)), PLACE).findings
        hold_told(found, f"check, {told}")
    if unit.read_bytes() != data:
        raise Broken(f"changed: {told}")
    return told


def break_record(number: int, folder: Path) -> str:
    """A receipt or the store of prints is broken, beside a document that a person edited."""
    dice = random.Random(number)
    example = dice.choice(EXAMPLES)
    work = folder / "work"
    shutil.copytree(_printed(example), work)
    document = dice.choice(sorted((work / "outputs").glob("*/*/*.docx")))
    pen = Pen(dice)
    data = word_hand.edited(document.read_bytes(), word_hand.add_paragraph, pen)
    document.write_bytes(data)
    name = dice.choice(["receipt.json", ".reportgen/base.zip"])
    record = document.parent / name
    is_text = name.endswith("json")
    breaker = dice.choice(TEXT if is_text else PACKAGE[:5])
    record.write_bytes(breaker(record.read_bytes(), dice))
    told = f"{breaker.__name__} in {name} of {example.parent.name}"
    with Bounded(told):
        status((work / "unit.yaml",), work / "outputs", "", PLACE)
        for one in pull([document], work / "outputs", None, PLACE, apply=True):
            hold_told((*one.findings, *one.failures), f"pull, {told}")
        hold_told(built(work).findings, f"build, {told}")
    shown = word_hand.all_text(document.read_bytes())
    if any(word not in shown for word in pen.words):
        raise Broken(f"build lost {told}")
    return told


def break_template(number: int, folder: Path) -> str:
    """A document of a pack is broken: the pack is refused with a reason, or builds."""
    dice = random.Random(number)
    example = dice.choice(EXAMPLES)
    name = example.parent.name
    if name != "standard":
        shutil.copytree(TEMPLATES / "standard", folder / "standard")
    shutil.copytree(example.parent, folder / name)
    template = dice.choice(sorted(folder.rglob("*.docx")))
    breaker = dice.choice(PACKAGE)
    template.write_bytes(breaker(template.read_bytes(), dice))
    told = f"{breaker.__name__} in {name}/{template.name}"
    place = Workplace((folder,))
    with Bounded(told):
        try:
            found = list(audit_pack(name, place.packs()))
        except ReportgenError as error:
            found = list(failure_findings(error, template))
        hold_told(found, f"pack check, {told}")
        report = build(
            plan_build(
                BuildRequest((example,), folder / "out", dry=True, workers=1)
            ),
            place,
            on_unit=lambda _: None,
            stopped=lambda: False,
        )
        hold_told(report.findings, f"build, {told}")
    return told


KINDS = {
    "document": break_document,
    "unit": break_unit,
    "record": break_record,
    "template": break_template,
}
