"""Whatever is wrong with what a user gives: file, line and way out in Chinese, exit 3, and nothing is printed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import REPOSITORY, Told, tree
from standard_set import set_of

HOSTILE = REPOSITORY / "tests" / "data" / "hostile"
GOOD = "年度: 2024\n单位:\n  名称: 示范单位\n"
Run = Callable[..., Told]
Unit = Callable[..., Path]

BAD_TEXTS = {  # name: (text, line, what it says, the way out)
    "empty": ("", 0, "文件是空的", "reportgen new"),
    "only comments": ("# 说明\n", 0, "文件里没有内容", "reportgen new"),
    "tab": (GOOD + "资金:\n\t年初预算数: 5\n", 5, "Tab", "空格"),
    "open bracket": (
        GOOD + "项目: [\n",
        4,
        "括号没有成对",
        "请在这一组内容的末尾补上“]”",
    ),
    "open quote": (GOOD + '资金:\n  偏差原因: "没有写完\n', 5, "引号", "引号"),
    "bad indent": (GOOD + " 资金: 5\n", 4, "缩进", "对齐"),
    "full-width colon": ("年度：2024\n", 1, "冒号", "半角"),
    "no space": (GOOD + "填报日期:2025-03-01\n", 4, "冒号", "空格"),
    "template": (GOOD + "叙述:\n  存在问题: {{ 默认 }}\n", 5, "{{", "引号"),
    "list on top": ("- 年度\n", 1, "最外层是列表", "键: 内容"),
    "duplicate key": (
        GOOD + "年度: 2023\n",
        4,
        "第1行已经写过，第4行又写了一次",
        "请删去或合并其中一处",
    ),
    "unknown key": (
        GOOD + "资金:\n  全年预算: 5\n",
        5,
        "不认识的键「全年预算」",
        "是否应为「全年预算数」",
    ),
    "wrong type, value": (
        "年度: 2024\n单位: 某局\n",
        2,
        "单位：这里应有下级项目",
        "缩进",
    ),
    "wrong type, list": (
        GOOD + "项目: {名称: 甲}\n",
        4,
        "项目：这里应是列表",
        "以“- ”开头",
    ),
    "wrong type, map": (
        GOOD + "资金: {全年执行数: {甲: 1}}\n",
        4,
        "这里应填一个值",
        "例如",
    ),
    "words for a number": (
        GOOD + "资金:\n  全年执行数: 八十九\n",
        5,
        "“八十九”不是金额",
        "请填阿拉伯数字，例如 89.97",
    ),
    "negative money": (
        GOOD + "资金:\n  全年执行数: -5\n",
        5,
        "不能为负数",
        "请核对",
    ),
    "strange unit": (
        GOOD + "资金:\n  全年执行数: 5美元\n",
        5,
        "“5美元”不是金额",
        "单位万元",
    ),
    "bad year": (
        "年度: 24\n单位: {名称: 甲}\n",
        1,
        "“24”不是年度",
        "请填四位数字，例如 2024",
    ),
    "bad date": (
        GOOD + "填报日期: 2024-13-45\n",
        4,
        "“2024-13-45”不是日期",
        "2025-03-15",
    ),
    "no name": ("年度: 2024\n单位: {简称: 甲}\n", 2, "单位.名称", "请"),
    "empty name": (
        "年度: 2024\n单位:\n  名称:\n",
        3,
        "必填项「单位.名称」是空的",
        "请填写",
    ),
    "control character": (
        GOOD + '叙述:\n  存在问题: "\\x0b"\n',
        5,
        "存在问题",
        "请",
    ),
    "200 levels": (
        GOOD + "叙述: " + "[" * 200 + "]" * 200 + "\n",
        4,
        "层次过深",
        "请检查缩进和括号",
    ),
    "unknown pack": (
        GOOD + "模板: standrad\n",
        4,
        "没有名为「standrad」的模板包",
        "是否应为「standard」",
    ),
    "unknown tag": (
        GOOD + "填报日期: !!python/object:os.system x\n",
        4,
        "!",
        "请",
    ),
}


def refused(
    told: Told, file: Path | str, line: int, says: str, way_out: str
) -> None:
    where = f"{file} 第{line}行" if line else str(file)
    assert told.code == 3
    assert where in told.text
    assert says in told.text
    assert way_out in told.text


@pytest.mark.parametrize("case", BAD_TEXTS.values(), ids=BAD_TEXTS)
@pytest.mark.parametrize("command", ["build", "check", "explain"])
def test_a_bad_text(
    command: str,
    case: tuple[str, int, str, str],
    reportgen: Run,
    tmp_path: Path,
) -> None:
    text, *expected = case
    path = tmp_path / "unit.yaml"
    path.write_text(text, encoding="utf-8")

    refused(reportgen(command, path), path, *expected)

    assert tree(tmp_path) == ["unit.yaml"]


@pytest.mark.parametrize(
    ("data", "line", "says", "way_out"),
    [
        (
            GOOD.encode("gbk"),
            1,
            "不是UTF-8编码（看起来是GBK）",
            "请在记事本或WPS中“另存为”并选择 UTF-8 编码",
        ),
        (
            b"PK\x03\x04 and so on",
            0,
            "不是 yaml 文本文件",
            "请指定填写数据的 yaml 文件",
        ),
        (b"\xff\xfe" + GOOD.encode("utf-16-le")[:-1], 0, "UTF-16", "另存为"),
        (GOOD.encode() + b"\0", 4, "空字符", "请删去这个字符后重新保存"),
    ],
    ids=["gbk", "docx", "utf-16", "nul"],
)
def test_bad_bytes(
    data: bytes,
    line: int,
    says: str,
    way_out: str,
    reportgen: Run,
    tmp_path: Path,
) -> None:
    path = tmp_path / "unit.yaml"
    path.write_bytes(data)

    refused(reportgen("build", path), path, line, says, way_out)


@pytest.mark.parametrize(
    "name",
    [
        "01_billion_laughs_9x9.yaml",
        "02_laughs_maps_2^24.yaml",
        "04_recursive_alias.yaml",
    ],
)
def test_an_alias_bomb(name: str, reportgen: Run) -> None:
    told = reportgen("build", HOSTILE / "yaml" / name)

    assert told.code == 3
    assert "DAT008" in told.out
    assert "第" in told.out
    assert "请" in told.out


def test_a_missing_file_names_the_one_that_is_like_it(
    reportgen: Run, unit: Unit
) -> None:
    unit("lukou.yaml")

    refused(
        reportgen("build", "lukuo.yaml"),
        "lukuo.yaml",
        0,
        "找不到文件",
        "同一文件夹里有“lukou.yaml”",
    )
    refused(
        reportgen("build", "没有/unit.yaml"),
        "没有/unit.yaml",
        0,
        "文件夹“没有”也不存在",
        "请检查路径",
    )


def test_a_folder_without_yaml(reportgen: Run, tmp_path: Path) -> None:
    folder = tmp_path / "空"
    folder.mkdir()
    (folder / "说明.txt").write_text("无", encoding="utf-8")

    for command in ("build", "check"):
        refused(
            reportgen(command, folder),
            folder,
            0,
            "没有填报用的 .yaml 文件",
            "reportgen new",
        )
    refused(
        reportgen("explain", folder),
        folder,
        0,
        "这是文件夹，不是文件",
        "请指定文件夹里的 yaml 文件",
    )


@pytest.mark.parametrize(
    "path", ["长" * 300 + ".yaml", "/dev/null", "unit.yaml/x"]
)
def test_a_path_that_is_none(path: str, reportgen: Run, unit: Unit) -> None:
    unit()

    told = reportgen("build", path)

    assert told.code == 3
    assert "请" in told.out
    assert "没有生成" in told.out


@pytest.mark.parametrize("command", ["build", "check", "explain", "new"])
def test_an_unknown_pack(command: str, reportgen: Run, unit: Unit) -> None:
    unit("甲.yaml")

    told = reportgen(
        command,
        "甲.yaml" if command != "new" else "乙.yaml",
        "--pack",
        "standrad",
    )

    assert told.code == 3
    assert "没有名为「standrad」的模板包；是否应为「standard」" in told.text


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "这不是 Word 文档".encode(),
    ],
    ids=["empty", "cut", "password or .doc", "text"],
)
def test_a_broken_template(
    damage: bytes,
    reportgen: Run,
    unit: Unit,
    pack_copy: Callable[[str], Path],
    tmp_path: Path,
) -> None:
    template = pack_copy("某某县") / "自评报告.docx"
    template.write_bytes(damage)

    told = reportgen("build", unit(more="模板: 某某县\n"))

    refused(told, "自评报告.docx", 0, "TPL001", "请")
    assert not (tmp_path / "outputs").exists()


def test_a_template_cut_short(
    reportgen: Run, unit: Unit, pack_copy: Callable[[str], Path]
) -> None:
    template = pack_copy("某某县") / "自评报告.docx"
    template.write_bytes(template.read_bytes()[:-2000])

    refused(
        reportgen("build", unit(), "--pack", "某某县"),
        "自评报告.docx",
        0,
        "TPL001",
        "请",
    )


def test_a_missing_template(
    reportgen: Run, unit: Unit, pack_copy: Callable[[str], Path]
) -> None:
    (pack_copy("某某县") / "自评报告.docx").unlink()

    told = reportgen("build", unit(), "--pack", "某某县")

    refused(
        told,
        "自评报告.docx",
        0,
        "缺少模板文件 自评报告.docx",
        "请把该文件放回模板包文件夹",
    )


@pytest.mark.skipif(
    not Path("/proc/self/mem").exists(),
    reason="a file that is there and cannot be read",
)
def test_a_template_that_cannot_be_read(
    reportgen: Run, unit: Unit, pack_copy: Callable[[str], Path]
) -> None:
    template = pack_copy("某某县") / "自评报告.docx"
    template.unlink()
    template.symlink_to("/proc/self/mem")

    told = reportgen("build", unit(), "--pack", "某某县")

    refused(
        told, "自评报告.docx", 0, "快捷链接", "请把文件本身放进模板包文件夹"
    )


def test_a_broken_pack_file_names_its_line(
    reportgen: Run, unit: Unit, pack_copy: Callable[[str], Path]
) -> None:
    scoring = pack_copy("某某县") / "scoring.yaml"
    scoring.write_text("总分: 一百\n", encoding="utf-8")

    told = reportgen("build", unit(), "--pack", "某某县")

    refused(told, "scoring.yaml", 1, "“一百”不是分值", "请填阿拉伯数字")


def test_an_output_folder_that_is_a_file(reportgen: Run, unit: Unit) -> None:
    Path("占用").write_text("", encoding="utf-8")

    told = reportgen("build", unit(), "-o", "占用")

    refused(told, "占用", 0, "OUT001", "或换一个输出文件夹（-o）")


@pytest.mark.skipif(
    not Path("/proc").is_dir(), reason="a folder where even root cannot write"
)
def test_an_output_folder_where_nothing_can_be_written(
    reportgen: Run, unit: Unit
) -> None:
    told = reportgen(
        "build", unit(), "-o", "/proc/reportgen", "--format", "json"
    )

    (finding,) = json.loads(told.out)["findings"]
    assert (told.code, finding["code"], json.loads(told.out)["documents"]) == (
        3,
        "OUT001",
        [],
    )
    assert finding["file"].startswith("/proc/reportgen")
    assert "请换一个输出文件夹（-o）" in finding["message"]


def test_a_full_disk(unit: Unit, tmp_path: Path) -> None:
    program = (
        "import resource, sys\n"
        "from reportgen.cli.app import main\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "main(sys.argv[1:])\n"
    )
    command = [
        sys.executable,
        "-c",
        program,
        "build",
        str(unit()),
        "-o",
        str(tmp_path / "out"),
    ]

    ran = subprocess.run(
        command,
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
        cwd=REPOSITORY,
        env={**os.environ},
    )

    assert ran.returncode == 3
    assert (
        "磁盘空间不足，这份文件没有写入，原有文件完好；请清理磁盘后重新生成"
        in ran.stdout
    )
    assert ran.stderr == ""
    assert [
        name
        for name in tree(tmp_path / "out")
        if name.endswith((".docx", ".tmp"))
    ] == []


NAMES = [
    *(f"某{char}局" for char in '/\\:*?"<>|'),
    *(
        "..",
        ".",
        "../../../etc/x",
        "/etc/passwd",
        "C:\\Windows\\x",
        "CON",
        "con.txt",
        "LPT1",
        "x.",
        "~$报告",
        "-rf",
    ),
    *(
        "名" * 300,
        "a" * 300,
        "\U0001f600" * 64,
        "某\u202e局",
        "{{ 7*7 }}",
        "%s",
        "$(id)",
        "desktop.ini",
        "～",
    ),
]


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_name_that_is_no_file_name(
    name: str, reportgen: Run, unit: Unit, tmp_path: Path
) -> None:
    quoted = json.dumps(name, ensure_ascii=False)
    unit(called=quoted, more=f"项目: [{{名称: {quoted}}}]\n")
    before = set(tmp_path.parent.rglob("*"))

    told = reportgen("build", "unit.yaml", "--format", "json")

    documents = [Path(path) for path in json.loads(told.out)["documents"]]
    assert told.code in {0, 1}
    assert len(documents) == len(set_of(name))
    for path in documents:
        assert path.is_file()
        assert path.resolve().is_relative_to(tmp_path / "outputs" / "2024")
        assert len(path.relative_to("outputs").parts) == 3
        assert all(len(part.encode()) <= 130 for part in path.parts)
    made = set(tmp_path.parent.rglob("*")) - before
    assert all(path.is_relative_to(tmp_path / "outputs") for path in made)


def test_names_that_are_one_folder_do_not_share_it(
    reportgen: Run, unit: Unit
) -> None:
    first = unit("甲.yaml", called='"某/局"')
    second = unit("乙.yaml", called="某／局")

    assert reportgen("build", first).code == 0
    told = reportgen("build", second)

    refused(
        told,
        "outputs/2024/某／局",
        0,
        "这个文件夹里是另一单位「某/局」的文件",
        "请修改其中一份的「单位.名称」",
    )


def test_every_hostile_yaml_is_refused_or_built_without_a_trace(
    reportgen: Run, tmp_path: Path
) -> None:
    for path in sorted((HOSTILE / "yaml").glob("*.yaml")):
        shutil.rmtree(tmp_path / "outputs", ignore_errors=True)

        told = reportgen("build", path)

        assert told.code in {0, 1, 3}, path
        assert told.err == "", path
        assert (path.name in told.out) or told.code == 0
