"""Turns whatever goes wrong while a template is compiled or printed into one message: file, part, place, tag, cure."""

from collections.abc import Mapping
from traceback import walk_tb
from types import FrameType
from typing import Any

from jinja2 import Template, TemplateSyntaxError, nodes
from jinja2.runtime import LoopContext
from jinja2.utils import missing
from rapidfuzz import utils

from reportgen.core.control_chars import (
    BLOCK_END,
    BLOCK_START,
    PRINT_END,
    PRINT_START,
)
from reportgen.core.errors import (
    Place,
    ReportgenError,
    TemplateError,
    ValueRefused,
)
from reportgen.core.findings import dotted
from reportgen.core.likeness import nearest
from reportgen.core.value import FieldPath
from reportgen.language.expressions import Names
from reportgen.language.refusals import (
    RefusedCodeError,
    TooMuchError,
    UnknownNameError,
)
from reportgen.language.sandbox import Sandbox
from reportgen.language.template_environment import (
    MAX_OUTPUT,
    loop_names,
    template_sandbox,
)
from reportgen.language.xml_text import UnprintableError
from reportgen.render.template.frontend import PartSource
from reportgen.render.template.tags import Tag, shortened, tag_before

_MAX_VISITS = 200_000  # containers looked at to name the field of a bad value
_MESSAGES = (
    (
        (TooMuchError, MemoryError),
        f"打印的内容超过上限（{MAX_OUTPUT // 1_000_000} 百万字符）",
        "请减少循环的层数或数据的条数",
    ),
    (
        (ArithmeticError,),
        "算不出来（除数为零或数值越界）",
        "请先用 {% if … %} 判断，或在数据中准备好",
    ),
    ((RecursionError,), "嵌套太深", "请简化这个标签"),
)
_FULL_WIDTH_SIGNS = frozenset("（）【】，。：；！？＝＋－＊／＜＞｜［］＂＇")


def syntax_error(
    part: PartSource, error: TemplateSyntaxError | RefusedCodeError
) -> TemplateError:
    """The error to raise for code that cannot be read or is not allowed."""
    line = error.line if isinstance(error, RefusedCodeError) else error.lineno
    tag = tag_before(part.tag_at, line)
    if isinstance(error, RefusedCodeError):
        return part.table.refused_at(tag, error.message, error.hint)
    wide = sorted(_FULL_WIDTH_SIGNS & set(tag.code))
    hint = (
        f"标签里有全角符号 {' '.join(wide)}，请改成半角"
        if wide
        else "例如 {{ 单位.名称 }}、{% if 项目 %}、{% for 行 in 明细 %}"
    )
    return part.table.refused_at(tag, "写法不对，看不懂", hint)


def too_deep(part: PartSource, environment: Sandbox) -> TemplateError:
    """The error to raise for a template that Python cannot compile: at the tag that is too much, or at the first."""
    hint = "请简化这个标签，或减少循环和判断的层数"
    for tag in part.tag_at.values():
        try:
            environment.compile(environment.parse(_alone(tag)))
        except TemplateSyntaxError:
            continue  # else and endif alone
        except (SyntaxError, RecursionError, MemoryError, ValueError):
            return part.table.refused_at(tag, "太长或嵌套太深", hint)
    tag = next(iter(part.tag_at.values()))
    return part.table.refused_at(tag, "循环和判断套得太深", hint)


def _alone(tag: Tag) -> str:
    """The code of a tag as a template of its own."""
    if tag.sign == "{":
        return f"{PRINT_START}{tag.code}{PRINT_END}"
    ending = (
        f"{BLOCK_START}end{tag.word}{BLOCK_END}"
        if tag.word in ("if", "for")
        else ""
    )
    return f"{BLOCK_START}{tag.code}{BLOCK_END}{ending}"


def print_error(
    part: PartSource,
    template: Template,
    error: Exception,
    context: Names,
) -> ReportgenError:
    """The error to raise for what happened while the part was printed."""
    frame, line = _template_frame(template, error)
    tag = tag_before(part.tag_at, line)
    field = _field(tag, frame, context, error)
    message, hint = _message(error, frame, context)
    if field:
        message += f"（数据中的 {field}）"
    # a value with a character that XML forbids
    is_refused = isinstance(error, UnprintableError) and error.forbidden
    kind = ValueRefused if is_refused else TemplateError
    return kind(
        f"{tag.location}的标签“{shortened(tag.typed)}”：{message}",
        place=Place(part.table.file),
        hint=hint,
    )


def _template_frame(
    template: Template, error: Exception
) -> tuple[FrameType | None, int]:
    """The frame of the compiled template in which it happened, and the line of the source."""
    frame = None
    line = 1
    for at, number in walk_tb(error.__traceback__):
        if at.f_globals is template.root_render_func.__globals__:
            frame = at
            line = template.get_corresponding_lineno(number)
    return frame, line


