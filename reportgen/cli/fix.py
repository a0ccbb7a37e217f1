"""reportgen check --fix."""

from collections.abc import Sequence
from pathlib import Path

from reportgen.application.fix import FixedFile, fix
from reportgen.cli.show import (
    EXIT_CLEAN,
    Lines,
    exit_code,
    indented,
    say,
    say_json,
)


def fix_files(paths: Sequence[Path], *, apply: bool, as_json: bool) -> int:
    """Show what can be mended, or that it was; the exit code."""
    files = list(fix(paths, apply=apply))
    if as_json:
        say_json({"files": [_shape(one) for one in files]})
    else:
        say(line for one in files for line in _lines(one))
    return max(map(_exit_code, files), default=EXIT_CLEAN)


def _exit_code(one: FixedFile) -> int:
    """Whether nothing is left to do in the file."""
    is_open = one.fixes and not one.kept
    return exit_code(one.failures, one.left or is_open)


def _shape(one: FixedFile) -> dict[str, object]:
    return {
        "file": str(one.file),
        "fixes": [fixed._asdict() for fixed in one.fixes],
        "left": one.left,
        "kept": one.kept,
        "failures": [finding.as_json() for finding in one.failures],
    }


def _lines(one: FixedFile) -> Lines:
    """What can be mended in a file, or was."""
    if one.failures:
        yield f"{one.file}：没有改动"
        yield from indented(one.failures)
        return
    said = "没有可以自动改正的写法"
    if one.fixes:
        said = f"可以改正 {len(one.fixes)} 行"
    yield f"{one.file}：{said}"
    for fixed in one.fixes:
        yield f"  第{fixed.line}行  {fixed.old}"
        yield f"      改为  {fixed.new}"
    if one.left:
        yield f"  另有 {one.left} 处要自己改，请看 reportgen check {one.file}"
    if one.kept:
        yield f"  已写入；改动前的文件在 {one.file.parent / one.kept}"
    elif one.fixes:
        yield "  没有写入；核对后加 --apply 写入"
