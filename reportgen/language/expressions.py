"""The sandboxed Jinja of pack files: conditions and texts over the names of the view.

Nothing that a pack's yaml says can call, compute at length or reach anything but the names it is given; a name that
does not exist is an error that names file and text.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import StrictUndefined, Template, Undefined, UndefinedError, nodes
from jinja2 import TemplateError as JinjaError
from jinja2.runtime import LoopContext
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import missing

from reportgen.core.cache import load, save
from reportgen.core.errors import PackError, Place
from reportgen.core.likeness import nearest
from reportgen.core.trace import PATH_KEY

Names = Mapping[str, Any]
Slot = tuple[
    str, str
]  # the path of a name of the view, and the text that was printed from it
_DEEPEST_LOOP = 3
_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Const,
    nodes.If,
    nodes.For,
    nodes.Assign,
    nodes.Filter,
    nodes.Keyword,
    nodes.Test,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.CondExpr,
    nodes.Concat,
    nodes.List,
    nodes.Tuple,
    nodes.Add,
    nodes.Sub,
    nodes.Neg,
    nodes.Pos,
)
_WORDS = {
    "Call": "函数调用 ( )",
    "Pow": "乘方 **",
    "Mul": "乘法 *",
    "Mod": "取余 %",
    "Div": "除法 /",
    "Dict": "字典 { }",
}
_FILTERS = (
    "length",
    "first",
    "last",
    "join",
    "map",
    "select",
    "selectattr",
    "rejectattr",
    "list",
    "default",
    "trim",
)
_TESTS = (
    "defined",
    "undefined",
    "string",
    "number",
    "boolean",
    "true",
    "false",
    "in",
    "eq",
    "ne",
    "lt",
    "le",
    "gt",
    "ge",
)
_SLOT = " slot"  # a filter that no text can name
_LOOP_NAMES = frozenset(
    (
        "index",
        "index0",
        "revindex",
        "revindex0",
        "first",
        "last",
        "length",
        "previtem",
        "nextitem",
    )
)


class _UnknownName(UndefinedError):
    """A name that is not there; `known` are those that stand beside it."""

    def __init__(self, name: object, holder: object) -> None:
        super().__init__(str(name))
        self.name = str(name)
        self.of_everything = holder is missing
        self.known = (
            [key for key in holder if isinstance(key, str)]
            if isinstance(holder, dict)
            else []
        )


class _Missing(StrictUndefined):
    """An unknown name; whatever is done with it raises _UnknownName, except `is defined` and `|default`."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: Any = None,
    ) -> None:
        super().__init__(hint, obj, name, lambda _message: _UnknownName(name, obj))  # type: ignore[arg-type]


