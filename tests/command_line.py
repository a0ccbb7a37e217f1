"""What is seen of a command line, and where the repository is."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

REPOSITORY = Path(__file__).parents[1]


WORDED = REPOSITORY / "tests" / "data" / "packs" / "worded"


def write_worded(source: Path, target: str | Path) -> None:
    """`source` as a unit of the pack whose sentences the tests of edits know, whatever standard says."""
    shutil.copytree(WORDED, Path("templates") / "worded", dirs_exist_ok=True)
    text = source.read_text(encoding="utf-8")
    assert "模板: standard" in text
    text = text.replace("模板: standard", "模板: worded", 1)
    Path(target).write_text(text, encoding="utf-8")


class Told(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def text(self) -> str:
        return self.out + self.err


def tree(folder: Path) -> list[str]:
    """Every file below `folder`, as text."""
    return sorted(
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file()
    )


GROUPS = {
    "资金": "资金: {年初预算数: 8, 全年预算数: 8, 全年执行数: 8}\n",
    "年度目标": "年度目标: {预期目标: 完成全年工作, 完成情况: 全年工作已经完成}\n",
    "指标": """指标:
  - {一级: 产出指标, 二级: 数量指标, 三级: 办件数, 指标值: ≥90件, 实际值: 95件, 分值: 20, 得分: 20}
  - {一级: 产出指标, 二级: 质量指标, 三级: 合格率, 指标值: ≥90%, 实际值: 95%, 分值: 10, 得分: 10}
  - {一级: 产出指标, 二级: 时效指标, 三级: 完成及时, 指标值: 12月底前, 实际值: 11月底, 分值: 10, 得分: 10}
  - {一级: 产出指标, 二级: 成本指标, 三级: 控制支出, 指标值: ≤800元, 实际值: 800元, 分值: 10, 得分: 10}
  - {一级: 效益指标, 二级: 社会效益指标, 三级: 服务人次, 指标值: ≥100人次, 实际值: 120人次, 分值: 30, 得分: 30}
  - {一级: 满意度指标, 二级: 满意度指标, 三级: 群众满意度, 指标值: ≥90%, 实际值: 96%, 分值: 10, 得分: 10}
""",
}


def completed(text: str) -> str:
    """A unit with the groups that it lacks and that every pack requires, so that nothing is found in it."""
    groups = (f"\n{name}:" in text for name in GROUPS)
    lacking = (
        own
        for own, is_there in zip(GROUPS.values(), groups, strict=True)
        if not is_there
    )
    return text + "".join(lacking)
