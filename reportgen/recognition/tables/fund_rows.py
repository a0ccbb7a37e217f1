"""The table of funds, row by row: the total, its sources, and amounts that stand in one cell with their name."""

import re
from dataclasses import dataclass, field

from reportgen.core.numerals import read_amount
from reportgen.core.value import FieldPath
from reportgen.recognition.draft import ImportDraft
from reportgen.recognition.reading.grids import GridCell, Row
from reportgen.recognition.reading.words import (
    is_one,
    meaning,
    money_unit,
    plain,
    points_in,
    squeezed,
)
from reportgen.recognition.tables.columns import (
    Columns,
    RowCells,
    heads,
    own,
    written,
)

GROUP = "资金栏"
_MONEY = ("年初预算数", "全年预算数", "全年执行数")
_AMOUNTS = (*_MONEY, "历年.上年", "历年.前年")
_OTHERS = ("执行率", "占比", "分值", "得分")
_MAIN = frozenset([*_MONEY, "执行率", "占比"])
_NAMED = re.compile(
    r"(?P<name>[^:：\d]{2,20})[:：](?P<amount>[\d,，.]+(?:万元|元|亿元)?)?"
)
_NATURE = re.compile("(?:基本|项目)支出")
_INCOME = re.compile(
    "一般公共预算|政府性基金|国有资本|财政专户|社会保险基金|(?:事业|经营|其他)收入"
)
_DIVISION = re.compile(r"\s*(按[^:：\d]{2,8}分)\s*[:：]\s*(?=\S)")
_OF_WHICH = re.compile(r"^(?:其中|（其中）)[:：]?\s*")
_ADVICE = re.compile(r"说明原因|字以内|单独说明|请说明|需说明|=.*/.*%?")
_DIVIDED = frozenset(["按收入性质", "按支出性质"])
_PARTS = (*sorted(_DIVIDED), "资金来源")
_ECONOMIC = re.compile(
    "工资福利|商品和?服务支出|对个人和家庭|资本性支出|债务利息|人员经费|公用经费"
)
_SPENT = re.compile("执行|决算|支出数|实际")
_FIRST = re.compile("申请|年初|批复")
_HOLLOW = re.compile(r"[-—/\s]*")


def opens(row: Row) -> bool:
    """Whether a row is the head of a table of funds: names of columns, and no amount."""
    named = heads(GROUP, row).items()
    told = frozenset(key for key, one in named if one.sure)
    money = told.intersection(_MONEY)
    if not money or len(told & _MAIN) < 2:
        return False
    texts = (squeezed(one.text) for one in written(row))
    return not any(map(read_amount, texts))


def parts_open(row: Row) -> bool:
    """Whether a row says that income and spending stand below, side by side: 按收入性质分 | 按支出性质分."""
    cells = written(row)
    parts = [one for one in cells if _is_part(one)]
    blocks = [one for one in cells if is_one("分块", one.text)]
    others = [one for one in cells if one not in parts and one not in blocks]
    return len(parts) > 1 and len(others) <= 1


def _is_part(cell: GridCell) -> bool:
    told = meaning("收支", cell.text)
    return told is not None and told.sure


def role_of_block(row: Row) -> str:
    """Which amounts stand below the name of a block: those of the budget, or what was spent."""
    names = "".join(one.text for one in written(row) if not _is_part(one))
    if "预算" not in names or _SPENT.search(names):
        return "全年执行数"
    return "年初预算数" if _FIRST.search(names) else "全年预算数"


