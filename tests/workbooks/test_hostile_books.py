"""Workbooks that were made to do harm: refused with a reason or read harmlessly, in 10 seconds and 1 GB."""

from __future__ import annotations

import json
import random
import shutil
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import pytest
from handled_books import filled

NAME = "青禾县水利站"
READER = Path(__file__).with_name("hostile_reader.py")
SHEET = "xl/worksheets/sheet2.xml"
MAIN, TYPES = "xl/workbook.xml", "[Content_Types].xml"
Parts = dict[str, bytes]
MADE: dict[str, tuple[Callable[[Path], bytes], str]] = {}


def hostile(
    name: str, told: str
) -> Callable[[Callable[[Path], bytes]], object]:
    """Registers a file: what is made of a form that was filled in, and what is said of it then."""

    def register(make: Callable[[Path], bytes]) -> object:
        MADE[name] = make, told
        return make

    return register


def parts_of(path: Path) -> Parts:
    with zipfile.ZipFile(path) as archive:
        return {one: archive.read(one) for one in archive.namelist()}


def packed(parts: Mapping[str, bytes], level: int = 9) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(
        made, "w", zipfile.ZIP_DEFLATED, compresslevel=level
    ) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return made.getvalue()


def changed(path: Path, part: str, old: bytes, new: bytes) -> bytes:
    parts = parts_of(path)
    assert old in parts[part]
    return packed({**parts, part: parts[part].replace(old, new, 1)})


def rows_added(path: Path, rows: bytes) -> bytes:
    return changed(path, SHEET, b"</sheetData>", rows + b"</sheetData>")


@hostile("压缩炸弹.xlsx", "压缩率异常")
def _(path: Path) -> bytes:
    return packed({**parts_of(path), SHEET: b"<a>" + b" " * 19_000_000})


@hostile("许多部件的炸弹.xlsx", "展开后共")
def _(path: Path) -> bytes:
    noise = random.Random(1).randbytes(20_000)
    more = {f"xl/media/{n}.bin": noise * 180 for n in range(20)}
    return packed({**parts_of(path), **more}, 1)


@hostile("上万个部件.xlsx", "个部件")
def _(path: Path) -> bytes:
    more = {f"xl/media/{n}.bin": b"" for n in range(5_000)}
    return packed({**parts_of(path), **more}, 1)


RELATIONS = "xl/_rels/workbook.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN_SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def related(parts: Parts, kind: str, keys: Mapping[str, str]) -> bytes:
    """The relations of the workbook with those of `keys` and their targets more."""
    links = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for key, target in keys.items()
    )
    end = "</Relationships>"
    return parts[RELATIONS].replace(end.encode(), f"{links}{end}".encode())


@hostile("共享字符串炸弹.xlsx", "的文字超过")
def _(path: Path) -> bytes:
    cells = "".join(
        f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>'
        for n in range(900, 9_000)
    )
    parts = parts_of(path)
    name = "xl/sharedStrings.xml"
    parts[RELATIONS] = related(
        parts, "sharedStrings", {"strings": "sharedStrings.xml"}
    )
    text = "水" * 1_200_000
    parts[name] = (
        f'<sst xmlns="{MAIN_SPACE}"><si><t>{text}</t></si></sst>'.encode()
    )
    end = b"</sheetData>"
    parts[SHEET] = parts[SHEET].replace(end, cells.encode() + end)
    return packed(parts)


@hostile("谎报大小.xlsx", f"read: {NAME}")
def _(path: Path) -> bytes:
    parts = parts_of(path)
    old = parts[SHEET][parts[SHEET].index(b"<dimension") :]
    old = old[: old.index(b"/>") + 2]
    new = b'<dimension ref="A1:XFD1048576"/>'
    return changed(path, SHEET, old, new)


@hostile("最末一格有字.xlsx", f"read: {NAME}")
def _(path: Path) -> bytes:
    return rows_added(
        path, b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )


@hostile("百万空行.xlsx", "内容过多")
def _(path: Path) -> bytes:
    rows = (f'<row r="{n}" s="1"/>' for n in range(2_000, 402_000))
    return rows_added(path, "".join(rows).encode())


@hostile("许多大表.xlsx", "内容过多")
def _(path: Path) -> bytes:
    parts = parts_of(path)
    cells = "".join(f'<c r="A{n}"/>' for n in range(1, 120_000))
    content = (
        f'<worksheet xmlns="{MAIN_SPACE}"><sheetData><row>{cells}</row>'
        "</sheetData></worksheet>"
    )
    keys = {f"more{n}": f"worksheets/more{n}.xml" for n in range(24)}
    sheets = "".join(
        f'<sheet xmlns:r="{OFFICE}" name="{key}" sheetId="{n}" r:id="{key}"/>'
        for n, key in enumerate(keys, start=90)
    )
    end = b"</sheets>"
    parts[MAIN] = parts[MAIN].replace(end, sheets.encode() + end)
    parts[RELATIONS] = related(parts, "worksheet", keys)
    for target in keys.values():
        parts[f"xl/{target}"] = content.encode()
    return packed(parts)


