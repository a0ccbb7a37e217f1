"""wording.yaml: the words that the text rules look for, as data of a pack."""

from __future__ import annotations

from pydantic import Field

from reportgen.model.unit import Reporting
from reportgen.model.values import Paragraphs, Text


class Contradiction(Reporting):
    """前后矛盾: when words of both sides stand in one report, a person should look."""

    one: Paragraphs = Field(alias="一方")
    other: Paragraphs = Field(alias="另一方")


class Vocabulary(Reporting):
    """The word lists of one pack; a list of the same name replaces that of the pack it extends."""

    lists: dict[str, Paragraphs] = Field(default_factory=dict, alias="词表")
    slips: dict[str, Text] = Field(default_factory=dict, alias="错别字")
    terms: dict[str, Text] = Field(default_factory=dict, alias="规范用语")
    contradictions: tuple[Contradiction, ...] = Field((), alias="前后矛盾")

    def words(self, name: str) -> tuple[str, ...]:
        """The list `name`, empty where the pack has none."""
        return self.lists.get(name, ())
