"""Files to text: what is decoded, and what is said about a file that is not the text it should be."""

from __future__ import annotations

import codecs
import hashlib
import os
from pathlib import Path

import pytest

from reportgen.core.findings import Finding, Rejected, Severity
from reportgen.sources.text import MAX_BYTES, read_text

SAMPLE = "名称: 示范单位\n人数: 3\n"


def _written(folder: Path, data: bytes, name: str = "unit.yaml") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def _refusal(path: Path) -> Finding:
    with pytest.raises(Rejected) as caught:
        read_text(path)
    (finding,) = caught.value.findings
    assert (finding.code, finding.severity, finding.place.file) == (
        "DAT001",
        Severity.ERROR,
        str(path),
    )
    return finding


@pytest.mark.parametrize(
    "data",
    [
        SAMPLE.encode(),
        codecs.BOM_UTF8 + SAMPLE.encode(),
        SAMPLE.replace("\n", "\r\n").encode(),
        SAMPLE.replace("\n", "\r").encode(),
        codecs.BOM_UTF16_LE + SAMPLE.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + SAMPLE.replace("\n", "\r\n").encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8 bom", "crlf", "cr", "utf-16 le", "utf-16 be crlf"],
)
def test_text_is_decoded_with_lf(tmp_path: Path, data: bytes) -> None:
    path = _written(tmp_path, data)

    source = read_text(path)

    assert source.text == SAMPLE
    assert source.path == str(path)
    assert source.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "空的"),
        (b" \r\n\t\n", "空的"),
        (codecs.BOM_UTF8, "空的"),
        (
            SAMPLE.encode("gbk"),
            "该文件不是UTF-8编码（看起来是GBK），请在记事本或WPS中“另存为”并选择 UTF-8 编码",
        ),
        ("名称: 𠮷\n".encode("gb18030"), "看起来是GBK"),
        (SAMPLE.encode("utf-16-le"), "看起来是UTF-16"),
        (codecs.BOM_UTF16_LE + SAMPLE.encode("utf-16-le") + b"\x00", "UTF-16"),
        (b"a: \xff\xfe\xfd\xff\n", "不是UTF-8编码"),
        (b"PK\x03\x04 and so on", "Word、Excel 文档或压缩包"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "加了密码"),
        (b"%PDF-1.7", "PDF"),
        (b"a: " + b"x" * MAX_BYTES, "超过 16 MB"),
    ],
)
def test_other_content_is_refused(
    tmp_path: Path, data: bytes, says: str
) -> None:
    path = _written(tmp_path, data)

    assert says in _refusal(path).message


@pytest.mark.parametrize(
    ("name", "says"),
    [("a.docx", "Word"), ("a.XLSX", "Excel"), ("a.zip", "压缩包")],
)
def test_documents_are_named_by_their_suffix(
    tmp_path: Path, name: str, says: str
) -> None:
    path = _written(tmp_path, b"PK\x03\x04...", name)

    assert says in _refusal(path).message


def test_damaged_utf8_names_the_line(tmp_path: Path) -> None:
    path = _written(tmp_path, "名称: 甲\n人数: ".encode() + b"\xe4\xb8\n")

    finding = _refusal(path)

    assert finding.place.line == 2
    assert "损坏的字节" in finding.message


def test_nul_names_line_and_column(tmp_path: Path) -> None:
    finding = _refusal(_written(tmp_path, b"a: 1\nb: x\x00\n"))

    assert (finding.place.line, finding.place.column) == (2, 5)
    assert "U+0000" in finding.message


def test_missing_file_suggests_a_similar_name(tmp_path: Path) -> None:
    _written(tmp_path, SAMPLE.encode(), "lukou.yaml")

    assert "lukou.yaml" in _refusal(tmp_path / "luko.yaml").message
    assert "lukou.yaml" in _refusal(tmp_path / "lukou.yml").message
    assert "lukou.yaml" not in _refusal(tmp_path / "完全不同.txt").message


def test_missing_folder_is_named(tmp_path: Path) -> None:
    assert "没有的" in _refusal(tmp_path / "没有的" / "unit.yaml").message


def test_folder_is_refused(tmp_path: Path) -> None:
    assert "文件夹" in _refusal(tmp_path).message


def test_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)

    assert "普通文件" in _refusal(path).message


@pytest.mark.parametrize(
    "name", ["长" * 300 + ".yaml", "a\0b.yaml", "unit.yaml/x"]
)
def test_impossible_path_is_refused(tmp_path: Path, name: str) -> None:
    _written(tmp_path, SAMPLE.encode())

    assert _refusal(tmp_path / name).message


def test_unreadable_file_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _written(tmp_path, SAMPLE.encode())

    def denied(*_: object, **__: object) -> None:
        raise PermissionError(
            13, "Permission denied"
        )  # chmod does not stop an administrator

    monkeypatch.setattr(Path, "open", denied)

    assert "权限" in _refusal(path).message
