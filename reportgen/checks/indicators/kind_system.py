"""指标体系 of a pack: which 二级 stand under which 一级."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_rows import IndicatorRow
from reportgen.checks.facts.indicator_text import label_kind


class KindSystem:
    """指标体系 by kind: which 二级 stand under which 一级, and the other way round."""

    def __init__(self, levels: Mapping[str, Sequence[str]]) -> None:
        self.below = {
            label_kind(top): {label_kind(name) for name in names}
            for top, names in levels.items()
        }
        self.labels = {label_kind(top): top for top in levels}
        self.above: dict[str, list[str]] = {}
        for top, names in self.below.items():
            for name in names:
                self.above.setdefault(name, []).append(top)

    def hold(self, row: IndicatorRow, tops: Mapping[str, str]) -> bool:
        """Whether a row is of this system: 产出指标 is, the 产出 of another framework (with 职责履行 below) is not."""
        label = tops.get(row.dimension)
        return label is not None and (
            label in row.indicator.dimension or row.category in self.above
        )

    def covered(self, row: IndicatorRow) -> set[str]:
        """The kinds that a row is of: its 二级 and what stands above it, whatever 一级 was typed beside it."""
        return {row.category, *self.above.get(row.category, (row.dimension,))}

    def is_top(self, kind: str) -> bool:
        """Whether it is a 一级 and nothing else."""
        return kind in self.below and kind not in self.above

    def right(self, name: str) -> str:
        """The labels of what stands above `name`."""
        return "或".join(self.labels[top] for top in self.above[name])


def kind_system(facts: Facts) -> KindSystem:
    """That of the pack; made once for each."""
    levels = facts.manifest.levels
    return _made(tuple((top, tuple(names)) for top, names in levels.items()))


@lru_cache(maxsize=64)
def _made(levels: tuple[tuple[str, tuple[str, ...]], ...]) -> KindSystem:
    return KindSystem(dict(levels))
