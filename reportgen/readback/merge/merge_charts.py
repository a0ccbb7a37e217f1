"""Charts in a document: their figures are brought up to date where no person has changed them, their look stays."""

from __future__ import annotations

import copy

from lxml import etree

from reportgen.core.errors import Place
from reportgen.core.findings import Finding, Severity
from reportgen.ooxml.package import R
from reportgen.readback.merge.merge_blocks import BlockMerger, Change
from reportgen.readback.read.document import Document

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DATA = (f"{_C}tx", f"{_C}cat", f"{_C}val", f"{_C}xVal", f"{_C}yVal")
_NO_PLACE = (
    "按现在的数据，图表的个数与原来不同，没有更新图表；请对照新生成的文件自行调整"
)
_CONFLICT = (
    "第{number}个图表：人工改过数据，填报的数据也有变化，保留了人工的图表；请核对"
)


def merge_charts(
    weaver: BlockMerger, base: Document, theirs: Document, ours: Document
) -> None:
    """Merges the charts by their order in the document; one that a person took out stays out."""
    charts = _charts(base), _charts(theirs), _charts(ours)
    pairs = _counterparts(charts[0], charts[1], base, theirs)
    if len(charts[0]) != len(charts[2]):
        _find(weaver, "RBK007", _NO_PLACE)
        return
    for number, (before, now) in enumerate(
        zip(charts[0], charts[2], strict=True), start=1
    ):
        if before not in pairs:
            continue
        there = pairs[before]
        printed, typed, new = base.tree(before), theirs.tree(there), ours.tree(now)
        if _data(printed) == _data(new) or _data(typed) == _data(new):
            continue
        where = f"第{number}个图表"
        if _data(typed) != _data(printed):
            _find(weaver, "RBK004", _CONFLICT.format(number=number))
            weaver.changes.append(Change("冲突", where))
            continue
        _take_data(typed, new)
        theirs.changed.add(there)
        book, fresh = _workbook(theirs, there), _workbook(ours, now)
        if book and fresh:
            theirs.added[book] = ours.package.parts[fresh]
        weaver.changes.append(Change("更新", where))


def _find(weaver: BlockMerger, code: str, message: str) -> None:
    weaver.findings.append(
        Finding(
            code, Severity.WARNING, message, Place(weaver.file), "", "", weaver.file
        )
    )


def _counterparts(
    own: list[str], there: list[str], base: Document, theirs: Document
) -> dict[str, str]:
    """Which chart of theirs is which as printed: by order, or by their data where a person added or took out some."""
    if len(own) == len(there):
        return dict(zip(own, there, strict=True))
    left = [(_data(theirs.tree(part)), part) for part in there]
    pairs: dict[str, str] = {}
    for part in own:
        data = _data(base.tree(part))
        same = next((one for one in left if one[0] == data), None)
        if same is not None:
            left.remove(same)
            pairs[part] = same[1]
    return pairs


def _charts(document: Document) -> list[str]:
    targets = {
        one.key: one.target for one in document.package.relations(document.package.main)
    }
    keys = (str(one.get(f"{R}id")) for one in document.body.iter(f"{_C}chart"))
    found = dict.fromkeys(targets.get(key, "") for key in keys)
    return [part for part in found if part in document.package.parts]


def _workbook(document: Document, chart: str) -> str:
    relations = document.package.relations(chart)
    return next(
        (
            one.target
            for one in relations
            if one.kind == "package" and one.target in document.package.parts
        ),
        "",
    )


def _data(chart: etree._Element) -> list[list[str]]:
    """What the chart shows, series by series; numbers as numbers, since editors write them in their own way."""
    return [
        [_plain(one.text or "") for one in series.iter(f"{_C}v")]
        for series in chart.iter(f"{_C}ser")
    ]


def _plain(text: str) -> str:
    try:
        return f"{float(text):.6g}"
    except ValueError:
        return text.strip()


def _take_data(theirs: etree._Element, ours: etree._Element) -> None:
    """Puts our names, categories and values into their series; where the series differ in number, into the plot."""
    own, new = list(theirs.iter(f"{_C}ser")), list(ours.iter(f"{_C}ser"))
    if len(own) != len(new):
        plot, fresh = theirs.find(f".//{_C}plotArea"), ours.find(f".//{_C}plotArea")
        holder = None if plot is None else plot.getparent()
        if plot is not None and holder is not None and fresh is not None:
            holder.replace(plot, copy.deepcopy(fresh))
        return
    for there, now in zip(own, new, strict=True):
        for name in _DATA:
            old, data = there.find(name), now.find(name)
            if old is not None and data is not None:
                there.replace(old, copy.deepcopy(data))
