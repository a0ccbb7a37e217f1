"""Values as YAML text: plain where they may be, quoted where they must, on one line or over several."""

import re
from collections.abc import Iterator, Sequence

STEP = 2  # columns by which a new level is indented
_PLAIN = re.compile(
    r"(?!null$)[^\s\-?:,\[\]{}#&*!|>'\"%@`=~][^\n:#\"']*[^\s:#\"']|[^\s\-?:,\[\]{}#&*!|>'\"%@`=~:]"
)
IN_FLOW = re.compile(r"[,\[\]{}]")


def block_list(values: Sequence[str], indent: int) -> str:
    """A list of an item a line."""
    return (
        "".join(f"\n{' ' * indent}- {next(scalars(one, ''))}" for one in values)
        if values
        else " []"
    )


def flow_list(values: Sequence[str]) -> str:
    """A list in brackets."""
    return f"[{', '.join(quoted(one) if IN_FLOW.search(one) else next(scalars(one, '')) for one in values)}]"


def flow_values(value: str | tuple[str, ...]) -> Iterator[str]:
    """Ways to write a value within braces."""
    if isinstance(value, str):
        yield from (
            one
            for one in scalars(value, "")
            if one[:1] in "\"'" or not IN_FLOW.search(one)
        )
    else:
        yield flow_list(value)


def scalars(value: str, style: str) -> Iterator[str]:
    """Ways to write a text, that of the old one first."""
    if style == "'" and "\n" not in value:
        yield "'" + value.replace("'", "''") + "'"
    if style != '"' and _PLAIN.fullmatch(value):
        yield value
    yield quoted(value)


def quoted(value: str) -> str:
    """A text in double quotes."""
    escaped = (
        value.replace("\\", "\\\\")
        .replace('"', '\\"')
        .replace("\n", "\\n")
        .replace("\t", "\\t")
    )
    return f'"{escaped}"'


def literal(value: str, indent: int) -> str:
    """A text of several lines behind |."""
    return "|-\n" + "\n".join(
        f"{' ' * indent}{line}" if line else "" for line in value.split("\n")
    )
