"""Where a quoted text and where a line ends."""


def closing_quote(
    text: str,
    start: int,
    end: int,
) -> int:
    """Where the quote at `start` is closed; -1 if nowhere."""
    quote = text[start]
    at = start + 1
    while (at := text.find(quote, at, end)) >= 0:
        if quote == "'" and text[at + 1 : at + 2] == "'":
            at += 2
        elif quote == '"' and _is_escaped(text, at):
            at += 1
        else:
            return at
    return -1


def _is_escaped(text: str, at: int) -> bool:
    """Whether an odd number of backslashes stands before a quote."""
    before = text[max(0, at - 20) : at]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def line_end(text: str, at: int) -> int:
    """Where the line ends that an offset is in."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end
