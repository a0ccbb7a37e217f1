"""A text of a unit that is too long for a sentence of the pack."""

from collections.abc import Iterator
from contextlib import contextmanager

from reportgen.core.errors import PackError, ReportgenError
from reportgen.core.findings import dotted
from reportgen.language.expressions import MAX_TEXT
from reportgen.model.loading import LoadedUnit
from reportgen.model.walker import walk

_LONG = "{field} 的文字有 {length:,} 字，太长，印不进报告：一段连同前后的文字最多 {most:,} 字"


@contextmanager
def long_texts_told(loaded: LoadedUnit) -> Iterator[None]:
    """Where a sentence cannot be made and the unit has a text that none can hold, it is that which is told."""
    try:
        yield
    except PackError:
        _refuse_long_text(loaded)
        raise


def _refuse_long_text(loaded: LoadedUnit) -> None:
    longest = max(walk(loaded.unit), key=lambda one: len(one.text))
    length = len(longest.text)
    if length > MAX_TEXT // 2:
        raise ReportgenError(
            _LONG.format(
                field=dotted(longest.path), length=length, most=MAX_TEXT
            ),
            place=loaded.place(longest.path),
            hint="请在这里只写要点，长的内容另作附件",
        )
