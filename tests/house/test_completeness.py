"""A field that is added to the model is seen by everything that looks at all of a unit, or is a named exception."""

from __future__ import annotations

from pathlib import Path

import pytest
from sentinels import Sentinel, SentinelUnit, matching, sentinel_unit, texts_in

from reportgen.checks.facts.facts import Facts
from reportgen.checks.writing.personal_data import personal_data
from reportgen.core.value import Value
from reportgen.figures.catalogue import compute_figures
from reportgen.model.walker import walk
from reportgen.packs.pack import Pack, load_pack
from reportgen.view.names import build_view

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"

# Texts that the text checks and TXT012 leave alone, and why.
NOT_READ = {
    "模板": "the name of a pack, never printed",
    "下属单位": "the names of files, never printed",
    "豁免.*": "told in the list of findings, in no document",
    "*不写": "编号 of sentences that are left out, never printed",
}
# Typed as what they are, so that no other text can stand there.
DATED = {"年度", "填报日期", "金额单位"}
# Leaves that no template can print by a name of its own, and why.
NOT_IN_VIEW = {
    "模板": NOT_READ["模板"],
    "下属单位": NOT_READ["下属单位"],
    "豁免.*": NOT_READ["豁免.*"],
    "*不写": NOT_READ["*不写"],
    "*改写": "filled by the narrative, which the view leaves to it",
    "叙述": "filled by the narrative, which the view leaves to it",
    "项目.叙述": "filled by the narrative, which the view leaves to it",
    "一级分值": "printed in the label of the group of that name, and not without one",
    "项目.一级分值": "printed in the label of the group of that name, and not without one",
    "项目.列入报告": "decides what is printed, and is not printed itself",
    "*.核心指标": "decides whether ★ is printed, and is not printed itself",
    "*.取自": "decides where the actual value comes from, and is not printed itself",
    "项目.选项": "printed as marks before the words that the pack offers",
    "本级.资金.*": "a department prints the amounts of its own part, not what they are made of",
    "本级.指标.*": "added to the indicators of the subordinate units, printed as one",
    "基础数据.重点支出": "what 共性 formulas are computed from; a form prints the result",
    "基础数据.到位资金": "what 共性 formulas are computed from; a form prints the result",
    "基础数据.结转结余.*": "what 共性 formulas are computed from; a form prints the result",
    "基础数据.固定资产.*": "what 共性 formulas are computed from; a form prints the result",
    "基础数据.工作任务.*": "what 共性 formulas are computed from; a form prints the result",
    "基础数据.项目产出.*": "what 共性 formulas are computed from; a form prints the result",
    "基础数据.支付进度.*": "what 共性 formulas are computed from; a form prints the result",
    "基础数据.成本.*": "what 共性 formulas are computed from; a form prints the result",
    "*共性指标.标明分值": "what the unit's form has printed already, to be checked",
    "*共性指标.指标.评分标准": "what the unit's form has printed already, to be checked",
    "*共性指标.自评结果.分值合计": "the total is that of the pack, this one is checked",
    "*二级分值": "printed in the label of the group of that name, and not without one",
    "*共性指标.自评结果.复核得分": "no form of a framework has one",
    "*共性指标.自评结果.等级": "no form of a framework has a grade",
}


@pytest.fixture(scope="module")
def pack() -> Pack:
    """The pack with 共性 frameworks, which also declares what the unit fills in under names of its own."""
    pack = load_pack(TEMPLATES / "hecheng", (TEMPLATES,))
    declared = {"supplement": ("子项", "丑项"), "choices": {}}
    return pack._replace(manifest=pack.manifest.model_copy(update=declared))


@pytest.fixture(scope="module")
def sentinels(pack: Pack) -> SentinelUnit:
    return sentinel_unit(pack)


def facts_of(made: SentinelUnit, pack: Pack) -> Facts:
    return Facts(made.unit, compute_figures(made.unit, pack.scoring), pack)


def check(missing: list[Sentinel], exceptions: dict[str, str]) -> None:
    """Nothing is missing but what is excepted, and every exception is needed."""
    fields = dict.fromkeys(one.field for one in missing)
    assert [one for one in fields if not matching(one, exceptions)] == []
    needed = {
        pattern for one in fields for pattern in matching(one, exceptions)
    }
    assert exceptions.keys() - needed == set()


def test_the_walker_sees_every_leaf(sentinels: SentinelUnit) -> None:
    walked = {leaf.path: leaf for leaf in walk(sentinels.unit)}

    assert walked.keys() == {one.path for one in sentinels.leaves}
    assert [
        one.field
        for one in sentinels.leaves
        if walked[one.path].text != one.text
        or walked[one.path].kind is not one.kind
    ] == []


def test_text_checks_see_every_text(
    sentinels: SentinelUnit, pack: Pack
) -> None:
    facts = facts_of(sentinels, pack)
    lines = {
        *facts.paragraph_text.text.split("\n"),
        *facts.cell_text.text.split("\n"),
    }

    unseen = [
        one
        for one in sentinels.leaves
        if not one.is_number
        and one.field not in DATED
        and one.text not in lines
    ]

    check(unseen, NOT_READ)


def test_a_telephone_number_is_found_in_every_text(pack: Pack) -> None:
    made = sentinel_unit(pack, suffix="138")
    found = {
        problem.path for problem in personal_data.find(facts_of(made, pack))
    }
    texts = [one for one in made.leaves if one.text.startswith("哨")]

    missed = [one for one in texts if one.path not in found]

    check(missed, NOT_READ)
    assert found <= {one.path for one in texts}


def test_a_template_can_print_every_leaf(
    sentinels: SentinelUnit, pack: Pack
) -> None:
    facts = facts_of(sentinels, pack)
    texts = list(texts_in(build_view(sentinels.unit, facts.figures, pack)))
    joined = "\n".join(texts)
    fields = {one.field for one in texts if isinstance(one, Value)}

    unseen = [
        one
        for one in sentinels.leaves
        if one.path not in fields and (one.is_number or one.text not in joined)
    ]

    check(unseen, NOT_IN_VIEW)