@hostile("层层嵌套.xlsx", "不合规范")
def _(path: Path) -> bytes:
    return rows_added(path, b"<a>" * 60_000 + b"</a>" * 60_000)


@hostile("实体展开.xlsx", "DTD")
def _(path: Path) -> bytes:
    bomb = b'<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    return changed(path, SHEET, b"<worksheet", bomb + b"<worksheet")


@hostile("外部实体.xlsx", "DTD")
def _(path: Path) -> bytes:
    bomb = b'<!DOCTYPE a SYSTEM "file:///etc/passwd">'
    return changed(path, MAIN, b"<workbook", bomb + b"<workbook")


@hostile("外部链接.xlsx", f"read: {NAME}")
def _(path: Path) -> bytes:
    link = b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    return packed(
        {**parts_of(path), "xl/externalLinks/externalLink1.xml": link}
    )


@hostile("动态数据交换.xlsx", f"read: {NAME}")
def _(path: Path) -> bytes:
    return rows_added(
        path,
        b'<row r="900"><c r="A900"><f>cmd|\'/c calc\'!A0</f><v>0</v></c></row>',
    )


@hostile("循环引用.xlsx", f"read: {NAME}")
def _(path: Path) -> bytes:
    return rows_added(
        path, b'<row r="900"><c r="A900"><f>A900+1</f><v>0</v></c></row>'
    )


@hostile("加密.xlsx", "打开密码")
def _(_path: Path) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode(
        "utf-16-le"
    )


@hostile("其实是文档.xlsx", "Word 文档")
def _(_path: Path) -> bytes:
    source = Path(__file__).resolve().parents[2] / "templates/standard"
    return next(source.glob("*.docx")).read_bytes()


@hostile("其实是PDF.xlsx", "PDF")
def _(_path: Path) -> bytes:
    return b"%PDF-1.7\n1 0 obj"


@hostile("其实是程序.xlsx", "不是工作簿")
def _(_path: Path) -> bytes:
    return b"MZ\x90\0\3" + b"\0" * 500


@hostile("其实是网页.xlsx", "网页")
def _(_path: Path) -> bytes:
    return b"<html><table><tr><td>1</td></tr></table></html>"


@hostile("截断.xlsx", "不完整")
def _(path: Path) -> bytes:
    data = path.read_bytes()
    return data[: len(data) // 2]


@hostile("同名部件.xlsx", "同名")
def _(path: Path) -> bytes:
    made = BytesIO(path.read_bytes())
    with (
        pytest.warns(UserWarning, match="Duplicate"),
        zipfile.ZipFile(made, "a") as archive,
    ):
        archive.writestr(SHEET, b"<worksheet/>")
    return made.getvalue()


@hostile("路径穿越.xlsx", "部件名不合法")
def _(path: Path) -> bytes:
    return packed({**parts_of(path), "../../evil.xml": b"<a/>"})


@hostile("样式过多.xlsx", f"read: {NAME}")
def _(path: Path) -> bytes:
    styles = "xl/styles.xml"
    more = b'<xf numFmtId="0"/>' * 60_000
    return changed(path, styles, b"</cellXfs>", more + b"</cellXfs>")


@hostile("格式代码极长.xlsx", f"read: {NAME}")
def _(path: Path) -> bytes:
    code = b"[" * 3_000_000
    more = b'<numFmt numFmtId="190" formatCode="' + code + b'"/>'
    parts = parts_of(path)
    styles = parts["xl/styles.xml"].replace(b'numFmtId="10"', b'numFmtId="190"')
    parts["xl/styles.xml"] = styles.replace(b"<fonts", more + b"<fonts", 1)
    return packed(parts)


@hostile("极大的指数.xlsx", f"read: {NAME}")
def _(path: Path) -> bytes:
    cells = "".join(
        f'<c r="A{n}"><v>1E+{n}99</v></c>' for n in range(900, 5_000)
    )
    return rows_added(path, f'<row r="900">{cells}</row>'.encode())


@hostile("极长的数.xlsx", f"read: {NAME}")
def _(path: Path) -> bytes:
    number = b"9" * 2_000_000
    return rows_added(
        path, b'<row r="900"><c r="A900"><v>' + number + b"</v></c></row>"
    )


@hostile("标题里全是空格.xlsx", f"read: {NAME}")
def _(path: Path) -> bytes:
    text = "【" + " " * 30_000
    cells = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c></row>'
        for n in range(900, 960)
    )
    return rows_added(path, cells.encode())


@hostile("极大的合并.xlsx", f"read: {NAME}")
def _(path: Path) -> bytes:
    ranges = "".join(
        f'<mergeCell ref="A{n}:GR{n + 900}"/>' for n in range(2_000, 20_000, 2)
    )
    parts = parts_of(path)
    return packed(
        {
            **parts,
            SHEET: parts[SHEET].replace(
                b"</mergeCells>", f"{ranges}</mergeCells>".encode()
            ),
        }
    )


