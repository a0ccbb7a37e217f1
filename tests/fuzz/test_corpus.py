"""The corpus of hostile files whole, the way that users go: build, check, status, pull and pack check.

It lies in ../shared/corpus beside the checkout, or where CORPUS says; what each file must come to is in its manifest.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from command_line import REPOSITORY, Told, completed
from word_hand import all_text

from reportgen.pipeline import PackCache
from reportgen.sources.text import read_text
from reportgen.sources.yaml_tree import build_tree

CORPUS = Path(os.environ.get("CORPUS", REPOSITORY.parent / "shared" / "corpus"))
pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the corpus is not beside the checkout"
)
Run = Callable[..., Told]
SECONDS = 10
MOST_OF_PROSE = 100_000  # a sentence longer than that is refused
BREAKS = re.compile(
    r"\r\n|[\r\n\t\x85\u2028\u2029]"
)  # which Word has other signs for
GOOD = "年度: 2024\n单位:\n  名称: 示范单位\n"


def _listed(path: str) -> list[dict[str, str]]:
    file = CORPUS / path
    return json.loads(file.read_text("utf-8")) if file.is_file() else []


def _of(kind: str) -> list[str]:
    return [
        one["file"] for one in _listed("manifest.json") if one["kind"] == kind
    ]


MUST = {one["file"]: one["must"] for one in _listed("manifest.json")}
STRINGS = _listed("data/strings.json")
NAMES = _listed("names/unit_names.json")


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    """What is read once, and compiled, is not the time of the first file."""
    PackCache((REPOSITORY / "templates",)).tools("standard")


@pytest.fixture
def timely() -> Iterator[None]:
    begin = time.process_time()
    yield
    assert time.process_time() - begin < SECONDS


@pytest.fixture
def good() -> Path:
    path = Path("good.yaml")
    path.write_text(completed(GOOD), encoding="utf-8")
    return path


def quoted(text: str) -> str:
    """As a unit.yaml holds it: a sign beyond 16 bits is no pair of escapes there."""
    plain = json.dumps(text, ensure_ascii=False)
    return "".join(
        one if one.isprintable() else f"\\u{ord(one):04x}" for one in plain
    )


def everything() -> set[str]:
    return {str(one) for one in Path().rglob("*")}


def documents() -> list[Path]:
    found = Path("outputs").rglob("*.docx")
    return [one for one in found if ".reportgen" not in one.parts]


@pytest.mark.usefixtures("timely")
@pytest.mark.parametrize("file", _of("yaml"))
def test_a_yaml_is_refused_by_name_and_the_others_are_built(
    file: str, reportgen: Run, tmp_path: Path
) -> None:
    """As a unit every one of them is refused, for nothing in them is a unit's."""
    unit = Path("case.yaml")
    shutil.copy(CORPUS / file, unit)
    Path("good.yaml").write_text(completed(GOOD), encoding="utf-8")

    built = reportgen("build", unit, "good.yaml", "--no-summary")
    checked = reportgen("check", unit)
    stood = reportgen("status", unit)

    assert {one.parent.name for one in documents()} == {"示范单位"}
    for one in (built, checked):
        assert 1 <= one.code <= 125
        assert "case.yaml" in one.text
        assert "；" in one.text or "请" in one.text  # what to do
    assert stood.code <= 125


@pytest.mark.parametrize(
    "file", [one for one in _of("yaml") if MUST[one] == "accept"]
)
def test_what_is_accepted_is_printed_as_typed(
    file: str, reportgen: Run
) -> None:
    tree = build_tree(read_text(CORPUS / file))
    texts = [
        one
        for one in _texts(tree.data)
        if 0 < len(one) < 2_000 and "\n" not in one
    ][:60]
    projects = "".join(
        f"  - 名称: 设备购置{number}\n    实施单位: {quoted(one)}\n"
        "    资金: {年初预算数: 8, 全年预算数: 8, 全年执行数: 8}\n"
        for number, one in enumerate(texts)
    )
    text = completed(GOOD) + f"项目:\n{projects}"
    Path("unit.yaml").write_text(text, encoding="utf-8")

    told = reportgen("build", "unit.yaml", "--no-summary")

    assert told.code == 0
    printed = "".join(all_text(one.read_bytes()) for one in documents())
    lost = [one for one in texts if one.strip() not in printed]
    assert lost == []


