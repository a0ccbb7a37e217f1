"""A unit in which every leaf of the model holds a value that stands nowhere else: two items in every list and name."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatch
from itertools import count
from typing import Any, NamedTuple

from reportgen.figures.figure import FieldPath
from reportgen.model.shape import FieldShape, Model, fields_of
from reportgen.model.unit import Unit
from reportgen.model.values import NUMBERS, Kind
from reportgen.packs.pack import Pack

_WORD = "甲乙丙丁戊己庚辛壬癸"
_DEEPEST = 2  # times that a block stands within itself (明细)


class Sentinel(NamedTuple):
    """One leaf as typed: its path, its field (keys without positions and names), its kind and its text."""

    path: FieldPath
    field: str
    kind: Kind
    text: str

    @property
    def is_number(self) -> bool:
        return self.kind in NUMBERS


class SentinelUnit(NamedTuple):
    """The unit and all of its leaves."""

    unit: Unit
    leaves: tuple[Sentinel, ...]


def sentinel_unit(pack: Pack, *, suffix: str = "") -> SentinelUnit:
    """The unit; behind each text stand `suffix` and eight digits of its own, where `suffix` is not empty."""
    made = _Maker(pack, suffix)
    data = made.block(Unit, (), ())
    return SentinelUnit(Unit.model_validate(data), tuple(made.leaves))


class _Maker:
    def __init__(self, pack: Pack, suffix: str) -> None:
        self.leaves: list[Sentinel] = []
        self._numbers = count(1)
        self._suffix = suffix
        self._names = {
            "共性指标.指标": tuple(pack.scoring.framework),
            "项目共性指标.指标": tuple(pack.scoring.project_framework),
            "补充": pack.manifest.supplement,
            "项目.共性指标.指标": tuple(pack.scoring.project_framework),
        }

    def block(
        self, model: Model, path: FieldPath, keys: tuple[str, ...]
    ) -> dict[str, Any]:
        return {
            field.key: self._field(
                field, (*path, field.key), (*keys, field.key)
            )
            for field in fields_of(model)
            if keys.count(field.key) < _DEEPEST or field.model is not model
        }

    def _field(
        self, field: FieldShape, path: FieldPath, keys: tuple[str, ...]
    ) -> Any:
        if not field.named:
            return self._entries(field, path, keys)
        names = self._names.get(".".join(keys)) or ("子项", "丑项")
        return {
            name: self._entries(field, (*path, name), keys)
            for name in names[:2]
        }

    def _entries(
        self, field: FieldShape, path: FieldPath, keys: tuple[str, ...]
    ) -> Any:
        if not field.listed:
            return self._one(field, path, keys)
        return [
            self._one(field, (*path, position), keys) for position in range(2)
        ]

    def _one(
        self, field: FieldShape, path: FieldPath, keys: tuple[str, ...]
    ) -> Any:
        if field.model is not None:
            return self.block(field.model, path, keys)
        assert field.kind is not None, keys
        text = self._text(field.kind, keys[-1])
        self.leaves.append(Sentinel(path, ".".join(keys), field.kind, text))
        return text

    def _text(self, kind: Kind, key: str) -> str:
        number = next(self._numbers)
        fixed = {"填报日期": "2025-03-15", "年度": "2024", "列入报告": "是"}
        fixed |= {"核心指标": "否", "取自": "资金执行率", "金额单位": "万元"}
        numbers = {
            Kind.MONEY: f"{number + 1000}.25",
            Kind.RATE: f"{number / 100:.2f}%",
            Kind.POINTS: f"{number + 100}.5",
            Kind.COUNT: f"{number + 1000}",
        }
        if key in fixed:
            return fixed[key]
        if kind in numbers:
            return numbers[kind]
        word = "哨" + "".join(_WORD[int(digit)] for digit in f"{number:04}")
        return f"{word}{self._suffix}{number:08}" if self._suffix else word


def texts_in(view: Any) -> Iterator[str]:
    """Every text of a view."""
    if isinstance(view, str):
        yield view
    elif isinstance(view, dict):
        for one in view.values():
            yield from texts_in(one)
    elif isinstance(view, (list, tuple)):
        for one in view:
            yield from texts_in(one)


def matching(field: str, exceptions: dict[str, str]) -> list[str]:
    """The patterns of a table of exceptions that a field is named by."""
    return [pattern for pattern in exceptions if fnmatch(field, pattern)]
