"""Whose form it is: the whole unit's, or which project's."""

import re
from dataclasses import dataclass

from reportgen.core.value import FieldPath
from reportgen.recognition.draft import ImportDraft, Source
from reportgen.recognition.reading.words import squeezed

_UNIT = re.compile(
    "部门整体|整体支出|整体绩效|单位整体|部门绩效自评报告|部门预算绩效"
)
_COST = re.compile(r"[:：][\d.,]+(?:万元|元|亿元)?$")
_REMARK = re.compile(r"[(（][^()（）]*[)）]$")
_NUMBER = re.compile(r"^\d{1,2}[.、．](?!\d)")
_PROJECT = re.compile("项目|专项|转移支付|预算支出绩效")


@dataclass
class Owner:
    """Where the values of the form go that is being read; a project is opened when its first value is there."""

    draft: ImportDraft
    kind: str = ""
    at: int | None = None  # the project
    fresh: bool = True  # a new title stands above
    is_report: bool = False
    file: str = ""  # the name of the document
    of_unit: bool = False  # the whole document is known to be the unit's

    def titled(self, title: str) -> None:
        """A new form or report begins, which says itself what it is about."""
        said = squeezed(title)
        self.fresh, self.is_report = True, "报告" in said
        if self.of_unit or _UNIT.search(said):
            self.kind, self.at = "unit", None
        elif _PROJECT.search(said):
            self.kind = "project"

    @property
    def path(self) -> FieldPath:
        """The path of what is being read."""
        if self.kind == "unit":
            return ()
        if self.at is None:
            named = self._in_file_name()
            self.at = self._opened("") if named is None else named
        return "项目", self.at

    def _in_file_name(self) -> int | None:
        """The known project that the file is called after: 自评报告（校车补助）.docx."""
        said = squeezed(self.file)
        names = [squeezed(one) for one in self.draft.projects]
        found = max(filter(said.__contains__, names), key=len, default="")
        return names.index(found) if found else None

    def starts_rows(self) -> bool:
        """A table of indicators begins; whether rows that were read before may stand in it again.

        In a new form of no name it is another project's.
        """
        again, self.fresh = self.fresh, False
        is_form = self.kind != "unit" and again and not self.is_report
        if is_form and self.at is not None and self._has_rows(self.at):
            self.at = self._opened("")
        return again

    def named(
        self,
        name: str,
        source: Source,
    ) -> None:
        """The project is called so: one of that name that was read before, the one at hand, or another."""
        self.kind = "project"
        known = self._same(name)
        if known is not None:
            self.at = known
            self._renamed(self.at, name)
        elif self.at is None or not self._waits_for_name(self.at):
            self.at = self._opened("")
        self.draft.projects[self.at] = name
        self.draft.put(("项目", self.at, "名称"), name, source)
        self.fresh = False

    def _same(self, name: str) -> int | None:
        """The project of that name; one whose name says more in brackets is the same where no other is like it."""
        cores = [_core(one) for one in self.draft.projects]
        if _core(name) in cores:
            return cores.index(_core(name))
        bare = [_core(_REMARK.sub("", one)) for one in self.draft.projects]
        plain = _core(_REMARK.sub("", name))
        is_alone = bare.count(plain) == 1 and bool(plain)
        at = bare.index(plain) if is_alone else 0
        is_longer = is_alone and (plain in (cores[at], _core(name)))
        return at if is_longer else None

    def known(self, heading: str) -> FieldPath:
        """The project that a heading names, with what it costs behind it; () where it names none."""
        name = _core(_COST.sub("", _NUMBER.sub("", squeezed(heading))))
        cores = [_core(one) for one in self.draft.projects]
        return ("项目", cores.index(name)) if name and name in cores else ()

    def _renamed(
        self,
        at: int,
        name: str,
    ) -> None:
        """A project that a list names a little otherwise than its form is called as in the form."""
        path = ("项目", at, "名称")
        listed = self.draft.values[path]
        if listed.value != name:
            del self.draft.values[path]
            self.draft.put(("项目", at, "清单名称"), listed.value, listed.lines)

    def _waits_for_name(self, at: int) -> bool:
        done = self.fresh and self._has_rows(at)
        return not self.draft.projects[at] and not done

    def _has_rows(self, at: int) -> bool:
        return self.draft.has(("项目", at, "指标"))

    def _opened(self, name: str) -> int:
        self.draft.projects.append(name)
        return len(self.draft.projects) - 1


def _core(name: str) -> str:
    """A name as it is compared: without the word that lists put behind it."""
    return squeezed(name).removesuffix("项目")
