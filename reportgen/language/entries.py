"""How a name after a dot is looked up: in the data, and nowhere else."""

from typing import Any

from jinja2 import Undefined
from jinja2.runtime import LoopContext

from reportgen.language.refusals import Missing
from reportgen.language.xml_text import plain

_LOOP_NAMES = ("index", "index0", "first", "last", "length")


def entry(holder: Any, name: str) -> Any:
    """The entry of that name; `loop` is the only object with attributes."""
    if type(holder) is dict:
        try:
            value = holder[name]
        except KeyError:
            return Missing(obj=holder, name=name)
        return value if isinstance(value, str) else plain(value)
    if type(holder) is LoopContext and name in _LOOP_NAMES:
        return getattr(holder, name)
    if isinstance(holder, Undefined):
        str(holder)  # raises, naming what is missing
    return Missing(obj=holder, name=name)
