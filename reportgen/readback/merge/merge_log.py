"""What a merge did and what a person should look at, as it is gathered."""

from collections.abc import Callable
from dataclasses import dataclass, field

from reportgen.core.findings import ADVICE, WARNING
from reportgen.ooxml.comments import Comments
from reportgen.ooxml.names import W
from reportgen.ooxml.paragraph_text import (
    quoted_from_difference,
    read_line,
)
from reportgen.ooxml.xml_parts import Element
from reportgen.outputs.doubts import MergeDoubt
from reportgen.readback.compare.split_paragraphs import BETWEEN
from reportgen.readback.merge.amounts import says_the_same
from reportgen.readback.merge.chart_remarks import remark_on
from reportgen.readback.read.remark import Remark

_SHOWN = 60
KEPT_DELETED = "保留删除"


CONFLICT = Remark(
    "RBK004",
    WARNING,
    "{where}：人工改过，数据也有变化，保留了人工的文字“{typed}”；按现在的数据应为“{new}”，请核对，定下以后删去批注",
)
DELETED = Remark(
    "RBK005",
    ADVICE,
    "{where}：“{printed}”已被人工删去，没有再加；按现在的数据为“{new}”，需要时请补上",
)
TYPED_OTHERWISE = Remark(
    "RBK004",
    WARNING,
    "{where}：人工填写的“{typed}”与现在的数据“{new}”不一致，保留了人工的文字，请核对",
)
EMPTIED = Remark(
    "RBK004",
    WARNING,
    "{where}：人工改过，而按现在的数据这里没有文字，保留了人工的文字“{typed}”；不要的请删去",
)
ORPHAN = Remark(
    "RBK006",
    WARNING,
    "{where}：“{typed}”人工改过，而数据中已没有这一项，暂且保留；不要的请删去",
)
ORPHAN_WITH_MORE = Remark(
    "RBK006",
    WARNING,
    "{where}：数据中已没有“{typed}”，上面有批注、修订、链接、图片或分页，暂且保留；不要的请删去",
)
NO_PICTURE = Remark(
    "RBK007",
    WARNING,
    "{where}：新增的“{new}”带有图片或图表，没有加进改过的文档；请把文档移到别处，重新生成，再从新文档中复制过来",
)
NO_PLACE = Remark(
    "RBK007", WARNING, "{where}：新增的“{new}”放不进去，请自行补上"
)
NOW = "按现在的数据，这"  # how our comments on conflicts begin
_SHOULD_BE = f"{NOW}一段应为："
_NOTHING = f"{NOW}里没有文字"


@dataclass
class MergeLog:
    """The changes and doubts of one document; `touched` tells whether anything was changed in the story at hand."""

    file: str
    comments: Comments
    doubts: list[MergeDoubt] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    touched: bool = False

    def changed(self, how: str) -> None:
        """The document was changed: 更新, 更新数字, 新增, 移动, 删去, 冲突, 重排编号."""
        self.changes.append(how)
        self.touched = True

    def doubt(
        self,
        doubt: Remark,
        where: str,
        *,
        commented: bool = False,
        **texts: str,
    ) -> None:
        """A person should look at this."""
        shown = quoted_from_difference(list(texts.values()), _SHOWN)
        quotes = dict(zip(texts, shown, strict=True))
        told = doubt.on(self.file, where=where, **quotes)
        typed = texts.get("typed", "")
        lines = "" if commented else typed or texts.get("new", "")
        # a row is known by its longest line: the words of a cell
        text = max(lines.splitlines(), key=len, default="")
        self.doubts.append(MergeDoubt(told, text, not typed))

    def conflict(
        self,
        paragraph: Element,
        where: str,
        typed: str,
        new: str,
        doubt: Remark = CONFLICT,
    ) -> None:
        """Both sides changed a paragraph: theirs stays, with a comment that says what ours is."""
        anchor = _anchor(paragraph)
        if anchor is not None:
            self.comments.renew(anchor, NOW, _should_be(new))
        told = doubt if new.strip() else EMPTIED
        self.doubt(
            told, where, commented=anchor is not None, typed=typed, new=new
        )
        self.changed("冲突")

    def tell_chart(self, comment: str, where: str) -> bool:
        """Takes down what a comment says of a chart; whether it is such a comment."""
        found = remark_on(comment)
        if found:
            self.doubt(found[0], where, commented=True, new=found[1])
        return found is not None

    def tell_open(self, paragraph: Element, where: str) -> None:
        """A person should still look at the conflicts of earlier merges on a paragraph."""
        typed = read_line(paragraph).text
        for asked in self.comments.left_on(paragraph, NOW):
            if self.tell_chart(asked, where):
                continue
            new = asked.removeprefix(_SHOULD_BE)
            self.doubt(CONFLICT, where, commented=True, typed=typed, new=new)

    def settle(self, paragraph: Element) -> None:
        """Takes the comments on conflicts off a paragraph; in a text box it is not known whose they are."""
        if _anchor(paragraph) is paragraph:
            self._take_off(paragraph, lambda _: True)

    def settle_adopted(self, anchor: Element) -> None:
        """Takes off the comments that ask for what the paragraph, or one in its text boxes, says by now."""
        lines = [read_line(one).text for one in anchor.iter(f"{W}p")]
        texts = [text for text in lines if text.strip()]

        def is_adopted(comment: str) -> bool:
            if comment == _NOTHING:
                return not texts
            asked = comment.removeprefix(_SHOULD_BE)
            return any(says_the_same(text, asked) for text in texts)

        self._take_off(anchor, is_adopted)

    def _take_off(
        self, anchor: Element, is_done: Callable[[str], bool]
    ) -> None:
        if self.comments.remove(anchor, NOW, is_done):
            self.touched = True


def _should_be(text: str) -> str:
    lines = text.replace(BETWEEN, "\n")
    return _SHOULD_BE + lines if text.strip() else _NOTHING


def _anchor(paragraph: Element) -> Element | None:
    """Where a comment of Word on a paragraph stands: of a text box where that is anchored, none in
    headers and notes."""
    boxes = list(paragraph.iterancestors(f"{W}txbxContent"))
    anchor: Element | None = paragraph
    if boxes:
        anchor = next(boxes[-1].iterancestors(f"{W}p"), None)
    if anchor is None or anchor.getroottree().getroot().tag != f"{W}document":
        return None
    return anchor
