"""What may stand inside what in WordprocessingML (ECMA-376, part 1), as far as Word stumbles over a breach."""

import re


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_RANGES = _names(
    "bookmarkStart bookmarkEnd moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd "
    "commentRangeStart commentRangeEnd customXmlInsRangeStart customXmlInsRangeEnd customXmlDelRangeStart "
    "customXmlDelRangeEnd customXmlMoveFromRangeStart customXmlMoveFromRangeEnd customXmlMoveToRangeStart "
    "customXmlMoveToRangeEnd proofErr permStart permEnd ins del moveFrom moveTo"
)
_BLOCKS = (*_names("p tbl sdt customXml altChunk"), *_RANGES)
_RUN = _names(
    "rPr br t contentPart delText instrText delInstrText noBreakHyphen softHyphen dayShort monthShort "
    "yearShort dayLong monthLong yearLong annotationRef footnoteRef endnoteRef separator "
    "continuationSeparator sym pgNum cr tab object pict fldChar ruby footnoteReference endnoteReference "
    "commentReference drawing ptab lastRenderedPageBreak"
)

STORIES = frozenset(
    _names("tc hdr ftr footnote endnote comment txbxContent")
)  # need a paragraph, at their end

CHILDREN = {
    "body": frozenset((*_BLOCKS, "sectPr")),
    "tc": frozenset((*_BLOCKS, "tcPr")),
    **{name: frozenset(_BLOCKS) for name in STORIES if name != "tc"},
    "tbl": frozenset((*_names("tblPr tblGrid tr sdt customXml"), *_RANGES)),
    "tr": frozenset((*_names("tblPrEx trPr tc sdt customXml"), *_RANGES)),
    "p": frozenset(
        (
            *_names(
                "pPr r hyperlink fldSimple sdt customXml smartTag dir bdo subDoc"
            ),
            *_RANGES,
        )
    ),
    "r": frozenset(_RUN),
    "t": frozenset(),
    "tblGrid": frozenset(_names("gridCol tblGridChange")),
}

FIRST = {
    "p": "pPr",
    "r": "rPr",
    "tc": "tcPr",
    "tbl": "tblPr",
}  # properties stand before content

# what an element holds at least, what is said where it does not, and whether Word stumbles over it
NEEDED = {
    "tr": (("tc", "表格的一行没有单元格", True),),
    "tbl": (
        ("tr", "表格没有行", True),
        ("tblGrid", "表格没有列宽（tblGrid）", False),
    ),
}

ORDERS = {
    "pPr": _names(
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd "
        "tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi "
        "adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc "
        "textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
    ),
    "rPr": _names(
        "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow "
        "emboss imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u "
        "effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath rPrChange"
    ),
    "tcPr": _names(
        "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign "
        "hideMark headers cellIns cellDel cellMerge tcPrChange"
    ),
    "tblPr": _names(
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
        "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange"
    ),
    "sectPr": _names(
        "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
        "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid "
        "printerSettings sectPrChange"
    ),
}
REPEATED = frozenset(_names("headerReference footerReference"))

_MEASURE = re.compile(r"-?\d+(?:\.\d+)?(?:mm|cm|in|pt|pc|pi|%)?")
_WHOLE = re.compile(r"-?\d+")
_COLOUR = re.compile(r"[0-9A-Fa-f]{6}|auto")
_ON_OFF = re.compile(r"true|false|on|off|0|1")

_ALIGNED = re.compile(
    "left|right|center|both|start|end|distribute|mediumKashida|highKashida|lowKashida|thaiDistribute|numTab"
)
# elements, their attributes, and what these may say
_SAID = (
    ("tblW tcW gridCol tblInd tblCellSpacing pgSz", "w", _MEASURE),
    ("pgMar", "top right bottom left header footer gutter", _MEASURE),
    ("ind", "left right start end firstLine hanging", _MEASURE),
    ("ind", "leftChars rightChars firstLineChars hangingChars", _WHOLE),
    ("spacing", "before after line val", _MEASURE),
    ("sz szCs kern position trHeight", "val", _MEASURE),
    ("gridSpan gridBefore gridAfter numId ilvl outlineLvl", "val", _WHOLE),
    (
        "bookmarkStart bookmarkEnd footnoteReference endnoteReference commentReference",
        "id",
        _WHOLE,
    ),
    (
        "b bCs i iCs caps strike keepNext keepLines pageBreakBefore vanish tblHeader cantSplit",
        "val",
        _ON_OFF,
    ),
    ("pgSz", "h", _MEASURE),
    ("color", "val", _COLOUR),
    ("shd", "fill", _COLOUR),
    ("vMerge", "val", re.compile("restart|continue")),
    ("fldChar", "fldCharType", re.compile("begin|separate|end")),
    ("br", "type", re.compile("page|column|textWrapping")),
    ("jc", "val", _ALIGNED),
    ("tblLayout", "type", re.compile("fixed|autofit")),
    ("vAlign", "val", re.compile("top|center|both|bottom")),
)
VALUES = {
    (element, attribute): pattern
    for elements, attributes, pattern in _SAID
    for element in elements.split()
    for attribute in attributes.split()
}
