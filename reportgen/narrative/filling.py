"""Sections of a report: the unit's own text, or the pack's snippets whose condition holds."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from zlib import crc32

from reportgen.core.errors import PackError, Place
from reportgen.core.likeness import each_once
from reportgen.core.numerals import IN_WAN
from reportgen.core.trace import row_id
from reportgen.core.value import FieldPath, Rows, Value
from reportgen.language.expressions import KeptCode, Language, Slot
from reportgen.model.unit import Evaluation, Unit
from reportgen.narrative.answers import answers_to, under_numbers
from reportgen.narrative.own_words import (
    DEFAULT,
    DEFAULT_NAME,
    answers_of,
    of_the_unit,
    own_ids,
    own_words,
    with_measure,
    with_own,
)
from reportgen.narrative.passage import (
    NOTHING_SAID,
    UNSAID,
    Narrative,
    Passage,
    Sections,
)
from reportgen.narrative.slots import spans_of
from reportgen.narrative.wording import (
    MARKS,
    enumerate_names,
    folded,
    in_cents,
    numbered,
    one_by_one,
    sentence,
    side_by_side,
    tidy,
    with_reason,
    without_end,
)
from reportgen.packs.manifest import Section, Snippet
from reportgen.packs.pack import Pack
from reportgen.view.formatter import View, Views

_DEEPEST_PHRASE = 8


class SnippetRenderer:
    """The snippets of one pack, for many units; each is compiled when it is first needed."""

    def __init__(self, pack: Pack, *, cache: Path | None = None) -> None:
        snippets = pack.snippets
        self._place = Place(f"{pack.name}/snippets.yaml")
        kept = KeptCode(cache, f"snippets {pack.digest}")
        self._language = Language(
            self._place.file, filters=self._filters(), kept=kept
        )
        self._phrases = snippets.phrases
        self._turns: Counter[str] = Counter()  # of what has several wordings
        self._numbers: set[str] = set()  # of the sentences of this report
        self._first = 0
        self._unit_of_amounts = IN_WAN
        self._unit = snippets.unit
        self._project = snippets.project
        self._depth = 0
        for specs in (self._unit, self._project):
            _audit(specs, self._place)

    def keep(self) -> None:
        """Leaves what was compiled for the next run."""
        self._language.keep()

    def compile_all(self) -> None:
        """Raises PackError for the first phrase or snippet that cannot be used, whatever the unit."""
        phrases = [
            (f"短语「{name}」", texts, ())
            for name, texts in self._phrases.items()
        ]
        snippets = [
            (
                f"素材「{one.id}」",
                (*one.text, one.improvement),
                (one.each, one.when),
            )
            for spec in (*self._unit.values(), *self._project.values())
            for one in spec.snippets
        ]
        for name, texts, expressions in (*phrases, *snippets):
            with self._named(name):
                for expression in filter(None, expressions):
                    self._language.value(expression)
                for text in texts:
                    self._language.text(folded(text))

    def _filters(self) -> dict[str, Any]:
        return {
            "短语": self._phrase,
            "逐句": lambda rows, name, mark="；": mark.join(
                filter(None, (self._phrase(row, name) for row in rows))
            ),
            "缘由": with_reason,
            "列举": enumerate_names,
            "去句号": without_end,
            "成句": sentence,
            "两位": in_cents,
            "逐条": one_by_one,
            "并列": side_by_side,
            "有内容": own_words,
            "本单位写的": of_the_unit,
            "答": answers_of,
        }

    def _phrase(self, row: View, name: str) -> str:
        """The phrase `name` said of `row`."""
        if name not in self._phrases:
            raise PackError(
                f"没有短语「{name}」",
                f"已有的短语：{'、'.join(self._phrases)}",
                place=self._place,
            )
        if self._depth >= _DEEPEST_PHRASE:
            raise PackError(
                f"短语「{name}」用到了自己",
                "请拆开互相引用的短语",
                place=self._place,
            )
        self._depth += 1
        try:
            with self._named(f"短语「{name}」"):
                wording = self._wording(name, self._phrases[name])
                return self._render_text(wording, {"行": row})
        finally:
            self._depth -= 1

    def _wording(self, name: str, wordings: tuple[str, ...]) -> str:
        """The one of several wordings that stands longest unused in this report, the first by the unit's name."""
        self._turns[name] += 1
        return wordings[(self._first + self._turns[name]) % len(wordings)]

    def _render_text(self, source: str, names: View) -> str:
        if not source:
            return ""
        text = folded(source).replace(IN_WAN, self._unit_of_amounts)
        return tidy(self._language.text(text)(names))

    def _render_with_slots(
        self, source: str, names: View
    ) -> tuple[str, tuple[Slot, ...]]:
        """The text, and the values that it was made from."""
        if not source:
            return "", ()
        with self._language.slots() as slots:
            text = self._render_text(source, names).lstrip(MARKS)
        return text, tuple(slots)

    @contextmanager
    def _named(self, what: str) -> Iterator[None]:
        """Errors of the pack say in which of its texts they are."""
        try:
            yield
        except PackError as error:
            raise PackError(
                f"{what}：{error.message}", error.hint, place=error.place
            ) from None

    def tell(self, unit: Unit, view: View) -> tuple[Narrative, View]:
        """The narrative of `unit`, and `view` with 叙述 added to the unit and to each project."""
        self._turns.clear()
        self._unit_of_amounts = unit.amount_unit
        self._numbers = set()
        self._first = crc32(unit.profile.name.encode())
        projects: list[Sections] = []
        project_views: Views = []
        for project, shown in zip(unit.projects, view["项目列表"], strict=True):
            sections = self._sections(
                self._project, project, {**view, "项目": shown}
            )
            projects.append(sections)
            name: Value = shown["名称"]
            path = f"{name.path.rpartition('.')[0]}.叙述"
            source = (*name.source[:-1], "叙述")
            texts = _texts(sections, self._project, path, source)
            project_views.append({**shown, "叙述": texts})
        view = {
            **view,
            "项目列表": Rows(project_views, view["项目列表"].path),
        }
        sections = self._sections(self._unit, unit, view)
        return Narrative(sections, tuple(projects), self._numbers), {
            **view,
            "叙述": _texts(sections, self._unit, "叙述", ("叙述",)),
        }

    def _sections(
        self,
        specs: dict[str, Section],
        unit: Evaluation,
        view: View,
    ) -> Sections:
        rendered: Sections = {}
        for name, spec in specs.items():
            own = unit.narrative.get(name, ())
            problems = rendered.get(spec.answers, ())
            paired = own_ids(own, unit.narrative.get(spec.answers, ()))
            rest = "" if own_words(own) and not paired else spec.rest
            made = answers_to(problems, paired, rest)
            generated = tuple(
                self._as_wanted(made or self._generated(spec, view), name, unit)
            )
            told = with_own(spec, generated, own)
            if problems:
                told = under_numbers(told, problems, paired)
            passages = self._with_names(
                told,
                {**view, DEFAULT_NAME: "".join(one.text for one in generated)},
            )
            rendered[name] = passages or tuple(
                self._as_wanted(
                    self._nothing_said(name, spec, view), name, unit
                )
            )
        return rendered

    def _as_wanted(
        self,
        generated: Iterable[Passage],
        section: str,
        unit: Evaluation,
    ) -> Iterator[Passage]:
        """Those of `generated` that the unit does not leave out, some of them in its own words."""
        for one in generated:
            number = f"{section}.{one.id}"
            self._numbers.add(number)
            own = unit.reworded.get(number, ())
            if number not in unit.unsaid and own != (UNSAID,):
                yield from _reworded(one, own) if own else (one,)

    def _nothing_said(
        self,
        name: str,
        spec: Section,
        view: View,
    ) -> tuple[Passage, ...]:
        """空: what a section says in which there is nothing else; it may depend on what was reported."""
        with self._named(f"「{name}」的「空」"):
            text, slots = self._render_with_slots(spec.empty, view)
        return (Passage(NOTHING_SAID, text, slots=slots),) if text else ()

    def _with_names(
        self, passages: tuple[Passage, ...], view: View
    ) -> tuple[Passage, ...]:
        """`passages`, with the names that a unit wrote into its own text filled in; one that is not
        there stays as typed.

        What is generated is a value like any other: what stands in it is not read once more.
        """
        return tuple(
            self._with_names_filled(one, view)
            if one.own and "{{" in one.text
            else one
            for one in passages
        )

    def _with_names_filled(self, passage: Passage, view: View) -> Passage:
        try:
            with self._language.slots() as slots:
                text = self._language.told_once(passage.text, view)
        except (
            PackError
        ):  # what is left of it in the document is a finding of the checks
            default = view[DEFAULT_NAME]
            return replace(
                passage, text=DEFAULT.sub(lambda _: default, passage.text)
            )
        return replace(passage, text=text, slots=(*passage.slots, *slots))

    def _generated(self, spec: Section, view: View) -> Iterator[Passage]:
        for snippet in spec.snippets:
            with self._named(f"素材「{snippet.id}」"):
                yield from self._passages(snippet, view)

    def _passages(self, snippet: Snippet, view: View) -> Iterator[Passage]:
        # a number at the end of a path would be taken for a mere place
        sign = f"{snippet.id}{'号' * snippet.id.isdecimal()}"
        for position, row in enumerate(self._rows(snippet, view), start=1):
            names = view if row is None else {**view, "项": row}
            if snippet.when and not self._language.value(snippet.when)(names):
                continue
            wording = self._wording(snippet.id, snippet.text)
            text, slots = self._render_with_slots(wording, names)
            if not text:
                continue
            improvement, answers = self._render_with_slots(
                snippet.improvement, names
            )
            number = "" if row is None else f".{_row_id(row, position)}"
            yield Passage(
                f"{sign}{number}",
                text,
                improvement,
                marks=_marks_of(row),
                slots=slots,
                improvement_slots=answers,
                why=snippet.when,
            )

    def _rows(self, snippet: Snippet, view: View) -> list[Any]:
        if not snippet.each:
            return [None]
        rows = self._language.value(snippet.each)(view)
        if not isinstance(rows, list):
            hint = "「遍历」里应是一组，例如 指标情况.未达标"
            raise PackError(
                f"“{snippet.each}”不是一组，不能逐项使用",
                hint,
                place=self._place,
            )
        return rows