def _message(
    error: Exception, frame: FrameType | None, context: Names
) -> tuple[str, str]:
    if isinstance(error, UnknownNameError):
        return _unknown(error, frame, context)
    if isinstance(error, UnprintableError):
        return error.message, error.hint or "请改正数据，或修改模板中的这个标签"
    for kinds, message, hint in _MESSAGES:
        if isinstance(error, kinds):
            return message, hint
    return (
        f"算不出来（{type(error).__name__}）",
        "请检查标签里的名称和类型，例如文字不能与数字比较",
    )


def _unknown(
    error: UnknownNameError, frame: FrameType | None, context: Names
) -> tuple[str, str]:
    if error.hint:
        return error.hint, "请先用 {% if … %} 判断"
    name = shortened(str(error.name))
    if error.holder is missing:
        known = [*context, *(loop_names(frame.f_locals) if frame else ())]
        return f"数据中没有“{name}”", _suggestion(name, known)
    if isinstance(error.holder, dict):
        return f"这一组数据中没有“{name}”", _suggestion(
            name, [str(key) for key in error.holder]
        )
    what = {
        list: "一组数据（列表）",
        tuple: "一组数据（列表）",
        str: "文字",
        LoopContext: "循环",
    }.get(type(error.holder), "单个值")
    return f"“{name}”前面的是{what}，其中没有这一项", "请检查点号前后的名称"


def _suggestion(name: str, known: list[str]) -> str:
    found = nearest(name, known, least=40, processor=utils.default_process)
    if found:
        return f"是否应为“{found.name}”？"
    listed = "、".join(sorted(set(known))[:12])
    return f"可用的名称有：{listed}" if listed else "请检查名称"


def _field(
    tag: Tag,
    frame: FrameType | None,
    context: Names,
    error: Exception,
) -> str:
    """Where in the data the trouble lies: by the value itself when it is a text, else by the names in the tag."""
    if isinstance(error, UnprintableError):
        if error.forbidden and isinstance(error.value, str):
            return _path_of_text(context, error.value)
        return _named_field(tag, frame, context)
    if isinstance(error, UnknownNameError) and isinstance(
        error.holder, dict | list
    ):
        return dotted(_path_of_object(context, error.holder) or ())
    return ""


def _path_of_text(context: Names, text: str) -> str:
    found = path_to(
        context, lambda value: isinstance(value, str) and value == text
    )
    return dotted(found or ())


def _path_of_object(context: Names, holder: Any) -> FieldPath | None:
    return path_to(context, lambda value: value is holder)


def _named_field(tag: Tag, frame: FrameType | None, context: Names) -> str:
    steps = _steps(tag)
    if not steps:
        return ""
    first, *rest = steps
    variables = frame.f_locals if frame else {}
    for name in reversed(list(variables)):
        holder = variables[name]
        if name.endswith(f"_{first}") and isinstance(holder, dict | list):
            return dotted(
                [*(_path_of_object(context, holder) or (first,)), *rest]
            )
    return dotted(steps)


def _steps(tag: Tag) -> list[str | int]:
    """The names of a tag that is a plain path, else none: {{ 行.资金["执行数"] }} -> 行, 资金, 执行数."""
    try:
        tree = template_sandbox().parse(f"{PRINT_START}{tag.code}{PRINT_END}")
    except TemplateSyntaxError:
        return []
    output = tree.find(nodes.Output)
    node: nodes.Node | None = (
        output.nodes[0] if output and output.nodes else None
    )
    steps: list[Any] = []
    while isinstance(node, nodes.Getattr | nodes.Getitem):
        steps.insert(0, _key(node))
        node = node.node
    if not isinstance(node, nodes.Name) or None in steps:
        return []
    return [node.name, *steps]


def _key(node: nodes.Getattr | nodes.Getitem) -> str | int | None:
    """What it takes from its holder, where that is written out."""
    if isinstance(node, nodes.Getattr):
        return node.attr
    return node.arg.value if isinstance(node.arg, nodes.Const) else None


def path_to(context: Names, is_it: Any) -> FieldPath | None:
    """The path to the first value of the data for which `is_it` holds."""
    stack: list[tuple[FieldPath, Any]] = [((), context)]
    seen: set[int] = set()
    while stack and len(seen) < _MAX_VISITS:
        path, value = stack.pop()
        if path and is_it(value):
            return path
        if not isinstance(value, Mapping | list | tuple) or id(value) in seen:
            continue
        seen.add(id(value))
        pairs = (
            value.items() if isinstance(value, Mapping) else enumerate(value)
        )
        stack += [((*path, key), item) for key, item in [*pairs][::-1]]
    return None
