"""Charts in a document: their figures are brought up to date where no person has changed them, their look stays."""

import copy

from reportgen.ooxml.document import Document
from reportgen.ooxml.names import C
from reportgen.ooxml.xml_parts import Element
from reportgen.readback.merge.blocks_edit import replace_block
from reportgen.readback.merge.chart_questions import ask_at, place_of
from reportgen.readback.merge.chart_remarks import (
    NUMBER_DIFFERS,
    SHOULD_SHOW,
    data_shown,
)
from reportgen.readback.merge.merge_log import MergeLog

_DATA = (f"{C}tx", f"{C}cat", f"{C}val", f"{C}xVal", f"{C}yVal")


def merge_charts(
    log: MergeLog,
    base: Document,
    theirs: Document,
    ours: Document,
) -> None:
    """Merges the charts by their order in the document; one that a person took out stays out."""
    log.touched = False
    printed, edited, new = _charts(base), _charts(theirs), _charts(ours)
    if len(printed) != len(new):
        ask_at(log, place_of(edited, theirs), "", NUMBER_DIFFERS)
        printed = []
    pairs = _counterparts(printed, edited, base, theirs)
    for number, before in enumerate(printed):
        there = pairs.get(before)
        if there is not None:
            data = _data(base.tree(before)), _data(theirs.tree(there))
            fresh = _data(ours.tree(new[number]))
            where = f"第{number + 1}个图表"
            place = place_of([there], theirs)
            if fresh == data[1]:
                log.settle(place)
            elif data[0] == data[1]:
                _update_chart(theirs, there, ours, new[number])
                log.changes.append("更新")
            elif fresh != data[0]:
                ask_at(
                    log, place, where, SHOULD_SHOW + data_shown(data[1], fresh)
                )
                log.changes.append("冲突")
    if log.touched:
        theirs.changed.add(theirs.package.main)


def _update_chart(
    theirs: Document, there: str, ours: Document, new: str
) -> None:
    """The figures that the chart shows, and the workbook that Word opens for them."""
    _take_data(theirs.tree(there), ours.tree(new))
    theirs.changed.add(there)
    book = theirs.related("package", there)
    fresh = ours.related("package", new)
    if book and fresh:
        theirs.added[book] = ours.package.parts[fresh]


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
    charts = map(document.target, document.body.iter(f"{C}chart"))
    return list(filter(None, dict.fromkeys(charts)))


def _data(chart: Element) -> list[list[str]]:
    """What the chart shows, series by series; numbers as numbers, since editors write them in their own way."""
    return [
        [_plain(one.text or "") for one in series.iter(f"{C}v")]
        for series in chart.iter(f"{C}ser")
    ]


def _plain(text: str) -> str:
    try:
        return f"{float(text):.6g}"
    except ValueError:
        return text.strip()


def _take_data(theirs: Element, ours: Element) -> None:
    """Puts our names, categories and values into their series; where the series differ in number, into the plot."""
    own, new = list(theirs.iter(f"{C}ser")), list(ours.iter(f"{C}ser"))
    if len(own) != len(new):
        _replace_part(theirs, ours, f".//{C}plotArea")
        return
    for there, now in zip(own, new, strict=True):
        for name in _DATA:
            _replace_part(there, now, name)


def _replace_part(theirs: Element, ours: Element, path: str) -> None:
    old, new = theirs.find(path), ours.find(path)
    if old is not None and new is not None:
        replace_block(old, copy.deepcopy(new))