def _texts(data: object) -> Iterator[str]:
    if isinstance(data, dict):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, (list, tuple)):
        for value in data:
            yield from _texts(value)
    elif isinstance(data, str):
        yield data


@pytest.mark.usefixtures("timely")
@pytest.mark.parametrize("file", _of("template"))
def test_a_template_is_told_by_pack_check(file: str, reportgen: Run) -> None:
    pack = Path("templates") / "case"
    shutil.copytree(REPOSITORY / "templates" / "standard", pack)
    manifest = pack / "pack.yaml"
    text = manifest.read_text("utf-8").replace(
        "名称: standard", "名称: case", 1
    )
    manifest.write_text(text, encoding="utf-8")
    name = "部门整体支出绩效自评表.docx"
    shutil.copy(CORPUS / file, pack / name)
    before = everything()

    told = reportgen("pack", "check", "case")

    assert everything() == before
    if MUST[file] == "refuse":
        assert 1 <= told.code <= 125
        assert name in told.text
        assert "；" in told.text  # behind it stands what to do


@pytest.mark.usefixtures("timely")
@pytest.mark.parametrize("file", _of("template"))
def test_in_the_place_of_a_document_it_is_kept(
    file: str, reportgen: Run, good: Path
) -> None:
    reportgen("build", good)
    report = next(one for one in documents() if one.name.startswith("1 "))
    shutil.copy(CORPUS / file, report)
    held = report.read_bytes()
    text = good.read_text("utf-8").replace("全年执行数: 8", "全年执行数: 7")
    good.write_text(text, encoding="utf-8")
    typed = good.read_bytes()

    told = [
        reportgen("status", good),
        reportgen("pull", report, "--apply"),
        reportgen("build", good),
        reportgen("check", good),
    ]

    assert all(one.code <= 125 for one in told)
    assert good.read_bytes() == typed
    history = Path("outputs").rglob(".reportgen/history/*.docx")
    kept = (one.read_bytes() for one in [report, *history])
    assert held in kept


def test_names_stay_within_the_outputs(reportgen: Run) -> None:
    folder = Path("单位")
    folder.mkdir()
    for number, case in enumerate(NAMES):
        name = quoted(case["name"])
        text = completed(f"年度: 2024\n单位:\n  名称: {name}\n")
        (folder / f"{number}.yaml").write_text(text, encoding="utf-8")

    told = reportgen("build", folder, "--no-summary")

    assert told.code <= 125
    assert {one.name for one in Path().iterdir()} == {"outputs", "单位"}
    assert [one.name for one in Path("outputs").iterdir()] == ["2024"]
    failed = told.out.count("没有生成")
    made = {one.parent for one in documents()}
    assert len(made) + failed >= len(NAMES)
    again = reportgen("build", folder, "--no-summary")
    assert {one.parent for one in documents()} == made
    assert again.code == told.code


@pytest.mark.parametrize("number", range(len(STRINGS)))
def test_a_string_stands_as_typed_or_is_refused(
    number: int, reportgen: Run
) -> None:
    value, verdict = STRINGS[number]["value"], STRINGS[number]["class"]
    duty = value if len(value) < MOST_OF_PROSE else "按规定办理"
    text = (
        "年度: 2024\n单位:\n  名称: 示范单位\n  职责:\n    - "
        f"{quoted(duty)}\n项目:\n  - 名称: 设备购置\n"
        f"    实施单位: {quoted(value)}\n"
        "    资金: {年初预算数: 8, 全年预算数: 8, 全年执行数: 8}\n"
    )
    Path("unit.yaml").write_text(completed(text), encoding="utf-8")
    Path("good.yaml").write_text(
        completed(GOOD.replace("示范单位", "其他单位")), encoding="utf-8"
    )

    told = reportgen("build", "unit.yaml", "good.yaml", "--no-summary")

    made = {one.parent.name for one in documents()}
    assert "其他单位" in made
    if verdict == "refuse":
        assert "示范单位" not in made
        assert "unit.yaml" in told.out
        assert "U+" in told.out
        return
    assert "示范单位" in made
    printed = "".join(all_text(one.read_bytes()) for one in documents())
    lines = [one.strip() for one in BREAKS.split(value.strip())]
    assert [one for one in lines if one not in printed] == []


def test_the_manifest_names_files_of_the_corpus() -> None:
    assert [one for one in MUST if not (CORPUS / one).is_file()] == []
