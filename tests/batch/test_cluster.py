"""`render --cluster`: the same tasks on a real Dask scheduler with two workers, on this machine."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from impactbrief.batch.cluster import Cluster
from impactbrief.batch.execute import execute
from impactbrief.batch.task import Reply, Task, make
from impactbrief.errors import MachineError
from tests.batch.command import BRIEF, Shop

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


@dataclass
class RealCluster:
    """A scheduler and workers, as processes."""

    folder: Path
    address: str = ""
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self) -> None:
        told = self.folder / "scheduler.json"
        self._run("scheduler", "--port", "0", "--host", "127.0.0.1", "--no-dashboard", "--no-show",
                  "--scheduler-file", str(told))  # fmt: skip
        deadline = time.monotonic() + 60
        while not self.address and time.monotonic() < deadline:
            time.sleep(0.1)
            if told.exists() and (found := re.search(r"tcp://[0-9.:]+", told.read_text())):
                self.address = found[0]
        for _worker in range(2):
            self._run("worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard",
                      "--local-directory", str(self.folder))  # fmt: skip

    def _run(self, *arguments: str) -> None:
        environment = os.environ | {
            "PYTHONPATH": os.pathsep.join(map(str, (ROOT, HERE))),  # `slow` lies in this folder
            # a lost worker is noticed sooner than on a real network
            "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "10s",
        }
        with (self.folder / f"log{len(self.processes)}").open("wb") as log:
            self.processes.append(
                subprocess.Popen(
                    [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]],
                    env=environment,
                    stdout=subprocess.DEVNULL,
                    stderr=log,
                )
            )

    def stop(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealCluster]:
    running = RealCluster(tmp_path_factory.mktemp("cluster"))
    try:
        running.start()
        yield running
    finally:
        running.stop()


def test_no_shared_disk_is_needed(cluster: RealCluster, tmp_path: Path) -> None:
    """Answers, the bibliographies they name and templates of one's own travel; bytes come back."""
    shop = Shop(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in/more.json").write_text('[{"id": "a", "type": "book", "title": "Mine"}]')
    shop.brief("in/citing.yaml", "Citing",
               "bibliography: [more.json]\nsections: {context: 'See [@a].'}\n")  # fmt: skip
    shop.brief("in/plain.yaml", "Plain")
    (tmp_path / "in/tab.yaml").write_text("impactbrief: 1\ndocument:\n\ttitle: Tab\n")
    templates = shop.hanging_templates()
    arguments = ("in", "--to", "md,html", "--template", templates, "--force")
    code, said = shop.run(*arguments, "-o", "far", "--cluster", cluster.address)
    assert code == 1, said
    assert "in/tab.yaml:3:1:" in said
    assert shop.run(*arguments, "-o", "near")[0] == 1
    near = {path.name: path.read_bytes() for path in (tmp_path / "near").iterdir()}
    far = {path.name: path.read_bytes() for path in (tmp_path / "far").iterdir()}
    assert near == far
    assert "Mine" in far["citing.md"].decode()


def test_a_cluster_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """Is told as such."""
    monkeypatch.setattr("impactbrief.batch.cluster.PATIENCE", 1)
    for address in ("tcp://127.0.0.1:1", "no address"):
        with pytest.raises(MachineError, match=f"No Dask scheduler answers at {address}"):
            Cluster(address, timeout=1)


def slow(task: Task) -> Reply:
    """`make`, with a trace of who does what."""
    folder = Path(task.data.decode().rpartition("# ")[2].strip())
    (folder / f"{Path(task.name).stem} {os.getpid()} {time.monotonic_ns()}").touch()
    time.sleep(0.4)
    return make(task)


def test_a_killed_worker_loses_nothing(
    cluster: RealCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its tasks go to the other worker, and each comes back exactly once."""
    monkeypatch.setattr("impactbrief.batch.execute.make", slow)
    tasks = [
        Task(f"f{number}.yaml", f"{BRIEF.format(title=number)}# {tmp_path}\n".encode(),
             (("brief", "md"),))
        for number in range(16)
    ]  # fmt: skip
    victim = cluster.processes[1]
    far = Cluster(cluster.address, timeout=60)
    try:
        replies = []
        for task, reply in execute(tasks, lambda _task: far, window=32):
            replies.append((task.name, reply))
            if len(replies) == 4:
                os.kill(victim.pid, signal.SIGKILL)
    finally:
        far.shutdown(wait=False, cancel_futures=True)
    assert sorted(name for name, _reply in replies) == sorted(task.name for task in tasks)
    assert [reply.made[0].error for _name, reply in replies] == [None] * len(tasks)
    begun = [path.name.split() for path in tmp_path.iterdir()]
    assert len({pid for _name, pid, _time in begun}) == 2  # the killed one had its share
    assert {name for name, _pid, _time in begun} == {f"f{number}" for number in range(16)}


def test_dask_is_an_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it, the message says what to install."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MachineError, match=r"impactbrief\[cluster\]"):
        Cluster("tcp://127.0.0.1:1", timeout=1)
