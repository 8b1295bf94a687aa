"""The end of a run before its end: by the first failure, by Ctrl+C, by kill -9."""

import os
import shutil
import signal
import tempfile
from pathlib import Path

import pytest

from tests.batch.command import (
    Shop,
    contents,
    described,
    end,
    members,
    report,
    states,
    until,
    workers,
)


def test_fail_fast_stops_at_the_first_failure(shop: Shop) -> None:
    """What is done stays, what is under way is ended, the report says so."""
    shop.brief("in/a.yaml", "HANG")
    (shop.folder / "in/b.yaml").write_text("impactbrief: 1\ndocument:\n\ttitle: Tab\n")
    code, said = shop.run(
        "in", "--to", "md", "-o", "out", "--template", shop.hanging_templates(),
        "--fail-fast", "--report", "report.json",
    )  # fmt: skip
    assert code == 1, said
    assert states(shop) == {"a.md": "stopped", "b.md": "failed"}
    assert not report(shop)["finished"]


@pytest.mark.parametrize("moment", ["at once", "working"])
def test_ctrl_c(shop: Shop, moment: str, request: pytest.FixtureRequest) -> None:
    """Finished documents stay, no half-written one appears, everybody is gone within 2 s, nothing
    is left in the temporary folder, 130."""
    temporary = Path(tempfile.mkdtemp(prefix="stop-", dir="/tmp"))  # short, as for a fork server
    request.addfinalizer(lambda: shutil.rmtree(temporary))
    shop.environment["TMPDIR"] = str(temporary)
    for number in range(3):
        shop.brief(f"in/f{number}.yaml", f"Brief {number}")
    shop.brief("in/hang.yaml", "HANG")
    shop.brief("in/hang2.yaml", "HANG too")
    process = shop.start(
        "in", "--to", "md,pdf", "-o", "out", "--template", shop.hanging_templates(),
        "--report", "report.json",
    )  # fmt: skip
    try:
        out = shop.folder / "out"
        if moment == "working":
            assert until(lambda: len(list(out.glob("*.md"))) == 3)
        else:
            assert until(lambda: len(members(process.pid)) > 2)
        os.killpg(process.pid, signal.SIGINT)
        assert until(lambda: not workers(process.pid), 2), described(process.pid)
        said = process.communicate(timeout=10)[1].decode()
        assert process.returncode == 130, said
        assert "Traceback" not in said
        assert "Stopped." in said
        assert list(temporary.glob("pymp-*")) == []
    finally:
        end(process)
    assert set(states(shop).values()) <= {"written", "stopped"}
    made = {name for name, state in states(shop).items() if state == "written"}
    assert set(contents(out) if out.exists() else ()) == made
    if moment == "working":
        assert {"f0.md", "f1.md", "f2.md"} <= made


def test_a_command_that_is_killed_leaves_nobody_behind(shop: Shop) -> None:
    """Its workers notice, even one that hangs."""
    shop.brief("in/hang.yaml", "HANG")
    shop.brief("in/plain.yaml")
    process = shop.start(
        "in", "--to", "md", "-o", "out", "--template", shop.hanging_templates(), "--jobs", "2"
    )
    try:
        assert until(lambda: (shop.folder / "out/plain.md").exists())
        process.kill()
        process.wait()
        assert until(lambda: members(process.pid) == [], 5)
    finally:
        end(process)
