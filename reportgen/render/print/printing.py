"""A compiled template prints many documents: one call of each compiled part, one deflate, one join."""

import marshal
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from jinja2 import Template

from reportgen.core.errors import Place, ReportgenError, TemplateError
from reportgen.language.bounds import Budget, bounded
from reportgen.language.expressions import Names
from reportgen.language.template_environment import (
    MAX_OUTPUT,
    TRACE_NAME,
    template_sandbox,
)
from reportgen.language.traced_values import Trace
from reportgen.language.xml_text import (
    UnprintableError,
    escaped,
    plain,
    without_forbidden,
)
from reportgen.ooxml.document_identity import with_print
from reportgen.ooxml.visible_text import visible_parts
from reportgen.ooxml.zip_writer import StaticZip, write_zip
from reportgen.render.charts.bound_charts import BoundChart
from reportgen.render.charts.chart import ChartData
from reportgen.render.charts.drawn import (
    Surrounding,
    parts_seen,
    print_drawn,
)
from reportgen.render.print.repair import repair

DEFLATE_LEVEL = 3  # less than half the time of level 6, 5 % more bytes
_DRAWING_ID = re.compile(r'(<wp:docPr (?:[^>]*? )?id=")\d+(")')

# stands for what the document says of itself until it is printed; the last in its part
MARK = "reportgen-identity"
CORE = "docProps/core.xml"
CORE_DATE, CORE_AUTHOR = (
    "1980-01-01T00:00:00Z",
    "reportgen-author",
)  # stand there until it is printed
_SOME_YEAR = 1980
_DAY = re.compile(  # 2025年3月18日, 2025.3.18
    r"([0-9]{4})\D(0?[1-9]|1[0-2])\D(0?[1-9]|[12][0-9]|3[01])(?![0-9])"
)
_NO_CHARTS: Mapping[str, ChartData] = MappingProxyType({})


@dataclass(frozen=True)
class CompiledPart:
    """One part with tags, compiled; its drawings are numbered when it is printed, unless `first_drawing` is 0."""

    name: str
    code: bytes  # as the cache keeps it
    marked: bool
    first_drawing: int

    @cached_property
    def template(self) -> Template:
        """The code, ready to run."""
        code = marshal.loads(self.code)  # noqa: S302  ours: see cache.py
        return Template.from_code(template_sandbox(), code, {})

    def print(self, values: dict[str, Any], budget: Budget) -> list[bytes]:
        """The part with the values filled in; whatever goes wrong is raised as it is."""
        context: Any = self.template.new_context(values, shared=True)
        context.budget = budget
        chunks = bounded(self.template.root_render_func(context), MAX_OUTPUT)
        if not (self.marked or self.first_drawing):
            return [text.encode() for text in chunks]
        text = "".join(chunks)
        if self.marked:
            text = repair(text)
        if self.first_drawing:
            text = _number_drawings(text, self.first_drawing)
        return [text.encode()]


class OwnProperty(NamedTuple):
    """The part that holds the property; `content` is the part, empty when it has tags and is printed itself."""

    part: str
    content: bytes

    def printed(self, before: Sequence[bytes], text: str) -> list[bytes]:
        """The part with `text` in the property; `before` is the part as it was printed, if it was."""
        start, _, end = (b"".join(before) or self.content).rpartition(
            MARK.encode()
        )
        return [start, escaped(without_forbidden(text)).encode(), end]


class PrintedDocx(NamedTuple):
    """A document as bytes, and its parts as XML: those that were printed, and what can be seen of the others."""

    data: bytes
    parts: Mapping[str, bytes]


# Says where in the template an error of printing arose: reading it again takes lxml and docxtpl, printing does without.
Locate = Callable[
    ["CompiledTemplate", CompiledPart, Exception, Names],
    ReportgenError,
]


class CompiledTemplate(NamedTuple):
    """A template ready to print: its parts with tags compiled, everything else laid out as it is."""

    file: str
    traced: bool
    data: bytes  # the file itself, to be read again when an error has to be located
    parts: tuple[CompiledPart, ...]
    charts: tuple[BoundChart, ...]
    around: tuple[Surrounding, ...]
    static: StaticZip
    names: frozenset[
        str
    ]  # which its tags use, list positions left out: 指标.实际值
    first_mark: int  # above the numbers of the bookmarks that it has itself
    own_property: OwnProperty | None
    core: bytes  # its properties, where they have no tags
    locate: Locate

    def render(
        self,
        context: Names,
        *,
        charts: Mapping[str, ChartData] = _NO_CHARTS,
        identity: str = "",
    ) -> bytes:
        """The docx as bytes, the same for the same input; raises TemplateError or ValueRefused, never anything else.

        `identity` is what it says of itself in its properties, where the number of the print is added to it.
        """
        return self.print(context, charts, identity).data

    def print(
        self,
        context: Names,
        charts: Mapping[str, ChartData],
        identity: str,
    ) -> PrintedDocx:
        """The same with the XML of its parts."""
        self._check_names(context)
        values = {**context, TRACE_NAME: Trace(self.first_mark)}
        budget = Budget(MAX_OUTPUT)
        printed: dict[str, list[bytes]] = {}
        for part in self.parts:
            try:
                printed[part.name] = part.print(values, budget)
            except Exception as error:
                raise self.locate(self, part, error, context) from error
        printed.update(
            print_drawn(self.charts, self.around, charts, printed, self.file)
        )
        core = b"".join(printed.get(CORE, ())) or self.core
        if core:
            printed[CORE] = [_of_unit(core, context)]
        if self.own_property is not None:
            name = self.own_property.part
            told = with_print(identity, printed)
            printed[name] = self.own_property.printed(
                printed.get(name, ()), told
            )
        parts = parts_seen(_unprinted(self.data), self.charts, printed)
        return PrintedDocx(
            write_zip(self.static, printed, level=DEFLATE_LEVEL), parts
        )

    def _check_names(self, context: Names) -> None:
        """What lies deeper is looked at when a template touches it: a view holds ten times what one template prints."""
        for name, value in context.items():
            try:
                plain(value)
            except UnprintableError as error:
                raise TemplateError(
                    f"数据“{name}”{error.message}",
                    error.hint,
                    place=Place(self.file),
                ) from error


def _of_unit(core: bytes, context: Names) -> bytes:
    """The properties with the unit as the author, and the day on which it was filled in."""
    unit = context.get("单位")
    name = unit.get("名称", "") if isinstance(unit, Mapping) else ""
    author = escaped(without_forbidden(str(name))).encode()
    dated = core.replace(CORE_DATE.encode(), core_date(context).encode())
    return dated.replace(CORE_AUTHOR.encode(), author)


def core_date(context: Names) -> str:
    """The day on which the unit was filled in, as Word's properties want it; without one the last of the year."""
    signed = context.get("填报")
    dated = signed if isinstance(signed, Mapping) else context
    day = _DAY.search(str(dated.get("填报日期", "")))
    year, month, date = map(int, day.groups()) if day else (0, 12, 31)
    said = str(context.get("年度", ""))
    year = year or int(said if said.isdecimal() else _SOME_YEAR)
    return f"{year:04}-{month:02}-{date:02}T00:00:00Z"


@lru_cache(maxsize=64)
def _unprinted(template: bytes) -> Mapping[str, bytes]:
    """What can be seen in a template; its printed parts, which are among them, are replaced."""
    return visible_parts(template)


def _number_drawings(text: str, first: int) -> str:
    number = iter(range(first, first + len(text)))
    return _DRAWING_ID.sub(
        lambda match: f"{match[1]}{next(number)}{match[2]}", text
    )