class _Environment(SandboxedEnvironment):
    """Only data: `单位.items` is the key `items`, and no attribute of any Python object is reachable."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, LoopContext) and attribute in _LOOP_NAMES:
            return getattr(obj, attribute)
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, Undefined):
            str(obj)  # raises, naming what is missing
        if isinstance(obj, (dict, list)):
            try:
                return obj[argument]
            except (LookupError, TypeError):
                pass
        return self.undefined(obj=obj, name=argument)


class KeptCode:
    """The code of texts by text, as earlier runs compiled it and left it in a cache under `key`.

    The key stands for everything that the code depends on beside its text: Jinja works out at once what is constant,
    also by filters that tell what a pack says.
    """

    def __init__(self, cache: Path | None = None, key: str = "") -> None:
        self._cache = cache
        self._key = key
        kept = load(cache, key)
        self.codes: dict[str, CodeType] = marshal.loads(kept) if kept else {}  # noqa: S302  ours: see cache.py
        self._known = len(self.codes)

    def keep(self) -> None:
        """Leaves what was compiled since for later runs."""
        if len(self.codes) > self._known:
            self._known = len(self.codes)
            save(self._cache, self._key, marshal.dumps(self.codes))


class Language:
    """Texts and expressions of one file, each compiled once; those in `kept` by an earlier run."""

    def __init__(
        self,
        file: str,
        *,
        filters: Mapping[str, Callable[..., Any]] | None = None,
        kept: KeptCode | None = None,
    ) -> None:
        self._file = file
        self._kept = kept or KeptCode()
        self._texts: dict[str, Callable[[Names], str]] = {}
        self._values: dict[str, Callable[[Names], Any]] = {}
        environment = _Environment(
            undefined=_Missing,
            autoescape=False,
            finalize=_printable,
            optimized=False,  # a text is told a few times only; folding its constants takes longer than it saves
        )
        environment.globals.clear()
        environment.filters = {
            name: environment.filters[name] for name in _FILTERS
        } | dict(filters or {})
        environment.tests = {name: environment.tests[name] for name in _TESTS}
        environment.filters[_SLOT] = self._slot
        self._environment = environment
        self._slots: list[Slot] | None = None

    def keep(self) -> None:
        """Leaves what was compiled for the next run."""
        self._kept.keep()

    @contextmanager
    def slots(self) -> Iterator[list[Slot]]:
        """The values that are printed while it is entered, in their order."""
        before, self._slots = self._slots, []
        try:
            yield self._slots
        finally:
            self._slots = before

    def text(self, source: str) -> Callable[[Names], str]:
        """`source` as a function from names to the text it renders."""
        if source not in self._texts:
            template = self._compiled(source, source)
            self._texts[source] = lambda names: self._guard(
                source, lambda: _rendered(template, names), names
            )
        return self._texts[source]

    def told_once(self, source: str, names: Names) -> str:
        """The text of a `source` that is a unit's own: thousands of units must not leave what was compiled for them."""
        template = Template.from_code(
            self._environment, self._code(source, source), self._environment.globals
        )
        return str(self._guard(source, lambda: _rendered(template, names), names))

    def value(self, source: str) -> Callable[[Names], Any]:
        """The expression `source` as a function from names to its value."""
        if source not in self._values:
            if not source.strip() or any(
                brace in source for brace in ("{{", "{%", "%}", "}}")
            ):
                raise self._error(source, "这里只写条件或名称，不写花括号")
            template = self._compiled("{% set value = (" + source + ") %}", source)

            def evaluate(names: Names) -> Any:
                found = self._guard(source, lambda: _evaluated(template, names), names)
                if isinstance(found, Undefined):
                    self._guard(source, lambda: str(found), names)
                return found

            self._values[source] = evaluate
        return self._values[source]

    def _compiled(self, template: str, source: str) -> Template:
        """`template` parsed once, audited, compiled; errors show `source`, which is what the pack's author wrote."""
        code = self._kept.codes.get(template)
        if code is None:
            code = self._kept.codes[template] = self._code(template, source)
        return Template.from_code(self._environment, code, self._environment.globals)

    def _code(self, template: str, source: str) -> CodeType:
        tree = self._guard(source, lambda: self._environment.parse(template))
        for output in self._audit(tree, source):
            output.nodes = [
                one if isinstance(one, nodes.TemplateData) else _marked(one)
                for one in output.nodes
            ]
        code: CodeType = self._guard(source, lambda: self._environment.compile(tree))
        return code

    def _slot(self, value: Any, holder: Any, key: str) -> Any:
        """Takes down what is printed from which name of the view, while somebody wants to know it."""
        if self._slots is None:
            return value
        path = (
            f"{holder[PATH_KEY]}.{key}"
            if isinstance(holder, dict) and PATH_KEY in holder
            else ""
        )
        path = key if holder == "" else path
        if path and isinstance(value, (str, int)) and not isinstance(value, bool):
            self._slots.append((path, str(value)))
        return value

    def _audit(self, tree: nodes.Template, source: str) -> list[nodes.Output]:
        """Refuses what is not allowed; all that prints something."""
        outputs: list[nodes.Output] = []
        pending: list[tuple[nodes.Node, int]] = [(tree, 0)]
        while pending:
            node, loops = pending.pop()
            if not isinstance(node, _ALLOWED):
                kind = type(node).__name__
                raise self._error(source, f"不能使用 {_WORDS.get(kind, kind)}")
            self._audit_names(node, source)
            if isinstance(node, nodes.Output):
                outputs.append(node)
            loops += isinstance(node, nodes.For)
            if loops > _DEEPEST_LOOP:
                raise self._error(source, f"for 最多套 {_DEEPEST_LOOP} 层")
            pending += ((child, loops) for child in node.iter_child_nodes())
        return outputs

    def _audit_names(self, node: nodes.Node, source: str) -> None:
        name = (
            node.attr
            if isinstance(node, nodes.Getattr)
            else node.name
            if isinstance(node, nodes.Name)
            else ""
        )
        if name.startswith("_"):
            raise self._error(source, f"名称不能以下划线开头：{name}")
        known = (
            self._environment.filters
            if isinstance(node, nodes.Filter)
            else self._environment.tests
        )
        if isinstance(node, (nodes.Filter, nodes.Test)) and node.name not in known:
            what = "过滤器" if isinstance(node, nodes.Filter) else "判断 is"
            raise self._error(
                source, f"没有{what} {node.name}，可以用的有 {'、'.join(sorted(known))}"
            )

    def _guard(
        self, source: str, run: Callable[[], Any], names: Names | None = None
    ) -> Any:
        try:
            return run()
        except _UnknownName as error:
            known = list(names or ()) if error.of_everything else error.known
            raise self._error(source, _unknown(error.name, known)) from None
        except JinjaError as error:
            raise self._error(source, f"写法有误（{error}）") from None
        except (RecursionError, SyntaxError, MemoryError):
            raise self._error(source, "套得太深或太长") from None
        except (
            TypeError,
            ValueError,
            ArithmeticError,
            LookupError,
            AttributeError,
        ) as error:
            raise self._error(source, _reason(error)) from None

    def _error(self, source: str, reason: str) -> PackError:
        shown = source if len(source) <= 60 else source[:60] + "…"
        return PackError(
            f"“{shown}”无法使用：{reason}",
            place=Place(self._file),
            hint="请核对名称和花括号",
        )


