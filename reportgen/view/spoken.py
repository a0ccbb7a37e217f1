"""What prose says of one indicator beside what the form prints: counted name, state, distance, cause and measure."""

from decimal import Decimal

from reportgen.core.numerals import less
from reportgen.core.value import Value
from reportgen.figures.indicators import IndicatorFigures
from reportgen.figures.results import (
    GROUPS,
    Result,
    bound_of,
    cause_and_measure,
    counted_name,
    result_of,
)
from reportgen.model.target import Target
from reportgen.model.unit import Indicator
from reportgen.packs.pack import Pack
from reportgen.view.formatter import Formatter, View


def spoken(
    figures: IndicatorFigures,
    row: View,
    pack: Pack,
    show: Formatter,
) -> View:
    """The names of `row` that only snippets use."""
    show, result = show.computed, result_of(figures, pack.scoring)
    target = figures.indicator.target or Target("")
    actual = figures.indicator.actual or Target("")
    counted = counted_name(row["指标名"], target.measure)
    return {
        "计数名": show.text(counted, "计数名"),
        "名类": show.text(result.kind, "名类"),
        "状态": show.text(result.state, "状态"),
        "同类": show.text(
            "其余" if row["偏差原因"] else GROUPS.get(result[:2], "其余"),
            "同类",
        ),
        "目标数": show.text(bound_of(target), "目标数"),
        "差距": show.text(result.told(target, actual), "差距"),
        "扣分": lost(row["分值"], row["得分"], show),
        **_counted(figures.indicator, target, actual, show),
        **reasons(row["偏差原因"], pack, show),
    }


def _counted(
    one: Indicator, target: Target, actual: Target, show: Formatter
) -> View:
    """What was done as a number, and how far from the year before."""
    measure = target.measure
    done = actual.value_in(measure)
    last = one.history.last.value_in(measure) if one.history.last else None
    change = None if done is None or last is None else done - last
    apart = Result("", "", change and abs(change)).told(target, actual)
    return {
        "实际数": show.count(done, "实际数"),
        "计量": show.text(measure, "计量"),
        "上年差": show.text(apart, "上年差"),
        "多于上年": bool(change and change > 0),
    }


def reasons(
    given: Value, pack: Pack, show: Formatter, *, kind: str = ""
) -> View:
    """原因 and 措施, both of which people write into one text; a cause alone is the cell itself.

    Of 资金, whose `kind` is 执行 or 调整, a semicolon may stand between two causes; what was adjusted is no measure.
    """
    words = pack.vocabulary.lists
    measures = () if kind == "调整" else words.measure_terms
    cause, measure = cause_and_measure(
        given, measures, words.problem_terms, answers=not kind
    )
    return {
        "原因": show.text(cause, "原因") if measure else given,
        "措施": show.text(measure, "措施"),
    }


def lost(weight: Value, score: Value, show: Formatter) -> Value:
    """Points that were not earned; blank where none were lost or it cannot be said."""
    points = difference(weight, score)
    return show.points(points if points and points > 0 else None, "扣分")


def difference(whole: Value, part: Value) -> Decimal | None:
    """The numbers behind two values, one less the other."""
    return less(whole.number, part.number)
