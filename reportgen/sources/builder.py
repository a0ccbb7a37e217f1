"""From the parser's events to the tree, in one pass with an explicit stack.

No event can make it recurse, run code or grow without bound.
"""

from __future__ import annotations

import re
from typing import Any, NoReturn

import yaml
from yaml import events

from reportgen.core.errors import Place
from reportgen.core.findings import ERROR, WARNING, Finding, dotted
from reportgen.sources.characters import code_point, forbidden, shown, stand_ins
from reportgen.sources.frames import Anchored, Frame
from reportgen.sources.marks import HIDDEN, NO_DASH, ODD_BLANK
from reportgen.sources.places import Mark, Spot, place_at, position_at

COMMENT = "DAT013"
MAX_DEPTH = 40
MAX_NODES = 200_000
MAX_EXPANDED = (
    2_000_000  # nodes once every alias is replaced by what it stands for
)
MAX_PROBLEMS = (
    50  # of one file; who has more goes on reading after having mended these
)

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_BRACKET = re.compile(r"[\[{]|[\]}]")
_BEFORE_COLON = re.compile(r"\s*:")
_ITEM_LINE = re.compile(rf"\n[ \t]*(?:- |{NO_DASH.pattern})")
_COMMENT = re.compile(
    r"[ \t]+#(?=[^\s#])[^\n]*"
)  # one without a blank behind the sign, which may be meant as content
# First character -> patterns of what YAML itself reads as null, bool, number, date or merge.
_IMPLICIT = yaml.SafeLoader.yaml_implicit_resolvers


class _Stopped(Exception):
    """A limit was met; the problem has been told."""


