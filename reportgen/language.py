"""The sandboxed Jinja of pack files: conditions and texts over the names of the view.

Nothing that a pack's yaml says can call, compute at length or reach anything but the names it is given; a name that
does not exist is an error that names file and text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import StrictUndefined, Template, nodes
from jinja2 import TemplateError as JinjaError
from jinja2.sandbox import SandboxedEnvironment

from reportgen.errors import PackError, Place

Names = Mapping[str, Any]
_FORBIDDEN = (
    nodes.Call,
    nodes.Macro,
    nodes.CallBlock,
    nodes.Include,
    nodes.Import,
    nodes.FromImport,
    nodes.Extends,
    nodes.Block,
    nodes.FilterBlock,
    nodes.Pow,
    nodes.Mul,
)
_FILTERS = ("length", "first", "last", "join", "map", "select", "selectattr", "rejectattr", "list", "default", "trim")


class _Environment(SandboxedEnvironment):
    """Data before methods: `单位.items` is the key `items`, never dict.items."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, dict):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)


class Language:
    """Texts and expressions of one file, each compiled once."""

    def __init__(self, file: str, *, filters: Mapping[str, Callable[..., Any]] | None = None) -> None:
        self._file = file
        self._texts: dict[str, Callable[[Names], str]] = {}
        self._values: dict[str, Callable[[Names], Any]] = {}
        environment = _Environment(undefined=StrictUndefined, autoescape=False, finalize=_refuse_none)
        environment.globals.clear()
        environment.filters = {name: environment.filters[name] for name in _FILTERS} | dict(filters or {})
        self._environment = environment

    def text(self, source: str) -> Callable[[Names], str]:
        """`source` as a function from names to the text it renders."""
        if source not in self._texts:
            template = self._compiled(source, source)
            self._texts[source] = lambda names: self._guard(source, lambda: template.render(names))
        return self._texts[source]

    def value(self, source: str) -> Callable[[Names], Any]:
        """The expression `source` as a function from names to its value."""
        if source not in self._values:
            template = self._compiled("{% set value = (" + source + ") %}", source)

            def evaluate(names: Names) -> Any:
                module: Any = self._guard(source, lambda: template.make_module(dict(names)))
                return self._defined(source, module.value)

            self._values[source] = evaluate
        return self._values[source]

    def _compiled(self, template: str, source: str) -> Template:
        """`template` parsed once, audited, compiled; errors show `source`, which is what the pack's author wrote."""
        tree = self._guard(source, lambda: self._environment.parse(template))
        self._audit(tree, source)
        code = self._guard(source, lambda: self._environment.compile(tree))
        return Template.from_code(self._environment, code, self._environment.globals)

    def _audit(self, tree: nodes.Template, source: str) -> None:
        pending: list[nodes.Node] = [tree]
        while pending:
            node = pending.pop()
            if isinstance(node, _FORBIDDEN):
                raise self._error(source, f"不允许使用 {type(node).__name__}")
            if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
                raise self._error(source, f"不允许使用名称 {node.attr}")
            pending += node.iter_child_nodes()

    def _defined(self, source: str, value: Any) -> Any:
        if isinstance(value, StrictUndefined):
            raise self._error(source, f"没有这个名称：{value._undefined_name}")
        return value

    def _guard(self, source: str, run: Callable[[], Any]) -> Any:
        try:
            return run()
        except (JinjaError, TypeError, ArithmeticError) as error:
            raise self._error(source, str(error)) from None

    def _error(self, source: str, reason: str) -> PackError:
        shown = source if len(source) <= 60 else source[:60] + "…"
        return PackError(f"“{shown}”无法使用：{reason}", place=Place(self._file), hint="请核对名称和花括号")


def _refuse_none(value: Any) -> Any:
    if value is None:
        raise TypeError("值为空")
    return value
