"""The door to packages: a stranger's file is read within limits, also only to ask who it is; what is added is found."""

from __future__ import annotations

import struct
import time
import zlib

import docx
import pytest
from docx.oxml.ns import qn

from reportgen.core.errors import TemplateError
from reportgen.ooxml.archive import ArchiveError, read_archive
from reportgen.ooxml.document_identity import Identity, identity_of
from reportgen.ooxml.lint import lint_docx
from reportgen.ooxml.names import COMMENTS, CONTENT_TYPES
from reportgen.ooxml.package import Package, read_package
from reportgen.ooxml.zip_writer import Packed, lay_out, write_parts, write_zip

CUSTOM = "docProps/custom.xml"
ROOT = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
)


def saying(text: str) -> bytes:
    """A file that says of itself `text`."""
    item = (
        f'<property name="reportgen"><vt:lpwstr>{text}</vt:lpwstr></property>'
    )
    return write_parts({CUSTOM: f"{ROOT}{item}</Properties>".encode()})


def lying(content: bytes, size: int) -> bytes:
    """A file whose properties inflate to `content` and say that they have `size` bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(content) + packer.flush()
    return write_zip(
        lay_out([Packed(CUSTOM, 8, zlib.crc32(content), packed, size)]), {}
    )


@pytest.fixture
def package(tmp_path) -> Package:
    path = tmp_path / "a.docx"
    docx.Document().save(str(path))
    return read_package(path.read_bytes(), "a.docx")


def test_a_document_says_who_it_is() -> None:
    assert identity_of(saying("2022/某局/1 报告/lukou")) == Identity(
        "2022", "某局", "1 报告", "lukou"
    )
    assert identity_of(saying("2022/某&amp;局/a/b/lukou")) == Identity(
        "2022", "某&局", "a/b", "lukou"
    )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK",
        saying("2022/某局"),
        lying(bytes(200_000_000), 500),
        lying(bytes(200_000_000), 200_000_000),
        saying("2022/某局/1 报告/lukou").replace(b"\x03\x04", b"\x03\x05"),
        write_parts({CUSTOM: b"<Properties"}),
        write_parts({CUSTOM: b"<property name=" * 60_000}),
        write_parts({CUSTOM: f"{ROOT}{'<a>' * 60_000}".encode()}),
        write_parts({CUSTOM: f"{ROOT}<property name='reportgen'/></Properties>".encode()}),
    ],
    ids=range(10),
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_nothing_and_costs_little(
    data: bytes,
) -> None:
    started = time.process_time()
    assert identity_of(data) is None
    assert time.process_time() - started < 2


def test_damaged_content_is_refused_with_its_part() -> None:
    whole = saying("2022/某局/1 报告/lukou" * 200)
    start = 30 + len(CUSTOM)
    broken = whole[:start] + b"\xff" * 20 + whole[start + 20 :]
    with pytest.raises(ArchiveError) as caught:
        read_archive(broken)
    assert caught.value.part == CUSTOM


def test_only_what_is_wanted_is_unpacked() -> None:
    content = bytes(1000)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    damaged = Packed("a", 8, 1, packer.compress(content) + packer.flush(), 1000)
    sound = Packed("b", 0, zlib.crc32(b"x"), b"x", 1)
    data = write_zip(lay_out([damaged, sound]), {})
    assert [
        one.data for one in read_archive(data, lambda name: name == "b")
    ] == [b"x"]
    with pytest.raises(ArchiveError):
        read_archive(data)


def test_a_part_that_is_added_is_found_again(package: Package) -> None:
    namespace = qn("w:p").partition("}")[0] + "}"
    comments = f'<w:comments xmlns:w="{namespace[1:-1]}"/>'.encode()
    part = "word/comments.xml"
    added = package.with_part(part, comments, COMMENTS.content_type)
    added = added.with_relation(added.main, COMMENTS, part)
    again = read_package(added.written(), "b.docx")
    assert lint_docx(added.written()) == ()
    assert again.related(again.main, "comments") == part
    assert again.content_type(part) == COMMENTS.content_type
    assert again.parts[part] == comments
    assert package.related(package.main, "comments") == ""
    gone = again.without_part(part)
    assert part not in gone.parts
    assert gone.related(gone.main, "comments") == ""


def test_a_part_of_one_name_is_replaced_in_its_place(package: Package) -> None:
    changed = package.with_part(
        CONTENT_TYPES, package.parts[CONTENT_TYPES] + b"\n"
    )
    assert list(changed.parts) == list(package.parts)
    assert changed.parts[CONTENT_TYPES] != package.parts[CONTENT_TYPES]


def test_the_size_that_the_directory_tells_is_the_most_that_is_unpacked() -> (
    None
):
    data = lying(b"x" * 600, 500)
    with pytest.raises(ArchiveError, match="校验"):
        read_archive(data)
    cut = data[: len(data) - 4] + struct.pack("<I", 0)
    with pytest.raises((ArchiveError, TemplateError)):
        read_package(cut, "x.docx")


@pytest.mark.parametrize(("count", "size"), [(0xFFFF, 0xFFFFFFFF), (1, 46)])
def test_a_long_directory_is_refused_before_it_is_read(
    count: int, size: int
) -> None:
    number = 400_000
    entry = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, *[0] * 14)
    directory = entry * number
    sizes = (number, number, len(directory), 0)
    long_end = struct.pack(
        "<4sQ2H2I4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, *sizes
    )
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, len(directory), 1)
    end = struct.pack(
        "<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, size, 0xFFFFFFFF, 0
    )
    started = time.process_time()
    with pytest.raises(ArchiveError, match="400000"):
        read_archive(directory + long_end + locator + end)
    assert time.process_time() - started < 0.5
