"""The lists that wording.yaml may have: those that are declared, those that standard writes, those that
rules ask for."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportgen.application.pack_audit import audit_pack
from reportgen.checks.facts.claims import FIGURES
from reportgen.core.findings import Finding, Rejected
from reportgen.packs.pack import load_pack
from reportgen.packs.vocabulary import STATED, WordLists
from reportgen.pipeline import PackCache

REPOSITORY = Path(__file__).parents[2]
TEMPLATES = REPOSITORY / "templates"
DECLARED = WordLists.model_fields
OF_SCORES = "得分"  # what a score is of has a rule of its own
OF_RULES = frozenset(
    field
    for field, one in DECLARED.items()
    if not str(one.alias).startswith(STATED)
)


def sources_of_rules() -> Iterator[str]:
    """The checks, and the view, which tells apart what a report says of two kinds of words."""
    for room in ("checks", "view"):
        for path in sorted((REPOSITORY / "reportgen" / room).rglob("*.py")):
            yield path.read_text(encoding="utf-8")


def test_standard_writes_every_declared_list() -> None:
    assert load_pack(
        TEMPLATES / "standard"
    ).vocabulary.lists.model_fields_set == set(DECLARED)


def test_rules_ask_for_every_list_and_for_no_other() -> None:
    text = "\n".join(sources_of_rules())

    assert OF_RULES - set(re.findall(r"\bwords\.(\w+)", text)) == set()
    assert set(re.findall(r"facts\.words\.(\w+)", text)) - OF_RULES == set()


def test_rules_know_every_figure_that_words_stand_for() -> None:
    declared = {figure for figure, _ in WordLists().of_figures()}

    assert declared == {*filter(None, FIGURES), OF_SCORES}


def test_every_list_says_what_it_is_for() -> None:
    assert [name for name, one in DECLARED.items() if not one.description] == []


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    shutil.copytree(TEMPLATES / "standard", tmp_path / "standard")
    own = tmp_path / "示范"
    own.mkdir()
    (own / "pack.yaml").write_text(
        "名称: 示范\n版本: 1\n继承: standard\n", encoding="utf-8"
    )
    return own


def rejected(pack: Path, wording: str) -> list[Finding]:
    (pack / "wording.yaml").write_text(wording, encoding="utf-8")
    with pytest.raises(Rejected) as stopped:
        load_pack(pack, (pack.parent,))
    return list(stopped.value.findings)


def test_a_misspelt_list_is_told_with_its_line_and_the_name_that_was_meant(
    pack: Path,
) -> None:
    (found,) = rejected(pack, "# 本地的词表\n词表:\n  通用经废: [物业费]\n")

    assert found.code == "DAT004"
    assert (Path(found.place.file).name, found.place.line) == (
        "wording.yaml",
        3,
    )
    assert "词表.通用经废" in found.message
    assert "是否应为「通用经费」" in found.message


def test_a_misspelt_list_of_a_pack_is_told_by_pack_check(pack: Path) -> None:
    (pack / "wording.yaml").write_text(
        "词表:\n  文中得份: [成绩]\n", encoding="utf-8"
    )

    with pytest.raises(Rejected, match="是否应为「文中得分」"):
        list(audit_pack("示范", PackCache((pack.parent,))))


def test_a_list_of_a_pack_replaces_that_of_the_pack_it_extends(
    pack: Path,
) -> None:
    (pack / "wording.yaml").write_text(
        "词表:\n  含糊词: [适当]\n  动词: []\n错别字: {布暑: 部署}\n",
        encoding="utf-8",
    )

    own, above = (
        load_pack(folder, (pack.parent,)).vocabulary
        for folder in (pack, pack.parent / "standard")
    )

    assert own.lists.vague_terms == ("适当",)
    assert own.lists.verbs_before_projects == ()
    assert own.lists.common_expenses == above.lists.common_expenses
    assert own.slips == {**above.slips, "布暑": "部署"}
