"""Where names of persons stand: behind 填报人 and its like, in the cells beside and below them, before 同志."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.publishing.patterns import IDENTITY, MAIL, PHONE, numbers_in
from reportgen.publishing.surnames import NAME_SIGN, is_name, may_be_name

_ROLES = (
    "填报人员|填报人|填表人|经办人|联系人|负责人|责任人|审核人|复核人|审批人|制表人|编制人员|编制人|评价人员|评价人|"
    "法定代表人|法人代表|分管领导|主要领导|主管领导|组长|组员|成员|参加人员|参与人员|姓名|签字|签名|报告人|撰写人|"
    "联络员|操作员|经手人|证明人|验收人|领取人|报送人|校对|会计|出纳|制表|审核|复核|局长|主任|校长|院长|馆长|站长|所长|科长"
)
_LABEL = re.compile(
    rf"(?:{_ROLES})(?:[（(][^）)]{{0,8}}[）)])?[ \t_]*[：:][ \t_]*"
)
_BARE_LABEL = re.compile(
    r"(?:填报人|填表人|经办人|联系人|审核人|制表人|责任人)(?=[\u3400-\u9fff])"
)
_CHUNK = re.compile(rf"[{NAME_SIGN}· \t]+")
_NEXT_LABEL = re.compile(
    rf"(?:{_ROLES}|填报|填表|评价|联系电话|联系方式|电话|手机|传真|邮箱|单位|部门|科室|职务|职称|日期|时间|年度)"
)
_CALLED = re.compile(
    rf"([{NAME_SIGN}]{{2,3}})(?=同志|先生|女士|老师|（身份证|\(身份证)"
)
_OFFICER = re.compile(
    rf"(?:局长|主任|校长|院长|馆长|站长|所长|科长|股长|书记|经理|会计|出纳)([{NAME_SIGN}]{{2,3}})"
)
_CELL_LABEL = re.compile(
    rf"(?:{_ROLES}|项目负责人|单位负责人|财务负责人)(?:及?(?:联系)?电话)?(?:[（(].{{0,8}}[）)])?[：:]?"
)
PHONE_LABEL = re.compile(
    r"(?:联系|办公|移动|固定|手机|填报人|负责人|经办人)?(?:电话|手机|座机|传真|联系方式)(?:号码|号)?[：:]?"
)
_BEFORE_NUMBER = re.compile(
    rf"(?:^|[^{NAME_SIGN}]|[由请找]|联系)([{NAME_SIGN}]{{2,4}})[\s，,、：:/（(]*"
    rf"(?:电话|手机|联系电话|身份证号?码?|邮箱)?[\s：:]*$"
)
_REACH = 30  # characters before a number in which its owner is looked for
_OF_PERSONS = frozenset((PHONE, IDENTITY, MAIL))
_SEPARATORS = re.compile(r"[、，,；;/\s]+")
_FURTHER = re.compile(r"\s*[、，,/]\s*")


def names_behind_labels(text: str) -> Iterator[str]:
    """The names in running text that a label, or the way of speaking of someone, tells."""
    for match in _LABEL.finditer(text):
        yield from _listed(text, match.end())
    for match in _BARE_LABEL.finditer(text):
        yield from (one for one in _listed(text, match.end()) if is_name(one))
    for match in _CALLED.finditer(text):
        yield from (one for one in (match[1], match[1][-2:]) if is_name(one))
    yield from _before_numbers(text)


def _before_numbers(text: str) -> Iterator[str]:
    """The names that stand right before a number or an address of a person: （张三，138…；李四，139…）."""
    for number in numbers_in(text):
        reach = text[max(number.start - _REACH, 0) : number.start]
        owner = _BEFORE_NUMBER.search(reach)
        if owner and number.kind in _OF_PERSONS and is_name(owner[1]):
            yield owner[1]


def _listed(text: str, at: int) -> Iterator[str]:
    """The names from a place on, as many as stand there one behind the other."""
    while chunk := _CHUNK.match(text, at):
        following = _NEXT_LABEL.search(chunk[0])
        held = chunk[0][: following.start()] if following else chunk[0]
        found = list(_in_chunk(held))
        yield from found
        further = _FURTHER.match(text, chunk.end())
        if following or not found or not further:
            return
        at = further.end()


def _in_chunk(chunk: str) -> Iterator[str]:
    """A name whose characters may stand apart, or several with blanks between them."""
    whole = "".join(chunk.split())
    if is_name(whole) or (len(whole) < 4 and may_be_name(whole)):
        yield whole
    else:
        yield from filter(is_name, chunk.split())


def names_of_field(text: str) -> Iterator[str]:
    """The names in a field that holds persons and nothing else."""
    whole = "".join(text.split())
    if may_be_name(whole):
        yield whole
        return
    for piece in _SEPARATORS.split(
        re.sub(r"[（(].*?[）)]|[0-9+*-]+", " ", text)
    ):
        if may_be_name(piece):
            yield piece


def is_name_label(cell: str) -> bool:
    """Whether a cell says that persons stand beside or below it."""
    return _CELL_LABEL.fullmatch("".join(cell.split())) is not None


def is_phone_label(cell: str) -> bool:
    """Whether a cell says that telephone numbers stand beside or below it."""
    return PHONE_LABEL.fullmatch("".join(cell.split())) is not None


def may_name_officer(text: str) -> Iterator[str]:
    """What reads like an officer and his name; where the name ends nobody can tell, a person has to look."""
    for match in _OFFICER.finditer(text):
        if is_name(match[1]) or is_name(match[1][:2]):
            yield match[0]
