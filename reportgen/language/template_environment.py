"""The Jinja environment of the templates: names, loops and conditions over plain data, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from jinja2 import Undefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import missing

from reportgen.core.control_chars import BLOCK_END, BLOCK_START, PRINT_END, PRINT_START
from reportgen.language.entries import entry
from reportgen.language.refusals import Missing
from reportgen.language.template_filters import FILTERS, number
from reportgen.language.traced_values import PRINTING
from reportgen.language.xml_text import plain, print_value

MAX_OUTPUT = 100_000_000  # characters of one printed part
# names beside those of the data, which never begin with _
DATA_NAME, BUDGET_NAME, TRACE_NAME = "_data", "_budget", "_trace"
TESTS = frozenset(
    "defined undefined none string number mapping sequence boolean true false even odd divisibleby".split()  # noqa: SIM905
)

_NAME = re.compile(r"l_\d+_[^_]")  # not one of those beside the data


class _Generator(CodeGenerator):
    """Compiles `{{ x }}` to one call of print_value, which returns text: the str() around it costs and adds nothing."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if not _prints(node):
            self.write(finalize.src or "")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if finalize.src and not _prints(node):
            self.write(")")


def _prints(node: nodes.Expr) -> bool:
    return isinstance(node, nodes.Filter) and node.name in PRINTING


class TemplateEnvironment(SandboxedEnvironment):
    """Data first: `{{ unit.items }}` is the entry of that name, and no attribute of any Python object is reachable."""

    code_generator_class = _Generator
    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%"})
    intercepted_unops = frozenset({"+", "-"})

    def __init__(self) -> None:
        super().__init__(
            block_start_string=BLOCK_START,
            block_end_string=BLOCK_END,
            variable_start_string=PRINT_START,
            variable_end_string=PRINT_END,
            comment_start_string="\x12",
            comment_end_string="\x13",
            keep_trailing_newline=True,
            undefined=Missing,
            finalize=print_value,  # escapes every value by itself, so that no Markup can pass unescaped
            autoescape=False,
            cache_size=0,
            auto_reload=False,
        )
        self.globals.clear()
        self.filters = dict(FILTERS)
        self.tests = {name: test for name, test in self.tests.items() if name in TESTS}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """The entry of that name; `loop` is the only object with attributes."""
        return entry(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """The entry of a mapping, list or text."""
        if isinstance(argument, Undefined):
            str(argument)
        if isinstance(obj, dict | list | tuple | str):
            try:
                return plain(obj[argument])
            except (LookupError, TypeError):
                return Missing(obj=obj, name=argument)
        if isinstance(obj, Undefined):
            str(obj)
        return Missing(obj=obj, name=argument)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Arithmetic on numbers of sane size only; a text or a list times a number can fill the memory."""
        left, right = number(left), number(right)
        if operator == "/":
            left = Decimal(left)
        return number(self.binop_table[operator](left, right))

    def call_unop(self, context: Any, operator: str, arg: Any) -> Any:
        """The number, or its negative."""
        return self.unop_table[operator](number(arg))


def loop_names(variables: Mapping[str, Any]) -> list[str]:
    """The names that are known in a frame of compiled template code, as the template writes them."""
    return [
        name.split("_", 2)[2]
        for name, value in variables.items()
        if _NAME.match(name) and value is not missing
    ]
