"""A new unit.yaml to fill in."""

from __future__ import annotations

from pathlib import Path

from reportgen.application.workplace import Workplace
from reportgen.core.errors import OutputError, PackError, Place
from reportgen.outputs.whole_files import refusal
from reportgen.packs.pack import find_pack

_NAME = "unit.yaml"


def new_unit(path: Path, pack: str, workplace: Workplace) -> Path:
    """Writes the empty form of `pack` to `path`, or into the folder `path`; where it was written.

    Raises PackError, and OutputError where there is a file already.
    """
    form = find_pack(pack, workplace.search) / _NAME
    if not form.is_file():
        message = f"模板包「{pack}」没有空白的 unit.yaml"
        raise PackError(message, place=Place(str(form)), hint="请用 --pack standard")
    try:
        target = path / _NAME if path.is_dir() else path
        with target.open("xb") as file:
            file.write(form.read_bytes())
    except FileExistsError:
        place = Place(str(target))
        message = "文件已经存在，没有改动"
        raise OutputError(message, place=place, hint="请换一个文件名") from None
    except OSError as error:
        raise refusal(path, error, hint="请换一个文件名或文件夹") from None
    return target
