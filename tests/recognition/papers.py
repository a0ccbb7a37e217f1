"""Word documents of any layout, written by hand: paragraphs, cells with merges, boxes, content controls, changes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
_TYPES = """<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/></Types>"""  # noqa: E501
_RELS = """<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"/></Relationships>"""  # noqa: E501
_LEVEL = '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'


def numbering() -> str:
    """List 1: 一、 （一） 1."""
    levels = "".join(
        _LEVEL.format(*one)
        for one in (
            (0, "chineseCounting", "%1、"),
            (1, "chineseCounting", "（%2）"),
            (2, "decimal", "%3."),
        )
    )
    kind = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
    used = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    return f"<w:numbering {W}>{kind}{used}</w:numbering>"


def run(text: str) -> str:
    """A run; a line break for each \\n."""
    parts = text.split("\n")
    inner = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(one)}</w:t>' for one in parts
    )
    return f"<w:r>{inner}</w:r>"


def par(text: str = "", level: int | None = None, raw: str = "") -> str:
    """A paragraph; `level` of the automatic list."""
    number = (
        ""
        if level is None
        else f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    )
    return f"<w:p>{number}{run(text) if text else ''}{raw}</w:p>"


def cell(
    text: str | Sequence[str] = "",
    span: int = 1,
    down: str = "",
    raw: str = "",
    across: str = "",
) -> str:
    """A cell; `down` is restart or continue, `raw` stands in the place of its paragraphs."""
    texts = [text] if isinstance(text, str) else text
    body = raw or "".join(par(one) for one in texts)
    merge = f'<w:vMerge w:val="{down}"/>' if down else ""
    merge = f'<w:hMerge w:val="{across}"/>{merge}' if across else merge
    grid = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f"<w:tc><w:tcPr>{grid}{merge}</w:tcPr>{body}</w:tc>"


def row(*cells: str | tuple[object, ...]) -> str:
    """A row; a text or (text, span, down) is a cell of it."""
    made = []
    for one in cells:
        if isinstance(one, tuple):
            made.append(cell(*one))  # type: ignore[arg-type]
        else:
            made.append(one if one.startswith("<w:") else cell(one))
    return f"<w:tr>{''.join(made)}</w:tr>"


def table(*rows: str) -> str:
    """A table."""
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def control(inner: str) -> str:
    """What stands in a content control."""
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def box(inner: str) -> str:
    """A paragraph with a text box."""
    content = f"<w:txbxContent>{inner}</w:txbxContent>"
    shape = f"<v:shape><v:textbox>{content}</v:textbox></v:shape>"
    return f"<w:p><w:r><w:pict>{shape}</w:pict></w:r></w:p>"


def inserted(text: str) -> str:
    """Text that was put in with changes tracked."""
    return f'<w:ins w:id="1" w:author="a">{run(text)}</w:ins>'


def deleted(text: str) -> str:
    """Text that was taken out with changes tracked."""
    return f'<w:del w:id="2" w:author="a"><w:r><w:delText>{text}</w:delText></w:r></w:del>'


def docx(*blocks: str) -> bytes:
    """The document."""
    body = f"<w:document {W}><w:body>{''.join(blocks)}<w:sectPr/></w:body></w:document>"
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELS.format("officeDocument", "word/document.xml"),
        "word/document.xml": body,
        "word/_rels/document.xml.rels": _RELS.format(
            "numbering", "numbering.xml"
        ),
        "word/numbering.xml": numbering(),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return target.getvalue()
