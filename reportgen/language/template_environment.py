"""The sandbox as Word templates use it: what comes out is XML."""

import re
from collections.abc import Mapping
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.utils import missing

from reportgen.core.control_chars import (
    BLOCK_END,
    BLOCK_START,
    PRINT_END,
    PRINT_START,
)
from reportgen.language.sandbox import OutputForm, Sandbox
from reportgen.language.traced_values import PRINTING, TRACED_FILTERS
from reportgen.language.xml_text import (
    as_colour,
    as_span,
    print_attribute,
    print_plain,
    print_value,
)

MAX_OUTPUT = 100_000_000  # characters of one document
TRACE_NAME = (
    "_trace"  # a name beside those of the data, which never begin with _
)

_NAME = re.compile(r"l_\d+_[^_]")  # not one of those beside the data


class _Generator(CodeGenerator):
    """Compiles `{{ x }}` to one call of print_value, which returns text: the str() around it costs and adds nothing."""

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: Any
    ) -> None:
        if not _prints(node):
            self.write(finalize.src or "")

    def _output_child_post(
        self, node: nodes.Expr, frame: Frame, finalize: Any
    ) -> None:
        if finalize.src and not _prints(node):
            self.write(")")


def _prints(node: nodes.Expr) -> bool:
    return isinstance(node, nodes.Filter) and node.name in PRINTING


_XML = OutputForm(
    printed=print_value,  # escapes every value by itself, so that no Markup can pass unescaped
    most=MAX_OUTPUT,
    signs={
        "block_start_string": BLOCK_START,
        "block_end_string": BLOCK_END,
        "variable_start_string": PRINT_START,
        "variable_end_string": PRINT_END,
        "comment_start_string": "\x12",
        "comment_end_string": "\x13",
    },
    filters={
        "as_span": as_span,
        "as_colour": as_colour,
        "print_plain": print_plain,
        "print_attribute": print_attribute,
        **TRACED_FILTERS,
    },
    of_tags=frozenset(("as_span", "as_colour")),
    generator=_Generator,
)


def template_sandbox() -> Sandbox:
    """The sandbox of the templates; their delimiters are characters that no XML can hold."""
    return Sandbox(_XML)


def loop_names(variables: Mapping[str, Any]) -> list[str]:
    """The names that are known in a frame of compiled template code, as the template writes them."""
    return [
        name.split("_", 2)[2]
        for name, value in variables.items()
        if _NAME.match(name) and value is not missing
    ]
