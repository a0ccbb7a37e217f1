"""How often each code fires, and how often it is true: docs/precision.md, made by `make precision`.

True are the findings that a keyed case, a fixture of tests/rules, the 反例 of a rule or a line of the five inputs asks
for; false is all else that is told as an error or a warning in a keyed case or in an example, under its own code in a
fixture, and what the five inputs are known to have right. What nobody keyed (other findings of the five inputs, and
those of other codes in a fixture) is not counted. Advice is counted apart: it asks for a judgement.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "tests" / "rules"))

from keyed import FILES, KEPT, found_in, is_expected, keyed  # noqa: E402
from rule_cases import (  # noqa: E402
    HERE,
    MINIMAL,
    RULES,
    cases,
    example_unit,
    findings,
    patched,
    written,
)
from test_seed_findings import (  # noqa: E402
    LINES,
    TABLE,
    found,
    found_in as found_in_input,
    stands_at,
)

from reportgen.core.findings import Finding, Severity  # noqa: E402
from reportgen.sources.yaml_tree import load_yaml  # noqa: E402

Judged = tuple[Finding, bool]
_BAR = 0.8
_HEAD = """# Precision

Made by `make precision` (`tests/truth/precision.py`, where it says what counts as true); do not edit. For each code:
how often it was told as an error or a warning over what is keyed / how often that was true. A rule under 80 % becomes
a 提示 or goes. The cases are small and made by those who wrote the rules, but for the five inputs: on papers that
nobody keyed the shares are lower, and only `../shared/domain/truth.md` has measured that.

| code | keyed cases | examples | five inputs | tests/rules, 反例 | true | advice |
|---|--:|--:|--:|--:|--:|--:|
"""


def of_keyed() -> Iterator[Judged]:
    """Every finding of the keyed cases."""
    for case in keyed((*FILES, KEPT)):
        with tempfile.TemporaryDirectory() as folder:
            for one in found_in(case, Path(folder)):
                yield one, is_expected(one, case.expect + case.also)


def of_examples() -> Iterator[Judged]:
    """Every finding of the examples, which have no fault."""
    for file in sorted((ROOT / "templates").glob("*/example.yaml")):
        yield from ((one, False) for one in findings(file))


def of_inputs() -> Iterator[Judged]:
    """The findings of the five inputs that a line of their key asks for, and those that it rules out."""
    yield from (
        (one, True) for one in {one for line in LINES for one in found(line)}
    )
    for right in TABLE["correct"]:
        for one in found_in_input(right["input"], right["pack"]):
            wrong = one.code.startswith(tuple(right["codes"]))
            if wrong and any(stands_at(one, place) for place in right["at"]):
                yield one, False


def of_rules() -> Iterator[Judged]:
    """What the fixtures find under their codes, and the rules in their 反例."""
    base = load_yaml(HERE / "base.yaml").data
    for case in cases():
        with tempfile.TemporaryDirectory() as folder:
            path = written(patched(base, case.given), Path(folder))
            for name, content in case.files.items():
                written(patched(MINIMAL, content), Path(folder), name)
            wanted = {each["at"] for each in case.expect}
            for one in findings(path, case.code):
                yield one, one.path in wanted
    for rule in RULES:
        with tempfile.TemporaryDirectory() as folder:
            path = written(example_unit(rule), Path(folder))
            yield from ((one, True) for one in findings(path, rule.code))


def table(groups: Iterable[list[Judged]]) -> Iterator[str]:
    """A line for each code, then the sum."""
    told, right, advice = [], [], Counter[str]()
    for group in groups:
        sure = [
            each for each in group if each[0].severity is not Severity.ADVICE
        ]
        told.append(Counter(one.code for one, _ in sure))
        right.append(Counter(one.code for one, is_true in sure if is_true))
        advice.update(
            one.code for one, _ in group if one.severity is Severity.ADVICE
        )
    codes = sorted({*advice, *(code for each in told for code in each)})
    for name, of in [*((code, [code]) for code in codes), ("all", codes)]:
        fired = [sum(each[code] for code in of) for each in told]
        held = [sum(each[code] for code in of) for each in right]
        share = f"{sum(held) / sum(fired):.0%}" if sum(fired) else "—"
        if sum(held) < _BAR * sum(fired):
            share = f"**{share}**"
        cells = [
            f"{one} / {true}" for one, true in zip(fired, held, strict=True)
        ]
        cells += [share, str(sum(advice[code] for code in of))]
        yield f"| {name} | " + " | ".join(cells) + " |"


def main() -> None:
    """Write the page, and tell what is under the bar."""
    sources = (of_keyed(), of_examples(), of_inputs(), of_rules())
    lines = list(table([list(source) for source in sources]))
    page = _HEAD + "\n".join(lines) + "\n"
    (ROOT / "docs" / "precision.md").write_text(page, encoding="utf-8")
    for line in lines:
        if re.search(r"\*\*", line):
            print(line)


if __name__ == "__main__":
    main()
