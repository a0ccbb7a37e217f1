"""Names that are nobody's: what every unit has."""

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.text_index import any_of


def is_common(facts: Facts, name: str) -> bool:
    """三公经费, 办公费: what every unit has; 该项目, 各项目: no names at all."""
    plain = name.strip("“”")
    words = facts.words
    return (
        plain in words.common_expenses
        or any_of(words.common_expense_words, "{}*").fullmatch(plain)
        is not None
    )
