"""Every mistake in the files of a pack is told with file and text, never as a traceback."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reportgen.core.errors import PackError
from reportgen.core.findings import Rejected
from reportgen.narrative.filling import SnippetRenderer
from reportgen.packs.pack import Pack, find_pack, load_pack

TEMPLATES = Path(__file__).parents[2] / "templates"
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def files(**texts: str) -> Path:
        folder = tmp_path / "示范"
        folder.mkdir()
        for name, text in {"pack": "名称: 示范\n版本: 1\n", **texts}.items():
            (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        return folder

    return files


def problems(folder: Path) -> list[tuple[str, int, str]]:
    with pytest.raises(Rejected) as stopped:
        load_pack(folder)
    return [
        (Path(one.place.file).name, one.place.line, one.message)
        for one in stopped.value.findings
    ]


def snippet_error(folder: Path) -> str:
    with pytest.raises(PackError) as stopped:
        SnippetRenderer(load_pack(folder)).compile_all()
    assert stopped.value.place is not None
    assert stopped.value.place.file == "示范/snippets.yaml"
    return str(stopped.value)


@pytest.mark.parametrize(
    "folder", sorted(TEMPLATES.iterdir()), ids=lambda folder: folder.name
)
def test_the_packs_of_the_box_are_sound(folder: Path) -> None:
    pack = load_pack(folder, (TEMPLATES,))

    SnippetRenderer(pack).compile_all()
    for document in pack.manifest.documents:
        assert pack.template(document.template).is_file()


@pytest.mark.parametrize(
    ("file", "text", "line", "says"),
    [
        (
            "pack",
            "名称: 示范\n版本: 1\n文件名: x\n",
            3,
            "不认识的键「文件名」；是否应为「文件」",
        ),
        ("pack", "版本: 1\n", 1, "缺少必填项「名称」"),
        ("pack", "名称: ' '\n版本: 1\n", 1, "名称是空的"),
        ("pack", "名称: 示范\n版本: 一\n", 2, "“一”不是整数"),
        (
            "pack",
            "名称: 示范\n版本: 1\n文件: 自评表\n",
            3,
            "文件：这里应是列表",
        ),
        (
            "pack",
            "名称: 示范\n版本: 1\n文件: [{名称: 甲, 文件名: 乙}]\n",
            3,
            "缺少必填项「文件[1].模板」",
        ),
        (
            "pack",
            "名称: 示范\n版本: 1\n数字: {金额: 三位小数}\n",
            3,
            "数字.金额：只能填 两位小数、原样",
        ),
        (
            "pack",
            "名称: 示范\n版本: 1\n限值: {执行率下限: 高}\n",
            3,
            "“高”不是百分比",
        ),
        (
            "scoring",
            "执行率: {方法: 分段}\n",
            1,
            "执行率.方法：只能填 线性、分档、扣分",
        ),
        ("scoring", "执行率: {方法: 分档}\n", 1, "方法为“分档”时要填「分档」"),
        ("scoring", "执行率: {方法: 扣分}\n", 1, "方法为“扣分”时要填「扣分」"),
        (
            "scoring",
            "执行率:\n  方法: 扣分\n  扣分: {每: 0%, 扣: 1}\n",
            3,
            "“0%”应大于0",
        ),
        ("scoring", "等级: [{等级: 优}]\n", 1, "缺少必填项「等级[1].不低于」"),
        ("scoring", "定性: 三档\n", 1, "定性：这里应是列表"),
        (
            "snippets",
            "单位:\n  存在问题: 无\n",
            2,
            "单位.存在问题：这里应有下级项目",
        ),
        ("snippets", "单位:\n  存在问题：无\n", 2, "“存在问题：”用了全角冒号"),
        (
            "snippets",
            "单位:\n  问题:\n    段落:\n      - {编号: 甲, 文: 乙, 条件: 丙}\n",
            4,
            "不认识的键「条件」",
        ),
        (
            "snippets",
            "单位:\n  问题:\n    段落:\n      - {编号: 甲, 文: 乙, 遍力: 丙}\n",
            4,
            "是否应为「遍历」",
        ),
        (
            "snippets",
            "单位:\n  问题:\n    段落:\n      - {文: 乙}\n",
            4,
            "缺少必填项「单位.问题.段落[1].编号」",
        ),
        (
            "snippets",
            "单位:\n  问题: {编号: 一}\n",
            2,
            "单位.问题.编号：只能填 ",
        ),
        ("snippets", "单位: {问题: {编号: 一\n", 1, "“{"),
        ("snippets", "单位:\n  问题:\n    空: {{ 无 }}\n", 3, "要放进引号里"),
    ],
)
def test_a_wrong_key_or_value(
    write: Write, file: str, text: str, line: int, says: str
) -> None:
    found = problems(write(**{file: text}))

    assert [(one[0], one[1]) for one in found] == [(f"{file}.yaml", line)]
    assert says in found[0][2]


def test_a_folder_without_a_manifest(tmp_path: Path) -> None:
    assert problems(tmp_path) == [
        ("pack.yaml", 0, "找不到文件；请检查文件名和路径")
    ]


SNIPPET = "单位:\n  问题:\n    段落:\n      - 编号: 执行率偏低\n        文: '{text}'\n        当: '{when}'\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{{ 资金.执行率", "资金.执行率”无法使用：写法有误"),
        ("{% if 资金 %}有", "写法有误"),
        ("{{ 资金.keys() }}", "不能使用 函数调用"),
        ("{{ x.__class__ }}", "名称不能以下划线开头：__class__"),
        ("{{ 9 ** 9 }}", "不能使用 乘方"),
        ("{{ 资金|pprint }}", "没有过滤器 pprint，可以用的有"),
    ],
)
def test_a_text_that_cannot_be_told_names_its_snippet(
    write: Write, text: str, says: str
) -> None:
    message = snippet_error(
        write(
            snippets=SNIPPET.replace("{text}", text).replace("{when}", "资金")
        )
    )

    assert message.startswith("示范/snippets.yaml：素材「执行率偏低」：")
    assert says in message


@pytest.mark.parametrize(
    ("when", "says"),
    [
        ("资金.执行率 <", "写法有误"),
        ("{{ 资金 }}", "这里只写条件或名称，不写花括号"),
        ("资金.items()", "不能使用 函数调用"),
    ],
)
def test_a_condition_that_cannot_be_asked_names_its_snippet(
    write: Write, when: str, says: str
) -> None:
    message = snippet_error(
        write(snippets=SNIPPET.replace("{text}", "甲").replace("{when}", when))
    )

    assert message.startswith("示范/snippets.yaml：素材「执行率偏低」：")
    assert says in message


def test_a_broken_phrase_names_itself(write: Write) -> None:
    assert "：短语「完成」：" in snippet_error(
        write(snippets="短语: {完成: '{{ 行.三级'}\n")
    )


@pytest.mark.parametrize(
    ("snippets", "says"),
    [
        (
            "单位:\n  措施: {对应: 问题}\n  问题: {}\n",
            "「措施」对应的「问题」不在它前面",
        ),
        ("单位:\n  措施: {对应: 闻题}\n", "「措施」对应的「闻题」不在它前面"),
        (
            "单位:\n  问题:\n    段落:\n      - {编号: 甲, 文: 乙}\n      - {编号: 甲, 文: 丙}\n",
            "「问题」中有两条素材的编号都是「甲」",
        ),
    ],
)
def test_sections_that_do_not_fit_together(
    write: Write, snippets: str, says: str
) -> None:
    assert says in snippet_error(write(snippets=snippets))


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("standrad", "是否应为「standard」"),
        ("STANDARD", "是否应为「standard」"),
        ("湖南", "、standard"),
        ("", "可用的模板包："),
        ("../standard/x", "standard"),
        ("x" * 5000, "可用的模板包："),
        ("a\0b", "可用的模板包："),
    ],
    ids=lambda text: text[:12],
)
def test_a_pack_that_is_not_there(name: str, hint: str) -> None:
    with pytest.raises(PackError) as stopped:
        find_pack(name, (TEMPLATES,))

    assert stopped.value.message.startswith("没有名为「")
    assert len(stopped.value.message) < 100
    assert hint in stopped.value.hint


def test_no_packs_at_all(tmp_path: Path) -> None:
    with pytest.raises(
        PackError, match="没有名为「standard」的模板包；可用的模板包：（没有）"
    ):
        find_pack("standard", (tmp_path, tmp_path / "none"))


@pytest.mark.parametrize(
    ("parent", "says"),
    [
        ("示范", "模板包「示范」的继承关系成了环"),
        ("standrad", "「继承」：没有名为「standrad」的模板包"),
    ],
)
def test_a_parent_that_cannot_be(write: Write, parent: str, says: str) -> None:
    folder = write(pack=f"名称: 示范\n版本: 1\n继承: {parent}\n")

    with pytest.raises(PackError, match=says) as stopped:
        load_pack(folder, (TEMPLATES, folder.parent))
    assert stopped.value.place is not None
    assert Path(stopped.value.place.file) == folder / "pack.yaml"


@pytest.fixture(scope="module")
def standard() -> Pack:
    return load_pack(TEMPLATES / "standard")


@pytest.mark.parametrize(
    "name",
    [
        "没有.docx",
        "../standard/自评报告.docx",
        str(TEMPLATES / "standard" / "自评报告.docx"),
        "长" * 5000,
    ],
)
def test_a_template_that_is_not_in_the_folder(
    standard: Pack, name: str
) -> None:
    with pytest.raises(PackError, match="缺少模板文件"):
        standard.template(name)
