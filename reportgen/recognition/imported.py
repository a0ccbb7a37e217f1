"""The draft that documents give, as it is told: its text, each value with its place, what was not placed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reportgen.core.findings import dotted
from reportgen.recognition.recognize import Recognized

_SHOWN = 12
_REDRAWN = "表按画出的线、文字按位置读出，请对照原件核对；有原来的 Word 文件的，用 Word 文件更准"
_NEXT = "核对后用 reportgen check {0} 检查，用 reportgen build {0} 生成文件。"


@dataclass(frozen=True)
class Imported:
    """A draft of unit.yaml for the pack that fits."""

    text: str
    pack: str
    found: Recognized
    target: Path
    pdfs: tuple[str, ...] = ()  # names of PDF files

    @property
    def data(self) -> bytes:
        """The file."""
        return self.text.encode()

    def as_json(self) -> dict[str, object]:
        """The shape that `--format json` prints."""
        draft = self.found.draft
        values = (
            {
                "path": dotted(path),
                "value": one.value,
                "place": one.spot,
                "doubt": one.doubt,
            }
            for path, one in draft.values.items()
        )
        labels = (
            {"spot": line.spot, "text": line.text}
            for line in self.found.lines
            if line in draft.labels
        )
        return {
            "output": str(self.target),
            "pack": self.pack,
            "values": [*values],
            "labels": [*labels],
            "left": [one._asdict() for one in self.found.left],
        }

    def lines(self) -> Iterator[str]:
        """What a person has to know of it."""
        values, left = self.found.draft.values, self.found.left
        doubts = sum(bool(one.doubt) for one in values.values())
        yield f"已写入 {self.target}：读出 {len(values)} 项，模板包 {self.pack}"
        for name in self.pdfs:
            yield f"{name} 是 PDF，{_REDRAWN}"
        if doubts:
            yield f"拿不准的 {doubts} 项，草稿里注明“请核对”"
        if left:
            yield f"没有放进去的文字 {len(left)} 处，列在草稿末尾："
        for one in left[:_SHOWN]:
            yield f"  {one.told[:60]}"
        if len(left) > _SHOWN:
            yield "  ……"
        yield _NEXT.format(self.target)
