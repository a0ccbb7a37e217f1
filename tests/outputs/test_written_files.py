"""Documents on disk: whole or not there, and never over what a person changed."""

from __future__ import annotations

import json
from pathlib import Path
from threading import Thread

import pytest

from reportgen.core.errors import OutputError
from reportgen.outputs.predecessors import left_over
from reportgen.outputs.receipt import RECEIPT, read_receipt
from reportgen.outputs.steps import Written
from reportgen.outputs.unit_outputs import write_outputs
from reportgen.outputs.whole_files import Output, locked_by_file

FIRST = [
    Output("1 报告.docx", b"first report"),
    Output("2 自评表.docx", b"first form"),
]
SECOND = [
    Output("1 报告.docx", b"second report"),
    Output("2 自评表.docx", b"second form"),
]
RECEIPT_OF = {"单位": "示范单位", "模板包": "standard"}


def write(
    folder: Path, outputs: list[Output], unit: str = "示范单位"
) -> dict[str, str]:
    """Writes, and gives the reason for each file that was kept."""
    written = write_outputs(folder, outputs, {**RECEIPT_OF, "单位": unit})
    assert [one.path for one in written] == [
        folder / output.name for output in outputs
    ]
    return {one.path.name: one.kept for one in written if one.kept}


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes()
        for path in folder.iterdir()
        if path.name != RECEIPT
    }


def as_dict(outputs: list[Output]) -> dict[str, bytes]:
    return {output.name: output.data for output in outputs}


def test_files_and_receipt_are_written_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "2024" / "示范单位"

    assert write(folder, FIRST) == {}
    assert contents(folder) == as_dict(FIRST)
    assert read_receipt(folder)["模板包"] == "standard"
    assert sorted(read_receipt(folder)["文件"]) == [
        "1 报告.docx",
        "2 自评表.docx",
    ]


def test_unchanged_files_are_updated(tmp_path: Path) -> None:
    write(tmp_path, FIRST)

    assert write(tmp_path, SECOND) == {}
    assert contents(tmp_path) == as_dict(SECOND)


def test_building_again_changes_no_byte_and_touches_no_file(
    tmp_path: Path,
) -> None:
    write(tmp_path, SECOND)
    write(tmp_path, FIRST)
    before = {
        path.name: (path.read_bytes(), path.stat().st_mtime_ns)
        for path in tmp_path.iterdir()
    }

    assert write(tmp_path, FIRST) == {}
    assert {
        path.name: (path.read_bytes(), path.stat().st_mtime_ns)
        for path in tmp_path.iterdir()
    } == before


def test_a_changed_file_is_kept_run_after_run_and_the_others_go_on(
    tmp_path: Path,
) -> None:
    write(tmp_path, FIRST)
    (tmp_path / "1 报告.docx").write_bytes(b"edited in Word")

    for outputs in (FIRST, SECOND, SECOND, FIRST, SECOND):
        kept = write(tmp_path, outputs)

        assert list(kept) == ["1 报告.docx"]
        assert (
            "被修改过，已保留修改、未覆盖；需要新稿时请先把它改名或移走"
            in kept["1 报告.docx"]
        )
        assert (tmp_path / "1 报告.docx").read_bytes() == b"edited in Word"
    assert (tmp_path / "2 自评表.docx").read_bytes() == b"second form"


def test_a_changed_file_that_was_moved_away_is_made_anew(
    tmp_path: Path,
) -> None:
    write(tmp_path, FIRST)
    (tmp_path / "1 报告.docx").write_bytes(b"edited in Word")
    write(tmp_path, SECOND)
    (tmp_path / "1 报告.docx").rename(tmp_path / "我改的.docx")

    assert write(tmp_path, SECOND) == {}
    assert contents(tmp_path) == {
        **as_dict(SECOND),
        "我改的.docx": b"edited in Word",
    }


def test_a_change_that_was_taken_back_counts_as_none(tmp_path: Path) -> None:
    write(tmp_path, FIRST)
    (tmp_path / "1 报告.docx").write_bytes(b"edited in Word")
    write(tmp_path, SECOND)
    (tmp_path / "1 报告.docx").write_bytes(b"first report")

    assert write(tmp_path, SECOND) == {}
    assert contents(tmp_path) == as_dict(SECOND)