@hostile("定义名称过多.xlsx", f"read: {NAME}")
def _(path: Path) -> bytes:
    names = "".join(
        f'<definedName name="n{n}">Sheet1!$A$1</definedName>'
        for n in range(60_000)
    )
    return (
        changed(
            path,
            MAIN,
            b"</sheets>",
            f"</sheets><definedNames>{names}</definedNames>".encode(),
        )
        if b"<definedNames>" not in parts_of(path)[MAIN]
        else changed(
            path, MAIN, b"<definedNames>", f"<definedNames>{names}".encode()
        )
    )


@hostile("透视表缓存.xlsx", f"read: {NAME}")
def _(path: Path) -> bytes:
    cache = b"<pivotCacheRecords>" + b"<r/>" * 400_000
    return packed({**parts_of(path), "xl/pivotCache/records1.xml": cache})


@hostile("嵌入对象.xlsx", f"read: {NAME}")
def _(path: Path) -> bytes:
    return packed(
        {**parts_of(path), "xl/embeddings/oleObject1.bin": b"MZ" * 40_000}
    )


@hostile("校验值不符.xlsx", "校验值不符")
def _(path: Path) -> bytes:
    data = bytearray(packed(parts_of(path)))
    at = data.index(b"PK\1\2") + 16
    data[at : at + 4] = struct.pack("<I", 1)
    first = data.index(b"PK\3\4") + 14
    data[first : first + 4] = struct.pack("<I", 1)
    return bytes(data)


@hostile("内容类型不对.xlsx", f"read: {NAME}")
def _(path: Path) -> bytes:
    parts = parts_of(path)
    return packed(
        {
            **parts,
            TYPES: parts[TYPES].replace(b"worksheet+xml", b"chartsheet+xml"),
        }
    )


@hostile("没有内容类型.xlsx", f"read: {NAME}")
def _(path: Path) -> bytes:
    parts = parts_of(path)
    del parts[TYPES]
    return packed(parts)


@hostile("没有工作簿部件.xlsx", "缺少 xl/workbook.xml")
def _(path: Path) -> bytes:
    parts = parts_of(path)
    del parts[MAIN]
    return packed(parts)


@hostile("没有工作表.xlsx", "没有采集表的栏目")
def _(path: Path) -> bytes:
    parts = {n: d for n, d in parts_of(path).items() if "worksheets" not in n}
    return packed(parts)


@hostile("坏的UTF-16.xlsx", "不合规范")
def _(path: Path) -> bytes:
    return packed({**parts_of(path), SHEET: b"\xff\xfe<\0a\0\xd8"})


@hostile("格子号乱写.xlsx", f"read: {NAME}")
def _(path: Path) -> bytes:
    return rows_added(
        path,
        b'<row r="-5"><c r="A0"><v>1</v></c><c r="ZZZZ9"/><c r="1A" s="99999999"><v>7</v></c></row>',
    )


def ods(content: str) -> bytes:
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    spaces = "".join(
        f' xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"'
        for one in ("office", "table", "text")
    )
    table = f"<table:table table:name='a'>{content}</table:table>"
    outer = "office:document-content"
    body = f"<{outer}{spaces}>{table}</{outer}>"
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", body)
    return made.getvalue()


@hostile("重复百万行.ods", "内容超过")
def _(_path: Path) -> bytes:
    cell = "<table:table-cell table:number-columns-repeated='16384'><text:p>1</text:p></table:table-cell>"
    return ods(
        f"<table:table-row table:number-rows-repeated='1048576'>{cell}</table:table-row>"
    )


@hostile("重复百万空格.ods", "没有采集表的栏目")
def _(_path: Path) -> bytes:
    cell = "<table:table-cell table:number-columns-repeated='16384'><text:p/></table:table-cell>"
    row = f"<table:table-row table:number-rows-repeated='1048576'>{cell * 20}</table:table-row>"
    return ods(row * 50)


@hostile("截断.xls", "不完整")
def _(_path: Path) -> bytes:
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 600
        + "Workbook".encode("utf-16-le")
        + b"\0" * 2_000
    )


@pytest.fixture(scope="module")
def outcomes(
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, list[object]]:
    """What came of each file, and the seconds and kilobytes that it took."""
    folder = tmp_path_factory.mktemp("hostile")
    source = filled(folder / "采集表.xlsx")
    files = []
    for name, (make, _) in MADE.items():
        (folder / name).write_bytes(make(source))
        files.append(folder / name)
    done = subprocess.run(
        [sys.executable, str(READER), *map(str, files)],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    found: dict[str, list[object]] = {}
    for line in done.stdout.splitlines():
        name, *rest = json.loads(line)
        found.setdefault(name, []).extend(rest)
    shutil.rmtree(folder)
    return found


@pytest.mark.parametrize("name", MADE)
def test_it_is_refused_or_read_harmlessly(
    name: str, outcomes: dict[str, list[object]]
) -> None:
    said, seconds, kilobytes = outcomes[name]
    told = MADE[name][1]

    assert told in str(said)
    assert str(said).startswith(
        "read" if told.startswith("read") else "refused"
    )
    assert float(str(seconds)) < 10
    assert int(str(kilobytes)) < 1_000_000


def test_there_are_kinds_enough() -> None:
    assert len(MADE) >= 24
