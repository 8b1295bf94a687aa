"""The engine on any executor: a task that takes its worker down is taken apart."""

import os
import signal
import time
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial

import pytest

from impactbrief.batch import execute as engine
from impactbrief.batch.execute import Bug, Here, execute
from impactbrief.batch.task import Made, Reply, Task
from impactbrief.batch.workers import Workers
from impactbrief.errors import RenderError


def work(task: Task) -> Reply:
    """Stands in for `make`: what a document is called decides what becomes of its worker."""
    for document, _format in task.works:
        if document == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        elif document == "hang":
            time.sleep(600)
        elif document == "bug":
            raise ZeroDivisionError("by nothing")
    return Reply(tuple(Made(work_, data=task.name.encode()) for work_ in task.works))


def outcomes(executor: Executor, *tasks: Task) -> dict[tuple[str, str], str]:
    found = {}
    for task, reply in execute(tasks, lambda _task: executor, window=3, timeout=1):
        for made in reply.made:
            assert (task.name, made.work[0]) not in found
            found[task.name, made.work[0]] = (
                made.error.problems[0].what if made.error else (made.data or b"").decode()
            )
    return found


def only(executor: Executor, _task: Task) -> Executor:
    return executor


def task(name: str, *documents: str) -> Task:
    return Task(name, b"", tuple((document, "md") for document in documents))


def test_only_the_guilty_document_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the documents of one file, the one that kills or stops its worker; the others are made."""
    monkeypatch.setattr(engine, "make", work)
    pool = Workers(2, preload=(__name__,), server=False, timeout=1)
    try:
        found = outcomes(
            pool,
            task("a", "one", "die", "two"),
            task("b", "one", "hang"),
            task("c", "one", "two"),
            task("d", "one", "bug"),
        )
    finally:
        pool.stop()
    assert {key: value for key, value in found.items() if key[1] in ("one", "two")} == {
        ("a", "one"): "a", ("a", "two"): "a", ("b", "one"): "b",
        ("c", "one"): "c", ("c", "two"): "c", ("d", "one"): "d",
    }  # fmt: skip
    assert found["a", "die"].startswith("The process crashed while making this document (")
    assert found["b", "hang"] == "This document was not ready after 1 s."
    assert found["d", "bug"] == (
        "impactbrief itself failed on this file: ZeroDivisionError: by nothing"
    )


@pytest.mark.parametrize("kind", ["here", "threads"])
def test_any_executor_will_do(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine asks for no more than the standard library's interface."""
    monkeypatch.setattr(engine, "make", work)
    with Here() if kind == "here" else ThreadPoolExecutor(2) as executor:
        assert outcomes(executor, task("a", "one"), task("b", "two")) == {
            ("a", "one"): "a", ("b", "two"): "b",
        }  # fmt: skip


def test_a_bug_comes_with_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    """It fails its file, and is never caught into silence."""
    monkeypatch.setattr(engine, "make", work)
    pool = Workers(1, preload=(__name__,), server=False, timeout=30)
    try:
        executors: list[Executor] = [pool, Here()]
        for executor in executors:
            ((_task, reply),) = execute([task("a", "bug")], partial(only, executor), window=1)
            error = reply.made[0].error
            assert isinstance(error, Bug)
            assert isinstance(error, RenderError)
            assert 'raise ZeroDivisionError("by nothing")' in error.told
    finally:
        pool.stop()