class Builder:
    """The state of one pass: the open containers, the anchors, the counts and the problems so far.

    `error` is what the parser stumbled over, `stopped` whether a limit ended the pass, `doubtful` whether YAML reads
    something that is seldom meant.
    """

    def __init__(self, file: str, source: str) -> None:
        self.file = file
        self.source = source
        self.problems: list[Finding] = []
        self.warnings: list[Finding] = []
        self.error: yaml.YAMLError | None = None
        self.stopped = False
        self.doubtful = "“{{" in source or bool(HIDDEN.search(source))
        self.bottom = Frame([], None, 0, 0)  # a list of one: the document
        self.top = self.bottom
        self.stack = [self.bottom]
        self.anchors: dict[str, Anchored] = {}
        self.nodes = 0
        self.last: Any = None  # the event read last
        self.expanded = 0
        self.documents = 0
        self.sound_keys: set[str] = set()
        stand_in = stand_ins(source)
        self.text = source.translate(stand_in) if stand_in else source
        self.typed = {stood: typed for typed, stood in stand_in.items()}
        self.hashed = " #" in self.text or "\t#" in self.text
        # Without odd characters and without escapes no scalar can hold a forbidden one.
        self.suspicious = bool(stand_in) or "\\" in source

    @property
    def data(self) -> Any:
        """The tree, as far as it was read."""
        return self.bottom.data[0] if self.bottom.data else None

    @property
    def root(self) -> Spot | None:
        """Where the tree stands; None where there is none."""
        return self.bottom.spots.get(0)

    @property
    def is_sound(self) -> bool:
        """Whether the text could be read and nothing is wrong with it."""
        return self.error is None and not self.problems

    def build(self) -> Builder:
        """Read the whole text."""
        try:
            self._read()
            if not self.problems:
                self._check_top()
        except yaml.YAMLError as error:
            self.error = error
            self.stopped = self._is_too_deep(error)
        except _Stopped:
            many = len(self.problems) >= MAX_PROBLEMS
            self.stopped = many or self.problems[-1].code == "DAT008"
        return self

    def _read(self) -> None:
        actions = {
            events.ScalarEvent: self._scalar,
            events.AliasEvent: self._alias,
            events.MappingStartEvent: self._open,
            events.SequenceStartEvent: self._open,
            events.MappingEndEvent: self._close,
            events.SequenceEndEvent: self._close,
            events.DocumentStartEvent: self._document,
        }
        action_for, next_event = actions.get, LOADER(self.text).get_event
        end = events.StreamEndEvent
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
            if value in ("", "~", "null"):
                value = None
        anchored = event.anchor is not None
        if anchored:
            self.anchors[event.anchor] = Anchored(value, None, 1)
        spot = Spot(
            event.start_mark, event.end_mark, top.key_mark, None, anchored
        )
        top.put(value, spot)

    def _key(self, value: str, event: Any) -> None:
        top = self.top
        if top.event.flow_style and not self._has_colon(event.end_mark.index):
            self._loose(value, event)
        elif event.style or value not in self.sound_keys:
            value = self._checked(value, event, self._path())
            if self._is_sound_key(value, event) and not event.style:
                self.sound_keys.add(value)
        if value in top.spots:
            self._duplicate(value, event)
        if event.anchor is not None:
            self.anchors[event.anchor] = Anchored(value, None, 1)
        top.key = value
        top.key_mark = event.start_mark

    def _has_colon(self, end: int) -> bool:
        return self.text.startswith(":", end) or bool(
            _BEFORE_COLON.match(self.text, end)
        )

    def _open(self, event: Any) -> None:
        self._count(event)
        if self.top.key is None:
            message = "键不能是列表或嵌套的内容；请写成“键: 内容”，键用中文名称"
            self._refuse("DAT005", message, event)
        if len(self.stack) > MAX_DEPTH:
            self._stop_at_depth(event.start_mark)
        if event.anchor is not None:
            self.anchors[event.anchor] = Anchored(None)
        if type(event) is events.MappingStartEvent:
            self.top = Frame({}, event, None, self.expanded)
        else:
            self.top = Frame([], event, 0, self.expanded)
        self.stack.append(self.top)

    def _close(self, event: Any) -> None:
        frame = self.stack.pop()
        self.top = top = self.stack[-1]
        anchor = frame.event.anchor
        if anchor is not None:
            size = self.expanded - frame.expanded + 1
            self.anchors[anchor] = Anchored(
                frame.data, frame.spots, size, frame.height + 1
            )
        if frame.height >= top.height:
            top.height = frame.height + 1
        start, anchored = frame.event.start_mark, anchor is not None
        spot = Spot(start, event.end_mark, top.key_mark, frame.spots, anchored)
        top.put(frame.data, spot)

    def _alias(self, event: Any) -> None:
        known = self.anchors.get(event.anchor)
        top = self.top
        name = shown(event.anchor)
        if known is None:
            message = f"“*{name}”引用的内容（&{name}）在前面没有；如果“*”就是内容，请用引号括起来"
            self._refuse("DAT002", message, event)
        if top.key is None:
            self._refuse("DAT005", "键不能用“*”引用；请直接写出键名", event)
        if not known.size:
            message = f"“*{name}”引用了包含它自己的内容；请删去这个引用"
            self._refuse("DAT008", message, event)
        if len(self.stack) - 1 + known.height > MAX_DEPTH:
            self._stop_at_depth(event.start_mark)
        self.expanded += known.size - 1
        self._count(event)
        top.height = max(top.height, known.height)
        start, end = event.start_mark, event.end_mark
        spot = Spot(start, end, top.key_mark, known.children, alias=True)
        top.put(known.value, spot)

    def _document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            message = "一个文件里只能有一份数据，这里又用“---”开始了第二份；请删去这一行，或分成两个文件"
            self._refuse("DAT008", message, event)

    # Checks

    def _count(self, event: Any) -> None:
        """Count a node as written (a collection at its start) and refuse what grows too large or carries a tag."""
        self.nodes += 1
        self.expanded += 1
        if self.nodes > MAX_NODES:
            message = f"内容过多（超过 {MAX_NODES} 项）；请检查是否选错了文件，或分成几个文件"
            self._refuse("DAT008", message, event)
        if self.expanded > MAX_EXPANDED:
            message = f"引用（& 和 *）展开后超过 {MAX_EXPANDED} 项；请不要层层引用，直接写出内容"
            self._refuse("DAT008", message, event)
        if getattr(event, "tag", None) is not None:
            tag = shown(event.tag.replace("tag:yaml.org,2002:", "!!"), 40)
            message = f"不能使用标签“{tag}”；请删去它，如果“!”是内容的一部分，请用引号括起来"
            self._report("DAT008", message, event.start_mark, self._path())

    def _look_behind(self, event: Any) -> None:
        """A plain text that may have swallowed the next item of a list, or lost a “ #” that may be content."""
        start, end = event.start_mark, event.end_mark
        if start.line != end.line:
            line = start.index - start.column - 1
            if _ITEM_LINE.search(self.text, max(line, 0), end.index):
                self.doubtful = True
        comment = _COMMENT.match(self.text, end.index) if self.hashed else None
        if comment:
            typed = self.text[start.index : end.index]
            self._warn_of_comment(typed, comment.group(), event)

    def _warn_of_comment(self, typed: str, comment: str, event: Any) -> None:
        lost = shown(comment.strip())
        whole = (
            f'，写成 "{shown(typed)} {lost}"' if typed else f'，写成 "{lost}"'
        )
        message = (
            f"“{lost}”前面有空格，被当作说明，没有读入；是内容的一部分时，请给整段内容加上英文双引号{whole}；"
            "确实是说明的，请在“#”后面空一格"
        )
        place = place_at(self.file, event.end_mark)
        self.warnings.append(
            Finding(COMMENT, WARNING, message, place, self._path())
        )

    def _checked(self, value: str, event: Any, path: str) -> str:
        """The text as typed, with a problem reported for each character in it that no document can hold."""
        if self.typed:
            value = value.translate(self.typed)
        chars = forbidden(value)
        if chars:
            names = "、".join(map(code_point, chars[:5]))
            what = "键名" if self.top.key is None else f"“{path}”的内容"
            message = (
                f"{what}里有Word文档不能保存的字符 {names}；请删去后重新输入"
            )
            mark = self._typed_at(chars, event)
            self._report("DAT007", message, mark, path)
        return value

    def _typed_at(self, chars: list[str], event: Any) -> Mark:
        """Where the first forbidden character stands; where the scalar starts if it was written as an escape."""
        start, end = event.start_mark.index, event.end_mark.index
        found = [self.source.find(char, start, end) for char in chars]
        typed = [index for index in found if index >= 0]
        return position_at(self.source, min(typed, default=start))

    def _is_sound_key(self, key: str, event: Any) -> bool:
        """Whether a key is a name; reports it if YAML would read it as nothing, number, date or switch."""
        code = "DAT005"
        if not key.strip():
            message = "冒号前面没有键名；请写成“键: 内容”"
        elif event.style:
            return True
        elif key == "<<":
            code, message = "DAT008", "不能使用“<<”合并；请直接写出各项内容"
        elif any(
            pattern.match(key) for _, pattern in _IMPLICIT.get(key[0], ())
        ):
            message = f"键名“{shown(key)}”是数字、日期或 true、null 一类的词；请改用规定的中文键名"
        else:
            self.doubtful = self.doubtful or bool(ODD_BLANK.search(key))
            return True
        self._report(code, message, event.start_mark, self._path())
        return False

    def _loose(self, key: str, event: Any) -> None:
        message = "花括号里的每一项都要写成“键: 内容”；并列的几项请用方括号，例如 [办公室, 财务科]"
        self._report("DAT002", message, event.start_mark, self._path(key))

    def _duplicate(self, key: str, event: Any) -> None:
        first = self.top.spots[key].key
        line = first.line + 1 if first is not None else 0
        again = event.start_mark.line + 1
        message = f"“{shown(key)}”重复：第{line}行已经写过，第{again}行又写了一次；请删去或合并其中一处"
        self._report("DAT003", message, event.start_mark, self._path(key))

    def _check_top(self) -> None:
        """Report a document that is not a mapping."""
        root = self.root
        if root is None or self.data is None:
            message = "文件里没有内容（只有注释或空行）；请填写内容（unit.yaml 可以用 reportgen new 生成一份带说明的）"
            self.problems.append(
                Finding("DAT001", ERROR, message, Place(self.file))
            )
        elif isinstance(self.data, list):
            message = (
                "最外层是列表（以“- ”开头）；最外层应为“键: 内容”，例如“单位:”"
            )
            self._report("DAT005", message, root.start, "")
        elif isinstance(self.data, str):
            message = "整个文件只是一段文字；应为一行行的“键: 内容”，冒号用半角，后面加一个空格"
            self._report("DAT005", message, root.start, "")

    def _is_too_deep(self, error: yaml.YAMLError) -> bool:
        """Tell too many open brackets: some parsers give up on them by themselves, before their events come."""
        start = self.last.end_mark.index if self.last else 0
        end = getattr(error, "problem_mark", None)
        depth = len(self.stack) - 1
        for bracket in _BRACKET.finditer(
            self.text, start, end.index if end else 0
        ):
            depth += 1 if bracket.group() in "[{" else -1
            if depth > MAX_DEPTH:
                self._report_depth(position_at(self.text, bracket.start()))
                return True
        return False

    # Problems

    def _path(self, *more: str) -> str:
        keys = [frame.key for frame in self.stack[1:] if frame.key is not None]
        return dotted(
            shown(key, 40) if isinstance(key, str) else key
            for key in (*keys, *more)
        )

    def path_at(self, line: int) -> str:
        """The field that is being read, or the one that ended in this line just before."""
        ended = (
            next(reversed(self.top.spots), None)
            if self.top.key is None
            else None
        )
        key_mark = self.top.spots[ended].key if ended is not None else None
        if key_mark is not None and key_mark.line + 1 == line:
            return self._path(str(ended))
        return self._path()

    def _report(self, code: str, message: str, mark: Mark, path: str) -> None:
        place = place_at(self.file, mark)
        self.problems.append(Finding(code, ERROR, message, place, path))
        if len(self.problems) >= MAX_PROBLEMS:
            raise _Stopped

    def _refuse(self, code: str, message: str, event: Any) -> NoReturn:
        self._report(code, message, event.start_mark, self._path())
        raise _Stopped

    def _report_depth(self, mark: Mark) -> None:
        message = f"层次过深（超过 {MAX_DEPTH} 层）；请检查缩进和括号"
        self._report("DAT008", message, mark, self._path())

    def _stop_at_depth(self, mark: Mark) -> NoReturn:
        self._report_depth(mark)
        raise _Stopped
