"""A text of a unit that is too long to be told or drawn is told by itself, not as a fault of pack or template."""

from collections.abc import Iterator
from contextlib import contextmanager

from reportgen.core.errors import PackError, ReportgenError, ValueRefused
from reportgen.core.findings import dotted
from reportgen.language.expressions import TOO_MUCH
from reportgen.model.loading import LoadedUnit
from reportgen.model.walker import Leaf, walk

_LONG = 20_000  # characters that no field of a form has
_SHOWN = 12
_CAUSES = (
    TOO_MUCH,
    "图表数据表的单元格最多容纳",
)  # what is said where a text does not fit
_TOLD = "{field}“{text}…”有 {length} 个字，太长，写不进报告、画不进图表"
_HINT = "请缩短到 {most} 字以内，细节另附文件"


@contextmanager
def overlong_told(loaded: LoadedUnit) -> Iterator[None]:
    """Raises ValueRefused with the field of the longest text in the place of an error that it brought about."""
    try:
        yield
    except (PackError, ValueRefused) as error:
        longest = _longest(loaded) if _is_of_length(error) else None
        if longest is None:
            raise
        told = _TOLD.format(
            field=dotted(longest.path),
            text=longest.text[:_SHOWN],
            length=len(longest.text),
        )
        hint = _HINT.format(most=_LONG)
        place = loaded.place(longest.path)
        raise ValueRefused(told, hint, place=place) from None


def _is_of_length(error: ReportgenError) -> bool:
    return any(one in error.message for one in _CAUSES)


def _longest(loaded: LoadedUnit) -> Leaf | None:
    """The longest text of the unit, where it is longer than any should be."""
    long = [one for one in walk(loaded.unit) if len(one.text) > _LONG]
    return max(long, key=lambda one: len(one.text), default=None)
