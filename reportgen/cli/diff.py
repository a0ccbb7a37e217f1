"""reportgen diff."""

from reportgen.application.diff import DocumentDiff
from reportgen.application.diff import diff as diff_documents
from reportgen.cli.options import OUTPUTS, EditedFiles, OutputFolder, UnitFile
from reportgen.cli.show import EXIT_CLEAN, Lines, exit_code, failure_lines, say
from reportgen.cli.workplace import workplace


def diff(
    files: EditedFiles, output: OutputFolder = OUTPUTS, unit: UnitFile = None
) -> int:
    """列出在 Word、WPS 里改了哪些内容：改、增、删、移，各在哪里。

    不改动任何文件。没有改动时退出码为 0，有改动为 1，读不了为 3。
    """
    code = EXIT_CLEAN
    for one in diff_documents(files, output, unit, workplace()):
        say(_lines(one))
        code = max(code, exit_code(one.failures, one.edits))
    return code


def _lines(one: DocumentDiff) -> Lines:
    if one.failures:
        yield from failure_lines(one.file, one.failures)
        return
    yield f"{one.file}：{_summed_up(one)}"
    yield from (f"  {line}" for line in (one.remark, *one.edits) if line)


def _summed_up(one: DocumentDiff) -> str:
    """How much was changed, in one word."""
    if one.edits:
        return f"改动 {len(one.edits)} 处"
    return "没有改动，只是重新保存过" if one.resaved else "没有改动"