def test_a_file_that_was_there_before_is_not_ours(tmp_path: Path) -> None:
    (tmp_path / "1 报告.docx").write_bytes(b"somebody else's")

    kept = write(tmp_path, FIRST)

    assert "没有它的生成记录，已保留、未覆盖" in kept["1 报告.docx"]
    assert (tmp_path / "1 报告.docx").read_bytes() == b"somebody else's"


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"\xff\xfe\x00",
        b"[]",
        b"null",
        b'"text"',
        b"{}",
        '{"文件": []}'.encode(),
        '{"文件": null}'.encode(),
        '{"文件": {"1 报告.docx": 7, "2 自评表.docx": [], "../x": {}, "": {}, "a\\u0000b": {}}}'.encode(),
        ('{"文件": {"' + "长" * 300 + '": {}}}').encode(),
        '{"文件": {"1 报告.docx": {"sha256": {}, "前次": 3}}}'.encode(),
        b"[" * 100_000,
    ],
    ids=range(13),
)
def test_a_damaged_receipt_loses_nothing(tmp_path: Path, damage: bytes) -> None:
    write(tmp_path, FIRST)
    (tmp_path / RECEIPT).write_bytes(damage)

    kept = write(tmp_path, SECOND)

    assert sorted(kept) == ["1 报告.docx", "2 自评表.docx"]
    assert contents(tmp_path) == as_dict(FIRST)
    assert (
        write(tmp_path, FIRST) == {}
    )  # what is there already is recognised, and the receipt is whole again
    assert write(tmp_path, SECOND) == {}
    assert contents(tmp_path) == as_dict(SECOND)


@pytest.mark.parametrize(
    "owner",
    ["~$报告.docx", "~$1 报告.docx", ".~1 报告.docx", ".~lock.1 报告.docx#"],
)
def test_a_file_that_is_open_in_an_office_program_is_left_alone(
    tmp_path: Path, owner: str
) -> None:
    write(tmp_path, FIRST)
    (tmp_path / owner).write_bytes(b"")

    kept = write(tmp_path, SECOND)

    assert list(kept) == ["1 报告.docx"]
    assert kept["1 报告.docx"].startswith(
        "文件正在 Word 或 WPS 中打开，未更新；请关闭后重新生成"
    )
    assert owner in kept["1 报告.docx"]
    (tmp_path / owner).unlink()
    assert write(tmp_path, SECOND) == {}
    assert contents(tmp_path) == as_dict(SECOND)


def test_an_open_file_that_is_up_to_date_is_no_trouble(tmp_path: Path) -> None:
    write(tmp_path, FIRST)
    (tmp_path / "~$报告.docx").write_bytes(b"")

    assert write(tmp_path, FIRST) == {}


def left(folder: Path, written: list[Written]) -> list[Path]:
    names = {one.name for one in written}
    return list(left_over(folder, read_receipt(folder), names, ()))


def test_files_of_a_renamed_project_stay_known(tmp_path: Path) -> None:
    old = [*FIRST, Output("3-1 表（旧名）.docx", b"old project")]
    new = [*SECOND, Output("3-1 表（新名）.docx", b"new project")]
    write(tmp_path, old)

    written = write_outputs(tmp_path, new, RECEIPT_OF)

    assert left(tmp_path, written) == [tmp_path / "3-1 表（旧名）.docx"]
    assert (tmp_path / "3-1 表（旧名）.docx").read_bytes() == b"old project"
    assert (
        write(
            tmp_path,
            [
                *SECOND,
                Output("3-1 表（旧名）.docx", b"old project, new figures"),
            ],
        )
        == {}
    )
    (tmp_path / "3-1 表（新名）.docx").unlink()
    assert left(tmp_path, write_outputs(tmp_path, FIRST, RECEIPT_OF)) == [
        tmp_path / "3-1 表（旧名）.docx"
    ]


def test_a_receipt_cannot_name_files_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "secret.docx").write_bytes(b"secret")
    write(tmp_path / "out", FIRST)
    names = ("../secret.docx", str(tmp_path / "secret.docx"))
    (tmp_path / "out" / RECEIPT).write_text(
        json.dumps({"文件": {name: {"sha256": "0"} for name in names}}), "utf-8"
    )

    written = write_outputs(tmp_path / "out", FIRST, RECEIPT_OF)

    assert left(tmp_path / "out", written) == []
    assert (tmp_path / "secret.docx").read_bytes() == b"secret"


