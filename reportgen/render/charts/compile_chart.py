"""Cuts the chart of a template around its data, so that `chart.py` can fill it many times."""

import copy
from collections.abc import Collection
from html import escape

from lxml import etree

from reportgen.core.errors import TemplateError
from reportgen.ooxml.encoding import XmlError
from reportgen.ooxml.names import CHART_MAIN, A, C, R
from reportgen.ooxml.xml_parts import Element, parse_xml, remove, value_of
from reportgen.render.charts.chart import (
    NEW_ACCENT,
    NEW_INDEX,
    NEW_ORDER,
    CompiledChart,
    Extras,
    Slot,
)
from reportgen.render.charts.compile_workbook import bind, compile_workbook

_C15 = "{http://schemas.microsoft.com/office/drawing/2012/chart}"
_C16 = "{http://schemas.microsoft.com/office/drawing/2014/chart}"

_CUT = "<?rg ?>"  # the parser drops the template's own processing instructions, so every one left is ours
_ACCENTS = tuple(f"accent{number}" for number in range(1, 7))
_AFTER_VALUES = {f"{C}shape", f"{C}smooth", f"{C}extLst"}
_SCATTERED = (f"{C}xVal", f"{C}yVal", f"{C}bubbleSize")
_CODE_HOLDERS = (f"numRef/{C}numCache", "numLit")
_AFTER_WORKBOOK = {f"{C}userShapes", f"{C}extLst"}
_BOUND_TO_CELLS = {
    "title": "标题",
    "errBars": "误差线",
    "dLbls": "数据标签",
    "datalabelsRange": "数据标签",
}


def compile_chart(
    chart_xml: bytes, workbook: bytes | None, *, workbook_id: str = ""
) -> CompiledChart:
    """The chart of a template cut around its data, with the workbook that it embeds.

    `workbook_id` names the relationship under which the caller will store a workbook, for a chart that has none yet
    (one inserted in LibreOffice); with neither, the chart is drawn from its caches and 编辑数据 has nothing to open.
    A workbook that cannot be read is replaced by a new one. Raises TemplateError for a chart that cannot be filled.
    """
    root = _read_chart(chart_xml)
    _drop_hidden_series(root)
    series = _series(root)
    formulas = (one.text or "" for one in root.iter(f"{C}f"))
    sheet = next(formulas, "").rpartition("!")[0]
    codes = [_take_data(one) for one in series]
    _refuse_other_references(root)
    _keep_names_level(root)
    has_workbook = workbook is not None or bool(workbook_id)
    _point_to_workbook(root, workbook_id, keep=has_workbook)
    pattern, extras = _add_pattern(series)
    slots, rest = _cut(root, [*series, pattern], [*codes, codes[-1]])
    filled = compile_workbook(
        workbook, sheet.strip("'").replace("''", "'"), codes[0]
    )
    return CompiledChart(slots, rest, extras, filled, has_workbook)


def _read_chart(chart_xml: bytes) -> Element:
    """The chart's root with the prefix c: bound to its namespace, whatever the program that saved it used."""
    try:
        root = parse_xml(chart_xml)
    except XmlError as error:
        raise TemplateError(
            "模板里的图表已损坏，无法读取", "请在 Word 中删除该图表后重新插入"
        ) from error
    if root.tag != f"{C}chartSpace":
        raise TemplateError(
            "模板里的图表不是普通 Word 图表",
            "请用柱形图、条形图、折线图或饼图，并存为“Word 文档 (*.docx)”",
        )
    return bind(root, "c", CHART_MAIN)


def _drop_hidden_series(root: Element) -> None:
    """Remove the series that 图表筛选器 hides: Word keeps them, with their old data, in an extension."""
    for extension in list(root.iter(f"{C}ext")):
        if any(
            str(child.tag).startswith(f"{_C15}filtered") for child in extension
        ):
            _remove(extension)


def _series(root: Element) -> list[Element]:
    """The series in plotting order, which is the order of the workbook's columns, also over combined chart types."""
    series = list(root.iter(f"{C}ser"))
    if not series:
        raise TemplateError(
            "模板里的图表没有数据系列", "请在图表里至少画一个系列"
        )
    for one in series:
        if next(one.iterchildren(*_SCATTERED), None) is not None:
            raise TemplateError(
                "散点图和气泡图不能自动填数",
                "请改用柱形图、条形图、折线图或饼图",
            )
    return sorted(series, key=lambda one: _integer(one, "order"))


def _take_data(one: Element) -> str:
    """Replace name, categories and values of a series by cuts; the number format of its values is handed back."""
    codes = [
        one.findtext(f"{C}val/{C}{path}/{C}formatCode")
        for path in _CODE_HOLDERS
    ]
    for child in list(one.iterchildren(f"{C}tx", f"{C}cat", f"{C}val")):
        one.remove(child)
    order = one.find(f"{C}order")
    if order is None or one.find(f"{C}idx") is None:
        raise TemplateError(
            "模板里的图表系列缺少序号", "请在 Word 中删除该图表后重新插入"
        )
    order.addnext(etree.ProcessingInstruction("rg"))
    _insert_before(one, etree.ProcessingInstruction("rg"), _AFTER_VALUES)
    return next(filter(None, codes), "General")


