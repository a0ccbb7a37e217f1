"""YAML to a plain tree of text: every scalar as it was typed, every value with its place, nothing constructed.

One pass over the parser's events with an explicit stack; no event can make it recurse, run code or grow without bound.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import yaml
from yaml import events

from reportgen.core.errors import Place
from reportgen.core.findings import Finding, Rejected, Severity, dotted
from reportgen.sources.braces import loose_piece
from reportgen.sources.characters import code_point, forbidden, shown, stand_ins
from reportgen.sources.colons import full_width_colon, missing_space
from reportgen.sources.neighbours import swallowed_item
from reportgen.sources.places import (
    Mark,
    Spot,
    Spots,
    key_place,
    place_at,
    position_at,
    scalar_span,
    value_place,
)
from reportgen.sources.syntax import quote_template, syntax_finding
from reportgen.sources.text import SourceText, read_text

COMMENT = "DAT013"
MAX_DEPTH = 40
MAX_NODES = 200_000
MAX_EXPANDED = 2_000_000  # nodes once every alias is replaced by what it stands for
MAX_PROBLEMS = 50  # of one file; who has more goes on reading after having mended these

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_BRACKET = re.compile(r"[\[{]|[\]}]")
_BEFORE_COLON = re.compile(r"\s*:")
_COMMENT = re.compile(
    r"[ \t]+#(?=[^\s#])[^\n]*"
)  # one without a blank behind the sign, which may be meant as content
_EMPTY = frozenset(("", "~", "null"))
# First character -> patterns of what YAML itself reads as null, bool, number, date or merge.
_IMPLICIT: dict[str, list[tuple[str, Any]]] = yaml.SafeLoader.yaml_implicit_resolvers


@dataclass
class YamlDocument:
    """One file as nested dict, list, str and None, and where each part of it stands."""

    source: SourceText
    data: Any
    root: Spot = field(repr=False)
    warnings: tuple[
        Finding, ...
    ] = ()  # what was left out, though it may be meant as content

    def place(self, path: Sequence[str | int]) -> Place:
        """Where the value at the path starts; if there is none, the key of the deepest part that exists."""
        return value_place(self.source.path, self.root, path)

    def key_place(self, path: Sequence[str | int]) -> Place:
        """Where the key at the path stands (for an item of a list, the item)."""
        return key_place(self.source.path, self.root, path)

    def span(self, path: Sequence[str | int]) -> tuple[int, int] | None:
        """Start and end offset in `source.text` of the scalar at the path, quotes included; None if it has none."""
        return scalar_span(self.source.text, self.root, path)


def load_yaml(path: Path) -> YamlDocument:
    """Read a file and build its tree; Rejected with every problem found in it."""
    return build_tree(read_text(path))


def build_tree(source: SourceText) -> YamlDocument:
    """The tree of a text; Rejected (DAT001 to DAT008) with every problem found in it."""
    builder = _Builder(source)
    data, root = builder.build()
    return YamlDocument(source, data, root, tuple(builder.warnings))


class _Anchored(NamedTuple):
    """What `&name` stands for; a value without size is still open, so an alias to it would contain itself."""

    value: Any
    children: Spots | None = None
    size: int = 0
    height: int = 0


class _Frame:
    """A mapping or list that is being read. `key` is where the next value goes; None when a key has to come first."""

    __slots__ = ("data", "event", "expanded", "height", "key", "key_mark", "spots")

    def __init__(self, data: Any, event: Any, key: int | None, expanded: int) -> None:
        self.data = data
        self.event = event
        self.key: str | int | None = key
        self.key_mark: Mark | None = None
        self.spots: Spots = {}
        self.height = 0
        self.expanded = expanded

    def put(self, value: Any, spot: Spot) -> None:
        """Store the value for which the key has been read."""
        key = self.key
        self.spots[key] = spot  # type: ignore[index]  # never without a key, see _Builder._open
        if type(key) is int:
            self.data.append(value)
            self.key = key + 1
        else:
            self.data[key] = value
            self.key = None


class _Builder:
    """The state of one pass: the open containers, the anchors, the counts and the problems so far."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.problems: list[Finding] = []
        self.warnings: list[Finding] = []
        self.bottom = _Frame([], None, 0, 0)  # a list of one: the document
        self.top = self.bottom
        self.stack = [self.bottom]
        self.anchors: dict[str, _Anchored] = {}
        self.nodes = 0
        self.last: Any = None  # the event read last
        self.expanded = 0
        self.documents = 0
        self.sound_keys: set[str] = set()
        stand_in = stand_ins(source.text)
        self.text = source.text.translate(stand_in) if stand_in else source.text
        self.typed = {stood: typed for typed, stood in stand_in.items()}
        self.hashed = " #" in self.text or "\t#" in self.text
        # Without odd characters and without escapes no scalar can hold a forbidden one.
        self.suspicious = bool(stand_in) or "\\" in source.text

    def build(self) -> tuple[Any, Spot]:
        """The tree and its spots."""
        try:
            self._read()
        except yaml.YAMLError as error:
            self._check_depth(error)
            raise Rejected(self._with_syntax_problem(error)) from None
        if not self.problems:
            self._check_top()
        if self.problems:
            raise Rejected(self.problems)
        return self.bottom.data[0], self.bottom.spots[0]

    def _read(self) -> None:
        actions: dict[type, Callable[[Any], None]] = {
            events.ScalarEvent: self._scalar,
            events.AliasEvent: self._alias,
            events.MappingStartEvent: self._open,
            events.SequenceStartEvent: self._open,
            events.MappingEndEvent: self._close,
            events.SequenceEndEvent: self._close,
            events.DocumentStartEvent: self._document,
        }
        action_for, next_event, end = (
            actions.get,
            LOADER(self.text).get_event,
            events.StreamEndEvent,
        )
        while True:
            event = next_event()
            kind = type(event)
            self.last = event
            action = action_for(kind)
            if action is not None:
                action(event)
            elif kind is end:
                return

    # Events

    def _scalar(self, event: Any) -> None:
        self._count(event)
        value = event.value
        top = self.top
        if top.key is None:
            self._key(value, event)
            return
        if self.suspicious:
            value = self._checked(value, event, self._path())
        if not event.style:
            if self.hashed or event.start_mark.line != event.end_mark.line:
                self._look_behind(event)
            if value in _EMPTY:
                value = None
        if event.anchor is not None:
            self.anchors[event.anchor] = _Anchored(value, None, 1)
        top.put(
            value,
            Spot(
                event.start_mark,
                event.end_mark,
                top.key_mark,
                None,
                event.anchor is not None,
            ),
        )

    def _key(self, value: str, event: Any) -> None:
        top = self.top
        end = event.end_mark.index
        if (
            top.event.flow_style
            and self.text[end : end + 1] != ":"
            and not _BEFORE_COLON.match(self.text, end)
        ):
            self._report(
                "DAT002",
                loose_piece(self.text, event.start_mark.index, end),
                event.start_mark,
                self._path(value),
            )
        elif event.style or value not in self.sound_keys:
            value = self._checked(value, event, self._path())
            if self._is_sound_key(value, event) and not event.style:
                self.sound_keys.add(value)
        if value in top.spots:
            self._duplicate(value, event)
        if event.anchor is not None:
            self.anchors[event.anchor] = _Anchored(value, None, 1)
        top.key = value
        top.key_mark = event.start_mark

    def _open(self, event: Any) -> None:
        self._count(event)
        is_mapping = type(event) is events.MappingStartEvent
        if (
            is_mapping
            and event.flow_style
            and self.text.startswith(("{{", "{%", "{#"), event.start_mark.index)
        ):
            at = event.start_mark.index
            self._stop(
                "DAT002", quote_template(self.text[at : at + 2]), event.start_mark
            )
        if self.top.key is None:
            self._stop(
                "DAT005",
                "键不能是列表或嵌套的内容；请写成“键: 内容”，键用中文名称",
                event.start_mark,
            )
        if len(self.stack) > MAX_DEPTH:
            self._stop_at_depth(event.start_mark)
        if event.anchor is not None:
            self.anchors[event.anchor] = _Anchored(None)
        self.top = (
            _Frame({}, event, None, self.expanded)
            if is_mapping
            else _Frame([], event, 0, self.expanded)
        )
        self.stack.append(self.top)

    def _close(self, event: Any) -> None:
        frame = self.stack.pop()
        self.top = top = self.stack[-1]
        anchor = frame.event.anchor
        if anchor is not None:
            size = self.expanded - frame.expanded + 1
            self.anchors[anchor] = _Anchored(
                frame.data, frame.spots, size, frame.height + 1
            )
        if frame.height >= top.height:
            top.height = frame.height + 1
        spot = Spot(
            frame.event.start_mark,
            event.end_mark,
            top.key_mark,
            frame.spots,
            anchor is not None,
        )
        top.put(frame.data, spot)

    def _alias(self, event: Any) -> None:
        known = self.anchors.get(event.anchor)
        top = self.top
        if known is None:
            name = shown(event.anchor)
            message = f"“*{name}”引用的内容（&{name}）在前面没有；如果“*”就是内容，请用引号括起来"
            self._stop("DAT002", message, event.start_mark)
        if top.key is None:
            self._stop("DAT005", "键不能用“*”引用；请直接写出键名", event.start_mark)
        if not known.size:
            self._stop(
                "DAT008",
                f"“*{shown(event.anchor)}”引用了包含它自己的内容；请删去这个引用",
                event.start_mark,
            )
        if len(self.stack) - 1 + known.height > MAX_DEPTH:
            self._stop_at_depth(event.start_mark)
        self.expanded += known.size - 1
        self._count(event)
        top.height = max(top.height, known.height)
        top.put(
            known.value,
            Spot(
                event.start_mark,
                event.end_mark,
                top.key_mark,
                known.children,
                alias=True,
            ),
        )

    def _document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            message = "一个文件里只能有一份数据，这里又用“---”开始了第二份；请删去这一行，或分成两个文件"
            self._stop("DAT008", message, event.start_mark)

    # Checks

    def _count(self, event: Any) -> None:
        """Count a node as written (a collection at its start) and refuse what grows too large or carries a tag."""
        self.nodes += 1
        self.expanded += 1
        if self.nodes > MAX_NODES:
            self._stop(
                "DAT008",
                f"内容过多（超过 {MAX_NODES} 项）；请检查是否选错了文件，或分成几个文件",
                event.start_mark,
            )
        if self.expanded > MAX_EXPANDED:
            message = f"引用（& 和 *）展开后超过 {MAX_EXPANDED} 项；请不要层层引用，直接写出内容"
            self._stop("DAT008", message, event.start_mark)
        if getattr(event, "tag", None) is not None:
            tag = shown(event.tag.replace("tag:yaml.org,2002:", "!!"), 40)
            message = (
                f"不能使用标签“{tag}”；请删去它，如果“!”是内容的一部分，请用引号括起来"
            )
            self._report("DAT008", message, event.start_mark, self._path())

    def _look_behind(self, event: Any) -> None:
        """Report what a plain text swallowed or lost: the next item of a list, or a “ #” that may be content."""
        start, end = event.start_mark, event.end_mark
        typed = self.text[start.index : end.index]
        alone = not self.text[start.index - start.column : start.index].strip()
        found = swallowed_item(typed, alone=alone) if start.line != end.line else None
        if found:
            row, column, message = found
            place = Place(
                self.source.path,
                start.line + row + 1,
                column + (start.column if row == 0 else 0) + 1,
            )
            self._report("DAT002", message, start, self._path(), place)
        comment = _COMMENT.match(self.text, end.index) if self.hashed else None
        if comment:
            self._warn_of_comment(typed, comment.group(), event)

    def _warn_of_comment(self, typed: str, comment: str, event: Any) -> None:
        lost = shown(comment.strip())
        whole = f'，写成 "{shown(typed)} {lost}"' if typed else f'，写成 "{lost}"'
        message = (
            f"“{lost}”前面有空格，被当作说明，没有读入；是内容的一部分时，请给整段内容加上英文双引号{whole}；"
            "确实是说明的，请在“#”后面空一格"
        )
        place = place_at(self.source.path, event.end_mark)
        self.warnings.append(
            Finding(COMMENT, Severity.WARNING, message, place, self._path())
        )

    def _checked(self, value: str, event: Any, path: str) -> str:
        """The text as typed, with a problem reported for each character in it that no document can hold."""
        if self.typed:
            value = value.translate(self.typed)
        chars = forbidden(value)
        if chars:
            names = "、".join(map(code_point, chars[:5]))
            what = "键名" if self.top.key is None else f"“{path}”的内容"
            message = f"{what}里有Word文档不能保存的字符 {names}；请删去后重新输入"
            self._report(
                "DAT007", message, event.start_mark, path, self._typed_at(chars, event)
            )
        return value

    def _typed_at(self, chars: list[str], event: Any) -> Place:
        """Where the first forbidden character stands; where the scalar starts if it was written as an escape."""
        text = self.source.text
        found = (
            text.find(char, event.start_mark.index, event.end_mark.index)
            for char in chars
        )
        at = min(
            (index for index in found if index >= 0), default=event.start_mark.index
        )
        return Place(
            self.source.path, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
        )

    def _is_sound_key(self, key: str, event: Any) -> bool:
        """Whether a key is a name; reports it if YAML would read it as nothing, number, date or switch."""
        if not key.strip():
            message = "冒号前面没有键名；请写成“键: 内容”"
        elif event.style:
            return True
        elif key == "<<":
            self._report(
                "DAT008",
                "不能使用“<<”合并；请直接写出各项内容",
                event.start_mark,
                self._path(),
            )
            return False
        elif any(pattern.match(key) for _, pattern in _IMPLICIT.get(key[0], ())):
            message = f"键名“{shown(key)}”是数字、日期或 true、null 一类的词；请改用规定的中文键名"
        elif key != key.strip():
            message = f"键名“{shown(key.strip())}”前后有全角空格或其他看不见的空白；请删去，缩进要用半角空格"
        else:
            return True
        self._report("DAT005", message, event.start_mark, self._path())
        return False

    def _duplicate(self, key: str, event: Any) -> None:
        first = self.top.spots[key].key
        line = first.line + 1 if first is not None else 0
        message = f"“{shown(key)}”重复：第{line}行已经写过，第{event.start_mark.line + 1}行又写了一次；请删去或合并其中一处"
        self._report("DAT003", message, event.start_mark, self._path(key))

    def _check_top(self) -> None:
        """Report a document that is not a mapping."""
        if not self.bottom.data or self.bottom.data[0] is None:
            message = "文件里没有内容（只有注释或空行）；请填写内容（unit.yaml 可以用 reportgen new 生成一份带说明的）"
            self.problems.append(
                Finding("DAT001", Severity.ERROR, message, Place(self.source.path))
            )
            return
        value, mark = self.bottom.data[0], self.bottom.spots[0].start
        if isinstance(value, list):
            self._report(
                "DAT005",
                "最外层是列表（以“- ”开头）；最外层应为“键: 内容”，例如“单位:”",
                mark,
                "",
            )
        elif isinstance(value, str):
            line = self.source.text.split("\n")[mark.line]
            advice = full_width_colon(line[:500]) or missing_space(line[:500])
            message = (
                advice
                or "整个文件只是一段文字；应为一行行的“键: 内容”，冒号用半角，后面加一个空格"
            )
            self._report("DAT002" if advice else "DAT005", message, mark, "")

    def _check_depth(self, error: yaml.YAMLError) -> None:
        """Stop at too many open brackets: some parsers give up on them by themselves, before their events come."""
        start = self.last.end_mark.index if self.last else 0
        end = getattr(error, "problem_mark", None)
        depth = len(self.stack) - 1
        for bracket in _BRACKET.finditer(self.text, start, end.index if end else 0):
            depth += 1 if bracket.group() in "[{" else -1
            if depth > MAX_DEPTH:
                self._stop_at_depth(position_at(self.text, bracket.start()))

    # Problems

    def _path(self, *more: str) -> str:
        keys = [frame.key for frame in self.stack[1:] if frame.key is not None]
        return dotted(
            shown(key, 40) if isinstance(key, str) else key for key in (*keys, *more)
        )

    def _with_syntax_problem(self, error: yaml.YAMLError) -> list[Finding]:
        """The problems so far and what stopped the reading, unless that has been said of its line already."""
        stopped = self._syntax_problem(error)
        said = any(one.place.line == stopped.place.line for one in self.problems)
        return self.problems if said else [*self.problems, stopped]

    def _syntax_problem(self, error: yaml.YAMLError) -> Finding:
        finding = syntax_finding(self.source.path, self.source.text, error)
        path = self._path_at(finding.place.line)
        message = (
            f"“{path}”的{finding.message}"
            if path and finding.code == "DAT007"
            else finding.message
        )
        return replace(finding, path=path, message=message)

    def _path_at(self, line: int) -> str:
        """The field that is being read, or the one that ended in this line just before."""
        ended = next(reversed(self.top.spots), None) if self.top.key is None else None
        key_mark = self.top.spots[ended].key if ended is not None else None
        return (
            self._path(str(ended))
            if key_mark is not None and key_mark.line + 1 == line
            else self._path()
        )

    def _report(
        self, code: str, message: str, mark: Mark, path: str, place: Place | None = None
    ) -> None:
        place = place or place_at(self.source.path, mark)
        self.problems.append(Finding(code, Severity.ERROR, message, place, path))
        if len(self.problems) >= MAX_PROBLEMS:
            raise Rejected(self.problems)

    def _stop(self, code: str, message: str, mark: Mark) -> NoReturn:
        self._report(code, message, mark, self._path())
        raise Rejected(self.problems)

    def _stop_at_depth(self, mark: Mark) -> NoReturn:
        message = f"层次过深（超过 {MAX_DEPTH} 层）；请检查缩进和括号"
        self._stop("DAT008", message, mark)
