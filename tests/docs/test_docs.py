"""The papers against the program: commands, links, keys, samples, worked examples, rules."""

from __future__ import annotations

import re
import shlex
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest
from printed_pages import (
    CLUSTER,
    MANUAL,
    PACKS,
    PAGES,
    ROOT,
    RULES_PAGE,
    SENTENCES_PAGE,
    WEB,
    blocks,
    commands,
    first_codes,
    headings,
    links,
    marks,
    table,
    text,
)
from pydantic import BaseModel

from reportgen.checks.rule_docs import rules_markdown
from reportgen.checks.rules import EVERY_RULE, RULES
from reportgen.cli.app import COMMANDS, main
from reportgen.core.numerals import percent, plain
from reportgen.figures.formulas import FORMULAS
from reportgen.figures.funds import compute_funds
from reportgen.figures.indicators import compute_indicator
from reportgen.model.target import read_target
from reportgen.model.unit import Funds, Indicator, Unit
from reportgen.packs.manifest import Manifest, Snippets
from reportgen.packs.pack import load_pack
from reportgen.packs.scoring import ExecutionRule, Scoring
from reportgen.packs.sentence_list import sentences_markdown
from reportgen.pipeline import Draft, PackCache, prepare, print_set
from reportgen.sources.text import SourceText
from reportgen.sources.yaml_tree import build_tree
from reportgen.view.names import project_view

DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
COMMAND_NAMES = [
    f"{group} {name}".strip()
    for group, names in COMMANDS.items()
    for name in names
]
STANDARD = load_pack(ROOT / "templates" / "standard")
MINIMAL = {"年度": "2024", "单位": {"名称": "青禾县图书馆"}}


