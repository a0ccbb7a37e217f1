"""What is wrong with a text that is no YAML: the parser's English put into plain Chinese, with the way out.

The parser says where it gave up, which is often a line or more behind the slip; so each rule looks at the text around
that point, and the first rule that recognises something speaks.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import yaml

from reportgen.core.errors import Place
from reportgen.core.findings import Finding, Severity
from reportgen.sources.braces import brace_slip, wide_brace
from reportgen.sources.characters import code_point, forbidden_escapes, shown
from reportgen.sources.colons import full_width_colon, missing_space
from reportgen.sources.neighbours import (
    list_mark,
    misplaced_colon,
    no_colon,
    wide_blank,
)
from reportgen.sources.trouble import Advice, Trouble, find_trouble, upwards

_KEY = r"\s*(?:-\s+)*(?:[^\s:#\"'][^:#]*:\s+)?"  # what may stand before a value in its line
_TEMPLATE = re.compile(rf"{_KEY}(\{{[{{%#])")
_QUOTED = re.compile(rf"{_KEY}([\"'])")
_SIGNS = {
    ">=": "≥",
    ">＝": "≥",
}  # at the beginning of a value YAML wants something else of ">"
_BRACKET = re.compile(rf"{_KEY}([\[{{])")


def quote_template(tag: str) -> str:
    """What to say about a value that starts with a template tag outside quotes."""
    return f'内容以“{tag}”开头时要放进引号里，例如 单位概况: "{{{{ 默认 }}}}"；有多行时请在键后写“|”，内容另起一行并缩进'


def syntax_finding(file: str, text: str, error: yaml.YAMLError) -> Finding:
    """A parser error as a finding: where it is, what is wrong and what to do."""
    trouble = find_trouble(text, error)
    advice = next(found for rule in _RULES if (found := rule(trouble)))
    return Finding(
        advice.code,
        Severity.ERROR,
        advice.message,
        Place(file, advice.line + 1, advice.column + 1),
    )


def _tab(trouble: Trouble) -> Advice | None:
    for line in (trouble.line, trouble.start_line):
        match = re.match(r" *\t", trouble.head(line))
        if match:
            return Advice(
                "用了制表符（Tab键）缩进；YAML 只能用空格缩进，请把行首的制表符换成空格",
                line,
                match.end() - 1,
            )
    return None


def _template_tag(trouble: Trouble) -> Advice | None:
    for line in trouble.suspects():
        match = _TEMPLATE.match(trouble.head(line))
        if match:
            return Advice(quote_template(match[1]), line, match.start(1))
    return None


def _starting_character(trouble: Trouble) -> Advice | None:
    """A value (or key) whose first character means something to YAML."""
    says, char, line, column = trouble.says, trouble.char, trouble.line, trouble.column
    if "directive" in says or "<document start>" in says:
        line, column = trouble.start_line, 0
        char = trouble.lines[line][:1]
        if char != "%":
            return None
    elif any(kind in says for kind in ("anchor", "alias", "tag", "block scalar")):
        line, column = trouble.start_line, trouble.start_column
        char = trouble.lines[line][column : column + 1]
    elif not any(
        kind in says
        for kind in ("cannot start any token", "node content", "keys are not allowed")
    ):
        return None
    if not char.strip():
        return None
    rest = trouble.lines[line][column:].strip()
    if _in_brackets(trouble.lines[line][:column]):
        rest = re.split(r"[,}\]]", rest, maxsplit=1)[0].rstrip()
    sign = _SIGNS.get(rest[:2], "")
    instead = f"，或写成 {sign}{shown(rest[2:].strip(), 12)}" if sign else ""
    rest = shown(rest.replace('"', "”"), 12)
    return Advice(
        f'内容不能以“{char}”开头；请用引号括起来，例如 "{rest}"{instead}', line, column
    )


def _in_brackets(before: str) -> bool:
    return before.count("{") + before.count("[") > before.count("}") + before.count("]")


def _escape(trouble: Trouble) -> Advice | None:
    """A backslash inside double quotes; an escaped surrogate is a forbidden character."""
    line, column = trouble.line, trouble.column
    if "escape" not in trouble.says and "hexdec" not in trouble.says:
        return None
    chars = (
        forbidden_escapes(trouble.text, trouble.start_index)
        if "Unicode" in trouble.says
        else []
    )
    if chars:
        names = "、".join(map(code_point, chars))
        return Advice(
            f"内容里有Word文档不能保存的字符 {names}；请删去，表情等符号请直接输入",
            line,
            column,
            "DAT007",
        )
    return Advice(
        "双引号里的反斜杠“\\”有特殊含义；请改用单引号，或把每个“\\”写成“\\\\”",
        line,
        column,
    )


def _unclosed_quote(trouble: Trouble) -> Advice | None:
    if "quoted scalar" not in trouble.says:
        return None
    quote = trouble.text[trouble.start_index : trouble.start_index + 1]
    message = f"引号没有成对：从这里开始的引号（{quote}）直到文件末尾也没有结束；请在内容末尾补上同样的引号"
    return Advice(message, trouble.start_line, trouble.start_column)


def _odd_colon(trouble: Trouble) -> Advice | None:
    """A full-width colon, or one without the space behind it; of several such lines the first."""
    if not any(kind in trouble.says for kind in ("expected ':'", "mapping values")):
        return None
    for diagnose in (full_width_colon, missing_space):
        for suspect in trouble.suspects():
            if advice := _first_of_its_kind(trouble, suspect, diagnose):
                return advice
    return None


def _first_of_its_kind(
    trouble: Trouble, suspect: int, diagnose: Callable[[str], str | None]
) -> Advice | None:
    """The advice for the topmost of the adjoining lines that have the same slip as the suspect."""
    advice = None
    for line in upwards(suspect):
        head = trouble.head(line)
        message = diagnose(head)
        if message is None:
            break
        advice = Advice(message, line, len(head) - len(head.lstrip()))
    return advice


def _text_behind_value(trouble: Trouble) -> Advice | None:
    """Text after a closed quote or bracket, or a quote that was closed by the next one further down."""
    if not any(
        kind in trouble.says
        for kind in ("expected key", "<block end>", "'-' indicator", "<document start>")
    ):
        return None
    if (
        trouble.char in ("", " ", "-")
        or not trouble.lines[trouble.line][: trouble.column].strip()
    ):
        return None
    for line in upwards(trouble.line):
        match = _QUOTED.match(trouble.head(line))
        if match and trouble.lines[line].count(match[1]) % 2:
            return Advice(
                f"引号没有成对：这一行的引号（{match[1]}）没有结束；请补上",
                line,
                match.start(1),
            )
    for pattern, name in ((_QUOTED, "引号"), (_BRACKET, "括号")):
        match = pattern.match(trouble.head(trouble.line))
        behind = trouble.lines[trouble.line][trouble.column :]
        if match and match[1] == "{" and "}" in behind:
            message = f"“{{ }}”在“{shown(behind)}”之前就结束了；“}}”是内容的一部分时，请给那一项的内容加上英文双引号"
            return Advice(message, trouble.line, trouble.column)
        if match:
            message = f"{name}之后还有文字“{shown(behind)}”；请用引号把整个内容括起来"
            other = "'" if match[1] == '"' else '"'
            return Advice(
                f"{message}，外层引号用 {other}", trouble.line, trouble.column
            )
    return None


def _list_item(trouble: Trouble) -> Advice | None:
    if trouble.char != "-" or "expected ':'" in trouble.says:
        return None
    if "sequence entries" in trouble.says:
        message = (
            '列表项（以“- ”开头）要另起一行；如果“-”就是内容，请用引号括起来，写成 "-"'
        )
    else:
        message = "这里不能出现列表项（以“- ”开头）；请把它写在所属的键下面，并与同组的其他项对齐"
    return Advice(message, trouble.line, trouble.column)


def _nameless(trouble: Trouble) -> Advice | None:
    if trouble.char != ":" or trouble.lines[trouble.line][: trouble.column].strip():
        return None
    return Advice("冒号前面没有键名；请写成“键: 内容”", trouble.line, trouble.column)


def _by_phrase(trouble: Trouble) -> Advice | None:
    for phrase, at_start, message in _PHRASES:
        if phrase in trouble.says:
            where = (
                (trouble.start_line, trouble.start_column)
                if at_start
                else (trouble.line, trouble.column)
            )
            return Advice(message, *where)
    return None


def _anything(trouble: Trouble) -> Advice:
    message = "不符合 YAML 的写法；请检查这一行及上一行的冒号、引号、括号和缩进"
    return Advice(message, trouble.line, trouble.column)


_INDENT = "缩进没有对齐；同一层的键（或“- ”）要从同一列开始，下一层比上一层多空两格"
_PHRASES = (
    ("',' or ']'", True, "方括号没有成对，或各项之间缺少逗号；请检查从这里开始的“[ ]”"),
    ("',' or '}'", True, "花括号没有成对，或各项之间缺少逗号；请检查从这里开始的“{ }”"),
    (
        "flow node",
        False,
        "括号没有成对；请检查这一行以前的“[ ]”和“{ }”，有头的都要有尾",
    ),
    ("expected key", False, _INDENT),
    ("'-' indicator", False, _INDENT),
    ("<block end>", False, _INDENT),
    (
        "<document start>",
        False,
        "前面的内容已经结束，这里却还有文字；请删去多余的文字或“...”行",
    ),
)
_RULES: tuple[Callable[[Trouble], Advice | None], ...] = (
    _tab,
    wide_blank,
    wide_brace,
    _template_tag,
    _escape,
    _unclosed_quote,
    _starting_character,
    list_mark,
    _odd_colon,
    misplaced_colon,
    brace_slip,
    _text_behind_value,
    _list_item,
    _nameless,
    no_colon,
    _by_phrase,
    _anything,
)
