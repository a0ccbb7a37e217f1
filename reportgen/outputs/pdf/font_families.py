"""The fonts of Chinese official documents: other names of each, and which others come nearest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

# one font, by the names under which systems know it
_NAMES = (
    ("宋体", "SimSun"),
    ("新宋体", "NSimSun"),
    ("黑体", "SimHei"),
    ("仿宋", "FangSong"),
    ("楷体", "KaiTi"),
    ("仿宋_GB2312", "FangSong_GB2312"),
    ("楷体_GB2312", "KaiTi_GB2312"),
    ("方正小标宋简体", "FZXiaoBiaoSong-B05S"),
    ("方正仿宋简体", "FZFangSong-Z02S"),
    ("方正楷体简体", "FZKai-Z03S"),
    ("方正黑体简体", "FZHei-B01S"),
    ("微软雅黑", "Microsoft YaHei"),
    ("等线", "DengXian"),
    ("华文仿宋", "STFangsong"),
    ("华文楷体", "STKaiti"),
    ("华文中宋", "STZhongsong"),
    ("华文宋体", "STSong"),
    ("华文黑体", "STHeiti"),
)
_SONG = (
    "宋体,方正书宋_GBK,方正书宋简体,思源宋体,Source Han Serif SC,Noto Serif CJK SC,Noto Serif SC,"
    "华文宋体,新宋体,AR PL UMing CN,WenQuanYi Zen Hei,Noto Sans CJK SC"
)
_SANS = (
    "黑体,方正黑体简体,思源黑体,Source Han Sans SC,Noto Sans CJK SC,Noto Sans SC,"
    "微软雅黑,WenQuanYi Zen Hei,WenQuanYi Micro Hei"
)
_ROMAN = "Times New Roman,Liberation Serif,Tinos,Nimbus Roman,TeX Gyre Termes,DejaVu Serif"
_PLAIN = "Arial,Liberation Sans,Arimo,Nimbus Sans,Helvetica,DejaVu Sans"
# a word in the name of a font, and what comes nearest to such a font; the first that fits
_NEAREST = (
    ("标宋", f"方正小标宋_GBK,方正小标宋简体,华文中宋,{_SONG}"),
    ("中宋", f"华文中宋,方正小标宋简体,{_SONG}"),
    (
        "仿宋",
        f"仿宋_GB2312,仿宋,方正仿宋_GBK,方正仿宋简体,华文仿宋,FandolFang,{_SONG}",
    ),
    (
        "楷",
        f"楷体_GB2312,楷体,方正楷体_GBK,方正楷体简体,华文楷体,FandolKai,AR PL UKai CN,{_SONG}",
    ),
    ("宋", _SONG),
    ("黑", _SANS),
    ("等线", _SANS),
    ("Times", _ROMAN),
    ("Cambria", f"Caladea,{_ROMAN}"),
    ("Calibri", f"Carlito,{_PLAIN}"),
    ("Arial", _PLAIN),
    ("Helvetica", _PLAIN),
)


def is_installed(font: str, installed: Iterable[str]) -> bool:
    """Whether a font is there, under whichever of its names."""
    return installed_as(font, installed) != ""


def installed_as(font: str, installed: Iterable[str]) -> str:
    """The name under which a font is there; "" where it is not."""
    there = {one.casefold(): one for one in installed}
    found = (there.get(name.casefold(), "") for name in _names_of(font))
    return next(filter(None, found), "")


def nearest(font: str, installed: Iterable[str]) -> str:
    """The installed font that comes nearest to one that is missing; "" where that is left to LibreOffice."""
    there = tuple(installed)
    found = (installed_as(one, there) for one in _alike(font))
    return next(filter(None, found), "")


def _names_of(font: str) -> tuple[str, ...]:
    folded = font.casefold()
    for names in _NAMES:
        if folded in map(str.casefold, names):
            return names
    return (font,)


def _alike(font: str) -> Iterator[str]:
    """The fonts of its kind, which its Chinese name tells, the nearest first."""
    name = _names_of(font)[0]
    for word, fonts in _NEAREST:
        if word in name:
            yield from fonts.split(",")
            return
    if not name.isascii():
        yield from _SONG.split(",")
