"""A label and its value: side by side in cells, in one cell or line with a colon between, as options to tick."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.core.value import FieldPath
from reportgen.recognition.columns import written
from reportgen.recognition.draft import ImportDraft
from reportgen.recognition.owners import Owner
from reportgen.recognition.ticks import chosen, has_boxes
from reportgen.recognition.words import (
    Meaning,
    in_yuan,
    is_one,
    meaning,
    plain,
    section_named,
    squeezed,
)
from reportgen.recognition.written import GridCell, Written

_IN_ONE = re.compile(r"\s*([^:：]{2,24}?)\s*[:：]\s*(.*)", re.DOTALL)
_NEXT = re.compile(
    r"(?:^|(?<=\s)|(?<=[;；]))([\u4e00-\u9fa5][\u4e00-\u9fa5（）() 　]{1,14}?)\s*[:：]"
)
_CODE = re.compile(
    r"^[\[(（]?[0-9A-Za-z]{3,}[\])）]?[-—_ ]?(?=[\u4e00-\u9fa5])"
)
_DATE = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
_YEAR = re.compile(r"((?:19|20)\d\d)\s*年?度?")
_BLANK_FORM = re.compile(r"[\s年月日签字名盖章()（）:：_/]*")
_PARAGRAPHS = frozenset(["单位.职责", "年度工作任务"])
_STAMP = re.compile(r"^\s*[(（](?:盖章|公章|签章|签字|章)[)）]")
_WIDE = re.compile(r"[ \u3000]{3,}")  # what stands far off is another matter
_LONG = 40


@dataclass(slots=True)
class Pairs:
    """Reads labels with their values; `unit` is 元 where the form says so."""

    draft: ImportDraft
    of: Owner
    unit: str = ""

    def row(self, row: Sequence[GridCell]) -> bool:
        """Reads a row of a form; whether all that stands in it was understood."""
        cells = written(row)
        at = 0
        is_known = True
        while at < len(cells):
            follows = cells[at + 1] if at + 1 < len(cells) else None
            step = self._cell(cells[at], follows, len(cells))
            is_known &= bool(step)
            at += step or 1
        return is_known

    def _cell(
        self, cell: GridCell, follows: GridCell | None, width: int
    ) -> int:
        """Reads a label; how many cells it took, 0 for one that is not understood."""
        text = cell.text
        if self._in_one(cell):
            return 1
        if follows and self._with_value(cell, follows, width):
            return 2
        is_empty = follows is None and section_named(text) and width <= 2
        if self._is_label(text) or is_one("分块", text) or is_empty:
            self.draft.label(cell)
            return 1
        return 0

    def _with_value(self, cell: GridCell, value: GridCell, width: int) -> bool:
        if self._is_label(value.text):
            return False
        return self._known(cell, value) or self._section(cell, value, width)

    def _is_label(self, text: str) -> bool:
        is_field = any(is_one(one, text) for one in ("单值", "选项", "目标栏"))
        return is_field or bool(
            plain(text) and text.rstrip().endswith((":", "："))
        )

    def _in_one(self, cell: GridCell) -> bool:
        """A cell or a line that holds label and value."""
        match = _IN_ONE.fullmatch(cell.text)
        if match is None:
            return False
        told = self._field(match[1])
        if told is None or not told.sure:
            return False
        return self.line(cell.lines)

    def line(self, lines: Sequence[Written]) -> bool:
        """Labels with colons in one paragraph; whether the first was one that is known."""
        text = " ".join(one.text for one in lines)
        found = [one for one in _NEXT.finditer(text) if self._field(one[1])]
        if not found or text[: found[0].start()].strip():
            return False
        ends = [*(one.start() for one in found[1:]), len(text)]
        for one, end in zip(found, ends, strict=True):
            told = self._field(one[1])
            value = _WIDE.split(
                _STAMP.sub("", text[one.end() : end]).strip(" \t\u3000；;")
            )[0]
            if told and value:
                self._put(told, value, lines, one[1].strip())
        self.draft.label(lines)
        self._far_off(text, lines)
        return True

    def _far_off(self, text: str, lines: Sequence[Written]) -> None:
        """A year that stands behind the fields of a line."""
        year = _YEAR.fullmatch(_WIDE.split(text)[-1].strip("（）() "))
        if year and not self.draft.has(("年度",)):
            self.draft.put(("年度",), year[1], lines)

    def _field(self, label: str) -> Meaning | None:
        found = meaning("单值", label) or meaning("目标栏", label)
        return (
            found if found and (found.sure or len(plain(label)) > 4) else None
        )

    def _known(self, cell: GridCell, value: GridCell) -> bool:
        """A label of the lists with the cell beside it."""
        text = cell.text
        for line in value.lines:
            line.spot = f"{line.spot.split('「')[0]}「{plain(text)[:20]}」"
        if has_boxes(value.text):
            return self._ticked(cell, value)
        goal = meaning("目标栏", text)
        if goal and goal.sure:
            self._goal(goal.key, cell, value)
            return True
        part = meaning("支出总额", text)
        if part and part.sure and value.text[:1].isdigit():
            self._part(part.key, cell, value)
            return True
        told = meaning("单值", text)
        if told is None:
            return False
        self.draft.label(cell)
        self.unit = "元" if in_yuan(text) else self.unit
        self._put(told, value.text, value.lines, text)
        return True

    def _goal(self, key: str, cell: GridCell, value: GridCell) -> None:
        self.draft.label(cell)
        path = (
            ("长期目标",)
            if key == "长期目标"
            else (*self.of.path, "年度目标", key)
        )
        if not self.draft.has(path):
            self.draft.put_paragraphs(path, value)

    def _part(self, name: str, cell: GridCell, value: GridCell) -> None:
        """基本支出总额 | 0万元."""
        self.draft.label(cell)
        rows = ("资金", "按支出性质")
        path = (*rows, self.draft.count(rows))
        self.draft.put((*path, "名称"), name, cell)
        self.draft.put(
            (*path, "全年执行数"), value.text.removesuffix("万元"), value
        )

    def _ticked(self, cell: GridCell, value: GridCell) -> bool:
        """Options to tick: the grade, or one of the choices of a project."""
        label = plain(cell.text)
        picked = chosen("\n".join(line.text for line in value.lines))
        told = meaning("单值", cell.text)
        self.draft.label(cell)
        self.draft.label(value)
        if told and told.key == "自评结果.等级" and picked:
            self.draft.put(
                (*self.of.path, "自评结果", "等级"), picked[0], value
            )
        elif self.of.path and label:
            path = (*self.of.path, "选项", label)
            for at, one in enumerate(picked):
                self.draft.put((*path, at), one, value)
        elif picked:
            self.draft.leave(
                value.lines[0].spot, "、".join(picked), "没有这一栏"
            )
        return True

    def _section(self, cell: GridCell, value: GridCell, width: int) -> bool:
        """A label of one's own beside sentences: a section of 叙述."""
        text = cell.text
        name = section_named(text)
        if width > 3 or len(squeezed(text)) > _LONG or is_one("选项", text):
            return False
        if not name and not _reads_as_prose(value.text):
            return False
        self.draft.label(cell)
        if _BLANK_FORM.fullmatch(value.text):
            self.draft.label(value)
            return True
        for line in value.lines:
            line.spot = f"{line.spot.split('「')[0]}「{plain(text)[:20]}」"
        if "签" in text or "意见" in text:
            self.draft.leave_cell(value, "签字、意见")
            return True
        self.draft.put_paragraphs(
            (*self.of.path, "叙述", name or plain(text)), value
        )
        return True

    def _put(
        self, told: Meaning, value: str, lines: Sequence[Written], label: str
    ) -> None:
        doubt = "" if told.sure else f"栏目名是“{label}”，请核对"
        if _BLANK_FORM.fullmatch(value):
            self.draft.label(lines)
            return
        if told.key in _PARAGRAPHS:
            whole = tuple(told.key.split("."))
            if not self.draft.has(whole):
                self.draft.put_paragraphs(whole, lines, value)
            return
        if not told.key.startswith(
            ("单位.", "项目.", "年度", "填报", "资金", "自评")
        ):
            path = (*self.of.path, "年度目标", told.key)
            self.draft.put_paragraphs(path, lines, value)
            return
        if told.key == "项目.名称":
            self.of.named(value, lines)
        elif told.key.startswith("项目."):
            self._of_project(told.key.removeprefix("项目."), value, lines)
        else:
            path, text = self._placed(told.key, value)
            self.draft.put(path, text, lines, doubt)

    def _of_project(
        self, name: str, value: str, lines: Sequence[Written]
    ) -> None:
        """A field of a project; the form of a whole unit has some of them too."""
        if self.of.kind != "unit":
            self.of.kind = "project"
            self.draft.put((*self.of.path, name), value, lines)
        elif name == "主管部门":
            self.draft.put(("单位", name), value, lines)
        else:
            self.draft.leave(lines[0].spot, value, "整体自评表没有这一栏")

    def _placed(self, key: str, value: str) -> tuple[FieldPath, str]:
        """Where a value goes, and how it is written there; "" where it is not what it should be."""
        path = tuple(key.split("."))
        if key == "年度":
            year = _YEAR.search(value)
            return path, year[1] if year else ""
        if key == "填报日期":
            date = _DATE.search(value)
            parts = date.groups() if date else ()
            return path, "-".join(f"{int(part):02d}" for part in parts)
        if key.startswith(("资金", "自评")):
            ends = key.endswith("数") and value[-1:].isdigit()
            return (*self.of.path, *path), f"{value}{self.unit if ends else ''}"
        return path, without_code(value) if key == "单位.名称" else value


def without_code(name: str) -> str:
    """A body without the code that stands before its name."""
    return _CODE.sub("", name.strip())


def _reads_as_prose(text: str) -> bool:
    return len(text) >= 16 and any(sign in text for sign in "，。；,;")
