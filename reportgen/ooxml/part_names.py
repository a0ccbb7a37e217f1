"""What users call the parts of a docx."""

from string import digits

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
    return _TITLES.get(_stem(part).rstrip(digits), "部件")


def part_label(part: str) -> str:
    """What users call a part, with its number when it has one: 页眉2."""
    stem = _stem(part)
    number = stem[len(stem.rstrip(digits)) :]
    return part_title(part) + number


def _stem(part: str) -> str:
    file = part.rpartition("/")[2]
    return file.partition(".")[0]
