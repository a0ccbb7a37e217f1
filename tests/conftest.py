"""The program as a command line; and how property tests look for examples.

They try the same ones everywhere; `pytest --hypothesis-profile=search` tries others each time.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Told
from hypothesis import settings

from reportgen.cli.app import main

settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("search", deadline=None)
settings.load_profile("steady")


@pytest.fixture
def reportgen(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Callable[..., Told]:
    """The program as a user meets it: a command line in, exit code and texts out, in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object) -> Told:
        with pytest.raises(SystemExit) as stopped:
            main([str(one) for one in arguments])
        told = capsys.readouterr()
        assert "Traceback" not in told.out + told.err
        assert "程序内部错误" not in told.out + told.err
        return Told(int(stopped.value.code or 0), told.out, told.err)

    return run