def slug(heading: str) -> str:
    """The anchor that a heading gets."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_that_is_shown_exists(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in set(commands(page)):
        words = [word.strip("[]…") for word in shlex.split(command)[1:]]
        with pytest.raises(SystemExit) as stopped:
            main([*filter(None, words), "--help"])
        assert stopped.value.code == 0, (
            f"{page.name}: {command}\n{capsys.readouterr().err}"
        )


@pytest.mark.parametrize("command", COMMAND_NAMES)
def test_every_option_is_in_the_papers_for_users(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main([*command.split(), "--help"])
    options = set(
        re.findall(r"(?<![\w-])--[a-z][a-z-]+", capsys.readouterr().out)
    ) - {"--help"}
    said = "".join(
        text(page)
        for page in (ROOT / "README.zh-CN.md", MANUAL, PACKS, CLUSTER, WEB)
    )
    assert [
        option
        for option in sorted(options)
        if not re.search(rf"{option}\b(?!-)", said)
    ] == []


@pytest.mark.parametrize(
    "page", [*PAGES, *DECISIONS], ids=lambda page: page.name
)
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in links(page):
        if re.match(r"https?://", link):
            continue
        file, _, anchor = link.partition("#")
        target = (page.parent / file).resolve() if file else page
        assert target.exists(), f"{page.name}: {link}"
        assert not anchor or anchor in map(slug, headings(target)), (
            f"{page.name}: {link}"
        )


def test_the_map_shows_every_room_and_none_besides() -> None:
    said = text(ROOT / "README.md")
    rooms = re.findall(
        r"`((?:reportgen|templates|inputs|benchmarks)/[\w/.]*)`", said
    )
    assert [room for room in rooms if not (ROOT / room).exists()] == []
    there = [
        path
        for path in (ROOT / "reportgen").iterdir()
        if not path.name.startswith("_")
    ]
    names = [
        path.name if path.suffix == ".py" else f"reportgen/{path.name}/"
        for path in there
    ]
    assert [
        name
        for name in names
        if f"`{name}`" not in said and f"`reportgen/{name}`" not in said
    ] == []


def test_the_list_of_sentences_is_that_of_the_pack() -> None:
    assert text(SENTENCES_PAGE) == sentences_markdown(STANDARD)


def test_the_index_leads_to_every_paper() -> None:
    index = ROOT / "docs" / "README.md"
    papers = [path for path in (ROOT / "docs").rglob("*.md") if path != index]
    assert [
        path.name
        for path in papers
        if path
        not in {(index.parent / link).resolve() for link in links(index)}
    ] == []


def models(
    model: type[BaseModel], seen: dict[str, type[BaseModel]]
) -> dict[str, type[BaseModel]]:
    """`model` and every model that is reached from its fields, by name."""
    seen[model.__name__] = model
    for field in model.model_fields.values():
        for one in parts(field.annotation):
            if one.__name__ not in seen:
                models(one, seen)
    return seen


def parts(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [one for argument in get_args(annotation) for one in parts(argument)]


UNIT_MODELS = models(Unit, {})


def test_every_part_of_the_model_has_a_table() -> None:
    assert sorted(marks(MANUAL, "键")) == sorted(UNIT_MODELS)


@pytest.mark.parametrize("name", UNIT_MODELS)
def test_every_key_is_in_the_manual_and_none_besides(name: str) -> None:
    keys = [
        field.alias or key
        for key, field in UNIT_MODELS[name].model_fields.items()
    ]
    assert sorted(first_codes(MANUAL, f"键：{name}")) == sorted(keys)


def merged(below: Any, above: Any) -> Any:
    if not (isinstance(below, dict) and isinstance(above, dict)):
        return above
    return {
        **below,
        **{key: merged(below.get(key), value) for key, value in above.items()},
    }


def samples(page: Path, kind: str) -> list[str]:
    return [
        block
        for block in blocks(page, "yaml")
        if block.startswith(f"# {kind}\n")
    ]


def test_every_yaml_sample_says_what_it_is() -> None:
    kinds = {
        MANUAL: ("unit.yaml", "片段"),
        PACKS: ("pack.yaml", "scoring.yaml", "snippets.yaml", "wording.yaml"),
    }
    for page, known in kinds.items():
        found = blocks(page, "yaml")
        assert found
        assert [
            block
            for block in found
            if not block.startswith(tuple(f"# {kind}\n" for kind in known))
        ] == []


def test_every_fragment_loads() -> None:
    fragments = samples(MANUAL, "片段")
    assert fragments
    for fragment in fragments:
        data = build_tree(SourceText(MANUAL.name, fragment, "")).data
        Unit.model_validate(merged(MINIMAL, data))


@pytest.fixture
def sample(tmp_path: Path) -> tuple[Path, Draft]:
    """The whole unit of the manual, prepared."""
    (whole,) = samples(MANUAL, "unit.yaml")
    file = tmp_path / "临江就业中心2024.yaml"
    file.write_text(whole, encoding="utf-8")
    return file, prepare(file, PackCache((ROOT / "templates",)))


def test_the_whole_unit_has_no_findings_and_builds(
    sample: tuple[Path, Draft],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file, draft = sample
    assert draft.findings == ()
    with pytest.raises(SystemExit) as stopped:
        main(["build", str(file), "-o", str(tmp_path / "outputs")])
    assert stopped.value.code == 0
    assert (
        "3-1 项目支出绩效自评表（职业技能培训）.docx" in capsys.readouterr().out
    )


def test_what_the_manual_says_of_the_whole_unit(
    sample: tuple[Path, Draft],
) -> None:
    _, draft = sample
    view, said = draft.view, re.search(r"都由程序计算：(.*?)。\n", text(MANUAL))
    assert said is not None
    printed = (
        view["资金"]["执行率"],
        view["资金"]["得分"],
        view["合计"]["得分"],
        view["等级"],
    )
    assert said[
        1
    ] == "部门整体执行率 {}，得 {} 分，总分 {} 分，等级“{}”".format(*printed)
    _, _, after = text(MANUAL).partition("<!-- 成文：存在问题 -->\n")
    quoted = re.match(r"(?:>.*\n)+", after)
    assert quoted is not None
    lines = [line[2:] for line in quoted[0].splitlines() if line.strip("> ")]
    assert lines == view["叙述"]["存在问题"]


def test_what_explain_shows_in_the_manual(
    sample: tuple[Path, Draft], capsys: pytest.CaptureFixture[str]
) -> None:
    file, _ = sample
    with pytest.raises(SystemExit):
        main(["explain", str(file), "指标[2]"])
    shown = capsys.readouterr().out.replace(f"{file.parent}/", "")
    _, _, quoted = text(MANUAL).partition("其中一段是：\n\n")
    lines = [line[4:] for line in quoted.splitlines()[:5]]
    assert lines[0].startswith("指标[2].得分")
    assert "\n".join(lines) in shown


def test_how_targets_are_read() -> None:
    rows = table(MANUAL, "读法")
    assert len(rows) > 15
    for written, relation, value, measure, _ in rows:
        target = read_target(written.strip("`"))
        number = "" if target.value is None else plain(target.value)
        number += f"—{plain(target.upper)}" if target.upper is not None else ""
        assert (target.relation, number, target.measure) == (
            relation,
            value,
            measure,
        ), written


def test_the_worked_examples_of_indicators() -> None:
    rows = table(MANUAL, "指标算例")
    assert len(rows) > 8
    for target, actual, weight, reached, completion, score in rows:
        given = {
            "三级": "甲",
            "指标值": target.strip("`"),
            "实际值": actual.strip("`"),
            "分值": weight,
        }
        found = compute_indicator(
            Indicator.model_validate(given), ("指标", 0), STANDARD.scoring
        )
        assert found.completion.value is not None, target
        assert found.score.value is not None, target
        assert {True: "是", False: "否", None: ""}[found.reached] == reached, (
            target
        )
        assert (
            percent(found.completion.value),
            plain(found.score.value, 2),
        ) == (
            completion,
            score,
        ), target


EXECUTION = {
    "分值 × 执行率": {"方法": "线性"},
    "100% 得 10 分，80% 得 7 分，60% 得 5 分": {
        "方法": "分档",
        "分档": [
            {"不低于": floor, "得分": points}
            for floor, points in (("100%", 10), ("80%", 7), ("60%", 5))
        ],
    },
    "每低 5% 扣 1 分": {"方法": "扣分", "扣分": {"每": "5%", "扣": "1"}},
    "每低 5% 扣 1 分，按比例": {
        "方法": "扣分",
        "扣分": {"每": "5%", "扣": "1", "按比例": "是"},
    },
}


def test_the_worked_examples_of_execution() -> None:
    rows = table(MANUAL, "执行率算例")
    assert {row[0] for row in rows} == {"线性", "分档", "扣分"}
    for _, rule, rate, score, _ in rows:
        executed = str(Decimal(220) * Decimal(rate.rstrip("%")) / 100)
        funds = Funds.model_validate(
            {"全年预算数": "220", "全年执行数": executed, "分值": "10"}
        )
        figures = compute_funds(
            funds, ("资金",), ExecutionRule.model_validate(EXECUTION[rule])
        )
        assert figures.score.value is not None
        assert plain(figures.score.value, 2) == score, (rule, rate)


def test_every_formula_is_in_the_manual() -> None:
    rows = {row[0].strip("`"): row[1] for row in table(MANUAL, "公式")}
    assert sorted(rows) == sorted(FORMULAS)
    for name, formula in FORMULAS.items():
        wanted = formula.text.removesuffix(" × 100%").replace(" ", "")
        assert rows[name].replace(" ", "") == wanted, name


@pytest.mark.parametrize("kind", ["单位", "项目"])
def test_every_section_of_the_report_is_in_the_manual(kind: str) -> None:
    sections = (
        STANDARD.snippets.unit if kind == "单位" else STANDARD.snippets.project
    )
    rows = table(MANUAL, f"节：standard {kind}")
    assert {row[0].strip("`"): row[3] for row in rows} == {
        name: one.own for name, one in sections.items()
    }


def test_every_rule_is_explained_as_the_program_says_it() -> None:
    said = text(MANUAL) + (text(RULES_PAGE) if RULES_PAGE.exists() else "")
    assert {rule.code for rule in RULES} - set(
        re.findall(r"\b[A-Z]{3}\d{3}\b", said)
    ) == set()
    heads = {
        (rule.code, rule.doc.strip().splitlines()[0].rstrip("."))
        for rule in RULES
    }
    told = {
        tuple(head.split(" ", 1))
        for head in headings(MANUAL)
        if re.match(r"[A-Z]{3}\d{3} ", head)
    }
    assert told - heads == set()


def test_the_page_of_rules_is_what_the_program_prints() -> None:
    assert text(RULES_PAGE) == rules_markdown(EVERY_RULE) + "\n", "make docs"


def test_every_code_of_a_failure_is_in_the_papers() -> None:
    source = "".join(
        file.read_text(encoding="utf-8")
        for file in (ROOT / "reportgen").rglob("*.py")
    )
    given = set(
        re.findall(r'"((?:DAT|OUT|PCK|TPL|ERR|WVR|PRN|BUG)\d{3})"', source)
    )
    assert (
        given
        - set(re.findall(r"\b[A-Z]{3}\d{3}\b", text(MANUAL) + text(PACKS)))
        == set()
    )


PACK_MODELS = {
    **models(Manifest, {}),
    **models(Scoring, {}),
    **models(Snippets, {}),
}


def test_every_part_of_a_pack_has_a_table() -> None:
    assert sorted(marks(PACKS, "包键")) == sorted(PACK_MODELS)


@pytest.mark.parametrize("name", PACK_MODELS)
def test_every_key_of_a_pack_is_in_its_manual_and_none_besides(
    name: str,
) -> None:
    keys = [
        field.alias or key
        for key, field in PACK_MODELS[name].model_fields.items()
    ]
    assert sorted(first_codes(PACKS, f"包键：{name}")) == sorted(keys)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Draft:
    """The whole unit of the manual under the pack that the pack manual shows, as three files."""
    folder = tmp_path_factory.mktemp("templates") / "linjiang"
    folder.mkdir()
    for name in ("pack.yaml", "scoring.yaml", "snippets.yaml", "wording.yaml"):
        (content,) = samples(PACKS, name)
        (folder / name).write_text(content, encoding="utf-8")
    (whole,) = samples(MANUAL, "unit.yaml")
    (folder / "unit.yaml").write_text(whole, encoding="utf-8")
    return prepare(
        folder / "unit.yaml",
        PackCache((folder.parent, ROOT / "templates")),
        "linjiang",
    )


def test_the_pack_of_the_manual_builds(told: Draft) -> None:
    assert [one.name for one in print_set(told)] == [
        "附件1 县就业中心2024年度自评报告.docx",
        "附件2-1 自评表（职业技能培训）.docx",
    ]
    assert told.view["资金"]["得分"] == "7"
    assert told.view["叙述"]["指标完成情况"][0].startswith(
        "职业技能培训人次目标值为≥1000人次，实际为950人次"
    )
    assert told.view["叙述"]["存在问题"][0].startswith("1.")


def reached(view: Any, path: str) -> Any:
    for name, position in re.findall(r"([^.\[\]]+)(?:\[(\d)\])?", path):
        view = view[name]
        if position:
            view = view[int(position)]
    return view


@pytest.mark.parametrize("path", marks(PACKS, "名称"))
def test_the_names_of_the_manual_are_those_of_the_view(
    path: str, told: Draft
) -> None:
    view = {
        **project_view(told.view, told.view["项目列表"][0]),
        "附件": "",
        "用语": {},
    }
    assert sorted(first_codes(PACKS, f"名称：{path}")) == sorted(
        reached(view, path)
    )


ARGUMENTS = {
    "短语": "('指标一句')",
    "逐句": "('指标一句')",
    "join": "('、')",
    "map": "(attribute='三级')|列举",
    "有内容": "|并列",
    "本单位写的": "|length",
    "default": "('无')",
}
SOURCES = {"短语": "指标[0]", "map": "指标", "逐句": "指标"} | dict.fromkeys(
    ("去句号", "缘由", "成句", "两位", "default"), "等级"
)


def test_every_filter_of_the_manual_exists(tmp_path: Path) -> None:
    rows = [
        row
        for row in text(PACKS).splitlines()
        if re.match(r"\| `[^`]*\\\|", row)
    ]
    names = {
        name
        for row in rows
        for name in re.findall(r"\\\|([^\W\d]\w*)", row.partition(" | ")[0])
    }
    assert len(names) > 10
    texts = [
        f'"{{{{ {SOURCES.get(name, "单位.职责")}|{name}{ARGUMENTS.get(name, "")} }}}}。"'
        for name in names
    ]
    section = "".join(
        f"\n      - {{编号: 甲{number}, 文: {told}}}"
        for number, told in enumerate(texts)
    )
    phrase = '短语: {指标一句: "{{ 行.三级 }}"}'
    (tmp_path / "甲").mkdir()
    (tmp_path / "甲" / "pack.yaml").write_text(
        "名称: 甲\n版本: 1\n继承: standard\n", encoding="utf-8"
    )
    (tmp_path / "甲" / "snippets.yaml").write_text(
        f"{phrase}\n单位:\n  甲:\n    段落:{section}\n", encoding="utf-8"
    )
    (whole,) = samples(MANUAL, "unit.yaml")
    file = tmp_path / "unit.yaml"
    file.write_text(whole, encoding="utf-8")
    draft = prepare(file, PackCache((tmp_path, ROOT / "templates")), "甲")
    assert len(draft.view["叙述"]["甲"]) == len(names)
