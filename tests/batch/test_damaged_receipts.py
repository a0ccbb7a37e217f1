"""One damaged receipt is a matter of its own unit: the run and the status of the others go on."""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from many_units import build, jobs_of, states

from reportgen.batch.run import check_together
from reportgen.batch.status import unit_status
from reportgen.batch.up_to_date import plan
from reportgen.outputs.receipt import RECEIPT
from reportgen.results.unit_result import FAILED

Units = Callable[..., list[Path]]
ODD: tuple[Any, ...] = (
    None,
    7,
    "",
    "Infinity",
    "9" * 5_000,
    [],
    [[]],
    {},
    {"a": 1},
)
LONG = "长" * 300 + ".docx"
KEYS = (
    "单位",
    "年度",
    "输入",
    "选项",
    "整体",
    "项目",
    "问题",
    "比对",
    "文件",
    "成套",
    "模板",
)


def flip(packed: str) -> str:
    data = bytearray(b64decode(packed))
    data[len(data) // 2] ^= 0xFF
    return b64encode(data).decode()


def bomb() -> str:
    pack = zlib.compressobj(9)
    body = b"".join(pack.compress(bytes(10_000_000)) for _ in range(20))
    return b64encode(body + pack.flush()).decode()


def damaged(receipt: Any) -> list[Any]:
    """The receipt with each of its parts, and each of those of its parts, replaced by what does not belong there."""
    found = []
    for key in KEYS:
        found += [{**receipt, key: odd} for odd in ODD]
        if isinstance(receipt[key], dict):
            for inner in receipt[key]:
                found += [
                    {**receipt, key: {**receipt[key], inner: odd}}
                    for odd in ODD
                ]
    for packed in (flip(receipt["比对"]["packed"]), bomb(), "!"):
        found.append({**receipt, "比对": {**receipt["比对"], "packed": packed}})
    files = {**receipt["文件"], LONG: {"sha256": "ab"}, "a\0b": {}}
    found.append({**receipt, "文件": files})
    found.append({**receipt, "成套": [*receipt["成套"], LONG], "文件": files})
    found.append({**receipt, "输入": {"x" * 5_000: "ab", "a\0b": "cd"}})
    return found


@pytest.fixture
def made(units: Units, tmp_path: Path) -> tuple[list[Path], Path, Path]:
    files, output = units(2), tmp_path / "out"
    build(files, output)
    return files, output, next(output.rglob(f"第0小学/{RECEIPT}"))


def test_whatever_is_damaged_in_a_receipt_stops_neither_run_nor_status(
    made: tuple[list[Path], Path, Path],
) -> None:
    files, output, receipt = made
    whole = json.loads(receipt.read_text("utf-8"))
    jobs, packs = jobs_of(files, output)
    for one in damaged(whole):
        receipt.write_text(json.dumps(one, ensure_ascii=False), "utf-8")
        jobs, _ = jobs_of(files, output)
        told = [unit_status(job, packs) for job in jobs]
        assert told[1].standing != FAILED
        planned = [found for job in jobs if (found := plan(job, packs))]
        assert len(check_together(planned)) in {1, 2}


def test_a_run_goes_on_over_a_damaged_receipt(
    made: tuple[list[Path], Path, Path],
) -> None:
    files, output, receipt = made
    whole = json.loads(receipt.read_text("utf-8"))
    for one in damaged(whole)[-6:]:
        receipt.write_text(json.dumps(one, ensure_ascii=False), "utf-8")
        results = build(files, output)
        assert states(results) in (["生成", "未变"], ["未变", "未变"])
        assert len(check_together(results.values())) == 2
