"""Random sequences of what people do, with every failure and the way to it; without pytest.

python tests/fuzz/search.py [SEQUENCES [STEPS [SEED]]]
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from world import STEPS, UNITS, Broken, World

_OFTEN = (
    "edit",
    "edit",
    "edit",
    "change",
    "change",
    "build",
    "build",
    "pull",
    "pull",
)


def sequence(seed: int, steps: int, *, shown: bool = False) -> str:
    """Runs one; what broke, or nothing."""
    dice = random.Random(seed)
    start = UNITS[seed % len(UNITS)]
    log = [f"{start.parent.name}/{start.name}"]
    with tempfile.TemporaryDirectory() as room:
        try:
            world = World(Path(room) / "work", start, log=log)
            for _ in range(steps):
                name = dice.choice((*_OFTEN, *STEPS))
                number = dice.randrange(1_000_000)
                log.append(f"{name}({number})")
                STEPS[name](world, number)
            log.append("build()")
            world.build()
        except Broken as broken:
            return f"{broken}\n" + "\n".join(log)
        except Exception:
            return traceback.format_exc() + "\n".join(log)
    if shown:
        print("\n".join(log))
    return ""


def main() -> None:
    numbers = [int(one) for one in sys.argv[1:]]
    count, steps, first = [*numbers, *(500, 6, 0)[len(numbers) :]]
    begin, broken = time.perf_counter(), 0
    for seed in range(first, first + count):
        told = sequence(seed, steps, shown=count == 1)
        if told:
            broken += 1
            print(f"---- seed {seed}: {told}", flush=True)
    seconds = time.perf_counter() - begin
    print(
        f"{count} sequences of {steps} steps, {broken} broken, {seconds:.0f} s"
    )


if __name__ == "__main__":
    main()
