"""A label and its value: side by side in cells, in one cell or line with a colon between, as options to tick."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reportgen.core.value import FieldPath
from reportgen.recognition.draft import ImportDraft
from reportgen.recognition.owners import Owner
from reportgen.recognition.reading.grids import GridCell, Row, WrittenLine
from reportgen.recognition.reading.ticks import chosen, has_boxes
from reportgen.recognition.reading.words import (
    Meaning,
    in_yuan,
    is_one,
    meaning,
    plain,
    section_named,
    squeezed,
)
from reportgen.recognition.tables.columns import locate, written
from reportgen.recognition.tables.written_values import WRITTEN, YEAR

_IN_ONE = re.compile(r"\s*([^:：]{2,24}?)\s*[:：]\s*(.*)", re.DOTALL)
_REMARK = re.compile(r"[(（][^()（）]*[)）]")
_NEXT = re.compile(
    r"(?:^|(?<=\s)|(?<=[;；]))([\u4e00-\u9fa5][\u4e00-\u9fa5（）() 　]{1,14}?)\s*[:：]"
)
_BLANK_FORM = re.compile(r"[\s年月日签字名盖章()（）:：_/]*")
_PARAGRAPHS: dict[str, FieldPath] = {
    "单位.职责": ("单位",),
    "年度工作任务": (),
    "长期目标": (),
    "预期目标": ("年度目标",),
    "完成情况": ("年度目标",),
}
_OF_OWNER = frozenset(["预期目标", "完成情况"])
_LABELS = ("单值", "选项", "目标栏", "分块")
_AROUND = " \t\u3000；;"
_SIGNED = re.compile("签|意见$")
_PROSE = re.compile(r"(?=.*[，。；,;]).{16,}", re.DOTALL)
_EVIDENCE = re.compile("佐证材料|证明材料")
_PAIR, _WIDEST = 2, 3
_RATE, _POINTS = "资金.执行率", "资金得分"
_STAMP = re.compile(r"^\s*[(（](?:盖章|公章|签章|签字|章)[)）]")
_WIDE = re.compile(r"[ \u3000]{3,}")  # what stands far off is another matter
_LONG = 40


@dataclass
class Pairs:
    """Reads labels with their values; `unit` is 元 where the form says so."""

    draft: ImportDraft
    of: Owner
    sections: Mapping[str, str] = field(default_factory=dict)  # of the pack
    others: Mapping[str, FieldPath] = field(default_factory=dict)
    unit: str = ""
    of_funds: bool = False  # points in the row are those of the funds

    def row(self, row: Row) -> None:
        """Reads a row of a form."""
        cells = written(row)
        told = [meaning("单值", one.text) for one in cells]
        self.of_funds = any(one and one.key == _RATE for one in told)
        at = self._goal_and_result(cells)
        while at < len(cells):
            follows = cells[at + 1] if at + 1 < len(cells) else None
            at += self._cell(cells[at], follows, len(cells))

    def _goal_and_result(self, cells: Row) -> int:
        """年度目标 | what was to be | what came of it; how many cells were read."""
        if len(cells) != _WIDEST or any(map(self._is_label, _texts(cells[1:]))):
            return 0
        told = meaning("目标栏", cells[0].text)
        if told is None or not told.sure or told.key != "预期目标":
            return 0
        self._goal("预期目标", cells[0], cells[1])
        self._goal("完成情况", cells[0], cells[2])
        return len(cells)

    def _cell(
        self,
        cell: GridCell,
        follows: GridCell | None,
        width: int,
    ) -> int:
        """Reads a label; how many cells it took."""
        if self._in_one(cell):
            return 1
        if follows and self._with_value(cell, follows, width):
            return 2
        is_section = section_named(cell.text) and width <= _PAIR
        if self._is_label(cell.text) or (is_section and not follows):
            self.draft.label(cell)
        return 1

    def _with_value(
        self,
        cell: GridCell,
        value: GridCell,
        width: int,
    ) -> bool:
        if self._is_label(value.text):
            return False
        if self._says_funds(value) and self.line(value.lines):
            self.draft.label(cell)
            return True
        return self._known(cell, value) or self._section(cell, value, width)

    def _says_funds(self, value: GridCell) -> bool:
        """Whether a cell holds several amounts with their names: 年初预算数：42；全年执行数：40."""
        found = [self._field(one[1]) for one in _NEXT.finditer(value.text)]
        return len(found) > 1 and all(
            one is not None and one.key.startswith("资金.") for one in found
        )

    def _is_label(self, text: str) -> bool:
        is_field = any(is_one(one, text) for one in _LABELS)
        return is_field or text.rstrip().endswith((":", "："))

    def _in_one(self, cell: GridCell) -> bool:
        """A cell or a line that holds label and value."""
        match = _IN_ONE.fullmatch(cell.text)
        if match is None or _REMARK.fullmatch(match[2]):
            return False
        told = self._field(match[1])
        if told is None or not told.sure:
            return False
        return self.line(cell.lines)

    def line(self, lines: Sequence[WrittenLine]) -> bool:
        """Labels with colons in one paragraph; whether the first was one that is known."""
        text = " ".join(one.text for one in lines)
        found = [one for one in _NEXT.finditer(text) if self._field(one[1])]
        if not found or text[: found[0].start()].strip():
            return False
        ends = [*(one.start() for one in found[1:]), len(text)]
        for one, end in zip(found, ends, strict=True):
            value = _STAMP.sub("", text[one.end() : end]).strip(_AROUND)
            self._put(one[1], _WIDE.split(value)[0], lines)
        self.draft.label(lines)
        self._far_off(text, lines)
        return True

    def _far_off(
        self,
        text: str,
        lines: Sequence[WrittenLine],
    ) -> None:
        """A year that stands behind the fields of a line."""
        year = YEAR.fullmatch(_WIDE.split(text)[-1].strip("（）() "))
        if year and not self.draft.has(("年度",)):
            self.draft.put(("年度",), year[1], lines)

    def _field(self, label: str) -> Meaning | None:
        if self._is_points(label):
            return meaning(_POINTS, label)
        found = meaning("单值", label) or meaning("目标栏", label)
        return (
            found if found and (found.sure or len(plain(label)) > 4) else None
        )

    def _is_points(self, label: str) -> bool:
        """Whether a label is of the points of the funds: it stands in the row of their rate."""
        return self.of_funds and is_one(_POINTS, label)

    def _known(
        self,
        cell: GridCell,
        value: GridCell,
    ) -> bool:
        """A label of the lists with the cell beside it."""
        text = cell.text
        locate(value, f"「{plain(text)[:20]}」")
        goal, part = meaning("目标栏", text), meaning("支出总额", text)
        if has_boxes(value.text):
            self._ticked(cell, value)
        elif goal and goal.sure:
            self._goal(goal.key, cell, value)
        elif part and part.sure and value.text[:1].isdigit():
            self._part(part.key, cell, value)
        elif meaning("单值", text) or self._is_points(text):
            self.draft.label(cell)
            self.unit = "元" if in_yuan(text) else self.unit
            self._put(text, value.text, value.lines)
        else:
            return False
        return True

    def _goal(
        self,
        key: str,
        cell: GridCell,
        value: GridCell,
    ) -> None:
        self.draft.label(cell)
        owner = (*self.of.path, "年度目标") if key in _OF_OWNER else ()
        path: FieldPath = (*owner, key)
        other = self.others.get(plain(cell.text))
        if other and self._says_otherwise(path, value):
            path = other
        self.draft.put_paragraphs(path, value)

    def _says_otherwise(
        self,
        path: FieldPath,
        value: GridCell,
    ) -> bool:
        """Whether another text stands there than was read of the same before."""
        known = self.draft.texts(path)
        said = [squeezed(one.text) for one in value.lines]
        return bool(known) and said != [*map(squeezed, known)]

    def _part(
        self,
        name: str,
        cell: GridCell,
        value: GridCell,
    ) -> None:
        """基本支出总额 | 0万元."""
        self.draft.label(cell)
        rows = ("资金", "按支出性质")
        path = self._row_named(rows, name)
        self.draft.put((*path, "名称"), name, cell)
        self.draft.put(
            (*path, "全年执行数"), value.text.removesuffix("万元"), value
        )

    def _row_named(
        self,
        rows: FieldPath,
        name: str,
    ) -> FieldPath:
        """The row that has the name, or a new one."""
        every = self.draft.count(rows)
        for at in range(every):
            known = self.draft.values.get((*rows, at, "名称"))
            if known and squeezed(known.value) == name:
                return (*rows, at)
        return (*rows, every)

    def _ticked(
        self,
        cell: GridCell,
        value: GridCell,
    ) -> None:
        """Options to tick: the grade, or one of the choices of a project."""
        picked = chosen("\n".join(line.text for line in value.lines))
        told = meaning("单值", cell.text)
        self.draft.label_all((cell, value))
        owner = self.of.path
        path: FieldPath = (*owner, "选项", plain(cell.text))
        if told and told.key == "自评结果.等级":
            path = (*owner, "自评结果", "等级")
            self.draft.put(path, "、".join(picked), value)
        elif owner:
            for at, one in enumerate(picked):
                self.draft.put((*path, at), one, value)
        elif picked:
            self.draft.leave_cell(value, "没有这一栏")

    def _section(
        self,
        cell: GridCell,
        value: GridCell,
        width: int,
    ) -> bool:
        """A label of one's own beside sentences: a section of 叙述."""
        text = cell.text
        known = self.sections.get(plain(text)) or section_named(text)
        name = known or _own_name(text, value.text)
        if not name or width > _WIDEST or is_one("选项", text):
            return False
        self.draft.label(cell)
        self.draft.asked.add(f"叙述.{name}")
        locate(value, f"「{plain(text)[:20]}」")
        if not self._no_section(text, value):
            self.draft.put_paragraphs((*self.of.path, "叙述", name), value)
        return True

    def _no_section(
        self,
        label: str,
        value: GridCell,
    ) -> bool:
        """Whether it is left blank, is the evidence of the rows above, or for signatures."""
        if _BLANK_FORM.fullmatch(value.text):
            self.draft.label(value)
            return True
        if _SIGNED.search(label):
            self.draft.leave_cell(value, "签字、意见")
            return True
        return bool(_EVIDENCE.match(plain(label))) and self._evidence(value)

    def _evidence(self, value: GridCell) -> bool:
        """访问次数：平台截图；满意度：问卷 goes to the rows of these names; whether all of it does."""
        rows = (*self.of.path, "指标")
        names: dict[str, FieldPath] = {}
        for at in range(self.draft.count(rows)):
            known = self.draft.values.get((*rows, at, "三级"))
            if known:
                names[squeezed(known.value)] = (*rows, at)
        told = [one.partition("：") for one in re.split("[；;]", value.text)]
        if not all(squeezed(name) in names and said for name, _, said in told):
            return False
        for name, _, said in told:
            path = (*names[squeezed(name)], "佐证材料")
            self.draft.put(path, said, value)
        return True

    def _put(
        self,
        label: str,
        value: str,
        lines: Sequence[WrittenLine],
    ) -> None:
        """The value of a label; what a form leaves open for a signature is none."""
        told = self._field(label)
        if told is None or _BLANK_FORM.fullmatch(value):
            self.draft.label(lines)
            return
        self.draft.asked.add(told.key)
        doubt = "" if told.sure else f"栏目名是“{label.strip()}”，请核对"
        block, _, name = told.key.rpartition(".")
        if told.key == "项目.名称":
            self.of.named(value, lines)
        elif block == "项目":
            self._of_project(name, value, lines)
        elif told.key in _PARAGRAPHS:
            path: FieldPath = (*_PARAGRAPHS[told.key], name)
            if told.key in _OF_OWNER:
                path = (*self.of.path, *path)
            is_part = len(lines) == 1 and value != lines[0].text
            said = value if is_part else ""
            self.draft.put_paragraphs(path, lines, said)
        else:
            path, text = self._placed(told.key, value)
            self.draft.put(path, text, lines, doubt)

    def _of_project(
        self,
        name: str,
        value: str,
        lines: Sequence[WrittenLine],
    ) -> None:
        """A field of a project; the form of a whole unit has some of them too."""
        if self.of.kind != "unit":
            self.of.kind = "project"
            self.draft.put((*self.of.path, name), value, lines)
        elif name == "主管部门":
            self.draft.put(("单位", name), value, lines)
        else:
            self.draft.leave(lines[0].spot, value, "整体自评表没有这一栏")

    def _placed(
        self,
        key: str,
        value: str,
    ) -> tuple[FieldPath, str]:
        """Where a value goes, and how it is written there; "" where it is not what it should be."""
        path: FieldPath = tuple(key.split("."))
        if key == "自评结果.总分":
            return (*self.of.path, *path), value.removesuffix("分")
        if key.startswith(("资金", "自评")):
            is_amount = key.endswith("数") and value[-1:].isdigit()
            return (*self.of.path, *path), value + self.unit * is_amount
        write = WRITTEN.get(key)
        return path, write(value) if write else value


def _texts(cells: Row) -> list[str]:
    return [one.text for one in cells]


def _own_name(
    label: str,
    value: str,
) -> str:
    """A label of one's own, where sentences stand beside it."""
    is_label = len(squeezed(label)) <= _LONG
    return plain(label) if is_label and _PROSE.fullmatch(value) else ""
