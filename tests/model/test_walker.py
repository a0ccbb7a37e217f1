"""What the walk over a unit tells of each value: where it stands, what it is called, what it is, of which project."""

from __future__ import annotations

from typing import Any

import pytest

from reportgen.model.unit import Unit
from reportgen.model.values import Kind
from reportgen.model.walker import Leaf, walk

HEAD: dict[str, Any] = {"年度": "2024", "单位": {"名称": "甲单位"}}


def only(path: tuple[str | int, ...], **given: Any) -> Leaf:
    leaves = {
        leaf.path: leaf for leaf in walk(Unit.model_validate(HEAD | given))
    }
    return leaves[path]


@pytest.mark.parametrize(
    ("given", "path", "name", "kind", "owner", "text"),
    [
        (
            {"资金": {"全年执行数": "1.2亿元"}},
            ("资金", "全年执行数"),
            "全年执行数",
            Kind.MONEY,
            None,
            "1.2亿元",
        ),
        (
            {"指标": [{"三级": "场次", "实际值": "约30场"}]},
            ("指标", 0, "实际值"),
            "实际值",
            Kind.MEASURED,
            None,
            "约30场",
        ),
        (
            {"叙述": {"存在问题": ["一。", "二。"]}},
            ("叙述", "存在问题", 1),
            "存在问题",
            Kind.PROSE,
            None,
            "二。",
        ),
        (
            {
                "项目": [
                    {"名称": "甲"},
                    {"名称": "乙", "填报": {"填报人": "某人"}},
                ]
            },
            ("项目", 1, "填报", "填报人"),
            "填报人",
            Kind.PERSON,
            1,
            "某人",
        ),
        (
            {"基础数据": {"明细": {"会议": {"本年预算数": "3"}}}},
            ("基础数据", "明细", "会议", "本年预算数"),
            "本年预算数",
            Kind.MONEY,
            None,
            "3",
        ),
    ],
)
def test_a_leaf_says_what_it_is(
    given: dict[str, Any],
    path: tuple[str | int, ...],
    name: str,
    kind: Kind,
    owner: int | None,
    text: str,
) -> None:
    leaf = only(path, **given)

    assert (leaf.name, leaf.kind, leaf.owner, leaf.text) == (
        name,
        kind,
        owner,
        text,
    )


def test_what_was_not_typed_is_no_leaf() -> None:
    unit = Unit.model_validate(
        HEAD | {"资金": {"调整原因": ""}, "年度目标": {}}
    )

    assert [leaf.path for leaf in walk(unit)] == [("年度",), ("单位", "名称")]


def test_the_unit_comes_before_its_projects() -> None:
    given = {
        "项目": [{"名称": "甲"}],
        "叙述": {"概况": "一。"},
        "补充": {"乙": "二。"},
    }

    owners = [leaf.owner for leaf in walk(Unit.model_validate(HEAD | given))]

    assert owners == sorted(owners, key=lambda owner: owner is not None)


def test_only_some_kinds_can_be_asked_for() -> None:
    given = {"资金": {"全年执行数": "3", "得分": "9"}}

    found = walk(Unit.model_validate(HEAD | given), frozenset({Kind.POINTS}))

    assert [leaf.path for leaf in found] == [("资金", "得分")]
