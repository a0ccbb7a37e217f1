"""By how many days a deadline was kept or missed."""

from calendar import monthrange
from datetime import date

from reportgen.figures.deadlines import days_of
from reportgen.model.target import Target

_MARCH = 3
_ANY_YEAR = 2023


def days_apart(target: Target, actual: Target, *, late: bool) -> int | None:
    """Days between a deadline and the day it was kept or, if `late`, missed; None where a day or its year is open.

    A deadline without a year is the last before a late day, else one of the same year.
    """
    due = days_of(target.text)
    done = days_of(actual.text)
    if due is None or done is None or done.first != done.last or due.before:
        return None
    months = {due.last[0] < _MARCH, done.last[0] < _MARCH}
    year = done.year or due.year
    if year is None and len(months) > 1:
        return None  # whether there was a 29 February is not known
    done_day = _date(year or _ANY_YEAR, done.last)
    due_day = _date(due.year or done_day.year, due.last)
    if late and done.year and not due.year and due_day > done_day:
        due_day = _date(done_day.year - 1, due.last)
    apart = (done_day - due_day).days
    return abs(apart) if (apart > 0) is late else None


def _date(year: int, day: tuple[int, int]) -> date:
    """The day, or the last of its month."""
    month, number = day
    return date(year, month, min(number, monthrange(year, month)[1]))
