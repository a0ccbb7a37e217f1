"""What a merge did and what a person should look at, as it is gathered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from reportgen.core.errors import Place
from reportgen.core.findings import Finding, Severity
from reportgen.ooxml.names import W
from reportgen.readback.read.paragraph_text import quoted

_SHOWN = 60
KEPT_DELETED = "保留删除"
Remark = Callable[[etree._Element, str], None]  # a comment of Word on a paragraph


@dataclass(frozen=True, slots=True)
class Change:
    """What the merge did or left: 更新, 更新数字, 新增, 删去, 保留删除, 冲突, 重排编号; where, and its text."""

    kind: str
    where: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a person should look at: its code, and a message with places for texts."""

    code: str
    severity: Severity
    message: str


CONFLICT = Doubt(
    "RBK004",
    Severity.WARNING,
    "{where}：人工改过，数据也有变化，保留了人工的文字“{typed}”；按现在的数据应为“{new}”，请核对",
)
DELETED = Doubt(
    "RBK005",
    Severity.ADVICE,
    "{where}：“{printed}”已被人工删去，没有再加；按现在的数据为“{new}”，需要时请补上",
)
ORPHAN = Doubt(
    "RBK006",
    Severity.WARNING,
    "{where}：“{typed}”人工改过，而数据中已没有这一项，暂且保留；不要的请删去",
)
NO_PICTURE = Doubt(
    "RBK007",
    Severity.WARNING,
    "{where}：新增的“{new}”带有图片或图表，没有加进改过的文档；请把文档移到别处，重新生成，再从新文档中复制过来",
)
NO_PLACE = Doubt(
    "RBK007", Severity.WARNING, "{where}：新增的“{new}”放不进去，请自行补上"
)
_SHOULD_BE = "按现在的数据，这一段应为：{text}"


@dataclass(slots=True)
class MergeLog:
    """The changes and findings of one document; `touched` tells whether anything was changed in the story at hand."""

    file: str
    remark: Remark
    findings: list[Finding] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    touched: bool = False

    def changed(self, kind: str, where: str, text: str) -> None:
        """The document was changed."""
        self.note(kind, where, text)
        self.touched = True

    def note(self, kind: str, where: str, text: str) -> None:
        """Something was done, or left as it was."""
        self.changes.append(Change(kind, where, quoted(text, _SHOWN)))

    def doubt(self, doubt: Doubt, where: str, **texts: str) -> None:
        """A person should look at this."""
        quotes = {name: quoted(text, _SHOWN) for name, text in texts.items()}
        message = doubt.message.format(where=where, **quotes)
        place = Place(self.file)
        finding = Finding(
            doubt.code, doubt.severity, message, place, document=self.file
        )
        self.findings.append(finding)

    def conflict(
        self, paragraph: etree._Element, where: str, typed: str, new: str
    ) -> None:
        """Both sides changed a paragraph: theirs stays, with a comment that says what ours is."""
        self._comment(paragraph, _SHOULD_BE.format(text=new))
        self.doubt(CONFLICT, where, typed=typed, new=new)
        self.changed("冲突", where, new)

    def _comment(self, paragraph: etree._Element, text: str) -> None:
        """A comment of Word, which there is not in headers and notes; of a text box, where it is anchored."""
        boxes = list(paragraph.iterancestors(f"{W}txbxContent"))
        anchor: etree._Element | None = paragraph
        if boxes:
            anchor = next(boxes[-1].iterancestors(f"{W}p"), None)
        if anchor is None:
            return
        if anchor.getroottree().getroot().tag == f"{W}document":
            self.remark(anchor, text)
