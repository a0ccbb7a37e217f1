"""All rules over 250, 500 and 1,000 units with five projects each, against reading the same units; linear.

The units are made from the examples of the packs: five projects, 53 indicators, and for the sections of the report
paragraphs of their own. The published sets hold 526 to 4,681 characters of prose, 2,290 on average and 1,917 in the
middle; the units have the average, and a second run has as much as the longest. Every tenth unit has faults in it.
Counted is what the rules cost once a unit is read and its figures are computed: the rules over one unit, and those over
the whole run; beside it what `load_unit` costs for the same files in the same rounds, as absolute times differ
threefold between machines. Then 10,000 paragraphs are compared with each other (TXT007). Bar: at most 1.0 times
`load_unit`, linear, and under 10 s. The last lines are the time a unit and the ratio, of 1,000 with the average text.
"""

from __future__ import annotations

import gc
import random
import tempfile
import time
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from reportgen.checks.facts.alike import Alike, masked
from reportgen.checks.facts.facts import Facts
from reportgen.checks.rules import check
from reportgen.checks.units.extracts import Extract, extract
from reportgen.checks.units.run import check_run
from reportgen.core.findings import Finding
from reportgen.figures.catalogue import compute_figures
from reportgen.model.loading import LoadedUnit, load_unit
from reportgen.packs.pack import Pack, load_pack

ROOT = Path(__file__).resolve().parents[1]
SIZES = (250, 500, 1000)
ROUNDS = 3
AVERAGE, LONGEST = 1, 4  # paragraphs of a section
SECTIONS = ("单位概况", "预算安排与执行", "绩效目标")
SUBJECTS = (
    "场馆",
    "道路",
    "课程",
    "档案",
    "设备",
    "药剂",
    "样品",
    "线路",
    "网点",
    "渠道",
    "泵站",
    "车辆",
    "书架",
    "机房",
    "苗木",
    "井盖",
    "路灯",
    "厨房",
    "校舍",
    "病房",
)
VERBS = (
    "检修",
    "更新",
    "核对",
    "编目",
    "巡查",
    "采购",
    "登记",
    "调试",
    "维护",
    "清点",
    "改造",
    "抽检",
    "培训",
    "回访",
    "测量",
    "验收",
    "移交",
    "备份",
    "消毒",
    "除险",
)
MANNERS = (
    "按月",
    "逐项",
    "分批",
    "由专人",
    "按合同",
    "会同乡镇",
    "对照台账",
    "利用假期",
    "委托机构",
    "在汛期前",
    "连同附件",
    "按片区",
    "分组",
    "现场",
)
ENDS = (
    "并留存记录",
    "结果已公示",
    "费用据实结算",
    "问题当场整改",
    "资料归档备查",
    "群众反映良好",
    "没有发生事故",
    "较上年提前",
    "缩短了等待",
)
Record = dict[str, Any]


def example(pack: str) -> Record:
    text = (ROOT / "templates" / pack / "example.yaml").read_text(
        encoding="utf-8"
    )
    loaded: Record = yaml.load(text, yaml.BaseLoader)
    return loaded


def paragraph(dice: random.Random) -> str:
    clauses = (
        f"{dice.choice(MANNERS)}{dice.choice(VERBS)}{dice.choice(SUBJECTS)}和{dice.choice(SUBJECTS)}，{dice.choice(ENDS)}"
        for _ in range(dice.randint(5, 9))
    )
    return "；".join(clauses) + "。"


def renamed(given: Record, old: str, new: str) -> Record:
    copy: Record = yaml.load(
        yaml.dump(given, allow_unicode=True).replace(old, new), yaml.BaseLoader
    )
    return copy


def made(
    number: int, base: Record, more: list[Record], paragraphs: int
) -> Record:
    """A unit like the example of the national pack, with two more projects and words of its own."""
    dice = random.Random(number)
    name = (
        "".join(dice.sample("云清白东南西北长新金银松竹梅兰桂柳杨枫", 2))
        + f"{'甲乙丙丁戊己庚辛壬癸'[number % 10]}县"
    )
    unit: Record = renamed(base, "青禾县", name)
    unit["项目"] += [renamed(one, "云岭县", name) for one in more]
    unit["资金"].pop("按支出性质")
    told = unit["叙述"]
    told |= {
        section: [paragraph(dice) for _ in range(paragraphs)]
        for section in SECTIONS
    }
    for project in unit["项目"]:
        own = project.get("叙述", {})
        own.pop("资金管理情况", None)  # a section of the other pack
        project["叙述"] = {
            **own,
            "项目情况": [paragraph(dice) for _ in range(paragraphs)],
        }
    if number % 10 == 0:
        unit["自评结果"]["总分"] = "89"
        told["自评结论"] = [
            "“人大会议费”项目评价得分10分，我市的目标全部完成，自评得分98.7分。"
        ]
        unit["项目"][1]["年度目标"]["完成情况"] = unit["项目"][1]["年度目标"][
            "预期目标"
        ]
    return unit


