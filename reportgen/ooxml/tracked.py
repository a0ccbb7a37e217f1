"""Changes of a person that Word tracks and nobody has accepted or refused yet."""

from reportgen.ooxml.names import W, word_names
from reportgen.ooxml.xml_parts import Element, remove

_COME, _GONE = word_names("ins moveTo"), word_names("del moveFrom")


def refuse_changes(story: Element) -> bool:
    """Makes a story read as before all tracked changes; whether there were any."""
    changes = list(story.iter(*_COME, *_GONE))
    for one in changes:
        if one.tag in _GONE:
            for text in one.iter(f"{W}delText"):
                text.tag = f"{W}t"
            for child in one:
                one.addprevious(child)
        remove(one)
    return bool(changes)
