"""What is said of charts that a merge could not bring up to date: as comments at them, and as findings from these."""

from collections.abc import Iterator, Sequence

from reportgen.core.findings import WARNING
from reportgen.readback.read.remark import Remark

CONFLICT = Remark(
    "RBK004",
    WARNING,
    "{where}：人工改过数据，填报的数据也有变化，保留了人工的图表；按现在的数据应为{new}；请核对，定下以后删去图表上的批注",
)
OTHER_NUMBER = Remark(
    "RBK007",
    WARNING,
    "按现在的数据，图表的个数与原来不同，没有更新图表；请对照新生成的文件自行调整，调整好以后删去批注",
)
# how the comments begin; each says first of all what every comment of a merge says
SHOULD_SHOW = "按现在的数据，这个图表应为："
NUMBER_DIFFERS = "按现在的数据，这份文件的图表个数与原来不同，没有更新；请对照新生成的文件调整，调整好以后删去批注"
_Data = Sequence[Sequence[str]]
_MOST = 300  # characters of data that a comment shows


def data_shown(
    theirs: _Data,
    ours: _Data,
) -> str:
    """What a chart should show and does not, value by value; all of it where the series are others."""
    told = [
        one
        for old, new in zip(theirs, ours, strict=False)
        for one in _differing(old, new)
    ]
    if len(theirs) != len(ours) or not told:
        told = ["、".join(filter(None, one)) for one in ours]
    text = "，".join(told)
    return text if len(text) <= _MOST else f"{text[:_MOST]}…"


def _differing(
    old: Sequence[str],
    new: Sequence[str],
) -> Iterator[str]:
    """Category, name and value of those that differ; a series is its name, its categories, its values."""
    name, *cells = new
    half = len(cells) // 2
    for category, value, shown in zip(
        cells[:half], cells[half:], old[1 + half :], strict=False
    ):
        if value != shown:
            yield f"{category} {name} {value}"


def remark_on(comment: str) -> tuple[Remark, str] | None:
    """What a comment on a chart says: the remark and the data; None where it is no such comment."""
    if comment == NUMBER_DIFFERS:
        return OTHER_NUMBER, ""
    if comment.startswith(SHOULD_SHOW):
        return CONFLICT, comment.removeprefix(SHOULD_SHOW)
    return None
