"""What a report says: passages, the sections that they make up, and those of a whole unit."""

from dataclasses import dataclass, field
from typing import NamedTuple

from reportgen.language.expressions import Slot

UNSAID = "不写"
NOTHING_SAID = "空"


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph of a section: an `id` that stays the same from build to build, its text, and for a problem the
    improvement that answers it. `own` marks the unit's own words; `slots` are the values that a text was made from;
    `why` is the condition under which the pack says it, `number` that of the problem which a measure answers.
    A text that holds all words of one of `marks` speaks of the same."""

    id: str
    text: str
    improvement: str = ""
    own: bool = False
    marks: tuple[tuple[str, ...], ...] = ()
    slots: tuple[Slot, ...] = field(default=(), compare=False)
    improvement_slots: tuple[Slot, ...] = field(default=(), compare=False)
    why: str = field(default="", compare=False)
    number: int = 0


Sections = dict[str, tuple[Passage, ...]]


class Narrative(NamedTuple):
    """The passages of every section, of the unit and of each project; 编号 of every sentence that the pack told."""

    unit: Sections
    projects: tuple[Sections, ...]
    numbers: set[str]
