"""The command line: parse, call, show, exit."""

from __future__ import annotations

import sys
from typing import Any

import typer

from reportgen.cli import build, check, explain, new, packs, rules, schema
from reportgen.cli.chinese import ChineseCommand, ChineseGroup, UsageError, say_usage_error
from reportgen.cli.show import EXIT_STOPPED, EXIT_USAGE, failure_text

app = typer.Typer(
    name="reportgen",
    cls=ChineseGroup,
    help="预算绩效自评报告编写助手：一份 unit.yaml，生成整套自评表和自评报告。",
    add_completion=False,
    no_args_is_help=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for _name, _command in (
    ("build", build.build),
    ("check", check.check),
    ("explain", explain.explain),
    ("rules", rules.rules),
    ("new", new.new),
    ("schema", schema.schema),
):
    app.command(_name, cls=ChineseCommand)(_command)

_pack = typer.Typer(cls=ChineseGroup, help="查看、检查、复制模板包。", rich_markup_mode=None)
_pack.command("list", cls=ChineseCommand)(packs.list_packs)
_pack.command("check", cls=ChineseCommand)(packs.check_pack)
_pack.command("new", cls=ChineseCommand)(packs.new_pack)
app.add_typer(_pack, name="pack")


def main(arguments: list[str] | None = None) -> None:
    """The program: runs a command and exits with its code."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Any = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")  # a GBK console cannot show every character; that must not stop the work
    sys.exit(_run(arguments))


def _run(arguments: list[str] | None) -> int:
    try:
        code = app(arguments, prog_name="reportgen", standalone_mode=False)
    except UsageError as error:
        say_usage_error(error)
        return EXIT_USAGE
    except (typer.Abort, KeyboardInterrupt):
        typer.echo("已中断；已经写好的文件保留。", err=True)
        return EXIT_STOPPED
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except Exception as error:
        typer.echo(failure_text(error), err=True)
        return EXIT_STOPPED
    return code if isinstance(code, int) else 0