def write_all(count: int, folder: Path, paragraphs: int) -> list[Path]:
    base, more = example("standard"), example("lukou")["项目"]
    files = []
    for number in range(count):
        path = folder / f"{number:04}.yaml"
        unit = made(number, base, more, paragraphs)
        text = yaml.safe_dump(unit, allow_unicode=True, sort_keys=False)
        path.write_text(text, encoding="utf-8")
        files.append(path)
    return files


def facts_of(loaded: LoadedUnit, pack: Pack) -> Facts:
    return Facts(loaded.unit, compute_figures(loaded.unit, pack.scoring), pack)


class Cost(NamedTuple):
    """Milliseconds a unit: reading its file, the rules over it alone, those over the whole run; and what was found."""

    load: float
    alone: float
    together: float
    findings: int

    @property
    def checks(self) -> float:
        return self.alone + self.together

    @property
    def ratio(self) -> float:
        return self.checks / self.load


def measured(files: list[Path], pack: Pack) -> Cost:
    """What each stage costs, unit by unit as in a batch: read, checked, and let go of; then what the run costs."""
    load = alone = together = 0.0
    found: list[Finding] = []
    extracts: list[Extract] = []
    gc.collect()
    gc.freeze()  # as a batch does: what is there already is not looked through for garbage
    for file in files:
        start = time.process_time()
        loaded = load_unit(file)
        load += time.process_time() - start
        facts = facts_of(loaded, pack)
        start = time.process_time()
        findings = check(facts, loaded)
        middle = time.process_time()
        extracts.append(extract(facts, loaded, findings))
        alone += middle - start
        together += time.process_time() - middle
        found += findings
    start = time.process_time()
    run_findings = check_run(extracts)
    together += time.process_time() - start
    found += chain.from_iterable(run_findings.values())
    each = 1000 / len(files)
    return Cost(load * each, alone * each, together * each, len(found))


def run(pack: Pack, paragraphs: int, sizes: tuple[int, ...]) -> Cost:
    """Measures units of so many paragraphs a section; the median round of the largest run."""
    with tempfile.TemporaryDirectory() as folder:
        files = write_all(max(sizes), Path(folder), paragraphs)
        first = facts_of(load_unit(files[0]), pack)
        characters = sum(len(block.text) for block in first.blocks)
        print(
            f"{len(first.rows)} indicators, {characters} characters of prose each"
        )
        measured(files[:50], pack)
        for size in sizes:
            rounds = [measured(files[:size], pack) for _ in range(ROUNDS)]
            cost = sorted(rounds, key=lambda one: one.ratio)[ROUNDS // 2]
            print(
                f"{size:5} units: load {cost.load:.2f} ms, rules {cost.alone:.2f} ms + {cost.together:.2f} ms"
                f" for the run, {cost.findings} findings; checks / load {cost.ratio:.2f}"
            )
    return cost


def ten_thousand_paragraphs() -> float:
    """Seconds for comparing 10,000 paragraphs of many units, one in ten of which is there twice."""
    dice = random.Random(1)
    texts = [paragraph(dice) for _ in range(10_000)]
    texts[::10] = texts[1::10]
    start = time.process_time()
    seen: Alike[int] = Alike(0.85, lambda one, other: one != other)
    found = sum(
        seen.match(masked(text), number) is not None
        for number, text in enumerate(texts)
    )
    spent = time.process_time() - start
    print(f"10,000 paragraphs compared in {spent:.2f} s, {found} found again")
    return spent


def main() -> None:
    gc.set_threshold(100_000)  # as the program has it
    pack = load_pack(ROOT / "templates" / "standard")
    average = run(pack, AVERAGE, SIZES)
    run(pack, LONGEST, SIZES[:1])
    ten_thousand_paragraphs()
    print(f"ms_per_unit {average.checks:.2f}")
    print(f"checks_over_load {average.ratio:.2f}")


if __name__ == "__main__":
    main()