@dataclass
class FundRows:
    """What was read of a table of funds so far."""

    draft: ImportDraft
    owner: FieldPath
    columns: Columns
    unit: str = ""  # 元 where the form says so
    part: str = "资金来源"
    has_total: bool = False
    last: FieldPath = ()  # the row of an income or a nature read last
    within: bool = False  # its 其中 rows follow
    before: dict[FieldPath, int] = field(default_factory=dict)
    named_role: str = "全年执行数"  # of amounts that stand with their name

    def __post_init__(self) -> None:
        """Notes how many rows other tables told: what stands there once more is the same row."""
        for part in _PARTS:
            rows = (*self.owner, "资金", part)
            self.before[rows] = self.draft.count(rows)

    def take(self, row: Row) -> bool:
        """Reads a row; whether it was one of this table."""
        cells = written(row)
        if all(map(self._names_part, cells)):  # or nothing stands in it
            return True
        if all(says_amount(one.text) for one in cells):
            self._named(cells)
            return True
        start = self.columns.first(*_AMOUNTS, *_OTHERS)
        names = [one for one in cells if one.start < start]
        amounts = self.columns.cells(row)
        is_other = self._reads_on(names) or not (names or _states(amounts))
        if not is_other:
            self._row(amounts, names)
        return not is_other

    def _reads_on(self, names: Row) -> bool:
        """Whether these cells begin something else, as a row of goals does."""
        return any(is_one("目标栏", one.text) for one in names)

    def _names_part(self, cell: GridCell) -> bool:
        """A row of names alone: by income, by nature; the columns below belong to them."""
        told = meaning("收支", cell.text)
        is_part = told is not None and told.sure
        if told and is_part:
            self.part = told.key
            self.draft.label(cell)
        return is_part

    def _named(self, cells: Row) -> None:
        """一般公共预算：2662.18 | 基本支出：1372.76; the left half is income, the right one nature."""
        for at, cell in enumerate(cells):
            match = says_amount(cell.text)
            name, amount = match.groups("") if match else ("", "")
            is_nature = at > 0 or "支出" in name
            part = "按支出性质" if is_nature else "按收入性质"
            path = self._new_row(part, name)
            self.draft.put((*path, "名称"), name, cell)
            self.draft.put((*path, self.named_role), amount, cell)

    def _new_row(
        self,
        part: str,
        name: str,
    ) -> FieldPath:
        """The path of a row: that of the same name in a table that was read before, or a new one."""
        rows: FieldPath = (*self.owner, "资金", part)
        if self.within:
            rows = (*self.last, "明细")
            self.before.setdefault(rows, self.draft.count(rows))
        for at in range(self.before.get(rows, 0)):
            known = self.draft.values.get((*rows, at, "名称"))
            if known and squeezed(known.value) == squeezed(name):
                return (*rows, at)
        return (*rows, self.draft.count(rows))

    def _row(
        self,
        cells: RowCells,
        names: Row,
    ) -> None:
        name = self._name(names)
        is_total = not name or is_one("资金总额", name)
        self.has_total |= is_total
        path: FieldPath = (*self.owner, "资金")
        if not is_total:
            path = self._part_row(name, names[-1])
        for role, cell in cells.of(*_AMOUNTS, *_OTHERS):
            self.columns.marked(cell, name or "年度资金总额", role)
            unit = self._unit_of(role)
            self.draft.put_number((*path, *role.split(".")), cell, unit)
        if is_total:
            for _, cell in cells.of("偏差原因"):
                self._reason(path, cell)

    def _part_row(
        self,
        name: str,
        cell: GridCell,
    ) -> FieldPath:
        """The path of a row of a source, an income, a nature, or of what that is made up of."""
        self._enter(name, _OF_WHICH.match(cell.text.strip()) is not None)
        part = self._part_of(name)
        path = self._new_row(part, name)
        if not self.within:
            self.last = path if part in _DIVIDED else ()
        self.draft.put((*path, "名称"), name, cell)
        return path

    def _enter(
        self,
        name: str,
        of_which: bool,
    ) -> None:
        """Whether the row is one of those that make up the row above: 其中：工资福利支出, and those like it."""
        is_part = not _NATURE.fullmatch(name) and not _INCOME.search(name)
        goes_on = self.within and _ECONOMIC.search(name) is not None
        self.within = bool(self.last) and is_part and (of_which or goes_on)

    def _part_of(self, name: str) -> str:
        """By nature or income where the name says so; a project keeps its sources."""
        if self.part != "资金来源":
            return self.part
        if _NATURE.match(name):
            return "按支出性质"
        is_income = not self.owner and _INCOME.match(name)
        return "按收入性质" if is_income else self.part

    def _unit_of(self, role: str) -> str:
        is_amount = role in _AMOUNTS
        return (self.unit or self.columns.unit_of(role)) if is_amount else ""

    def _reason(
        self,
        path: FieldPath,
        cell: GridCell,
    ) -> None:
        """A reason; what the form itself says there is none."""
        if _ADVICE.search(cell.text):
            self.draft.leave_cell(cell, "表中的填写说明")
        elif not _HOLLOW.fullmatch(cell.text):
            self.draft.put((*path, "偏差原因"), cell.text, cell)

    def _name(self, names: Row) -> str:
        """The name of the row; what stands left of it is the name of a block, with the points of the funds."""
        name = ""
        for cell in names:
            self.draft.label(cell)
            self._block(cell)
            if cell is not names[-1] or not self.has_total:
                self._names_part(cell)
            name = "" if self._is_block(cell) else cell.text
        return _OF_WHICH.sub("", self._divided(name).strip()).strip(":： ")

    def _divided(self, name: str) -> str:
        """按支出性质分：基本支出 without its division, which the rows below belong to as well."""
        found = _DIVISION.match(name)
        told = meaning("收支", found[1]) if found else None
        if found is None or told is None:
            return name
        self.part = told.key
        return name[found.end() :]

    def _is_block(self, cell: GridCell) -> bool:
        """Whether a cell names the block only: 项目资金 beside the rows, or nothing but （万元）."""
        label = plain(cell.text)
        return label in {"万元", "元", "单位", "单位:万元"} or (
            is_one("分块", cell.text) and not is_one("资金总额", cell.text)
        )

    def _block(self, cell: GridCell) -> None:
        points = points_in(cell.text)
        if points and is_one("分块", cell.text):
            self.draft.put((*self.owner, "资金", "分值"), points, cell)
        self.unit = money_unit(cell.text) or self.unit


def _states(cells: RowCells) -> bool:
    """Whether there are numbers among the cells."""
    texts = (squeezed(one.text).rstrip("%") for one in cells.all)
    return any(read_amount(one) is not None for one in texts)


def says_amount(text: str) -> re.Match[str] | None:
    """一般公共预算：2662.18, told apart."""
    return _NAMED.fullmatch(_OF_WHICH.sub("", squeezed(text)))


def block_of(
    row: Row,
    columns: Columns,
) -> Row:
    """The cells of a head that stand left of its columns and name the block."""
    start = columns.first(*_AMOUNTS, *_OTHERS)
    return [one for one in own(row) if one.lines and one.start < start]
