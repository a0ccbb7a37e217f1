"""What a number in prose is said to be: 在职人员15人, 水电维修费年初预算400万元, 到馆读者满意度95.2%.

A statement counts only where the words in front of the number are understood to the last one: a project, a row or an
indicator of this unit, a word of the pack's lists, and words that only lead up to it (全年共, 本单位). 其中行政编制8名
or 乡镇分馆接待读者3万人次 say something that stands in no table, so nothing is made of them.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from reportgen.checks.facts.indicator_rows import IndicatorRow
from reportgen.checks.facts.lexicon import Lexicon, split_label
from reportgen.checks.facts.own_names import core
from reportgen.checks.facts.passages import ProseBlock
from reportgen.checks.facts.reported_value import Owner
from reportgen.checks.facts.reported_values import (
    ReportedValues,
    Subject,
)
from reportgen.checks.facts.spoken_names import covered, shortened
from reportgen.model.unit import Unit
from reportgen.narrative.numbers import Quantity

Subjects = tuple[Subject, ...]
_GROWING = ("执行", "执行率")  # they are less in the middle of a year
_NUMBER_OF = "项目数"  # 自评项目12个，预算2300万元: the money of those, whichever they are
_LEAD = re.compile(  # longer words first: each is tried once, with no way back
    r"[一二三四五六七八九十]是|[（(]?[一二三四五六七八九十0-9]{1,3}[)）、.．]|其中|下设|年中|调整后|年度|年末|年底|全年|[本当]年度?|今年|年|[本我该](?:单位|部门|局|中心|馆|院|校|委员会|委|办公室|办|所|站|处|镇|乡|街道|系统)"
    r"|全(?:局|院|校|馆|站|所|委|中心)"
    r"|单位|部门|本|该|此|各|全|财政|市级|县级|区级|省级|本级|总计|总额|总|共计|共有|共|合计|累计|实际|实(?![训验施物地习践])|已|按|全额|整体|的|其|了|为|是|绩效"
    r"|自评|评价|综合|最终|完成|实现|达到|达|安排|由|于|在|经(?![费济营])|和|及(?!时)|与|同时|也|均|并|现有|现|有|用于|支出|“|”|（|[(]|、|\s"
)
_OF_PROJECT = re.compile(
    r"项目|资金|经费|专项"
)  # of the project in its own text; in the unit's, of some project
_VERB = re.compile(  # before the name of an indicator; 新增退休人员2人 is no number of the staff
    r"组织|开展|举办|召开|实施|开设|发放|接待|服务|新增|制作|检修|更新|改造|购置|受理|办理|处理|检查|走访|建设|建成|进行|安装|发展|推广|印制|编制|目标"
)
_LEADS = re.compile(rf"\A(?:{_LEAD.pattern}|{_VERB.pattern})+")
_WITHIN = re.compile(r"平均|实际|累计|共?完成")  # 危桥完成, 抢修平均响应
_DONE = re.compile(r"完成|执行|支付|支出|使用")
_OWN = re.compile(
    r"[本我](?:单位|部门|局|中心|馆|院|校|委|办|所|站|处)|单位|部门|整体"
)
_BETWEEN = re.compile(
    r"(?:项目|一项|资金|经费|专项|年度|(?:19|20)\d\d年|全年|当年|本年|的|、|”|“|）|\s)\Z"
)
_NOUN = re.compile(
    r"(?<=[个项])(?:绩效|三级|自评)?(?:项目|指标)(?=[，。；、,;（(：:均全都]|\Z)"
)
_ACTUAL = re.compile(r"实际(?:达到|完成|为|完成值为|完成值|值为)?|完成")
_HEAD = 40  # characters in which a paragraph can begin with a name and a colon
_YEAR = re.compile(r"((?:19|20)\d\d)\s*(?:年|-|—)")
OTHER_TIMES = re.compile(
    r"上年|去年|前年|上一年|往年|同期|历年|近年|明年|次年|下年|下一年|来年|以来|“?十[三四五六]五"
)
_PART_OF_YEAR = re.compile(
    r"上半年|下半年|季度|(?<!\d)(?:[1-9]|1[01])月"
)  # 12月底 is the whole year
_PARTS = re.compile(r"其中|下属|所属|直属|二级单位|分别|人均|户均|平均|每")
_OF_THOSE = re.compile(  # 执行率低于70%的项目，次年压减预算: a limit of a rule, whoever falls below it
    r"(?:以[上下内])?的?(?:[^，。；的]{0,6}(?:项目|科室|股室|处室|部门|单位|机构|学校|站所)(?=[，,]|一律|均?[将应须]|均?予以|实行|进行|由|按|通报|约谈|收回|压减|扣减|核减|取消|暂停|限期|说明|列[入为])|的?时[，,候将须应要就]|的[，,一将须应要])"
    r"|(?:以[上下内])?时(?:[^间期段]|\Z)"
)
_CHANGES = re.compile(
    r"追加|调增|调减|调整|结余|结转|增加|减少|占|比|较|年中|提高|下降|节约"
)


class Statement(NamedTuple):
    """A quantity and what it is said to be.

    `word` stands right before it; `figure` is the pack's list that the word is of (执行率), or ""; `rows` are the
    indicators of that name and `subjects` what it is said of, empty where nobody is named. `whole` marks 本单位, 部门.
    """

    passage: ProseBlock
    quantity: Quantity
    word: str
    figure: str
    rows: tuple[IndicatorRow, ...]
    subjects: Subjects
    whole: bool
    done: bool  # 共完成预算资金89.97万元: what was spent of it
    carried: bool = (
        False  # what it is said of was named before, for another number
    )

    @property
    def text(self) -> str:
        """From the word to the end of the number: 全年执行数为95.6万元."""
        text = self.passage.text
        one = self.quantity
        start = text.rfind(self.word, 0, one.start)
        return text[one.start if start < 0 else start : one.end]

    @property
    def owner(self) -> Owner:
        """Of which project the paragraph is."""
        return self.passage.block.project


class StatementReader(NamedTuple):
    """Reads paragraphs of a unit: what is reported has names, the pack has words for figures."""

    reported: ReportedValues
    words: Lexicon
    unit: Unit

    def statements(self, passage: ProseBlock) -> Iterator[Statement]:
        """What the quantities are said to be; those of other years, of parts and of others are left out."""
        spoken_of = self._spoken_of(passage)
        positions = range(len(passage.quantities))
        for start, sentence in groupby(positions, passage.sentence_of):
            yield from self._of_sentence(passage, start, sentence, spoken_of)

    def _spoken_of(self, passage: ProseBlock) -> Subjects:
        """The project that a paragraph of the whole unit begins with: 水电维修费：年初预算400万元."""
        head, colon, _ = passage.text[:_HEAD].partition("：")
        if not colon or passage.block.project is not None:
            return ()
        named = self.reported.subjects.get(
            head.strip().removesuffix("项目"), ()
        )
        return tuple(one for one in named if one.owner is not None)

    def _of_sentence(
        self,
        passage: ProseBlock,
        start: int,
        positions: Iterable[int],
        carried: Subjects,
    ) -> Iterator[Statement]:
        """The statements of one sentence; who is named once is spoken of until another is, or until it is unclear."""
        unclear = False
        last = None
        for position in positions:
            one, label = _with_noun(passage, position)
            before = passage.text[start : one.start]
            last = (
                self._stated(passage, one, label)
                or self._in_other_words(passage, one, label)
                or _goes_on(one, label, last)
            )
            if last is None:
                unclear = unclear or _is_unclear(label, before)
                continue
            statement = last
            if last.figure and not last.subjects and not last.whole:
                if unclear:
                    continue
                statement = last._replace(
                    subjects=carried, carried=bool(carried)
                )
            carried = statement.subjects or carried
            unclear = statement.figure == _NUMBER_OF
            if not _is_of_others(before, statement, self.unit.year):
                yield statement

    def _stated(
        self,
        passage: ProseBlock,
        one: Quantity,
        label: str,
    ) -> Statement | None:
        found = split_label(label, self._longest)
        if found is None:
            return None
        lead, word = found
        figure = self.words.figures.get(word, "")
        rows = tuple(self.reported.rows.get(word, ()))
        lead, subjects = self._subjects(lead.rpartition("：")[2], word, passage)
        rate_of_project = figure == "执行率" and lead.endswith("项目")
        of_project = passage.block.project is not None
        leading = [_LEAD]  # what may stand in front of a statement
        if rows or rate_of_project or of_project:
            leading.append(_OF_PROJECT)
        if not self._only_leads_up(lead, leading):
            return None
        whole = bool(_OWN.search(lead)) or self.unit.name in lead
        done = _DONE.search(lead) is not None
        return Statement(
            passage, one, word, figure, rows, subjects, whole, done
        )

    def _in_other_words(
        self, passage: ProseBlock, one: Quantity, label: str
    ) -> Statement | None:
        """What is said of indicators with words of their names, in any order: 改造操场4200平方米."""
        words = _WITHIN.sub("", without_lead(label)).rstrip(
            "率度达到共计为了有"
        )
        rows = {
            row.path: row
            for row in self.reported.rows_near(one)
            if _is_spoken_of(row.name, words)
        }
        if not rows:
            return None
        found = tuple(rows.values())
        return Statement(
            passage, one, label, "", found, (), whole=False, done=False
        )

    def _longest(self, label: str) -> str:
        """The longest word for a figure, or name, that a label ends with."""
        word = self.words.endings.longest(label)
        name = self.reported.names.longest(label)
        return word if len(word) >= len(name) else name

    def _subjects(
        self,
        lead: str,
        word: str,
        passage: ProseBlock,
    ) -> tuple[str, Subjects]:
        """What leads up to the subjects that `word` is, or that stand before it, and those; of this
        project if it has some."""
        subjects = tuple(self.reported.subjects.get(word, ()))
        if not subjects:
            lead, subjects = self._subjects_at_end(lead)
        own = tuple(
            one for one in subjects if one.owner == passage.block.project
        )
        return lead, own or subjects

    def _subjects_at_end(self, lead: str) -> tuple[str, Subjects]:
        """What stands before a project or row that `lead` ends with, and those: 2022年水电维修费项目 -> 2022年."""
        rest = lead
        while rest:
            name = self.reported.names.longest(rest)
            if name in self.reported.subjects:
                return rest.removesuffix(name), tuple(
                    self.reported.subjects[name]
                )
            between = _BETWEEN.search(rest)
            if between is None:
                break
            rest = rest[: between.start()]
        named = core(without_lead(rest))
        found = self.reported.projects_called(named)
        return ("", found) if found else (lead, ())

    def _only_leads_up(self, lead: str, leading: list[re.Pattern[str]]) -> bool:
        """Whether `lead` only leads up to what follows: 2022年本单位共."""
        unit = self.unit
        for name in (unit.name, unit.profile.short_name, unit.year):
            lead = lead.replace(name, "")
        position = 0
        while position < len(lead):
            matches = (pattern.match(lead, position) for pattern in leading)
            match = next(filter(None, matches), None)
            if match is None:
                return False
            position = match.end()
        return True


def without_lead(label: str) -> str:
    """`label` without the words that only lead up to what it says: 全年共完成清淤渠道 -> 清淤渠道."""
    return _LEADS.sub("", label) or label


def _is_spoken_of(name: str, label: str) -> bool:
    """Whether `label` is made of words of `name`, no less than half of it."""
    begins = label[:2] in name  # what most labels and names tells apart
    said = covered(label, name) if begins else 0
    return said == len(label) > 0 and 2 * said >= len(shortened(name))


def _with_noun(passage: ProseBlock, position: int) -> tuple[Quantity, str]:
    """A quantity and its label; of 共实施3个项目 the label is 共实施项目."""
    one = passage.quantities[position]
    label = passage.label(position)
    noun = _NOUN.match(passage.text, one.end)
    if noun is None:
        return one, label
    return one._replace(end=noun.end()), label + noun[0]


def _is_unclear(label: str, before: str) -> bool:
    """Whether something else is spoken of from here on, and not only how much that changed or what is in brackets."""
    named = label.strip("、和及")
    return (
        bool(named) and not _CHANGES.search(label) and not _in_brackets(before)
    )


def _in_brackets(before: str) -> bool:
    """Whether brackets are open there: 编制78名（行政编制38名）, after which 在职74人 is said of the same as 编制."""
    opened = max(before.rfind("（"), before.rfind("("))
    return opened > max(before.rfind("）"), before.rfind(")"))


def _goes_on(
    one: Quantity, label: str, last: Statement | None
) -> Statement | None:
    """The actual that follows a target: 检测批次目标值为1000批，实际为1050批."""
    if last is None or not last.rows or not _ACTUAL.fullmatch(label):
        return None
    return last._replace(quantity=one)


def _is_of_others(before: str, one: Statement, year: str) -> bool:
    """Whether the sentence speaks of another year, of a part or of a body below this one."""
    before = before[: before.rfind(one.word)]
    those = _OF_THOSE.match(one.passage.text, one.quantity.end)
    if those or _is_of_another_time(before, one.figure, year):
        return True
    part = _PARTS.search(before)
    if part is None:
        return False
    of_ours = bool(one.subjects) or one.figure in (
        "编制",
        "在职",
        "离休",
        "退休",
        "人员",
        "内设机构",
    )
    return part[0] != "其中" or not of_ours


def _is_of_another_time(before: str, figure: str, year: str) -> bool:
    other_years = (found for found in _YEAR.findall(before) if found != year)
    if any(other_years) or OTHER_TIMES.search(before):
        return True
    return figure in _GROWING and _PART_OF_YEAR.search(before) is not None


def rows_of(statement: Statement) -> list[IndicatorRow]:
    """The indicators of that name: of the project that is spoken of, or else of the unit, which may quote any."""
    owners = {subject.owner for subject in statement.subjects} or {
        statement.owner
    }
    if owners == {None}:
        return list(statement.rows)
    own = [row for row in statement.rows if row.owner in owners]
    return own or [row for row in statement.rows if row.owner is None]