def _rendered(template: Template, names: Names) -> str:
    """What a text says; Jinja's own `render` copies all names first, of which there are hundreds."""
    return "".join(template.root_render_func(template.new_context(names, shared=True)))  # type: ignore[arg-type]


def _evaluated(template: Template, names: Names) -> Any:
    """What {% set value = … %} sets."""
    context = template.new_context(names, shared=True)  # type: ignore[arg-type]
    for _ in template.root_render_func(context):
        pass
    return context.vars["value"]


def _marked(printed: nodes.Expr) -> nodes.Expr:
    """An expression that passes by `_slot` with what holds its name, where it prints a name."""
    source: nodes.Node | None = printed
    while isinstance(source, nodes.Filter):
        source = source.node
    if isinstance(source, nodes.Getattr):
        holder: nodes.Expr = source.node
        key = source.attr
    elif isinstance(source, nodes.Name):
        holder, key = nodes.Const(""), source.name
    else:
        return printed
    marked = nodes.Filter(printed, _SLOT, [holder, nodes.Const(key)], [], None, None)
    marked.set_lineno(printed.lineno)
    return marked


def _reason(error: Exception) -> str:
    """What the error says where it is ours, in Chinese; what Python says of a filter helps no author of a pack."""
    said = str(error)
    return (
        said
        if any(char >= "\u4e00" for char in said)
        else "过滤器的参数不对，或用在了不合适的内容上"
    )


def _unknown(name: str, known: list[str]) -> str:
    best = nearest(name, known, least=50)
    return f"没有名称「{name}」" + (f"，是否应为「{best.name}」" if best else "")


def _printable(value: Any) -> Any:
    if isinstance(value, (str, int)) and not isinstance(value, bool):
        return value
    if isinstance(value, Undefined):
        str(value)  # raises, naming what is missing
    what = {
        bool: "“是”或“否”",
        dict: "一组名称",
        list: "一个列表",
        type(None): "空值",
    }.get(type(value), "这种内容")
    raise TypeError(f"{what}不能直接印出")
