"""PDF pages written by hand: texts at places, ruled lines, one font without outlines whose codes are the signs."""

from __future__ import annotations

from collections.abc import Sequence

_CMAP = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /U def 1 begincodespacerange <0000> <FFFF> endcodespacerange
1 beginbfrange <0020> <FFEF> <0020> endbfrange endcmap end end"""
_HEIGHT = 842


def text(x: float, top: float, said: str, size: float = 10) -> str:
    """A text; Latin signs are half as wide as the others."""
    code = said.encode("utf-16-be").hex()
    return f"BT /F {size} Tf {x} {_HEIGHT - top - size} Td <{code}> Tj ET\n"


def line(x1: float, y1: float, x2: float, y2: float) -> str:
    """A ruled line."""
    return f"0.5 w {x1} {_HEIGHT - y1} m {x2} {_HEIGHT - y2} l S\n"


def ruled(
    xs: Sequence[float],
    ys: Sequence[float],
    rows: Sequence[Sequence[str | tuple[str, int, int]]],
) -> str:
    """A table; (text, columns, rows) is a cell that covers several; lines of a text stand below each other."""
    taken: set[tuple[int, int]] = set()
    drawn = ""
    for at, cells in enumerate(rows):
        column = 0
        for one in cells:
            said, wide, high = (one, 1, 1) if isinstance(one, str) else one
            while (at, column) in taken:
                column += 1
            for r in range(at, at + high):
                taken.update((r, c) for c in range(column, column + wide))
            left, right = xs[column], xs[column + wide]
            top, bottom = ys[at], ys[at + high]
            drawn += line(left, top, right, top) + line(left, top, left, bottom)
            drawn += line(left, bottom, right, bottom)
            drawn += line(right, top, right, bottom)
            for number, part in enumerate(said.split("\n")):
                drawn += text(left + 5.4, top + 3 + 12 * number, part)
            column += wide
    return drawn


def pdf(*pages: str) -> bytes:
    """The file of these pages."""
    objects: list[bytes] = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    objects += [
        b"<</Type/Font/Subtype/Type0/BaseFont/U/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/U"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        b"/DW 1000/W[32 126 500]/FontDescriptor 6 0 R>>",
        _stream(_CMAP),
        b"<</Type/FontDescriptor/FontName/U/Flags 4/Ascent 880/Descent -120/FontBBox[0 -120 1000 880]>>",
    ]
    kids = []
    for page in pages:
        number = len(objects) + 1
        kids.append(f"{number} 0 R")
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents "
            + f"{number + 1} 0 R>>".encode()
        )
        objects.append(_stream(page.encode()))
    listed = " ".join(kids)
    objects[1] = f"<</Type/Pages/Kids[{listed}]/Count {len(kids)}>>".encode()
    return _file(objects)


def _stream(data: bytes) -> bytes:
    return b"<</Length %d>>stream\n%s\nendstream" % (len(data), data)


def _file(objects: Sequence[bytes]) -> bytes:
    made = b"%PDF-1.4\n"
    places = []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % one for one in places)
    made += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )
    return made
