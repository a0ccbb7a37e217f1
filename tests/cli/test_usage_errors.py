"""What the program says to a command that is typed wrong: in Chinese, with a way out, exit code 2."""

from __future__ import annotations

import pytest

from reportgen.cli.app import main


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit) as stopped:
        main(list(arguments))
    assert stopped.value.code == 2
    return capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chek"], "没有这个命令：chek；是否应为 check"),
        (["pack", "lst"], "没有这个命令：lst；是否应为 list"),
        (["zz"], "可用的命令：build、check"),
        ([], "请给出要执行的命令"),
        (["pack"], "请给出要执行的命令"),
        (["schema", "多余"], "多写了参数：多余"),
        (["build"], "缺少参数：文件或文件夹"),
        (
            ["build", "x.yaml", "--pakc", "x"],
            "没有这个选项：--pakc；是否应为 --pack",
        ),
        (
            ["build", "x.yaml", "--format", "xml"],
            "--format 只能写 text 或 json",
        ),
    ],
)
def test_a_wrong_command_is_told_in_chinese(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = told(capsys, *arguments)
    assert said in text
    assert "--help 查看用法" in text
    assert not any(
        word in text for word in ("Missing", "No such", "Invalid", "unexpected")
    )
