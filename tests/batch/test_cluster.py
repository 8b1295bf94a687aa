"""`render --cluster`: the same tasks on a real Dask scheduler with two workers, on this machine."""

import gc
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
from tests.batch.command import BRIEF, Shop, end, report

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
            self._run("worker", self.address, "--nthreads", "1", "--no-dashboard",
                      "--local-directory", str(self.folder))  # fmt: skip

    def _run(self, *arguments: str) -> None:
        environment = os.environ | {
            "PYTHONPATH": os.pathsep.join(map(str, (ROOT, HERE))),  # `slow` lies in this folder
            # a lost worker is noticed sooner than on a real network
            "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "10s",
            # a task is given up after its second worker is lost, not its fourth
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
        }
        with (self.folder / f"log{len(self.processes)}").open("wb") as log:
            self.processes.append(
                subprocess.Popen(
                    [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]],
                    env=environment,
                    stdout=subprocess.DEVNULL,
                    stderr=log,
                    start_new_session=True,
                )
            )

    def stop(self) -> None:
        for process in self.processes:
            end(process)  # with the worker that it looks after


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
    code, said = shop.run(*arguments, "-o", "far", "--cluster", cluster.address,
                          "--jobs", "7", "--report", "report.json")  # fmt: skip
    assert code == 1, said
    assert 1 <= report(shop)["workers"] <= 2  # the cluster's, whatever is asked for at home
    assert "in/tab.yaml:3:1:" in said
    assert shop.run(*arguments, "-o", "near")[0] == 1
    near = {path.name: path.read_bytes() for path in (tmp_path / "near").iterdir()}
    far = {path.name: path.read_bytes() for path in (tmp_path / "far").iterdir()}
    assert near == far
    assert "Mine" in far["citing.md"].decode()


def test_a_cluster_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """Is told as such."""
    monkeypatch.setattr("impactbrief.batch.cluster.PATIENCE", 0.3)
    for address in ("tcp://127.0.0.1:1", "no address"):
        with pytest.raises(MachineError, match=f"No Dask scheduler answers at {address}"):
            Cluster(address, timeout=1)
    gc.collect()  # what Dask leaves of a client that failed goes now, not while another one begins


def slow(task: Task) -> Reply:
    """`make`, with a trace of who does what."""
    folder = Path(task.data.decode().rpartition("# ")[2].strip())
    (folder / f"{Path(task.name).stem} {os.getpid()} {time.monotonic_ns()}").touch()
    time.sleep(0.2)
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
    far = Cluster(cluster.address, timeout=60)
    try:
        replies = []
        for task, reply in execute(tasks, lambda _task: far, window=32):
            replies.append((task.name, reply))
            if len(replies) == 4:
                last = max(tmp_path.iterdir(), key=lambda path: int(path.name.split()[2]))
                os.kill(int(last.name.split()[1]), signal.SIGKILL)
    finally:
        far.shutdown(wait=False, cancel_futures=True)
    assert sorted(name for name, _reply in replies) == sorted(task.name for task in tasks)
    assert [reply.made[0].error for _name, reply in replies] == [None] * len(tasks)
    begun = [path.name.split() for path in tmp_path.iterdir()]
    assert len({pid for _name, pid, _time in begun}) >= 2  # the killed one had its share
    assert len(begun) == len(tasks) + 1  # what it was making was begun once more
    assert {name for name, _pid, _time in begun} == {f"f{number}" for number in range(16)}


def bad(task: Task) -> Reply:
    """`make`, but what an answer file is called decides what becomes of its worker."""
    match task.name:
        case "loop.yaml":
            while True:
                pass
        case "library.yaml":
            time.sleep(600)
        case "die.yaml":
            os.kill(os.getpid(), signal.SIGKILL)
    return make(task)


def test_a_document_that_hangs_is_told_from_one_that_kills(
    cluster: RealCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether it hangs in Python or in a library, for its own timeout; the others are made."""
    monkeypatch.setattr("impactbrief.batch.execute.make", bad)
    far = Cluster(cluster.address, timeout=1.5)

    def said(*names: str) -> dict[str, str | None]:
        tasks = [
            Task(f"{name}.yaml", BRIEF.format(title=name).encode(), (("brief", "md"),))
            for name in names
        ]
        found = {}
        for task, reply in execute(tasks, lambda _task: far, window=32, timeout=1.5):
            error = reply.made[0].error
            found[task.name.removesuffix(".yaml")] = error.problems[0].what if error else None
        return found

    late = "This document was not ready after 1.5 s."
    try:
        assert said("good0", "loop", "good1", "library", "good2") == {
            "good0": None, "good1": None, "good2": None, "loop": late, "library": late,
        }  # fmt: skip
        # Dask blames a task for what happens to its worker, so this one is alone
        assert said("die") == {"die": "Several cluster workers crashed while making this document."}
        assert said("good3") == {"good3": None}
    finally:
        far.shutdown(wait=False, cancel_futures=True)


def test_dask_is_an_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it, the message says what to install."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MachineError, match=r"impactbrief\[cluster\]"):
        Cluster("tcp://127.0.0.1:1", timeout=1)


def test_a_key_in_escapes_names_a_file_as_well(tmp_path: Path) -> None:
    """What answers name is read before a task goes to a machine that hasn't got it."""
    (tmp_path / "refs.json").write_text('[{"id": "a", "title": "T"}]')
    cluster = object.__new__(Cluster)  # packing needs no scheduler
    cluster._templates = {}
    for key, names in (('"\\x62ibliography": [refs.json]', True), ("x-bibliography: []", False)):
        data = f"{BRIEF.format(title='T')}{key}\n".encode()
        task = Task(str(tmp_path / "brief.yaml"), data, (("brief", "md"),))
        packed = cluster._packed(task)[0]
        assert (packed.read is not None) is names
