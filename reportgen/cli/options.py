"""Arguments and options that several commands have."""

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

UnitPaths = Annotated[
    list[Path],
    typer.Argument(
        metavar="文件或文件夹",
        help="一个或多个 unit.yaml，或含有它们的文件夹。",
    ),
]
EditedFiles = Annotated[
    list[Path],
    typer.Argument(metavar="文件", help="一份或多份生成后改过的 .docx。"),
]
OutputFolder = Annotated[
    Path,
    typer.Option(
        "-o", "--output", metavar="文件夹", help="输出文件夹，默认 outputs。"
    ),
]
OUTPUTS = Path("outputs")


def _switch(name: str, text: str) -> Any:
    return typer.Option(name, help=text)


Bundled = Annotated[
    bool, _switch("--bundle", "另外把整套文件合订成一个 Word 文件。")
]
Strict = Annotated[
    bool, _switch("--strict", "检查发现错误时不生成文件，退出码为 1。")
]
Force = Annotated[
    bool,
    _switch("--force", "没有变化的单位也重新生成；人工改过的仍然保留修改。"),
]
Annotate = Annotated[
    bool,
    _switch(
        "--annotate",
        "另外生成带批注的审阅稿：每个数怎样算出，检查发现了什么。check 只用于 Word 文档。",
    ),
]
AsPdf = Annotated[bool, _switch("--pdf", "生成的文件另外转成 PDF，放在旁边。")]
DryRun = Annotated[
    bool, _switch("--dry-run", "预演：只说会做什么，不写任何文件。")
]
Listed = Annotated[
    bool,
    _switch(
        "--list",
        "逐处列出每份文件改了什么：哪一处、原来的、现在的；先看看可以和 --dry-run 一起用。",
    ),
]
WithSummary = Annotated[
    bool | None,
    _switch(
        "--summary/--no-summary",
        "要或不要汇总表和汇总网页，单位不止一个时默认要。",
    ),
]
Processes = Annotated[
    int,
    typer.Option(
        "--jobs",
        metavar="整数",
        min=0,
        help="同时用几个进程，默认按单位多少和电脑情况定。",
    ),
]
ClusterAddress = Annotated[
    str,
    typer.Option(
        "--cluster", metavar="地址", help="交给集群生成，写集群调度程序的地址。"
    ),
]
PackName = Annotated[
    str,
    typer.Option(
        "--pack",
        metavar="模板包",
        help="改用这个模板包，不用文件中写的「模板」。",
    ),
]
UnitFile = Annotated[
    Path | None,
    typer.Option(
        "--unit",
        metavar="填报文件",
        help="没有生成记录时，写明由哪份 unit.yaml 生成。",
    ),
]
TextOrJson = Annotated[
    Literal["text", "json"],
    typer.Option(
        "--format", metavar="text|json", help="结果的格式，默认 text。"
    ),
]
Codes = Annotated[
    list[str] | None,
    typer.Option(
        "--code",
        metavar="代码",
        help="只看这一条规则，例如 BUD001；可以写几次。",
    ),
]
LeastSeverity = Annotated[
    Literal["错误", "警告", "提示"],
    typer.Option(
        "--min-severity",
        metavar="错误|警告|提示",
        help="只看这个程度及以上的，默认全部。",
    ),
]
StrictCheck = Annotated[
    bool, _switch("--strict", "有警告时也按有错误处理（退出码 1）。")
]
Fixing = Annotated[
    bool,
    _switch(
        "--fix",
        "列出可以自动改正的写法（全角冒号、看不见的空格等），不改内容。",
    ),
]
ApplyFixes = Annotated[
    bool, _switch("--apply", "与 --fix 一起用：把改正写入文件。")
]
