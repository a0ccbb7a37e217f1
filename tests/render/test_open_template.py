"""What a template may not be or hold, and the soundness of what is printed: the audit and the lint."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from engine_support import lines, lines_template, rewritten

from reportgen.core.errors import TemplateError
from reportgen.ooxml.archive import ArchiveError, read_archive
from reportgen.ooxml.lint import lint_docx
from reportgen.render.template.compile import compile_template
from reportgen.render.template.template_package import open_template

DOCUMENT, RELS, TYPES = (
    "word/document.xml",
    "word/_rels/document.xml.rels",
    "[Content_Types].xml",
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def swapped(
    part: str, old: str, new: str
) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        assert old in parts[part].decode()
        parts[part] = parts[part].decode().replace(old, new, 1).encode()

    return change


def related(
    kind: str, target: str, mode: str = ' TargetMode="External"'
) -> Callable[[dict[str, bytes]], None]:
    line = f'<Relationship Id="rId99" Type="{OFFICE}/{kind}" Target="{target}"{mode}/></Relationships>'
    return swapped(RELS, "</Relationships>", line)


def in_paragraph(xml: str) -> Callable[[dict[str, bytes]], None]:
    return swapped(DOCUMENT, "<w:t>X</w:t>", f"<w:t>X</w:t></w:r>{xml}<w:r>")


def field(code: str) -> Callable[[dict[str, bytes]], None]:
    runs = (
        '<w:fldChar w:fldCharType="begin"/>',
        *(f"<w:instrText>{piece}</w:instrText>" for piece in code.split("|")),
    )
    return in_paragraph(
        "".join(
            f"<w:r>{run}</w:r>"
            for run in (*runs, '<w:fldChar w:fldCharType="end"/>')
        )
    )


def typed(content_type: str) -> Callable[[dict[str, bytes]], None]:
    line = f'<Override PartName="/word/x.bin" ContentType="{content_type}"/></Types>'
    declared = swapped(TYPES, "</Types>", line)

    def change(parts: dict[str, bytes]) -> None:
        declared(parts)
        parts["word/x.bin"] = b"x"

    return change


def with_svg(content: str) -> Callable[[dict[str, bytes]], None]:
    line = '<Default Extension="svg" ContentType="image/svg+xml"/></Types>'
    declared = swapped(TYPES, "</Types>", line)

    def change(parts: dict[str, bytes]) -> None:
        declared(parts)
        parts["word/media/x.svg"] = (
            f'<svg xmlns="http://www.w3.org/2000/svg">{content}</svg>'.encode()
        )

    return change


def encoded(encoding: str) -> Callable[[dict[str, bytes]], None]:
    return swapped(DOCUMENT, "UTF-8", encoding)


def in_two_bytes(parts: dict[str, bytes]) -> None:
    for part in (DOCUMENT, RELS, "word/styles.xml"):
        text = parts[part].decode().replace("UTF-8", "UTF-16")
        parts[part] = text.encode("utf-16")


CHANGES = {
    "a hyperlink to a file": (
        related("hyperlink", "file:///c:/x"),
        "超链接指向",
    ),
    "a hyperlink to a share": (
        related("hyperlink", "\\\\host\\x"),
        "超链接指向",
    ),
    "a hyperlink to a program": (
        related("hyperlink", "javascript:x"),
        "超链接指向",
    ),
    "a tag in an address": (
        related("hyperlink", "http://x/{{ v }}"),
        "不能放标签",
    ),
    "a linked object": (
        related("oleObject", "file:///x.xlsx"),
        "链接了外部的 OLE",
    ),
    "a frame": (related("frame", "http://x/"), "框架"),
    "an unknown outside part": (related("theme", "http://x/"), "文档以外"),
    "a control": (related("control", "activeX/x.xml", ""), "ActiveX"),
    "a task pane": (related("webextensiontaskpanes", "x.xml", ""), "加载项"),
    "DDE in pieces": (field(" D|DE c:\\x |x"), "DDE"),
    "an included picture": (
        field("INCLUDEPICTURE http://x/y.png"),
        "INCLUDEPICTURE",
    ),
    "a macro button": (field(" macrobutton Run"), "MACROBUTTON"),
    "a field link to a share": (field('HYPERLINK "\\\\host\\x"'), "超链接指向"),
    "a simple field": (
        in_paragraph('<w:fldSimple w:instr=" IMPORT x "/>'),
        "IMPORT",
    ),
    "a linked shape": (
        in_paragraph(
            '<w:r><w:pict><v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" src="http://x/"/></w:pict></w:r>'
        ),
        "文档以外",
    ),
    "an embedded program": (
        in_paragraph(
            '<w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" ProgID="Package"/>'
            "</w:object></w:r>"
        ),
        "文件包",
    ),
    "a sub-document": (in_paragraph("<w:subDoc/>"), "子文档"),
    "a strict document": (
        swapped(
            DOCUMENT,
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        ),
        "正文的格式不认识",
    ),
    "a template type": (
        swapped(TYPES, "document.main+xml", "template.main+xml"),
        "不是普通的 .docx",
    ),
    "a nested table at the end of a cell": (
        swapped(
            DOCUMENT,
            "<w:p><w:r><w:t>X",
            "<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl><w:p><w:r><w:t>X",
        ),
        "嵌套的表格后面没有段落",
    ),
    "a cell without paragraph": (
        swapped(
            DOCUMENT,
            "<w:p><w:r><w:t>X",
            "<w:tbl><w:tr><w:tc><w:tcPr/></w:tc></w:tr></w:tbl><w:p><w:r><w:t>X",
        ),
        "单元格里没有段落",
    ),
    "two bookmarks of one number": (
        in_paragraph(
            '<w:bookmarkStart w:id="1" w:name="a"/><w:bookmarkStart w:id="1" w:name="b"/>'
        ),
        "书签编号重复",
    ),
    "a paragraph in a paragraph": (in_paragraph("<w:p/>"), "不能放在"),
    "a bad number": (
        swapped(DOCUMENT, "<w:t>X", '<w:rPr><w:sz w:val="大"/></w:rPr><w:t>X'),
        "写成了",
    ),
    "a part of no type": (
        lambda parts: parts.__setitem__("word/media/x.zzz", b"x"),
        "内容类型",
    ),
    "a relation never heard of": (
        related("neverHeardOf", "x.xml", ""),
        "不认识的部件（neverHeardOf）",
    ),
    "an embedded object": (
        related("oleObject", "embeddings/x.bin", ""),
        "OLE 对象",
    ),
    "a part never heard of": (
        typed("application/x-msdownload"),
        "不认识的部件（application/x-msdownload）",
    ),
    "a program by another name": (
        typed("application/vnd.ms-office.vbaProject"),
        "宏程序",
    ),
    "a drawing that loads a page": (
        with_svg('<image href="http://x/y.png"/>'),
        "文档以外",
    ),
    "a drawing that loads a font": (
        with_svg("<style>@import url(http://x/y.css)</style>"),
        "文档以外",
    ),
    "a drawing that runs": (with_svg("<script>x()</script>"), "文档以外"),
    "another encoding": (encoded("UTF-7"), "文字编码是 UTF-7"),
    "an unknown encoding": (encoded("GB18030"), "文字编码是 GB18030"),
    "too many elements in two bytes each": (
        lambda parts: parts.__setitem__(
            DOCUMENT,
            parts[DOCUMENT]
            .decode()
            .replace("UTF-8", "UTF-16")
            .replace(
                "<w:p><w:r><w:t>X", "<w:p/>" * 400_000 + "<w:p><w:r><w:t>X"
            )
            .encode("utf-16"),
        ),
        "内容过多",
    ),
    "a hidden declaration": (
        lambda parts: parts.__setitem__(
            DOCUMENT,
            (
                "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>"
            ).encode("utf-16"),
        ),
        "DTD",
    ),
    "too many elements": (
        swapped(
            DOCUMENT,
            "<w:p><w:r><w:t>X",
            "<w:p/>" * 400_000 + "<w:p><w:r><w:t>X",
        ),
        "内容过多",
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_refused(name: str, tmp_path: Path) -> None:
    change, said = CHANGES[name]
    path = rewritten(lines_template(tmp_path, "X"), change)
    with pytest.raises(TemplateError) as caught:
        open_template(path)
    assert said in str(caught.value)
    assert str(path) in str(caught.value)
    assert caught.value.hint


@pytest.mark.parametrize(
    "change",
    [
        related("hyperlink", "https://www.gov.cn/x?a=1"),
        related("hyperlink", "mailto:x@example.com"),
        field('HYPERLINK "https://www.gov.cn/"'),
        field("PAGE"),
        field('HYPERLINK \\l "书签"'),
        with_svg('<use href="#a"/><path style="fill:url(#b)"/>'),
    ],
)
def test_accepted(
    change: Callable[[dict[str, bytes]], None], tmp_path: Path
) -> None:
    assert open_template(rewritten(lines_template(tmp_path, "X"), change)).parts


def test_two_bytes_a_character_print_as_one(tmp_path: Path) -> None:
    plain = lines_template(tmp_path, "{{ 名称 }}")
    printed = compile_template(plain).render({"名称": "甲"})
    wide = rewritten(plain, in_two_bytes)
    assert lines(compile_template(wide).render({"名称": "甲"})) == lines(
        printed
    )


def test_missing_folder_locked_and_long(tmp_path: Path) -> None:
    for path, said in (
        (tmp_path / "无.docx", "找不到"),
        (tmp_path, "不是文件"),
        (tmp_path / ("长" * 300), "无法读取"),
    ):
        with pytest.raises(TemplateError, match=said):
            open_template(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = lines_template(tmp_path, "X")
    path.chmod(0)
    with pytest.raises(TemplateError, match="无法读取"):
        open_template(path)


def zipped(*entries: tuple[str, bytes]) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return output.getvalue()


@pytest.mark.parametrize("name", ["../x", "/x", "a/../../x", "c:/x", "a\x01b"])
def test_names_that_leave_the_package(name: str) -> None:
    with pytest.raises(ArchiveError, match="部件名不合法"):
        read_archive(zipped((name, b"x")))


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("other", ["word/document.xml", "WORD/Document.xml"])
def test_names_that_repeat(other: str) -> None:
    with pytest.raises(ArchiveError, match="两次"):
        read_archive(zipped(("word/document.xml", b"a"), (other, b"b")))


def test_too_many_members() -> None:
    with pytest.raises(ArchiveError, match="超过上限"):
        read_archive(
            zipped(*((f"{number}.xml", b"") for number in range(2001)))
        )


def test_a_size_that_lies() -> None:
    data = bytearray(zipped(("a.xml", b"x" * 1000)))
    at = data.index(b"PK\x01\x02") + 24
    struct.pack_into("<I", data, at, 10)
    with pytest.raises(ArchiveError, match="校验"):
        read_archive(bytes(data))


def test_a_content_that_was_changed() -> None:
    data = bytearray(zipped(("a.xml", b"x" * 1000)))
    at = data.index(b"PK\x01\x02") + 16
    struct.pack_into("<I", data, at, 10)
    with pytest.raises(ArchiveError, match="校验"):
        read_archive(bytes(data))


def test_every_cut_is_refused(tmp_path: Path) -> None:
    data = lines_template(tmp_path, "X").read_bytes()
    for end in range(0, len(data), 997):
        with pytest.raises(ArchiveError):
            read_archive(data[:end])


def test_every_flipped_byte_is_refused_or_harmless(tmp_path: Path) -> None:
    path = lines_template(tmp_path, "{{ v }}")
    data = path.read_bytes()
    for at in range(0, len(data), 499):
        path.write_bytes(data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :])
        try:
            assert lint_docx(compile_template(path).render({"v": "甲"})) == ()
        except TemplateError as error:
            assert error.hint  # noqa: PT017


def test_what_is_missing_is_left_out(tmp_path: Path) -> None:
    def break_references(parts: dict[str, bytes]) -> None:
        properties = '<w:pPr><w:pStyle w:val="没有"/><w:numPr><w:numId w:val="999"/></w:numPr></w:pPr>'
        parts[DOCUMENT] = parts[DOCUMENT].replace(
            b"<w:r><w:t", f"{properties}<w:r><w:t".encode(), 1
        )

    path = rewritten(lines_template(tmp_path, "X"), break_references)
    assert lint_docx(path.read_bytes()) == (
        "正文第1段：段落样式不存在：没有",
        "正文第1段：编号不存在：999",
    )
    assert lint_docx(compile_template(path).render({})) == ()


def test_the_order_of_properties_is_told_but_not_fatal(tmp_path: Path) -> None:
    change = swapped(
        DOCUMENT,
        "<w:r><w:t>X",
        '<w:pPr><w:jc w:val="left"/><w:keepNext/></w:pPr><w:r><w:t>X',
    )
    path = rewritten(lines_template(tmp_path, "X"), change)
    assert lint_docx(path.read_bytes()) == (
        "正文第1段：<w:pPr> 里的 <w:keepNext> 顺序不对",
    )
    assert open_template(path)


def test_a_sound_document_has_nothing_to_tell(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("题")
    document.add_paragraph("项", style="List Bullet")
    document.add_table(2, 2, style="Table Grid").cell(0, 0).add_table(1, 1)
    document.add_page_break()
    document.add_section()
    document.sections[0].header.paragraphs[0].text = "头"
    document.save(tmp_path / "a.docx")
    assert lint_docx((tmp_path / "a.docx").read_bytes()) == ()
    assert lint_docx(b"PK") != ()
