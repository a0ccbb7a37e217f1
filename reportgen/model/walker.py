"""Every value that a unit reports, with its path, its Chinese name and its kind: the one walk over the model.

What is walked and what each value is comes from the fields' declarations (model/unit.py, model/values.py), so that a
field that is added there is seen by whatever asks here: text checks, names, amounts, persons' data.
"""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, NamedTuple

from pydantic import BaseModel

from reportgen.core.value import FieldPath
from reportgen.model.shape import FieldShape, Model, fields_of
from reportgen.model.target import Target
from reportgen.model.unit import Evaluation, Unit
from reportgen.model.values import Kind, Reported


class Leaf(NamedTuple):
    """One value as typed: where it stands, the last name of the place, what it is, and of which project.

    `name` is the Chinese key, or the name under which it stands (存在问题 of 叙述); `owner` is the position of the
    project, None for the whole unit.
    """

    path: FieldPath
    name: str
    kind: Kind
    owner: int | None
    value: Any

    @property
    def text(self) -> str:
        """The value as it was typed."""
        value = self.value
        if isinstance(value, (Reported, Target)):
            return value.text
        return value if isinstance(value, str) else str(value)


_new = tuple.__new__  # a third of the time of the class of a NamedTuple
EVERY_KIND = frozenset(Kind)
Collect = Callable[[Any, FieldPath, "int | None", "list[Leaf]"], None]


def walk(unit: Unit, kinds: frozenset[Kind] = EVERY_KIND) -> tuple[Leaf, ...]:
    """Every value of `kinds` that was typed, in the order of the form: the unit, then its projects."""
    found: list[Leaf] = []
    _collector(Unit, kinds)(unit, (), None, found)
    return tuple(found)


@cache
def _collector(model: Model, kinds: frozenset[Kind]) -> Collect:
    """What appends the leaves of one block; made once for each class."""
    steps = tuple(
        (
            field.name,
            field.key,
            None if field.listed or field.named else field.kind,
            _reader(field, kinds),
        )
        for field in fields_of(model)
        if field.kind is None or field.kind in kinds
    )

    def collect(
        block: BaseModel, path: FieldPath, owner: int | None, found: list[Leaf]
    ) -> None:
        values = block.__dict__
        typed = block.model_fields_set
        for name, key, kind, read in steps:
            if name not in typed:
                continue
            value = values[name]
            place = (*path, key)
            if kind is None:
                read(value, place, owner, found)
            elif value or (value is not None and value != ""):
                found.append(_new(Leaf, (place, key, kind, owner, value)))

    return collect


def _reader(field: FieldShape, kinds: frozenset[Kind]) -> Collect:
    model = field.model
    read = _leaf_reader(field) if model is None else _block_reader(model, kinds)
    if field.listed:
        of_projects = model is not None and issubclass(model, Evaluation)
        read = _each(read, enumerate, of_projects=of_projects)
    return _each(read, dict[str, Any].items) if field.named else read


def _leaf_reader(field: FieldShape) -> Collect:
    kind = field.kind
    if kind is None:
        raise TypeError(f"the type of {field.key} says no Kind")
    back = -2 if field.listed else -1  # a paragraph has the name of its list

    def read(
        value: Any, path: FieldPath, owner: int | None, found: list[Leaf]
    ) -> None:
        found.append(Leaf(path, str(path[back]), kind, owner, value))

    return read


def _block_reader(model: Model, kinds: frozenset[Kind]) -> Collect:
    def read(
        value: Any, path: FieldPath, owner: int | None, found: list[Leaf]
    ) -> None:
        if value is not None:
            _collector(model, kinds)(value, path, owner, found)

    return read


def _each(
    read: Collect,
    entries: Callable[[Any], Iterable[tuple[Any, Any]]],
    *,
    of_projects: bool = False,
) -> Collect:
    """What reads each of the `entries` of a list or of a mapping."""

    def read_each(
        value: Any, path: FieldPath, owner: int | None, found: list[Leaf]
    ) -> None:
        for step, entry in entries(value):
            project = step if of_projects else owner
            read(entry, (*path, step), project, found)

    return read_each