def _reworded(passage: Passage, texts: Sequence[str]) -> Iterator[Passage]:
    """The passage in the unit's words, each paragraph beyond the first marked as 续."""
    for n, text in enumerate(texts):
        told, measure = with_measure(text)
        answers = [measure, "" if n else passage.improvement]
        yield replace(
            passage,
            id=f"{passage.id}{'续' * n}",
            text=told,
            improvement="\n".join(each_once(answers)),
            slots=(),
            own=True,
        )


def _row_id(row: Any, position: int) -> str:
    """What tells a row from the others wherever it stands, its position where there is nothing else."""
    values = row.values() if isinstance(row, dict) else ()
    paths = (one.path for one in values if isinstance(one, Value) and one.path)
    return row_id(next(paths, "")) or str(position)


def _marks_of(row: Any) -> tuple[tuple[str, ...], ...]:
    """标志 of a 事项: each the words of a text that speaks of the same."""
    marks = row.get("标志", ()) if isinstance(row, dict) else ()
    return tuple(tuple(map(str, words)) for words in marks)


def _audit(specs: dict[str, Section], place: Place) -> None:
    """Refuses what fits no unit: a number that stands twice, improvements that answer no problems."""
    for position, (name, spec) in enumerate(specs.items()):
        if spec.answers and spec.answers not in list(specs)[:position]:
            hint = "「对应」写前面一节的名称，例如 存在问题"
            raise PackError(
                f"「{name}」对应的「{spec.answers}」不在它前面",
                hint,
                place=place,
            )
        ids = [snippet.id for snippet in spec.snippets]
        if twice := next((one for one in ids if ids.count(one) > 1), ""):
            raise PackError(
                f"「{name}」中有两条素材的编号都是「{twice}」",
                "请改用不同的编号",
                place=place,
            )


def _texts(
    sections: Sections,
    specs: dict[str, Section],
    path: str,
    source: FieldPath,
) -> dict[str, list[Value]]:
    """The texts of each section, each of which knows its section and where its values stand in it."""
    shown: dict[str, list[Value]] = {}
    for name, passages in sections.items():
        texts = numbered(
            [one.text for one in passages],
            specs[name].numbering,
            [one.number or n for n, one in enumerate(passages, start=1)],
        )
        shown[name] = [
            Value(
                text,
                path=f"{path}.{name}#{one.id}",
                source=(*source, name),
                spans=tuple(spans_of(text, one.slots)),
            )
            for one, text in zip(passages, texts, strict=True)
        ]
    return shown
