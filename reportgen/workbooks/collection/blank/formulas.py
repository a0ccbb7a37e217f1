"""What the form computes at once in grey cells, as formulas over the labels of a block, a row or a whole column."""

from collections.abc import Mapping

from reportgen.packs.scoring import ExecutionRule, Scoring

BUDGET, SPENT, RATE = (
    "全年预算数",
    "全年执行数",
    "执行率",
)
WEIGHT, SCORE = "分值", "得分"
TOTAL_WEIGHT, TOTAL_SCORE, GRADE = (
    "分值合计",
    "总分",
    "等级",
)


def number(cell: str) -> str:
    """The number in a cell, also where it was typed as a text; an error where it is none."""
    return f'VALUE(SUBSTITUTE({cell}&"","，",""))'


def execution_rate(cells: Mapping[str, str]) -> str:
    """全年执行数 ÷ 全年预算数; "" where one of them is missing."""
    spent, budget = number(cells[SPENT]), number(cells[BUDGET])
    return f'=IFERROR({spent}/{budget},"")'


def execution_score(rate: str, weight: str, rule: ExecutionRule) -> str:
    """The points for an execution rate by the rule of the pack."""
    full = number(weight)
    points = f"{full}*MIN(1,{rate})"
    if rule.method == "分档":
        share = "0"
        for step in sorted(rule.steps, key=lambda one: one.floor):
            reached = f"{step.points}/{rule.weight}"
            share = f"IF({rate}>={step.floor},{reached},{share})"
        points = f"{full}*{share}"
    elif rule.deduction:
        lost = f"(1-MIN(1,{rate}))/{rule.deduction.every}"
        steps = lost if rule.deduction.proportional == "是" else f"INT({lost})"
        points = f"MAX(0,{full}-{steps}*{rule.deduction.points})"
    return f'=IFERROR(IF({rate}="","",ROUND({points},2)),"")'


def column_sum(first: str, last: str) -> str:
    """The sum of a column; "" where nothing is in it."""
    cells = f"{first}:{last}"
    return f'=IF(COUNT({cells})=0,"",SUM({cells}))'


def sum_without_parts(amounts: str, parents: str) -> str:
    """The sum of those rows of a column that are no part of another row."""
    total = f'SUMPRODUCT(({parents}="")*1,{amounts})'
    return f'=IF(COUNT({amounts})=0,"",{total})'


def sum_of(cells: list[str]) -> str:
    """The sum of some cells; "" where nothing is in any of them."""
    listed = ",".join(cells)
    return f'=IF(COUNT({listed})=0,"",SUM({listed}))'


def sum_if(names: str, name: str, amounts: str) -> str:
    """The sum of the rows under a name."""
    return f'=IF({name}="","",SUMIF({names},{name},{amounts}))'


def grade_of(score: str, scoring: Scoring) -> str:
    """The grade for a total score."""
    found = '""'
    for grade in sorted(scoring.grades, key=lambda one: one.floor):
        found = f'IF({score}>={grade.floor},"{grade.name}",{found})'
    return f'=IF({score}="","",{found})'
