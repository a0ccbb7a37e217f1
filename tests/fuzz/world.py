"""One unit, its documents and its clerk: what can be done to them, and what must hold whatever was done.

* No text of a person is lost: what stood in a document before a run of the program stands in one after it, or in what
  was kept (`.reportgen/history`), or came home.
* Nothing in unit.yaml changes that nobody changed.
* A second build changes nothing.
* Findings are true: nothing is told of documents that nobody touched, and what is quoted as a person's is one's.
* Whatever is written can be opened.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import data_hand
import word_hand
from pen import Pen, narrow

from reportgen.application.build import (
    BuildReport,
    BuildRequest,
    build,
    plan_build,
)
from reportgen.application.pull import PulledDocument, pull
from reportgen.application.status import status
from reportgen.application.undo import undo
from reportgen.application.workplace import Workplace
from reportgen.core.file_names import unit_folder
from reportgen.core.findings import FAULT, Finding
from reportgen.ooxml.document_identity import identity_of
from reportgen.ooxml.lint import lint_docx
from reportgen.pipeline import PackCache, prepare, print_set
from reportgen.results.unit_result import UnitResult

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
UNITS = (
    *sorted(TEMPLATES.glob("*/example.yaml")),
    *sorted((ROOT / "inputs").glob("*.yaml")),
)
_TYPED = re.compile(
    r"保留了人工的文字“(.+?)”；按现在|人工填写的“(.+?)”与现在的数据"
)
_NUMBER = re.compile(
    r"（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、|\d+[.、．]"
)
_PACKS = PackCache((TEMPLATES,))
_KEPT = ".reportgen"
# tell of the last run: one that is forced afterwards has nothing to merge
_RECORDS = ("receipt.json", "base.zip", "问题清单.xlsx")


class OneCache(Workplace):
    """A workplace whose packs are read once for all sequences."""

    def packs(self) -> PackCache:
        return _PACKS


class Broken(AssertionError):
    """Something that must hold does not."""


@dataclass
class World:
    """A folder with a unit.yaml and what was made of it; `log` tells what was done."""

    folder: Path
    start: Path
    pen: Pen = field(default_factory=lambda: Pen(random.Random(0)))
    log: list[str] = field(default_factory=list)
    copies: list[tuple[str, bytes]] = field(default_factory=list)
    touched: set[str] = field(default_factory=set)  # names of documents
    printed: set[str] = field(default_factory=set)  # paragraphs of any print
    came_home: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.workplace = OneCache((TEMPLATES,))
        self.unit = self.folder / "unit.yaml"
        self.output = self.folder / "outputs"
        self.folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(self.start, self.unit)
        self.build()

    # what there is

    def documents(self) -> list[Path]:
        found = self.output.rglob("*.docx")
        return sorted(one for one in found if _KEPT not in one.parts)

    def kept(self) -> list[Path]:
        return sorted(
            one
            for one in self.folder.rglob("*")
            if one.is_file() and _KEPT in one.parts and "history" in one.parts
        )

    def yaml(self) -> str:
        return self.unit.read_text(encoding="utf-8")

    def signs(self, files: list[Path]) -> set[str]:
        """What a person typed that stands in any of these documents."""
        text = "".join(
            word_hand.all_text(one.read_bytes())
            for one in files
            if one.suffix == ".docx"
        )
        return {
            one for one in (*self.pen.words, *self.pen.figures) if one in text
        }

    def state(self) -> dict[str, bytes]:
        return {
            str(one.relative_to(self.output)): one.read_bytes()
            for one in self.output.rglob("*")
            if one.is_file()
        }

    # what can be done

    def edit(self, number: int) -> None:
        """A person edits a document, in one to three places."""
        dice = self.pen.dice = random.Random(number)
        found = self.documents()
        if not found:
            return
        path = self.pen.one_of(found)
        for _ in range(dice.randrange(1, 4)):
            hand = self.pen.one_of(word_hand.HANDS)
            before = path.read_bytes()
            after = word_hand.edited(before, hand, self.pen)
            if after != before:
                path.write_bytes(after)
                self.touched.add(path.name)
                self.log.append(f"  {hand.__name__} in {path.name}")

    def change(self, number: int) -> None:
        """The data change, in one or two places."""
        dice = self.pen.dice = random.Random(number)
        for _ in range(dice.randrange(1, 3)):
            hand = self.pen.one_of(data_hand.HANDS)
            before = self.yaml()
            after = hand(before, self.pen)
            if after != before:
                self.unit.write_text(after, encoding="utf-8")
                self.log.append(
                    f"  {hand.__name__}: {_difference(before, after)}"
                )

    def build(self) -> None:
        yaml, before = self.yaml(), self._before()
        report = self._built()
        # what is merged goes on under the name that its project has now
        self.touched |= {
            one.path.name for one in report.units[0].documents if one.merged
        }
        self._hold_after_writing(before)
        self._hold(self.yaml() == yaml, "build changed unit.yaml")
        self._hold_findings(report, before)
        self._hold_valid()
        if report.units[0].state in {"生成", "未变"}:
            self._hold_second_build(report.units[0])
        self.copies += [
            (one.name, one.read_bytes()) for one in self.documents()
        ]

    def pull(self, number: int) -> None:
        """Edits come home, of some documents or of an older copy of one; now and then they are taken back."""
        dice = self.pen.dice = random.Random(number)
        files = self._some_documents()
        before, old = self._before(), self.yaml()
        pulled = self._pulled(files)
        self._hold_after_writing(before)
        self._hold_home(old, self.yaml(), pulled, files)
        self._hold_all_home(pulled)
        self._hold_untouched(pulled)
        if self.yaml() != old and dice.random() < 0.2:
            undo(self.unit)
            self._hold(self.yaml() == old, "undo does not put back what was")
            self.log.append("  undone")
        else:
            self._hold_second_pull(files)
        for one in files:
            if one.parent == self.folder:
                one.unlink()

    def _some_documents(self) -> list[Path]:
        files = self.documents()
        if files and self.pen.dice.random() < 0.5:
            files = [self.pen.one_of(files)]
        if self.copies and self.pen.dice.random() < 0.2:
            name, data = self.pen.one_of(self.copies)
            files = [self.folder / name]
            files[0].write_bytes(data)
        return files

    def _pulled(self, files: list[Path]) -> list[PulledDocument]:
        found = list(pull(files, self.output, None, self.workplace, apply=True))
        told = [f for one in found for f in (*one.findings, *one.failures)]
        self._hold_no_fault(told)
        return found

    def _hold_untouched(self, pulled: list[PulledDocument]) -> None:
        """A document that nobody touched brings nothing home."""
        for one in pulled:
            is_fresh = one.file.name not in self.touched
            told = [*(item.text for item in one.items), *one.findings]
            if is_fresh and one.file.parent != self.folder and told:
                raise Broken(f"nobody touched {one.file.name}: {told[0]}")

    def _hold_second_pull(self, files: list[Path]) -> None:
        now = self.yaml()
        again = self._pulled(files)
        self._hold(
            self.yaml() == now or any(one.failures for one in again),
            f"a second pull writes again: {_difference(now, self.yaml())}",
        )
        self.came_home |= {
            one for one in self._all_signs() if one in narrow(now)
        }

    def copy_back(self, number: int) -> None:
        """An older copy of a document is put over the one that is there."""
        self.pen.dice = random.Random(number)
        names = {one.name: one for one in self.documents()}
        found = [one for one in self.copies if one[0] in names]
        if not found:
            return
        name, data = self.pen.one_of(found)
        if names[name].read_bytes() != data:
            names[name].write_bytes(data)
            self.touched.add(name)
            self.log.append(f"  an older {name}")

    def delete_records(self, number: int) -> None:
        self.pen.dice = random.Random(number)
        what = self.pen.one_of(["receipt.json", "base.zip", _KEPT, "document"])
        self.log.append(f"  {what}")
        if what == "document":
            found = self.documents()
            if found:
                self.pen.one_of(found).unlink()
            return
        for one in list(self.output.rglob(what)):
            if one.is_dir():
                shutil.rmtree(one)
            else:
                one.unlink()

    def rename(self, number: int) -> None:
        """A document or the folder of the unit gets another name."""
        dice = self.pen.dice = random.Random(number)
        found = self.documents()
        if not found:
            return
        path = self.pen.one_of(found)
        if dice.random() < 0.5:
            folder = path.parent
            new = folder.with_name(
                f"{folder.name}{self.pen.one_of(['（旧）', '终稿'])}"
            )
            if new.exists():
                return
            folder.rename(new)
            self.log.append(f"  {folder.name} -> {new.name}")
            return
        new = path.with_name(
            f"{path.stem}{self.pen.one_of(['改', '定稿', ' (1)'])}.docx"
        )
        if new.exists():
            return
        path.rename(new)
        self.touched |= {new.name}
        self.log.append(f"  {path.name} -> {new.name}")

    def kill(self, number: int) -> None:
        """A build that is killed before one of its files gets its name."""
        before, yaml = self._before(), self.yaml()
        after = number % 12
        child = os.fork()
        if child == 0:
            _die_at(after)
            with suppress(BaseException):
                self._built()
            os._exit(0)
        os.waitpid(child, 0)
        self.log.append(f"  after {after} files")
        self._hold_after_writing(before)
        self._hold(self.yaml() == yaml, "a killed build changed unit.yaml")

    def look(self) -> None:
        """status and check change nothing and fail at nothing."""
        before = self.state(), self.yaml()
        report = status((self.unit,), self.output, "", self.workplace)
        self._hold(len(report.units) == 1, "status lacks the unit")
        self._hold((self.state(), self.yaml()) == before, "status wrote")

    # what must hold

    def _hold(self, is_so: bool, what: str) -> None:
        if not is_so:
            raise Broken(what)

    def _all_signs(self) -> list[str]:
        return [*self.pen.words, *self.pen.figures]

    def _before(self) -> tuple[set[str], set[str], dict[str, bytes]]:
        documents = self.documents()
        return (
            self.signs(documents),
            self.signs([*documents, *self.kept()]),
            {one.name: one.read_bytes() for one in documents},
        )

    def _hold_after_writing(
        self, before: tuple[set[str], set[str], dict[str, bytes]]
    ) -> None:
        shown, everywhere, _ = before
        now = self.signs(self.documents())
        lost = shown - now - self.came_home
        self._hold(not lost, f"gone from the documents: {sorted(lost)}")
        gone = everywhere - now - self.signs(self.kept())
        gone -= {one for one in gone if one in narrow(self.yaml())}
        gone -= self.came_home
        self._hold(not gone, f"lost: {sorted(gone)}")

    def _built(self, *, force: bool = False) -> BuildReport:
        request = BuildRequest(
            (self.unit,), self.output, force=force, workers=1
        )
        return build(
            plan_build(request),
            self.workplace,
            on_unit=lambda _: None,
            stopped=lambda: False,
        )

    def _hold_no_fault(self, findings: list[Finding]) -> None:
        faults = [one.message for one in findings if one.code == FAULT]
        self._hold(not faults, f"fault: {faults[:1]}")

    def _hold_findings(
        self,
        report: BuildReport,
        before: tuple[set[str], set[str], dict[str, bytes]],
    ) -> None:
        findings = report.findings
        self._hold_no_fault(list(findings))
        prints = self._prints()
        now = {
            line
            for data in prints.values()
            for line in word_hand.lines_of(data)
        }
        self._hold_fresh(report.units[0], prints, now)
        self.printed |= now
        told = [one for one in findings if one.code.startswith("RBK")]
        if told and not self.touched:
            raise Broken(f"nobody touched anything: {told[0].message}")
        theirs = {
            line
            for data in before[2].values()
            for line in word_hand.lines_of(data)
        }
        for one in told:
            typed = _TYPED.search(one.message)
            if typed is None or one.code != "RBK004":
                continue
            quote = narrow((typed[1] or typed[2]).strip("…"))
            lines = [line for line in theirs if quote in line]
            if lines and all(line in self.printed for line in lines):
                raise Broken(f"not a person's: {one.message}")

    def _hold_fresh(
        self,
        unit: UnitResult,
        prints: dict[str, bytes],
        now: set[str],
    ) -> None:
        """What only an older print says stands nowhere any more, or is told."""
        told = narrow(" ".join(one.message for one in unit.findings))
        known = {_unnumbered(line) for line in now}
        if not prints or unit.state not in {"生成", "未变"}:
            return
        for path in self.documents():
            if path.name not in prints or path.parent != unit.folder:
                continue
            lines = word_hand.lines_of(path.read_bytes())
            self._hold_once(path, lines, word_hand.lines_of(prints[path.name]))
            for line in lines:
                is_old = line in self.printed and len(line.strip()) > 2
                if not is_old or _unnumbered(line) in known:
                    continue
                if line.strip()[:20] not in told:
                    raise Broken(f"stale in {path.name}: {line[:80]}")

    def _hold_once(
        self, path: Path, lines: list[str], printed: list[str]
    ) -> None:
        """What is printed once does not stand twice."""
        counts = Counter(map(_unnumbered, lines))
        for line, count in Counter(map(_unnumbered, printed)).items():
            if len(line) > 8 and counts[line] > count:
                raise Broken(f"doubled in {path.name}: {line[:80]}")

    def _prints(self) -> dict[str, bytes]:
        """What would be printed now, by name; nothing where that cannot be."""
        try:
            draft = prepare(self.unit, self.workplace.packs())
            outputs = print_set(draft)
        except Exception:
            return {}
        return {
            one.name: one.data for one in outputs if one.name.endswith(".docx")
        }

    def _hold_all_home(self, pulled: list[PulledDocument]) -> None:
        """Of what a person typed nothing stays behind in silence."""
        prints = self._prints()
        self._hold(
            bool(prints) or not any(one.applied for one in pulled),
            "a unit that cannot be read came of pull",
        )
        for one in pulled:
            data = one.file.read_bytes()
            identity = identity_of(data)
            name = f"{identity.name}.docx" if identity else ""
            if one.findings or one.failures or name not in prints:
                continue
            printed = word_hand.all_text(prints[name])
            text = word_hand.all_text(data)
            silent = [
                sign
                for sign in self._all_signs()
                if sign in text and sign not in printed
            ]
            self._hold(
                not silent, f"nothing was said of {silent} in {one.file.name}"
            )

    def _hold_valid(self) -> None:
        for one in self.documents():
            with suppress(ValueError):
                problems = lint_docx(one.read_bytes())
                self._hold(not problems, f"{one.name}: {problems[:2]}")

    def _hold_second_build(self, unit: UnitResult) -> None:
        first = self.state()
        own = unit_folder(self.output, unit.year, unit.name)
        # a folder that has another name goes on until there is something new
        ways = (False, True) if unit.folder == own else (False,)
        for force in ways:
            self._built(force=force)
            now = self.state()
            other = sorted(
                name
                for name in {*first, *now}
                if first.get(name) != now.get(name)
                and not (force and name.endswith(_RECORDS))
            )
            self._hold(
                not other, f"a second build (force={force}) changes {other[:3]}"
            )

    def _hold_home(
        self,
        old: str,
        new: str,
        pulled: list[PulledDocument],
        files: list[Path],
    ) -> None:
        """What changed in unit.yaml is what stands in an edited paragraph of a document that was pulled."""
        if old == new:
            return
        before, after = data_hand.leaves(old), data_hand.leaves(new)
        typed = "\n".join(
            line
            for one in files
            for crossed_out in (True, False)
            for line in word_hand.lines_of(
                one.read_bytes(), crossed_out=crossed_out
            )
            if line not in self.printed
        )
        for path, value in after.items():
            if before.get(path) == value or {"叙述", "改写"} & set(path):
                continue  # what is told in words comes home as words
            if narrow(value) in typed or _is_shifted(path, value, before):
                continue
            if any(sign in narrow(value) for sign in self._all_signs()):
                continue
            raise Broken(f"nobody typed {path}: {before.get(path)} -> {value}")


def _unnumbered(line: str) -> str:
    return _NUMBER.sub("", line.strip(), count=1)


def _is_shifted(
    path: data_hand.Path, value: str, before: dict[data_hand.Path, str]
) -> bool:
    """Whether it is a value of a list into which an item was put."""
    return any(
        one[-1:] == path[-1:] and text == value for one, text in before.items()
    )


def _die_at(left: int) -> None:
    """The process is killed when it gives the next file after `left` its name."""
    really = Path.replace

    def replace(self: Path, target: Path) -> Path:
        nonlocal left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
        return really(self, target)

    Path.replace = replace  # type: ignore[method-assign]


def _difference(before: str, after: str) -> str:
    old, new = before.splitlines(), after.splitlines()
    gone = [line.strip() for line in old if line not in new]
    come = [line.strip() for line in new if line not in old]
    return f"{gone[:2]} -> {come[:2]}"[:200]


STEPS: dict[str, Callable[[World, int], None]] = {
    "edit": World.edit,
    "change": World.change,
    "build": lambda world, _: world.build(),
    "pull": World.pull,
    "copy_back": World.copy_back,
    "delete_records": World.delete_records,
    "rename": World.rename,
    "kill": World.kill,
    "look": lambda world, _: world.look(),
}
