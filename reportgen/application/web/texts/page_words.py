"""What is told for the command line, said for somebody who sees nothing but the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

_QUOTED = re.compile("“[^”]*”|「[^」]*」")  # what somebody typed stays
_KEPT = re.compile("\x00([0-9]+)\x00")
# What is said otherwise, the longest first.
_WORDS: tuple[tuple[str, str], ...] = (
    (
        "编号可用 ?reportgen explain .*?--sentences ?查看",
        "编号在“报告文字”页各句的下面",
    ),
    ("再执行(?:一次)?同一条(?: ?reportgen [a-z]+ ?)?命令", "再点一次"),
    (
        "(?:请先执行|用|使用|执行) ?reportgen build ?(?:重新)?(?:生成)?",
        "到“文件”页点“生成文件”",
    ),
    (
        "(?:用|使用) ?reportgen new [^，；。（）]*?(?:生成|新建)(?:一份带说明的|一份|填报文件)?",
        "用“新建单位”新建",
    ),
    ("(?:用|使用) ?reportgen pull[^，；。]*", "在“Word 里改的”页带回"),
    ("(?:用|使用) ?reportgen undo[^，；。]*", "用“撤销上一步”"),
    ("请用 --pack standard", "请选模板包 standard"),
    (" ?unit\\.yaml ?", "填报文件"),
    (" ?\\.?yaml (?:文本)?文件", "填报文件"),
)
_PATTERNS = tuple((re.compile(found), said) for found, said in _WORDS)
# What is of no use here: a clause that names a command, an option, or how a file is started.
_OF_TERMINAL = re.compile(
    "(?<![.\\w])reportgen|(?<![\\w-])--?[a-z]|命令行|执行.{0,12}命令"
)
_CLAUSE = re.compile("[，；。]")


def page_words(told: str) -> str:
    """The text without what only a terminal understands; what is between quotation marks stays as it is."""
    quoted: list[str] = []

    def kept(found: re.Match[str]) -> str:
        quoted.append(found[0])
        return f"\x00{len(quoted) - 1}\x00"

    text = _QUOTED.sub(kept, told)
    for pattern, said in _PATTERNS:
        text = pattern.sub(said, text)
    text = "".join(_useful(text))
    return _KEPT.sub(lambda found: quoted[int(found[1])], text)


def _useful(text: str) -> Iterator[str]:
    """The clauses that can be followed here, each with the mark before it."""
    start = 0
    mark = ""
    is_first = True
    for found in (*_CLAUSE.finditer(text), None):
        end = found.start() if found else len(text)
        clause = text[start:end]
        if not _OF_TERMINAL.search(clause):
            yield clause if is_first else mark + clause
            is_first = False
        if found:
            mark, start = found[0], found.end()
