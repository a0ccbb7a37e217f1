"""Turns whatever goes wrong while a template is compiled or printed into one message: file, part, place, tag, cure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import FrameType
from typing import Any

from jinja2 import Template, TemplateSyntaxError, nodes
from jinja2.runtime import LoopContext
from jinja2.utils import missing
from rapidfuzz import fuzz, process, utils

from reportgen.core.errors import Place, ReportgenError, TemplateError, ValueRefused
from reportgen.core.findings import dotted
from reportgen.language.refusals import RefusedCodeError, TooMuchError, UnknownNameError
from reportgen.language.sandbox import Sandbox
from reportgen.language.template_environment import (
    MAX_OUTPUT,
    loop_names,
    template_sandbox,
)
from reportgen.language.xml_text import UnprintableError
from reportgen.render.template.frontend import PartSource
from reportgen.render.template.tags import Tag, shortened

_MAX_VISITS = 200_000  # containers looked at to name the field of a bad value
_FULL_WIDTH_SIGNS = frozenset("（）【】，。：；！？＝＋－＊／＜＞｜［］＂＇")


def syntax_error(
    part: PartSource, error: TemplateSyntaxError | RefusedCodeError
) -> TemplateError:
    """The error to raise for code that cannot be read or is not allowed."""
    line = error.line if isinstance(error, RefusedCodeError) else error.lineno
    tag = tag_on(part, line)
    if isinstance(error, RefusedCodeError):
        return part.table.refused(error.message, tag.spot, tag.typed, hint=error.hint)
    wide = sorted(_FULL_WIDTH_SIGNS & set(tag.code))
    hint = (
        f"标签里有全角符号 {' '.join(wide)}，请改成半角"
        if wide
        else "例如 {{ 单位.名称 }}、{% if 项目 %}、{% for 行 in 明细 %}"
    )
    return part.table.refused("写法不对，看不懂", tag.spot, tag.typed, hint=hint)


def too_deep(part: PartSource, environment: Sandbox) -> TemplateError:
    """The error to raise for a template that Python cannot compile: at the tag that is too much, or at the first."""
    hint = "请简化这个标签，或减少循环和判断的层数"
    for tag in part.tag_at.values():
        ending = (
            {"if": "{% endif %}", "for": "{% endfor %}"}.get(tag.word, "")
            .replace("{%", "\x0e")
            .replace("%}", "\x0f")
        )
        start, end = "\x10\x11" if tag.sign == "{" else "\x0e\x0f"
        try:
            environment.compile(environment.parse(f"{start}{tag.code}{end}{ending}"))
        except TemplateSyntaxError:
            continue  # else and endif alone
        except (SyntaxError, RecursionError, MemoryError, ValueError):
            return part.table.refused("太长或嵌套太深", tag.spot, tag.typed, hint=hint)
    tag = next(iter(part.tag_at.values()))
    return part.table.refused("循环和判断套得太深", tag.spot, tag.typed, hint=hint)


def tag_on(part: PartSource, line: int) -> Tag:
    """The tag whose code stands on this line of the source, or else the last one before it."""
    before = [at for at in part.tag_at if at <= line]
    return part.tag_at[max(before) if before else min(part.tag_at)]


def print_error(
    part: PartSource, template: Template, error: Exception, context: Mapping[str, Any]
) -> ReportgenError:
    """The error to raise for what happened while the part was printed."""
    frame, line = _template_frame(template, error)
    tag = tag_on(part, line)
    field = _field(tag, frame, context, error)
    message, hint = _said(error, frame, context)
    if field:
        message += f"（数据中的 {field}）"
    located = f"{tag.spot}的标签“{shortened(tag.typed)}”：{message}"
    kind = (
        ValueRefused
        if isinstance(error, UnprintableError) and error.forbidden
        else TemplateError
    )
    return kind(located, place=Place(part.table.file), hint=hint)


def _template_frame(
    template: Template, error: Exception
) -> tuple[FrameType | None, int]:
    """The frame of the compiled template in which it happened, and the line of the source."""
    trace = error.__traceback__
    frame, line = None, 1
    while trace is not None:
        if trace.tb_frame.f_globals is template.root_render_func.__globals__:
            frame, line = (
                trace.tb_frame,
                template.get_corresponding_lineno(trace.tb_lineno),
            )
        trace = trace.tb_next
    return frame, line


def _said(
    error: Exception, frame: FrameType | None, context: Mapping[str, Any]
) -> tuple[str, str]:
    if isinstance(error, UnknownNameError):
        return _unknown(error, frame, context)
    if isinstance(error, UnprintableError):
        return error.message, error.hint or "请改正数据，或修改模板中的这个标签"
    if isinstance(error, TooMuchError | MemoryError):
        return (
            f"打印的内容超过上限（{MAX_OUTPUT // 1_000_000} 百万字符）",
            "请减少循环的层数或数据的条数",
        )
    if isinstance(error, ArithmeticError):
        return (
            "算不出来（除数为零或数值越界）",
            "请先用 {% if … %} 判断，或在数据中准备好",
        )
    if isinstance(error, RecursionError):
        return "嵌套太深", "请简化这个标签"
    return (
        f"算不出来（{type(error).__name__}）",
        "请检查标签里的名称和类型，例如文字不能与数字比较",
    )


def _unknown(
    error: UnknownNameError, frame: FrameType | None, context: Mapping[str, Any]
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
    found = process.extractOne(
        name, known, scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=40
    )
    if found:
        return f"是否应为“{found[0]}”？"
    listed = "、".join(sorted(set(known))[:12])
    return f"可用的名称有：{listed}" if listed else "请检查名称"


def _field(
    tag: Tag, frame: FrameType | None, context: Mapping[str, Any], error: Exception
) -> str:
    """Where in the data the trouble lies: by the value itself when it is a text, else by the names in the tag."""
    if (
        isinstance(error, UnprintableError)
        and isinstance(error.value, str)
        and error.forbidden
    ):
        found = path_to(
            context, lambda value: isinstance(value, str) and value == error.value
        )
        return dotted(found) if found else ""
    if isinstance(error, UnknownNameError) and isinstance(error.holder, dict | list):
        holder = error.holder
        found = path_to(context, lambda value: value is holder)
        return dotted(found) if found else ""
    if isinstance(error, UnprintableError):
        return _named_field(tag, frame, context)
    return ""


def _named_field(tag: Tag, frame: FrameType | None, context: Mapping[str, Any]) -> str:
    steps = list(_steps(tag))
    if not steps:
        return ""
    holders = (
        [
            frame.f_locals[name]
            for name in frame.f_locals
            if name.endswith(f"_{steps[0]}")
        ]
        if frame
        else []
    )
    for holder in reversed(holders):
        if isinstance(holder, dict | list):
            found = path_to(context, lambda value, holder=holder: value is holder)
            return dotted([*(found or (steps[0],)), *steps[1:]])
    return dotted(steps)


def _steps(tag: Tag) -> Iterator[str | int]:
    """The names of a tag that is a plain path: {{ 行.资金["执行数"] }} -> 行, 资金, 执行数."""
    try:
        tree = template_sandbox().parse(f"\x10{tag.code}\x11")
    except TemplateSyntaxError:
        return
    output = tree.body[0] if tree.body else None
    node = (
        output.nodes[0] if isinstance(output, nodes.Output) and output.nodes else None
    )
    steps: list[str | int] = []
    while isinstance(node, nodes.Getattr | nodes.Getitem):
        key = (
            node.attr
            if isinstance(node, nodes.Getattr)
            else getattr(node.arg, "value", None)
        )
        if not isinstance(key, str | int):
            return
        steps.append(key)
        node = node.node
    if isinstance(node, nodes.Name):
        yield node.name
        yield from reversed(steps)


def path_to(context: Mapping[str, Any], is_it: Any) -> tuple[str | int, ...] | None:
    """The path to the first value of the data for which `is_it` holds."""
    stack: list[tuple[tuple[str | int, ...], Any]] = [((), context)]
    seen: set[int] = set()
    while stack and len(seen) < _MAX_VISITS:
        path, value = stack.pop()
        if path and is_it(value):
            return path
        if not isinstance(value, Mapping | list | tuple) or id(value) in seen:
            continue
        seen.add(id(value))
        pairs = value.items() if isinstance(value, Mapping) else enumerate(value)
        stack.extend(((*path, key), item) for key, item in reversed(list(pairs)))
    return None
