"""A cluster of real processes on loopback: the same documents, whatever dies on the way."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from command_line import REPOSITORY, Told
from dask_cluster import SECONDS, Cluster, cluster, need_dask
from many_units import build, command, contents, jobs_of, states, unit_text

from reportgen.batch.cluster import connect
from reportgen.batch.run import build_many
from reportgen.core.errors import OutputError
from reportgen.results.unit_result import UnitResult

pytestmark = [pytest.mark.cluster, pytest.mark.filterwarnings("ignore")]
Units = Callable[..., list[Path]]


@pytest.fixture(scope="module")
def two_workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    need_dask()
    with cluster(tmp_path_factory.mktemp("cluster"), workers=2) as made:
        yield made


def built_on(
    address: str,
    files: list[Path],
    output: Path,
    killed: Callable[[], None] | None = None,
) -> list[UnitResult]:
    """Builds `files`; `killed` is called as soon as three of them are done."""
    jobs, packs = jobs_of(files, output)
    done: list[UnitResult] = []
    with connect(address) as (executor, workers):
        for one in build_many(
            jobs, packs, executor=executor, workers=workers, remote=True
        ):
            done.append(one)
            if len(done) == 3 and killed:
                killed()
    return sorted(done, key=lambda one: one.file)


def test_a_cluster_prints_what_this_machine_prints(
    two_workers: Cluster, units: Units, tmp_path: Path
) -> None:
    files = units(12)
    files[5].write_text("年度: 2024\n单位: {名称: 坏的\n", encoding="utf-8")
    here = build(files, tmp_path / "此处")

    there = built_on(two_workers.address, files, tmp_path / "集群")

    assert [one.state for one in there] == states(here)
    assert [one.findings for one in there] == [
        here[one.file.stem].findings for one in there
    ]
    assert contents(tmp_path / "集群") == contents(tmp_path / "此处")


def test_what_is_up_to_date_is_not_sent(
    two_workers: Cluster, units: Units, tmp_path: Path
) -> None:
    files = units(6)
    build(files, tmp_path / "outputs")

    there = built_on(two_workers.address, files, tmp_path / "outputs")

    assert {one.state for one in there} == {"未变"}


def test_a_department_is_built_where_its_units_lie(
    two_workers: Cluster, units: Units, tmp_path: Path
) -> None:
    files = units(3)
    names = ", ".join(file.name for file in files)
    department = files[0].with_name("局.yaml")
    department.write_text(
        unit_text("某局", 90, more=f"下属单位: [{names}]\n"), encoding="utf-8"
    )
    here = build([*files, department], tmp_path / "此处")

    there = built_on(
        two_workers.address, [*files, department], tmp_path / "集群"
    )

    assert [one.findings for one in there] == [
        here[one.file.stem].findings for one in there
    ]
    assert contents(tmp_path / "集群") == contents(tmp_path / "此处")


def test_the_command_line_asks_a_cluster(
    two_workers: Cluster,
    units: Units,
    reportgen: Callable[..., Told],
    tmp_path: Path,
) -> None:
    units(4)

    told = reportgen(
        "build", "单位", "-o", "outputs", "--cluster", two_workers.address
    )

    assert (told.code, told.err) == (0, "")
    assert "生成 4 个" in told.out
    assert (tmp_path / "outputs" / "汇总.html").exists()


def test_a_worker_that_is_killed_loses_no_unit(
    units: Units, tmp_path: Path
) -> None:
    need_dask()
    files = units(40)
    build(files, tmp_path / "此处")

    with cluster(tmp_path / "cluster", workers=2) as made:
        there = built_on(
            made.address, files, tmp_path / "集群", killed=made.workers[0].kill
        )

    assert [one.state for one in there] == ["生成"] * 40
    assert contents(tmp_path / "集群") == contents(tmp_path / "此处")


def test_a_cluster_that_is_lost_leaves_what_is_done_and_tells_the_rest(
    units: Units, tmp_path: Path
) -> None:
    need_dask()
    files = units(40)

    with cluster(tmp_path / "cluster", workers=1) as made:
        there = built_on(
            made.address,
            files,
            tmp_path / "outputs",
            killed=made.scheduler.kill,
        )

    lost = [one for one in there if one.state == "失败"]
    assert len(there) == 40
    assert 0 < len(lost) < 40
    assert {one.reason for one in lost} == {
        "与集群的连接断开；请恢复集群后再执行同一条 reportgen build 命令，已经生成的单位不会重做"
    }
    assert {*states(build(files, tmp_path / "outputs"))} == {"未变", "生成"}


def test_an_address_without_a_cluster_is_told() -> None:
    need_dask()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    with (
        pytest.raises(OutputError, match="连接不上集群"),
        connect(f"tcp://127.0.0.1:{port}", seconds=1),
    ):
        pytest.fail("connected")


def test_a_cluster_without_workers_is_told(tmp_path: Path) -> None:
    need_dask()
    with (
        cluster(tmp_path, workers=0) as made,
        pytest.raises(OutputError, match="没有工作进程"),
        connect(made.address),
    ):
        pytest.fail("connected")


def test_workers_with_another_program_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker whose reportgen is older would print other documents."""
    need_dask()
    shutil.copytree(REPOSITORY / "reportgen", tmp_path / "other" / "reportgen")
    (tmp_path / "other" / "reportgen" / "older.py").write_text(
        "", encoding="utf-8"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "other"))

    with (
        cluster(tmp_path / "cluster", workers=1) as made,
        pytest.raises(OutputError, match="的 reportgen 与本机的版本不同"),
        connect(made.address),
    ):
        pytest.fail("connected")


def test_without_the_extra_the_program_says_what_to_install(
    tmp_path: Path,
) -> None:
    (tmp_path / "distributed.py").write_text(
        "raise ImportError\n", encoding="utf-8"
    )
    (tmp_path / "甲.yaml").write_text(unit_text("甲"), encoding="utf-8")
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(tmp_path), str(REPOSITORY)]),
    }
    asked = command(
        "build", tmp_path / "甲.yaml", "--cluster", "tcp://127.0.0.1:1"
    )

    done = subprocess.run(
        asked,
        capture_output=True,
        check=False,
        timeout=SECONDS,
        cwd=tmp_path,
        env=environment,
    )

    assert done.returncode == 3
    assert (
        "没有安装集群组件；请安装：pip install reportgen[cluster]"
        in (done.stdout + done.stderr).decode()
    )
