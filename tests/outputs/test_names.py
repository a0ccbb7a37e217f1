"""Names of files and folders: whatever a unit is called, its documents lie inside the output folder."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given, strategies as st

from reportgen.core.file_names import safe_name

HOSTILE = json.loads(
    (
        Path(__file__).parents[1] / "data" / "hostile" / "unit_names.json"
    ).read_text(encoding="utf-8")
)
DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$", "clock$"}
DEVICES |= {
    f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"
}

hostile_text = st.text(
    st.one_of(
        st.characters(exclude_categories=()),
        st.sampled_from('/\\:*?"<>|. ~$_-\u200b\u202e　甲'),
    )
)
device_text = st.builds(
    lambda name, upper, after: (name.upper() if upper else name) + after,
    st.sampled_from(sorted(DEVICES)),
    st.booleans(),
    st.sampled_from(["", ".", " ", ".docx", " .txt", "..", ".甲.乙"]),
)


def is_a_sound_name(name: str) -> bool:
    encoded = name.encode()  # fails for half a character
    return (
        0 < len(encoded) <= 120
        and PurePosixPath(name).parts == (name,)
        and PureWindowsPath(name).parts == (name,)
        and name not in {".", ".."}
        and not name.endswith((" ", "."))
        and not name.startswith((".", " ", "~$"))
        and not re.search(r'[\x00-\x1f\x7f/\\:*?"<>|]', name)
        and name.partition(".")[0].rstrip().casefold() not in DEVICES
        and not any(unicodedata.category(char) in {"Cc", "Cs"} for char in name)
    )


@pytest.mark.parametrize("case", HOSTILE, ids=lambda case: case["why"])
def test_a_hostile_name_becomes_a_sound_one(case: dict[str, str]) -> None:
    assert is_a_sound_name(safe_name(case["name"]))


@given(
    st.one_of(hostile_text, device_text, st.text(min_size=100, max_size=400))
)
def test_any_text_becomes_a_sound_name_that_stays_as_it_is(text: str) -> None:
    name = safe_name(text)

    assert is_a_sound_name(name)
    assert safe_name(name) == name


@given(hostile_text, hostile_text)
def test_two_names_stay_two_whatever_the_disk_thinks_of_case(
    one: str, two: str
) -> None:
    if _essence(one) != _essence(two):
        assert safe_name(one).casefold() != safe_name(two).casefold()


def _essence(text: str) -> str:
    """What tells names apart: not case, not space around, not the width of / \\ : * ? " < > |."""
    wide = str.maketrans('/\\:*?"<>|', "／＼：＊？＂＜＞｜")
    return unicodedata.normalize("NFC", text).strip().translate(wide).casefold()


def test_hostile_names_stay_as_many_as_they_are() -> None:
    names = {safe_name(case["name"]) for case in HOSTILE}
    essences = {
        unicodedata.normalize("NFC", case["name"]).strip() for case in HOSTILE
    }

    assert len(names) == len(essences)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("株洲市渌口区机关事务服务中心", "株洲市渌口区机关事务服务中心"),
        ("单位（甲）", "单位（甲）"),
        (" 县图书馆　", "县图书馆"),
        ("2023/2024学年", "2023／2024学年"),
        ('A/B\\C:D*E?F"G<H>I|J', "A／B＼C：D＊E？F＂G＜H＞I｜J"),
        ("", "未命名"),
        ("   ", "未命名"),
        ("e\u0301", "é"),
    ],
)
def test_a_name_keeps_its_shape(text: str, name: str) -> None:
    assert safe_name(text) == name


@pytest.mark.parametrize(
    "text", ["..", "CON", "con.txt", "x.", "a\nb", "a\u200bb", "~$报告", "___"]
)
def test_a_name_that_was_altered_bears_a_mark(text: str) -> None:
    assert re.search(r"_[0-9a-f]{8}$", safe_name(text))


def test_two_long_names_stay_two() -> None:
    one, two = safe_name("名" * 299 + "甲"), safe_name("名" * 299 + "乙")

    assert one != two
    assert one.startswith("名" * 30)
    assert two.startswith("名" * 30)


def test_a_long_name_is_not_cut_within_a_character() -> None:
    for length in range(36, 44):
        assert "�" not in safe_name("a" + "😀" * length)


def test_the_fallback_stands_for_a_name_that_is_nothing() -> None:
    assert safe_name("", fallback="未命名单位") == "未命名单位"
    assert safe_name("..", fallback="未命名单位").startswith("未命名单位_")
