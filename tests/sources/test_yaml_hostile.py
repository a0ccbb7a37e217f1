"""YAML that was made to do harm: bounded in depth, size and time, and never run."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from yaml_texts import problems, read, refused

from reportgen.core.findings import Rejected
from reportgen.sources import builder
from reportgen.sources.glance import text_at
from reportgen.sources.yaml_tree import load_yaml

# Limits


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 200 + "]" * 200,
        "".join(" " * n + "a:\n" for n in range(200)),
        "a: " + "[" * 100_000 + "]" * 100_000,
        "a: " + "[" * 200_000,
        "a: " + "{a: " * 50_000,
        "- " * 50_000,
        "a0: &a0 [x]\n"
        + "".join(f"a{n + 1}: &a{n + 1} [*a{n}]\n" for n in range(200)),
    ],
    ids=[
        "flow 200",
        "block 200",
        "flow 100k",
        "open 200k",
        "maps 50k",
        "items 50k",
        "by aliases",
    ],
)
def test_depth_is_bounded(text: str) -> None:
    finding = refused(text)

    assert finding.code == "DAT008"
    assert "40" in finding.message


def test_forty_levels_are_read() -> None:
    assert read("a: " + "[" * 39 + "x" + "]" * 39).data["a"]
    assert refused("a: " + "[" * 40 + "x" + "]" * 40).code == "DAT008"


@pytest.mark.parametrize(
    "text",
    [
        "a0: &a0 [x, x]\n"
        + "".join(f"a{n + 1}: &a{n + 1} [*a{n}, *a{n}]\n" for n in range(30)),
        "a0: &a0 {k: v}\n"
        + "".join(
            f"a{n + 1}: &a{n + 1} {{l: *a{n}, r: *a{n}}}\n" for n in range(30)
        ),
        "a: &a [" + "x," * 1000 + "]\nb: [" + "*a," * 3000 + "]\n",
    ],
    ids=["lists", "maps", "quadratic"],
)
def test_alias_bombs_are_bounded(text: str) -> None:
    finding = refused(text)

    assert finding.code == "DAT008"
    assert "2000000" in finding.message


def test_nodes_are_bounded() -> None:
    assert refused("a: [" + "1," * 200_001 + "]\n").code == "DAT008"


def test_merge_chain_is_refused() -> None:
    doubling = "a0: &a0 {k: v}\n" + "".join(
        f"a{n + 1}: &a{n + 1} {{<<: [*a{n}, *a{n}]}}\n" for n in range(300)
    )

    assert {finding.code for finding in problems(doubling)} == {"DAT008"}


def test_problems_are_bounded() -> None:
    findings = problems(
        "a0: &a0 {k: v}\n"
        + "".join(f"a{n}: {{<<: *a0}}\n" for n in range(1, 500))
    )

    assert {finding.code for finding in findings} == {"DAT008"}
    assert len(findings) == builder.MAX_PROBLEMS


def test_honest_aliases_are_read() -> None:
    data = read(
        "base: &b {x: 1}\nlist: [" + ",".join(["*b"] * 100_000) + "]\n"
    ).data

    assert len(data["list"]) == 100_000


def test_long_text_is_read() -> None:
    assert read("s: " + "字" * 350_000 + "\n").data == {"s": "字" * 350_000}


@pytest.mark.parametrize(
    "line",
    [
        "- " * 300_000,
        "a" * 600_000,
        " " * 600_000 + "：",
        "x: y" * 150_000,
        "：" * 300_000,
    ],
)
def test_error_in_a_long_line_is_explained_in_time(line: str) -> None:
    assert problems(f"a: 1\n{line}\nb: [\n")


# Hostile files: what each must come to, from the manifest they were published with

HOSTILE = Path(__file__).parents[1] / "data" / "hostile" / "yaml"
VERDICTS = {
    "01_billion_laughs_9x9": "DAT008",
    "02_laughs_maps_2^24": "DAT008",
    "04_recursive_alias": "DAT008",
    "08_python_object": "DAT008",
    "09_duplicate_key": "DAT003",
    "10_norway_octal_sexagesimal": None,
    "11_bad_date_valueerror": None,
    "13_nul_byte": "DAT001",
    "14_escaped_ctrl": "DAT007",
    "15_gbk_encoded": "DAT001",
    "16_utf16_bom": None,
    "17_utf8_bom_crlf": None,
    "18_tab_indent": "DAT002",
    "20_top_level_list": "DAT005",
    "21_empty": "DAT001",
    "22_only_comment": "DAT001",
    "23_fullwidth_colon": "DAT002",
    "25_nonstring_keys": "DAT005",
    "26_template_in_data": None,
    "27_xml_specials": None,
    "28_method_names": None,
    "30_nan_inf": None,
    "31_timestamp_tz_overflow": None,
    "34_unknown_tag": "DAT008",
    "36_backslash_path_name": None,
}


def test_every_hostile_file_has_a_verdict() -> None:
    assert {path.stem for path in HOSTILE.glob("*.yaml")} == set(VERDICTS)


@pytest.mark.parametrize(
    "name", [name for name, code in VERDICTS.items() if code]
)
def test_hostile_file_is_refused(name: str) -> None:
    with pytest.raises(Rejected) as caught:
        load_yaml(HOSTILE / f"{name}.yaml")

    assert {finding.code for finding in caught.value.findings} == {
        VERDICTS[name]
    }
    assert not Path("/tmp/reportgen-pwned_yaml").exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        (
            "10_norway_octal_sexagesimal",
            {
                "code": "0012",
                "switch": "no",
                "time": "12:30",
                "ver": "1.10",
                "id": "110101199003070000000",
            },
        ),
        ("11_bad_date_valueerror", {"date": "2024-13-45"}),
        ("16_utf16_bom", {"name": "甲", "名称": "示范单位"}),
        ("17_utf8_bom_crlf", {"name": "甲", "名称": "示范单位", "人数": "3"}),
        (
            "26_template_in_data",
            {
                "name": "{{ lipsum.__globals__.os.popen('id').read() }}",
                "lit": "{_{ x }_}",
            },
        ),
        (
            "27_xml_specials",
            {"c": "</w:t></w:r></w:p>", "d": "]]>", "f": "&amp;"},
        ),
        (
            "28_method_names",
            {
                "items": "物品",
                "keys": "钥匙",
                "values": "值",
                "get": "取",
                "copy": "抄",
                "self": "己",
            },
        ),
        ("30_nan_inf", {"a": ".nan", "b": ".inf", "c": "-.inf"}),
        (
            "31_timestamp_tz_overflow",
            {"t": "0000-01-01", "t2": "2001-12-14t21:59:43.10-99:99"},
        ),
        (
            "36_backslash_path_name",
            {"name": "..\\..\\etc", "id": "../../etc/cron.d/x"},
        ),
    ],
)
def test_hostile_file_is_read_as_typed(name: str, data: dict[str, str]) -> None:
    found = load_yaml(HOSTILE / f"{name}.yaml").data

    assert VERDICTS[name] is None
    assert {key: found[key] for key in data} == data


@pytest.mark.parametrize("opened", ["[", "{a: ", "- "])
def test_a_glance_at_what_is_nested_without_end_ends(
    opened: str, tmp_path: Path
) -> None:
    path = tmp_path / "unit.yaml"
    path.write_text(opened * 100_000, encoding="utf-8")
    begin = time.process_time()

    assert text_at(path, (("单位",), ("名称",))) is None
    assert time.process_time() - begin < 2
