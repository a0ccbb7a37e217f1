"""Conditions and texts of pack files and of units, over the names of the view: the sandbox, with text as output.

A name that does not exist is an error that names file and text.
"""

import marshal
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import CodeType
from typing import Any, TypeVar

from jinja2 import Template, TemplateError as JinjaError, nodes
from jinja2.utils import missing

from reportgen.core.cache import load, save
from reportgen.core.errors import PackError, Place
from reportgen.core.likeness import nearest
from reportgen.core.value import Rows, Value
from reportgen.language.bound_tree import bound_tree, count_loops, filtered
from reportgen.language.bounds import BoundedContext, Budget, bounded
from reportgen.language.filters import charged, present
from reportgen.language.refusals import (
    RefusedCodeError,
    TooMuchError,
    UnknownNameError,
)
from reportgen.language.sandbox import OutputForm, Sandbox
from reportgen.language.xml_text import UnprintableError, plain_text

Names = Mapping[str, Any]
# a value, the text that was printed from it, and the words before it
Slot = tuple[Value, str, str]
T = TypeVar("T")
_Read = Callable[[Template, BoundedContext], T]
MAX_TEXT = 1_000_000  # characters of one text, and what its loops may cost
MAX_TAGS, MAX_SOURCE = (
    1_000,
    50_000,
)  # of one text; more take seconds to compile

_SLOT = " slot"  # a filter that no text can name
_CHOOSING = {"select", "selectattr"}  # what they give is another list
_LEAD = 8  # characters of the words before a value
TOO_MUCH = "写出来的内容太多"
_TOO_DEEP = (RecursionError, SyntaxError, MemoryError)
_TOLD = (
    UnknownNameError,
    RefusedCodeError,
    UnprintableError,
    TooMuchError,
    *_TOO_DEEP,
    TypeError,
    ValueError,
    ArithmeticError,
    LookupError,
    AttributeError,
)
_MISUSED = "过滤器的参数不对，或用在了不合适的内容上"
_CHINESE = re.compile("[\u4e00-\u9fff]")
# A text is told a few times only; folding its constants takes longer than it saves.
_TEXT = OutputForm(printed=plain_text, most=MAX_TEXT, optimized=False)


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
        own = {
            name: charged(function)
            for name, function in (filters or {}).items()
        }
        self._sandbox = Sandbox(_TEXT, own)
        self._sandbox.filters[_SLOT] = self._slot
        self._slots: list[Slot] | None = None
        self._budget: Budget | None = None

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
            self._texts[source] = partial(self._run, _text_of, source, template)
        return self._texts[source]

    def told_once(self, source: str, names: Names) -> str:
        """The text of a `source` that is a unit's own: thousands of units must not leave what was compiled for them."""
        template = self._ready(self._code(source, source))
        return self._run(_text_of, source, template, names)

    def value(self, source: str) -> Callable[[Names], Any]:
        """The expression `source` as a function from names to its value."""
        if source not in self._values:
            if not source.strip() or any(
                brace in source for brace in ("{{", "{%", "%}", "}}")
            ):
                raise self._error(source, "这里只写条件或名称，不写花括号")
            template = self._compiled(
                "{% set value = (" + source + ") %}", source
            )
            self._values[source] = partial(
                self._run, _value_of, source, template
            )
        return self._values[source]

    def _run(
        self,
        read: _Read[T],
        source: str,
        template: Template,
        names: Names,
    ) -> T:
        """What `read` makes of one rendering; what is told within it, a phrase within a text, draws on the same budget.

        Jinja's own `render` copies all names first, of which there are hundreds. Each unit passes here some hundred
        times, where a `with` costs more than what is done in it.
        """
        before = self._budget
        try:
            context = BoundedContext(self._sandbox, names, None, {})
            context.budget = self._budget = before or context.budget
            return read(template, context)
        except (JinjaError, *_TOLD) as error:
            raise self._told(source, error, names) from None
        finally:
            self._budget = before

    def _compiled(self, template: str, source: str) -> Template:
        """`template` parsed once, audited, compiled; errors show `source`, which is what the pack's author wrote."""
        code = self._kept.codes.get(template)
        if code is None:
            code = self._kept.codes[template] = self._code(template, source)
        return self._ready(code)

    def _ready(self, code: CodeType) -> Template:
        return Template.from_code(self._sandbox, code, self._sandbox.globals)

    def _code(self, template: str, source: str) -> CodeType:
        try:
            _refuse_long(template)
            tree = self._sandbox.audited(template)
            for output in tree.find_all(nodes.Output):
                output.nodes = list(_marked(output.nodes))
            count_loops(tree)
            bound_tree(tree)
            code: CodeType = self._sandbox.compile(tree)
        except (JinjaError, *_TOLD) as error:
            raise self._told(source, error, {}) from None
        return code

    def _slot(self, printed: Any, value: Any, lead: str) -> Any:
        """Takes down what is printed from which value of the view, while somebody wants to know it."""
        if isinstance(value, Rows) and isinstance(printed, int):
            value = value.length
        if self._slots is not None and isinstance(value, Value) and value.path:
            words = _own_words(value, str(printed))
            self._slots.append((value, words, lead))
        return printed

    def _told(self, source: str, error: Exception, names: Names) -> PackError:
        """Whatever goes wrong with `source`, as an error of the pack."""
        if isinstance(error, JinjaError):
            return self._error(source, f"写法有误（{error}）")
        return self._error(source, _reason(error, names))

    def _error(self, source: str, reason: str) -> PackError:
        shown = source if len(source) <= 60 else source[:60] + "…"
        return PackError(
            f"“{shown}”无法使用：{reason}",
            "请核对名称和花括号",
            place=Place(self._file),
        )


