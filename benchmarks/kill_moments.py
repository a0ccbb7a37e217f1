"""Kills building, merging and pulling with SIGKILL at random moments and looks at what is on disk each time.

    python benchmarks/kill_moments.py [KILLS [SEED]]

The work is done in a forked process, so that a kill costs a tenth of a second. For the example of every pack there is a
folder with documents printed before the data changed (build), with documents that were edited since (merge), and with
documents whose edits come home (pull). Each of KILLS (default 1000) kills one of the three up to three times running;
whatever is there then must be whole and old or new, with what a person typed in it, and once the work is done
undisturbed everything is as if nothing had happened. The last line is `verdict ok` or `verdict broken <number>`.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from docx import Document

from reportgen.application.build import BuildRequest, build, plan_build
from reportgen.application.pull import pull
from reportgen.application.workplace import Workplace
from reportgen.pipeline import PackCache

TEMPLATES = Path(__file__).parents[1] / "templates"
PACKS = PackCache((TEMPLATES,))
TYPED = "此处由经办人核对后补充。"
_EXECUTED = re.compile(r"(全年执行数: *)(\d+)")


class OneCache(Workplace):
    def packs(self) -> PackCache:
        return PACKS


PLACE = OneCache((TEMPLATES,))


def built(folder: Path) -> None:
    request = BuildRequest(
        (folder / "unit.yaml",), folder / "outputs", workers=1
    )
    build(
        plan_build(request),
        PLACE,
        on_unit=lambda _: None,
        stopped=lambda: False,
    )


def pulled(folder: Path) -> None:
    list(pull(documents(folder), folder / "outputs", None, PLACE, apply=True))


def documents(folder: Path) -> list[Path]:
    found = (folder / "outputs").rglob("*.docx")
    return sorted(one for one in found if ".reportgen" not in one.parts)


def edit(path: Path) -> None:
    """A paragraph more at the end, and words in a long cell."""
    document = Document(str(path))
    document.add_paragraph(TYPED)
    for table in document.tables:
        for cell in table._cells:
            runs = cell.paragraphs[0].runs
            if len(cell.text) > 12 and len(runs) == 1:
                runs[0].text = f"{runs[0].text}（已核对）"
                document.save(str(path))
                return
    document.save(str(path))


def change(folder: Path) -> None:
    unit = folder / "unit.yaml"
    text = unit.read_text(encoding="utf-8")
    other = _EXECUTED.sub(lambda one: f"{one[1]}{int(one[2]) + 3}", text)
    unit.write_text(other, encoding="utf-8")


def shown(folder: Path) -> dict[str, bytes]:
    """What a person sees: documents and unit.yaml."""
    files = [*documents(folder), folder / "unit.yaml"]
    return {
        str(one.relative_to(folder)): one.read_bytes()
        for one in files
        if one.exists()
    }


def held(folder: Path) -> set[bytes]:
    """Every file there is, also what was kept."""
    return {one.read_bytes() for one in folder.rglob("*") if one.is_file()}


@dataclass
class Case:
    """A folder before the work, what a person sees before and after it, and how long it takes."""

    name: str
    start: Path
    work: Callable[[Path], None]
    before: dict[str, bytes]
    after: dict[str, bytes]
    seconds: float


def case(name: str, start: Path, work: Callable[[Path], None]) -> Case:
    done = start.with_name(f"{start.name} done")
    for _ in range(2):  # the second time nothing need be compiled
        shutil.rmtree(done, ignore_errors=True)
        shutil.copytree(start, done)
        begin = time.perf_counter()
        work(done)
        seconds = time.perf_counter() - begin
    return Case(name, start, work, shown(start), shown(done), seconds)


def cases(room: Path) -> list[Case]:
    found = []
    for example in sorted(TEMPLATES.glob("*/example.yaml")):
        name = example.parent.name
        folder = room / f"build {name}"
        folder.mkdir()
        shutil.copy(example, folder / "unit.yaml")
        built(folder)
        edited = room / f"merge {name}"
        home = room / f"pull {name}"
        for one in (edited, home):
            shutil.copytree(folder, one)
            for document in documents(one):
                edit(document)
        change(folder)
        change(edited)
        found += [
            case(f"build {name}", folder, built),
            case(f"merge {name}", edited, built),
            case(f"pull {name}", home, pulled),
        ]
    return found


def killed(work: Callable[[Path], None], folder: Path, after: float) -> bool:
    """Whether the kill came before the end."""
    child = os.fork()
    if child == 0:
        try:
            work(folder)
        finally:
            os._exit(0)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def faults_of(one: Case, folder: Path) -> list[str]:
    """What is neither as before nor as after, or has lost what a person typed."""
    there, kept = shown(folder), held(folder)
    faults = [
        name
        for name, data in there.items()
        if data not in {one.before.get(name), one.after.get(name)}
    ]
    faults += [name for name in one.before if name not in there]
    if not one.name.startswith("build"):
        faults += [
            f"lost {name}"
            for name, data in one.before.items()
            if name.endswith(".docx") and data not in kept
        ]
    if one.name.startswith("pull") and one.before["unit.yaml"] not in kept:
        faults.append("lost unit.yaml")
    return faults


def main() -> None:
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    dice = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else None)
    done, broken, in_time = 0, 0, {"build": 0, "merge": 0, "pull": 0}
    begin = time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        room = Path(name)
        all_cases = cases(room)
        for one in all_cases:
            changed = sum(
                one.before.get(name) != data for name, data in one.after.items()
            )
            print(f"{one.name}: {changed} files change in {one.seconds:.2f} s")
        while done < kills:
            one = dice.choice(all_cases)
            folder = room / "work"
            shutil.copytree(one.start, folder)
            for _ in range(dice.randrange(1, 4)):
                after = dice.uniform(0, one.seconds * 1.1)
                kind = one.name.partition(" ")[0]
                in_time[kind] += killed(one.work, folder, after)
                done += 1
                for fault in faults_of(one, folder):
                    broken += 1
                    print(f"kill {done} of {one.name}: {fault}", flush=True)
            one.work(folder)
            if shown(folder) != one.after:
                broken += 1
                print(
                    f"kill {done} of {one.name}: at its end not as undisturbed"
                )
            shutil.rmtree(folder)
            if done % 50 < 3:
                print(f"{done} kills, {broken} broken", flush=True)
    seconds = time.perf_counter() - begin
    print(f"{done} kills, before the end {in_time}, {seconds:.0f} s")
    print("verdict ok" if not broken else f"verdict broken {broken}")


if __name__ == "__main__":
    main()
