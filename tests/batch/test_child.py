"""The process that renders beside somebody's typing."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from impactbrief.batch.child import Child, Order, Stopped
from impactbrief.errors import ImpactBriefError, RenderError
from impactbrief.render import Look
from tests.answer_files import MINIMAL
from tests.batch.command import Shop


@pytest.fixture
def child() -> Iterator[Child]:
    child = Child()
    yield child
    child.stop()


@pytest.fixture
def order(tmp_path: Path) -> Order:
    return Order(MINIMAL, tmp_path / "brief.yaml", "brief", "md", Look())


def test_what_fails_leaves_the_process_as_it_was(child: Child, order: Order) -> None:
    """A broken file, a wrong choice, a bug: each fails its own order, and the next one is made."""
    good = child.render(order).data
    process = child._process
    broken = (
        replace(order, text="impactbrief: 1\ndocument: [\n"),
        replace(order, look=Look(templates=order.path / "nowhere")),
        replace(order, format="odd"),
    )
    for wrong in broken:
        with pytest.raises(ImpactBriefError) as caught:
            child.render(wrong)
        assert caught.value.problems[0].hint
        assert child.render(order).data == good
    assert child._process is process


def test_stopped_work_is_stopped_also_where_a_process_is_started_again(
    child: Child, order: Order, tmp_path: Path
) -> None:
    """Nobody who stopped an export is told that something died."""
    look = Look(Shop(tmp_path).hanging_templates())
    endless = replace(order, text=MINIMAL.replace("A brief", "HANG"), look=look)
    errors: list[BaseException] = []

    def wait() -> None:
        try:
            child.render(endless)
        except (Stopped, RenderError) as error:
            errors.append(error)

    child.start()
    thread = threading.Thread(target=wait)
    thread.start()
    time.sleep(1)
    child.stop()
    child.start()
    thread.join(10)
    assert [type(error) for error in errors] == [Stopped]
    assert child.render(order).data