def _text_of(template: Template, context: BoundedContext) -> str:
    return "".join(bounded(template.root_render_func(context), MAX_TEXT))


def _value_of(template: Template, context: BoundedContext) -> Any:
    """What {% set value = … %} sets."""
    for _ in template.root_render_func(context):
        pass
    return present(context.vars["value"])


def _refuse_long(template: str) -> None:
    """Raise TooMuchError for code that takes long to compile; a text without code may be as long as it likes."""
    tags = template.count("{{") + template.count("{%")
    if tags > MAX_TAGS or (tags and len(template) > MAX_SOURCE):
        raise TooMuchError


def _own_words(value: Value, printed: str) -> str:
    """What of a printed text is the value: `缘由` puts words before a reason and takes its full stop away."""
    own = str(value).strip().rstrip("。")
    return own if own and own in printed else printed


def _marked(parts: Iterable[nodes.Expr]) -> Iterator[nodes.Expr]:
    """Expressions that pass by `_slot` with the value they print, where they print one, and the words before it."""
    lead = ""
    for printed in parts:
        source: nodes.Node | None = printed
        while isinstance(source, nodes.Filter) and source.name not in _CHOOSING:
            source = source.node
        if isinstance(source, nodes.Getattr | nodes.Name):
            yield filtered(printed, _SLOT, source, nodes.Const(lead))
        else:
            yield printed
        lead = getattr(printed, "data", "")[-_LEAD:]


def _reason(error: Exception, names: Names) -> str:
    """What is wrong, in Chinese: what Python says of a filter helps no author of a pack."""
    if isinstance(error, UnknownNameError):
        return _unknown(error, names)
    if isinstance(error, RefusedCodeError):
        return f"{error.message}，{error.hint}"
    if isinstance(error, TooMuchError):
        return f"{TOO_MUCH}，请减少循环的层数或文字的长度"
    if isinstance(error, _TOO_DEEP):
        return "套得太深或太长"
    message = str(error)
    return message if _CHINESE.search(message) else _MISUSED


def _unknown(error: UnknownNameError, names: Names) -> str:
    if error.hint:
        return error.hint
    holder = names if error.holder is missing else error.holder
    known = (
        [key for key in holder if isinstance(key, str)]
        if isinstance(holder, Mapping)
        else []
    )
    best = nearest(str(error.name), known, least=50)
    return f"没有名称「{error.name}」" + (
        f"，是否应为「{best.name}」" if best else ""
    )
