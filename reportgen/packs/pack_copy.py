"""A new pack from an old one: its templates to restyle, everything else stays the old one's."""

from pathlib import Path

from reportgen.core.plain_files import read_plain
from reportgen.packs.pack import Pack


def copy_pack(source: Pack, target: Path, name: str) -> None:
    """Writes a new pack folder `target` that extends `source`, with copies of its templates to restyle."""
    target.mkdir(parents=True)
    for spec in source.manifest.documents:
        template = source.template(spec.template)
        (target / spec.template).write_bytes(read_plain(template))
    for file in ("example.yaml", "unit.yaml"):
        found = (folder / file for folder in source.folders)
        original = next((path for path in found if path.is_file()), None)
        if original is not None:
            text = original.read_text(encoding="utf-8")
            named = text.replace(f"模板: {source.name}", f"模板: {name}")
            _write(target / file, named)
    _write(target / "pack.yaml", _manifest(source, name))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _manifest(source: Pack, name: str) -> str:
    lines = [
        f"# 模板包「{name}」：在「{source.name}」的基础上修改。没有写的内容沿用「{source.name}」。",
        f"名称: {name}",
        f"说明: 由 {source.name} 复制，请改为本地区表式的名称",
        "版本: 1",
        f"继承: {source.name}",
        "",
        "# 要生成的文件；模板用 Word 或 WPS 打开修改，标签不要改动",
        "文件:",
    ]
    for spec in source.manifest.documents:
        lines += [
            f"  - 名称: {spec.name}",
            f"    模板: {spec.template}",
            f'    文件名: "{spec.file_name}"',
            f"    范围: {spec.scope}",
            f"    版式: {spec.layout}",
        ]
        if spec.attachment:
            lines.append(f'    附件: "{spec.attachment}"')
        if spec.when:
            lines.append(f'    当: "{spec.when}"')
    return "\n".join(lines) + "\n"