def test_another_unit_whose_folder_has_the_same_name_is_refused(
    tmp_path: Path,
) -> None:
    write(tmp_path, FIRST, unit="A局")

    with pytest.raises(OutputError) as caught:
        write(tmp_path, SECOND, unit="a局")

    assert "这个文件夹里是另一单位「A局」的文件" in str(caught.value)
    assert contents(tmp_path) == as_dict(FIRST)


def test_a_link_is_replaced_and_what_it_points_to_stays(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.docx"
    elsewhere.write_bytes(b"first report")
    folder = tmp_path / "out"
    write(folder, FIRST)
    (folder / "1 报告.docx").unlink()
    (folder / "1 报告.docx").symlink_to(elsewhere)
    (folder / "2 自评表.docx").unlink()
    (folder / "2 自评表.docx").symlink_to(tmp_path / "nowhere.docx")

    assert write(folder, SECOND) == {}
    assert contents(folder) == as_dict(SECOND)
    assert elsewhere.read_bytes() == b"first report"
    (folder / "1 报告.docx").unlink()
    (folder / "1 报告.docx").symlink_to(elsewhere)
    assert write(folder, FIRST) == {}
    assert not (tmp_path / "nowhere.docx").exists()
    assert not any(path.is_symlink() for path in folder.iterdir())


def test_a_link_to_other_content_is_somebody_s_and_kept(tmp_path: Path) -> None:
    (tmp_path / "secret.docx").write_bytes(b"secret")
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "1 报告.docx").symlink_to(tmp_path / "secret.docx")

    assert list(write(folder, FIRST)) == ["1 报告.docx"]
    assert (tmp_path / "secret.docx").read_bytes() == b"secret"


def test_half_written_files_of_a_killed_run_are_cleared_away(
    tmp_path: Path,
) -> None:
    write(tmp_path, FIRST)
    (tmp_path / ".1 报告.docx.4711.tmp").write_bytes(b"half")
    (tmp_path / ".mine.tmp").write_bytes(b"somebody's own")

    write(tmp_path, FIRST)

    assert contents(tmp_path) == {
        **as_dict(FIRST),
        ".mine.tmp": b"somebody's own",
    }


@pytest.mark.parametrize(
    ("in_the_way", "says"),
    [
        (
            "out",
            "同名文件占用了文件夹的位置；请移走该文件，或换一个输出文件夹（-o）",
        ),
        ("out/2024", "同名文件占用了文件夹的位置"),
        ("out/2024/示范单位", "同名文件占用了文件夹的位置"),
    ],
)
def test_a_file_in_place_of_the_folder(
    tmp_path: Path, in_the_way: str, says: str
) -> None:
    blocked = tmp_path / in_the_way
    blocked.parent.mkdir(parents=True, exist_ok=True)
    blocked.write_bytes(b"a file")

    with pytest.raises(OutputError) as caught:
        write(tmp_path / "out" / "2024" / "示范单位", FIRST)

    assert says in str(caught.value)
    assert str(tmp_path / "out") in str(caught.value)
    assert blocked.read_bytes() == b"a file"


@pytest.mark.parametrize("name", ["1 报告.docx", RECEIPT])
def test_a_folder_in_place_of_a_file(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()

    with pytest.raises(
        OutputError, match="同名文件夹占用了文件的位置；请移走该文件夹"
    ):
        write(tmp_path, FIRST)

    assert [
        path.name for path in tmp_path.iterdir() if path.suffix == ".tmp"
    ] == []


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"请换一个输出文件夹（-o）"):
        write(Path("/proc/reportgen"), FIRST)
    with pytest.raises(OutputError, match="路径太长"):
        write(tmp_path / ("长" * 100), FIRST)


def test_the_receipt_can_name_any_path_that_was_typed(tmp_path: Path) -> None:
    write_outputs(tmp_path, FIRST, {"输入": {"\udcff.yaml": "0"}})

    assert json.loads((tmp_path / RECEIPT).read_text(encoding="utf-8"))[
        "输入"
    ] == {"\udcff.yaml": "0"}


def test_the_lock_of_windows_keeps_a_second_run_waiting(tmp_path: Path) -> None:
    held = locked_by_file(tmp_path)
    order: list[str] = []

    def second() -> None:
        with locked_by_file(tmp_path):
            order.append("second")

    other = Thread(target=second)
    with held:
        other.start()
        other.join(0.2)
        order.append("first")
    other.join(10)

    assert order == ["first", "second"]
