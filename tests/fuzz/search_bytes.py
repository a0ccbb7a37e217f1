"""Broken files, each with what it did; without pytest.

python tests/fuzz/search_bytes.py [document|unit|record|template [FILES [FIRST]]]
"""

from __future__ import annotations

import sys
import tempfile
import time
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from bytes_world import KINDS
from world import Broken


def main() -> None:
    kind, count, first = [*sys.argv[1:], *("unit", 300, 0)[len(sys.argv) - 1 :]]
    begin, broken = time.perf_counter(), 0
    for number in range(int(first), int(first) + int(count)):
        with tempfile.TemporaryDirectory() as room:
            start = time.process_time()
            try:
                KINDS[kind](number, Path(room))
            except Broken as fault:
                broken += 1
                print(f"---- {number}: {fault}", flush=True)
            except Exception:
                broken += 1
                print(f"---- {number}: {traceback.format_exc()}", flush=True)
            if time.process_time() - start > 4:
                print(
                    f"{number}: {time.process_time() - start:.1f} s", flush=True
                )
    print(
        f"{count} of {kind}: {broken} broken, {time.perf_counter() - begin:.0f} s"
    )


if __name__ == "__main__":
    main()
