"""Help and usage errors in Chinese; typer's own are in English."""

import re
from collections.abc import Callable
from difflib import get_close_matches
from inspect import cleandoc
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from reportgen.core.control_chars import harmless

UsageError: Any = typer.BadParameter.__base__  # typer does not export it


class UnknownCommandError(UsageError):  # type: ignore[misc]
    """A command that does not exist; the message is in Chinese already."""


def _help(command: Any, ctx: Any, formatter: Any) -> None:
    params = command.get_params(ctx)
    arguments = [one for one in params if one.param_type_name == "argument"]
    options = [one for one in params if one.param_type_name == "option"]
    is_group = isinstance(command, TyperGroup)
    pieces = ["命令 …"] if is_group else ["[选项]", *map(_piece, arguments)]
    formatter.write(f"用法：{ctx.command_path} {' '.join(pieces)}\n\n")
    formatter.write(f"{cleandoc(command.help)}\n")
    if is_group:
        commands = command.commands.items()
        told = [(name, _first(one)) for name, one in commands]
        _table(formatter, "命令", told)
    told = [(one.metavar, one.help) for one in arguments]
    _table(formatter, "参数", told)
    told = list(map(_option, options))
    _table(formatter, "选项", told)


def _piece(argument: Any) -> str:
    """How an argument stands behind the name of the command: 文件 … or [项]."""
    name = f"{argument.metavar}{' …' if argument.nargs == -1 else ''}"
    return name if argument.required else f"[{name}]"


def _first(command: Any) -> str:
    """The first line of the help of a command."""
    return str(cleandoc(command.help).splitlines()[0])


def _option(param: Any) -> tuple[str, str]:
    """An option and its help."""
    if "--help" in param.opts:
        return "--help", "显示本说明。"
    value = "" if param.is_flag else f" {param.metavar}"
    names = ", ".join([*param.opts, *param.secondary_opts])
    return f"{names}{value}", param.help


def _table(formatter: Any, title: str, rows: list[tuple[str, str]]) -> None:
    if not rows:
        return
    width = max(_width(name) for name, _ in rows) + 2
    formatter.write(f"\n{title}：\n")
    for name, text in rows:
        formatter.write(f"  {name}{' ' * (width - _width(name))}{text}\n")


def _width(text: str) -> int:
    """Columns on a terminal: a Chinese character takes two."""
    return sum(2 if ord(char) > 0x2E7F else 1 for char in text)


class ChineseCommand(TyperCommand):
    """A command whose help is Chinese."""

    format_help = _help


class ChineseGroup(TyperGroup):
    """A group of commands whose help is Chinese."""

    format_help = _help

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """As typer does, but a wrong name is told in Chinese, with the names that are like it."""
        name = args[0]
        if name not in self.commands and not name.startswith("-"):
            close = get_close_matches(name, self.commands)
            lead = "是否应为 " if close else "可用的命令："
            hint = f"{lead}{'、'.join(close or self.commands)}"
            raise UnknownCommandError(f"没有这个命令：{name}；{hint}", ctx)
        return super().resolve_command(ctx, args)


def say_usage_error(error: Any) -> None:
    """One line that says what is wrong with the command as typed, and where help is."""
    similar = getattr(error, "possibilities", None) or ()
    hint = f"；是否应为 {'、'.join(similar)}" if similar else ""
    path = error.ctx.command_path if error.ctx else "reportgen"
    text = _MESSAGES.get(type(error).__name__, _other)(error)
    told = harmless(f"{text}{hint}。用 {path} --help 查看用法。")
    typer.echo(told, err=True)


def _wrong_value(error: Any) -> str:
    """What an option takes; what a command itself refuses it says in Chinese already."""
    param = error.param
    if param is None:
        return f"{error.param_hint or ''} {error.message}".lstrip()
    *choices, last = param.metavar.split("|")
    told = f"{'、'.join(choices)} 或 {last}" if choices else last
    return f"{param.opts[0]} 只能写 {told}"


def _wrong_option(error: Any) -> str:
    """What is wrong with a value behind an option."""
    is_switch = "does not take" in error.message
    return (
        f"选项 {error.option_name} 后面{'不能带值' if is_switch else '缺少值'}"
    )


def _other(error: Any) -> str:
    """What typer only says in words: a command is missing, or there is a word too many."""
    message = error.format_message()
    extra = re.search(r"extra argument(?:s|\(s\))? \((.*)\)", message)
    if extra:
        return f"多写了参数：{extra[1]}（文件名中有空格的，请加英文双引号）"
    if error.ctx and isinstance(error.ctx.command, TyperGroup):
        return "请给出要执行的命令"
    return f"命令无法识别（{message}）"


_MESSAGES: dict[str, Callable[[Any], str]] = {
    "NoSuchOption": lambda error: f"没有这个选项：{error.option_name}",
    "MissingParameter": lambda error: f"缺少参数：{error.param.metavar}",
    "BadParameter": _wrong_value,
    "BadOptionUsage": _wrong_option,
    "UnknownCommandError": lambda error: error.message,
}
