"""reportgen new, schema and pack list."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from command_line import REPOSITORY, Told, tree

from reportgen.model.unit import Unit
from reportgen.sources.text import read_text
from reportgen.sources.yaml_tree import build_tree

LUKOU = REPOSITORY / "inputs" / "lukou.yaml"
FORM = REPOSITORY / "templates" / "standard" / "unit.yaml"
PACKS = sorted(
    path.parent.name for path in (REPOSITORY / "templates").glob("*/pack.yaml")
)
FORMS = sorted(
    path.parent.name for path in (REPOSITORY / "templates").glob("*/unit.yaml")
)
Run = Callable[..., Told]

SCHEMA = Unit.model_json_schema(by_alias=True)
PLAUSIBLE = {  # by what the schema says of a field
    "四位年度": "2024",
    "日期": "2025-03-14",
    "金额": "20",
    "百分比": "100%",
    "分值": "5",
    "个数": "2",
    "例如 ≥95%": "12次",
    "一段文字，或分开写": "一句话",
    "一段文字": "[一句话, 另一句话]",
    "文字": "一句话",
}


def blanks(
    value: Any, path: tuple[str | int, ...] = ()
) -> Iterator[tuple[str | int, ...]]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from blanks(one, (*path, key))
    elif isinstance(value, list):
        for position, one in enumerate(value):
            yield from blanks(one, (*path, position))
    elif value is None:
        yield path


def filled_in(path: Path) -> str:
    """The form with something plausible written behind every colon where nothing stands."""
    document = build_tree(read_text(path))
    text = document.source.text
    for blank in reversed(list(blanks(document.data))):
        start = document.root
        for step in blank:
            start = (start.children or {})[step]
        at = start.start.index
        text = f"{text[:at]} {_value(blank)}{text[at:]}"
    return text


def _value(path: tuple[str | int, ...]) -> str:
    if path[-1] == "名称":
        return f"第{path[1]}个" if path[0] == "项目" else "某某县测绘院"
    if path[-1] == "三级":
        return f"第{path[-2]}个指标"
    described = _described(path)
    return next(
        value for kind, value in PLAUSIBLE.items() if described.startswith(kind)
    )


def _described(path: tuple[str | int, ...]) -> str:
    """What the schema says of the field at `path`."""
    shape: dict[str, Any] = SCHEMA
    for step in path:
        shape = _resolved(shape)
        shape = (
            shape["items"]
            if isinstance(step, int)
            else (shape.get("properties") or {}).get(step)
            or shape["additionalProperties"]
        )
    return str(_resolved(shape)["description"])


def _resolved(shape: dict[str, Any]) -> dict[str, Any]:
    while True:
        if "anyOf" in shape and "description" not in shape:
            shape = next(
                one for one in shape["anyOf"] if one.get("type") != "null"
            )
        elif "$ref" in shape:
            shape = SCHEMA["$defs"][shape["$ref"].rpartition("/")[2]]
        else:
            return shape


@pytest.mark.parametrize("pack", FORMS)
def test_the_blank_form_says_which_required_fields_are_missing(
    pack: str, reportgen: Run
) -> None:
    told = reportgen("new", "--pack", pack)

    assert (told.code, tree(Path())) == (0, ["unit.yaml"])
    assert told.out.startswith(
        "已新建 unit.yaml。填写后用 reportgen check unit.yaml 检查"
    )
    checked = reportgen("check", "unit.yaml")
    assert checked.code == 3
    findings = [line for line in checked.out.split("\n")[1:] if line]
    assert findings
    for line in findings:
        told = r"  错误 DAT010 unit.yaml 第\d+行 (\S+)：必填项「\1」是空的；请填写(.*)"
        said = re.fullmatch(told, line)
        assert said
        is_of_project = said[1].startswith("项目[")
        assert said[2] == (
            "，不需要这一项的请整项删去" if is_of_project else ""
        )
    assert any("「单位.名称」" in line for line in findings)
    assert any("「年度」" in line for line in findings)


@pytest.mark.parametrize("pack", FORMS)
def test_the_form_filled_in_is_built(pack: str, reportgen: Run) -> None:
    reportgen("new", "--pack", pack)
    Path("unit.yaml").write_text(filled_in(Path("unit.yaml")), encoding="utf-8")

    told = reportgen("build", "unit.yaml", "--format", "json")

    said = json.loads(told.out)
    assert told.code in {0, 1}, said["findings"]
    assert [
        one
        for one in said["findings"]
        if one["code"].startswith(("DAT", "TPL", "PCK", "OUT"))
    ] == []
    assert said["documents"]
    assert all(Path(path).is_file() for path in said["documents"])


def test_the_form_with_only_what_is_required_is_built_and_says_what_lacks(
    reportgen: Run,
) -> None:
    text = (
        FORM.read_text(encoding="utf-8")
        .replace("年度:  ", "年度: 2024 ", 1)
        .replace("  名称:  ", "  名称: 某局 ", 1)
    )
    number = count(1)
    text = re.sub(
        r"^  - 名称:$",
        lambda _: f"  - 名称: 某项目{next(number)}",
        text,
        flags=re.MULTILINE,
    )
    Path("unit.yaml").write_text(text, encoding="utf-8")

    told = reportgen("build", "unit.yaml", "--format", "json")

    said = json.loads(told.out)
    assert told.code == 0
    assert {(one["code"], one["severity"]) for one in said["findings"]} == {
        ("REQ001", "error")
    }
    paths = {one["path"] for one in said["findings"]}
    assert {"资金", "年度目标", "指标", "项目[1].资金"} <= paths


@pytest.mark.parametrize("pack", FORMS)
def test_the_form_can_be_read_in_any_editor(pack: str) -> None:
    text = (REPOSITORY / "templates" / pack / "unit.yaml").read_text(
        encoding="utf-8"
    )

    assert max(map(len, text.split("\n"))) <= 120
    assert "\t" not in text
    assert f"模板: {pack}\n" in text


def test_the_standard_form_has_two_projects_and_every_chapter() -> None:
    data = build_tree(read_text(FORM)).data

    assert FORM.read_text(encoding="utf-8").count("\n") <= 150
    assert list(data) == [
        "模板",
        "年度",
        "填报日期",
        "单位",
        "填报",
        "资金",
        "年度目标",
        "一级分值",
        "指标",
        "自评结果",
        "项目",
        "叙述",
    ]
    assert len(data["项目"]) == 2
    assert list(data["叙述"])[-2:] == ["存在问题", "改进措施"]


def test_an_existing_file_is_not_touched(reportgen: Run) -> None:
    Path("unit.yaml").write_text("我填的", encoding="utf-8")

    told = reportgen("new")

    assert told.code == 3
    assert "unit.yaml：文件已经存在，没有改动；请换一个文件名" in told.err
    assert Path("unit.yaml").read_text(encoding="utf-8") == "我填的"


def test_new_in_a_folder(reportgen: Run) -> None:
    Path("某局").mkdir()

    assert reportgen("new", "某局").code == 0
    assert tree(Path()) == ["某局/unit.yaml"]


@pytest.mark.parametrize(
    ("path", "says"),
    [("没有/unit.yaml", "文件夹不存在"), ("长" * 100 + ".yaml", "路径太长")],
)
def test_new_where_no_file_can_be(path: str, says: str, reportgen: Run) -> None:
    told = reportgen("new", path)

    assert told.code == 3
    assert says in told.err
    assert "请换一个文件名或文件夹" in told.err


def test_a_pack_without_a_form(
    reportgen: Run, pack_copy: Callable[[str], Path]
) -> None:
    (pack_copy("某某县") / "unit.yaml").unlink()

    told = reportgen("new", "--pack", "某某县")

    assert told.code == 3
    assert (
        "模板包「某某县」没有空白的 unit.yaml；请用 --pack standard" in told.err
    )


def test_the_schema_knows_every_key_of_the_published_unit(
    reportgen: Run,
) -> None:
    told = reportgen("schema")

    schema = json.loads(told.out)
    assert (told.code, told.err) == (0, "")
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert sorted(schema["required"]) == ["单位", "年度"]
    _check(build_tree(read_text(LUKOU)).data, schema, schema)


def _check(value: Any, shape: dict[str, Any], schema: dict[str, Any]) -> None:
    """As far as editors go by it: known keys, lists and mappings where they belong."""
    if "$ref" in shape:
        shape = schema["$defs"][shape["$ref"].rpartition("/")[2]]
    if "anyOf" in shape:
        kind = {dict: "object", list: "array", str: "string"}[type(value)]
        shape = next(
            one for one in shape["anyOf"] if kind in str(one) or "$ref" in one
        )
        return _check(value, shape, schema)
    if isinstance(value, dict):
        for key, one in value.items():
            known = shape.get("properties", {})
            assert key in known or shape.get("additionalProperties"), key
            _check(one, known.get(key) or shape["additionalProperties"], schema)
    elif isinstance(value, list):
        for one in value:
            _check(one, shape["items"], schema)
    return None


def test_the_packs_are_listed_with_their_documents(reportgen: Run) -> None:
    told = reportgen("pack", "list")

    assert (told.code, told.err) == (0, "")
    assert re.findall(r"^(\S+?)（", told.out, re.MULTILINE) == PACKS
    assert "  自评报告（每个单位一份，模板 自评报告.docx）\n" in told.out
    assert (
        "  项目支出绩效自评表（每个项目一份，模板 项目支出绩效自评表.docx）\n"
        in told.out
    )


def test_a_broken_pack_does_not_hide_the_others(
    reportgen: Run, pack_copy: Callable[[str], Path]
) -> None:
    (pack_copy("某某县") / "pack.yaml").write_text(
        "名称: [\n", encoding="utf-8"
    )

    told = reportgen("pack", "list")

    assert told.code == 3
    assert "某某县（templates/某某县）：无法使用" in told.err
    assert "DAT002" in told.err
    assert re.findall(r"^(\S+?)（", told.out, re.MULTILINE) == PACKS


def test_a_pack_of_the_working_folder_hides_the_one_that_came_along(
    reportgen: Run, pack_copy: Callable[[str], Path]
) -> None:
    pack_copy("standard")

    assert "standard（templates/standard）：" in reportgen("pack", "list").out


def test_the_form_of_a_pack_without_one_says_what_the_pack_says(
    reportgen: Run, tmp_path: Path
) -> None:
    pack = tmp_path / "templates" / "青禾县"
    pack.mkdir(parents=True)
    (pack / "pack.yaml").write_text(
        "名称: 青禾县\n版本: 1\n继承: standard\n", "utf-8"
    )
    (pack / "scoring.yaml").write_text(
        "执行率: {分值: 20, 方法: 线性}\n", "utf-8"
    )

    told = reportgen("new", "u.yaml", "--pack", "青禾县")

    assert told.code == 0
    data = build_tree(read_text(tmp_path / "u.yaml")).data
    assert data["模板"] == "青禾县"
    assert data["资金"]["分值"] == "20"
    own = FORM.read_text("utf-8").count("#")
    assert (tmp_path / "u.yaml").read_text("utf-8").count(
        "#"
    ) == own  # the comments stay
