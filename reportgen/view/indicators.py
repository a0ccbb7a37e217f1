"""The rows of 指标 and 长期指标, and how the indicators stand."""

from collections.abc import Sequence
from itertools import repeat

from reportgen.figures.indicators import IndicatorFigures
from reportgen.model.target import is_named
from reportgen.model.unit import Indicator
from reportgen.packs.pack import Pack
from reportgen.view.formatter import Formatter, View, Views
from reportgen.view.matters import CHAPTERS, of_chapter
from reportgen.view.spoken import spoken

# columns that the forms of some regions have besides
_BESIDE = (
    *("指标性质", "度量单位", "复核完成值", "复核得分"),
    *("佐证材料", "备注"),
)


def indicator_rows(
    name: str,
    indicators: Sequence[IndicatorFigures],
    pack: Pack,
    show: Formatter,
) -> Views:
    """One row for each indicator; 目标起, 一级起 and 二级起 are true where a group begins.

    A row that the form leaves open (……) belongs to no group of the row above.
    """
    told_by = ("\n".join(_place(one.indicator)) for one in indicators)
    sources = (one.path for one in indicators)
    rows: Views = []
    above: tuple[str, ...] = ()
    for one, own in zip(
        indicators, show.rows(name, told_by, sources), strict=True
    ):
        *groups, _ = place = _place(one.indicator)
        opened = bool(groups[2]) and not is_named(groups[2])
        row = _indicator(one, own)
        row |= spoken(one, row, pack, own)
        row["序号"] = own.computed.count(len(rows) + 1, "序号")
        row["一级标签"], row["二级标签"] = row["一级"], row["二级"]
        row["有附栏"] = any(row[name] for name in _BESIDE)
        row["目标起"] = place[:1] != above[:1]
        row["一级起"] = place[:2] != above[:2]
        row["二级起"] = place[:3] != above[:3] or opened
        rows.append(row)
        above = place
    return rows


def _place(one: Indicator) -> tuple[str, str, str, str]:
    return one.goal, one.dimension, one.category, one.name


def _indicator(figures: IndicatorFigures, show: Formatter) -> View:
    indicator = figures.indicator
    return {
        **show.reported(indicator),
        "指标名": show.computed.text(_spoken_name(indicator), "指标名"),
        "得分": show.points(figures.printed_score, "得分"),
        "完成率": show.figure(figures.completion, "完成率"),
        "历年": show.at("历年").reported(indicator.history),
        "其中": _parts_of(figures, show),
        "核心": indicator.is_core,
        "空行": indicator.left_blank,
        "适用": indicator.applicable,
        "定量": bool(indicator.target and indicator.target.quantitative),
        "达标": figures.counts_as_reached is True,
        "未达标": figures.counts_as_reached is False,
    }


def _parts_of(figures: IndicatorFigures, show: Formatter) -> Views:
    """The rows 其中 below an indicator."""
    parts = figures.indicator.parts
    sources = ((*figures.path, "其中", n) for n in range(len(parts)))
    rows = show.rows("其中", (one.name for one in parts), sources)
    return [own.reported(one) for one, own in zip(parts, rows, strict=True)]


def _spoken_name(indicator: Indicator) -> str:
    """What prose calls an indicator: its name, or its category where the name is missing or only repeats the target."""
    name, target = indicator.name.strip("★* "), indicator.target
    quantity = target.text.strip() if target and target.quantitative else ""
    if name and name != quantity:
        return name
    groups = (indicator.category.strip(), indicator.dimension.strip())
    return next(filter(None, (*groups, name)), "未命名指标")


def standing(rows: Views, show: Formatter) -> View:
    """How the indicators stand, in the groups that a report speaks of; rows left blank or 不适用 do not count."""
    rows = [row for row in rows if row["适用"]]
    parts = _parts(rows, show)
    kinds = _kinds("产出", grouped(rows, "二级", "一级"), show)
    counts = show.computed
    return {
        "总数": counts.count(len(rows), "总数"),
        "达标数": counts.count(len(parts["达标"]), "达标数"),
        "未达标数": counts.count(len(parts["未达标"]), "未达标数"),
        **parts,
        "尚无实际值": show.those(
            (row for row in rows if not row["实际值"]), "尚无实际值"
        ),
        "一级": _kinds("一级", grouped(rows, "一级"), show),
        **{name: of_chapter(kinds, words) for name, words in CHAPTERS.items()},
    }


def _parts(rows: Views, show: Formatter) -> View:
    """The rows that reached their targets, those that did not, and those of which it cannot be said."""
    known = {
        name: show.those((row for row in rows if row[name]), name)
        for name in ("达标", "未达标")
    }
    others = (row for row in rows if not (row["达标"] or row["未达标"]))
    return known | {"其他": show.those(others, "其他")}


def grouped(rows: Views, key: str, otherwise: str = "") -> dict[str, Views]:
    """`rows` by what stands under `key` (under `otherwise` where that is empty), in the order of first sight."""
    groups: dict[str, Views] = {}
    for row in rows:
        name = row[key] or (row[otherwise] if otherwise else "")
        groups.setdefault(str(name), []).append(row)
    return groups


def _kinds(name: str, groups: dict[str, Views], show: Formatter) -> Views:
    named = zip(groups, show.rows(name, groups, repeat(None)), strict=False)
    return [
        {
            "一级": groups[one][0]["一级"],
            "名称": own.text(one, "名称"),
            "全部": own.those(groups[one], "全部"),
            **_parts(groups[one], own),
        }
        for one, own in named
    ]