def _insert_before(
    holder: Element, new: Element, later: Collection[str]
) -> None:
    """Put `new` before the first child that is one of `later`, else at the end."""
    after = next((child for child in holder if child.tag in later), None)
    holder.insert(len(holder) if after is None else holder.index(after), new)


def _refuse_other_references(root: Element) -> None:
    """Titles, error bars and labels bound to cells would go on showing what the template's author had there."""
    for formula in root.iter(f"{C}f", f"{_C15}f"):
        around = (
            str(one.tag).rpartition("}")[2] for one in formula.iterancestors()
        )
        holder = next(
            (_BOUND_TO_CELLS[tag] for tag in around if tag in _BOUND_TO_CELLS),
            "其他内容",
        )
        raise TemplateError(
            f"模板里图表的{holder}引用了单元格（{formula.text or ''}），填数时无法更新",
            "请在 Word 中改为直接填写，不引用单元格",
        )


def _keep_names_level(root: Element) -> None:
    """Category names wrap instead of tilting where nothing is said: LibreOffice leaves rot="0" out on saving."""
    for body in root.iterfind(f".//{C}catAx/{C}txPr/{A}bodyPr"):
        if body.get("rot") is None:
            body.set("rot", "0")


def _point_to_workbook(root: Element, workbook_id: str, *, keep: bool) -> None:
    external = root.find(f"{C}externalData")
    if external is not None and not keep:
        root.remove(
            external
        )  # it would name a relationship that is not there, or a file outside the document
        return
    if not workbook_id:
        return
    if external is None:
        external = etree.Element(f"{C}externalData")
        etree.SubElement(external, f"{C}autoUpdate").set("val", "0")
        _insert_before(root, external, _AFTER_WORKBOOK)
    external.set(f"{R}id", workbook_id)


def _add_pattern(series: list[Element]) -> tuple[Element, Extras]:
    """A copy of the last series, put behind it, from which every further series is drawn."""
    last = series[-1]
    pattern = copy.deepcopy(last)
    pattern.tail = None
    _set(pattern, "idx", NEW_INDEX)
    _set(pattern, "order", NEW_ORDER)
    for point in pattern.findall(f"{C}dPt"):
        pattern.remove(
            point
        )  # the author singled out one bar of that series, not of every series
    for extension in pattern.findall(f".//{C}ext[{_C16}uniqueId]"):
        _remove(extension)
    _recolour(pattern)
    last.addnext(pattern)
    index, order = (
        max(_integer(one, tag) for one in series) + 1
        for tag in ("idx", "order")
    )
    return pattern, Extras(len(series), index, order, _accents_after(series))


def _colour(one: Element) -> Element | None:
    """The element that says which colour a series has; none when Word chooses."""
    shape = one.find(f"{C}spPr")
    colours = (
        () if shape is None else shape.iter(f"{A}schemeClr", f"{A}srgbClr")
    )
    return next(
        (
            colour
            for colour in colours
            if colour.tag == f"{A}srgbClr" or colour.get("val") in _ACCENTS
        ),
        None,
    )


def _recolour(pattern: Element) -> None:
    """Everywhere the series has its own colour (fill, line, marker), take the accent of the new series."""
    own = _colour(pattern)
    if own is None:
        return
    value = own.get("val")
    for colour in list(pattern.iter(own.tag)):
        if colour.get("val") == value:
            colour.tag = f"{A}schemeClr"
            colour.set("val", NEW_ACCENT)


def _accents_after(series: list[Element]) -> tuple[str, ...]:
    """The six theme colours from the one after the last series on, those not yet drawn first."""
    used = [
        colour.get("val")
        for colour in map(_colour, series)
        if colour is not None
    ]
    last = used[-1] if used else ""
    start = _ACCENTS.index(last) + 1 if last in _ACCENTS else len(series)
    turned = [
        _ACCENTS[(start + step) % len(_ACCENTS)]
        for step in range(len(_ACCENTS))
    ]
    return tuple(sorted(turned, key=lambda accent: accent in used))


def _cut(
    root: Element, series: list[Element], codes: list[str]
) -> tuple[tuple[Slot, ...], str]:
    """The text of the part around its data: one slot for each series in document order, and what follows the last."""
    in_document = [series.index(one) for one in root.iter(f"{C}ser")]
    for one in series:
        one.addprevious(etree.ProcessingInstruction("rg"))
        one.addnext(etree.ProcessingInstruction("rg"))
    *texts, rest = etree.tostring(root, encoding="unicode").split(_CUT)
    texts[0] = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + texts[0]
    )
    slots = []
    for place, column in enumerate(in_document):
        before, head, middle, tail = texts[4 * place : 4 * place + 4]
        code = (
            f"<c:formatCode>{escape(codes[column], quote=False)}</c:formatCode>"
        )
        slots.append(Slot(before, head, middle, tail, column, code))
    return tuple(slots), rest


def _remove(extension: Element) -> None:
    """Remove an extension, and the list around it when nothing else is in it (an empty list is not legal)."""
    holder = extension.getparent()
    remove(extension)
    if holder is not None and len(holder) == 0:
        remove(holder)


def _integer(one: Element, tag: str) -> int:
    value = value_of(one, f"{C}{tag}", "val")
    return int(value) if value.isdecimal() else 0


def _set(one: Element, tag: str, value: str) -> None:
    for child in one.iterchildren(f"{C}{tag}"):
        child.set("val", value)
