"""The one sandbox of all that packs and units write as code: names, loops and conditions over plain data, nothing else.

What comes out differs, see `OutputForm`: text (`expressions.py`) or XML (`template_environment.py`).
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple

from jinja2 import nodes
from jinja2.compiler import CodeGenerator
from jinja2.sandbox import SandboxedEnvironment

from reportgen.language.allowed import Words, audit_tree
from reportgen.language.bounds import BoundedContext
from reportgen.language.entries import entry
from reportgen.language.filters import BOUNDING, FILTERS, TESTS, number, present
from reportgen.language.refusals import Missing
from reportgen.language.xml_text import plain

_NONE: Mapping[str, Any] = MappingProxyType({})


class OutputForm(NamedTuple):
    """What code is rendered to: how a value is printed, how much in all, and how the code is told from the text."""

    printed: Callable[[Any], str]
    most: int  # characters of one rendering, and what its loops may cost
    signs: Mapping[str, str] = _NONE
    filters: Mapping[str, Callable[..., Any]] = _NONE  # for code that we add
    of_tags: frozenset[str] = (
        frozenset()
    )  # those of them that our tags write as text
    generator: type[CodeGenerator] = CodeGenerator
    optimized: bool = True


class Sandbox(SandboxedEnvironment):
    """Data first: `{{ unit.items }}` is the entry of that name, and no attribute of any Python object is reachable."""

    context_class = BoundedContext
    intercepted_binops = frozenset({"+", "-", "*", "/"})
    intercepted_unops = frozenset({"+", "-"})

    def __init__(
        self,
        output: OutputForm,
        filters: Mapping[str, Callable[..., Any]] = _NONE,
    ) -> None:
        super().__init__(
            **output.signs,
            keep_trailing_newline=True,
            undefined=Missing,
            finalize=output.printed,
            autoescape=False,
            optimized=output.optimized,
            cache_size=0,
            auto_reload=False,
        )
        self.most = output.most
        self.code_generator_class = output.generator
        self.globals.clear()
        offered = frozenset((*FILTERS, *filters))
        self.words = Words(offered, frozenset(TESTS), output.of_tags)
        self.filters = {**FILTERS, **filters, **BOUNDING, **output.filters}
        self.tests = dict(TESTS)

    def audited(self, source: str) -> nodes.Template:
        """The code as a tree; raises RefusedCodeError or Jinja's TemplateSyntaxError."""
        tree = self.parse(source)
        audit_tree(tree, self.words)
        return tree

    getattr = staticmethod(entry)  # type: ignore[assignment]  # a method around it costs as much again

    def getitem(self, obj: Any, argument: Any) -> Any:
        """The entry of a mapping, list or text."""
        present(argument)
        if isinstance(present(obj), dict | list | tuple | str):
            try:
                return plain(obj[argument])
            except (LookupError, TypeError):
                pass
        return Missing(obj=obj, name=argument)

    def call_binop(
        self,
        context: Any,
        operator: str,
        left: Any,
        right: Any,
    ) -> Any:
        """Arithmetic on numbers of sane size only; a text or a list times a number can fill the memory."""
        left, right = number(left), number(right)
        if operator == "/":
            left = Decimal(left)
        return number(self.binop_table[operator](left, right))

    def call_unop(self, context: Any, operator: str, arg: Any) -> Any:
        """The number, or its negative."""
        return self.unop_table[operator](number(arg))
