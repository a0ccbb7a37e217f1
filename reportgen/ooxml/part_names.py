"""What users call the parts of a docx."""

from __future__ import annotations

_TITLES = {
    "header": "页眉",
    "footer": "页脚",
    "footnotes": "脚注",
    "endnotes": "尾注",
    "comments": "批注",
    "document": "正文",
    "core": "文档属性",
    "app": "文档属性",
    "custom": "文档属性",
    "chart": "图表",
}


def part_title(part: str) -> str:
    """What users call a part: 正文, 页眉, 页脚, 脚注, 文档属性 …"""
    name = part.rpartition("/")[2].partition(".")[0].rstrip("0123456789")
    return _TITLES.get(name, "部件")


def part_label(part: str) -> str:
    """What users call a part, with its number when it has one: 页眉2."""
    stem = part.rpartition("/")[2].partition(".")[0]
    return part_title(part) + stem[len(stem.rstrip("0123456789")) :]
