"""The real command in a process of its own: streams, names, signals, shells."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from impactbrief.cli import COMMANDS
from tests.answer_files import EXAMPLES, MINIMAL

COMMAND = [sys.executable, "-m", "impactbrief"]
DRAFT = next(path for path in EXAMPLES if path.stem.startswith("draft-"))
RED = "\x1b["


def impactbrief(
    *arguments: str | Path | bytes, cwd: Path, env: dict[str, str] | None = None, stdin: str = ""
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*COMMAND, *arguments], cwd=cwd, env={**os.environ, **(env or {})}, check=False,
        input=stdin.encode(), capture_output=True, timeout=60,
    )  # fmt: skip


NAMES = [
    "with blank.yaml", "it's “quoted” \"twice\".yaml", "line\nbreak.yaml", "-leading-dash.yaml",
    "📄 emoji.yaml", "موجز.yaml", "ends.in.dots..yaml", "no-ending", "%s {name} $HOME `x`.yaml",
    "\x1b[31mred.yaml", "\u202efdp.yaml",
]  # fmt: skip


def test_files_may_have_any_name(tmp_path: Path) -> None:
    """Every name can be checked and rendered, and none of them plays with the terminal."""
    for name in NAMES:
        (tmp_path / name).write_text(MINIMAL, encoding="utf-8")
    done = impactbrief("render", "--to", "md", "--", *NAMES, cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    for name in NAMES:
        assert (tmp_path / f"{Path(name).stem}.md").is_file(), name
    done = impactbrief("check", "--", *NAMES, cwd=tmp_path)
    assert done.returncode == 0
    said = done.stdout + done.stderr
    assert b"\x1b" not in said
    assert "\u202e" not in said.decode()
    assert all(line.startswith((b"  ", b"Prob")) or b": gap " in line for line in said.splitlines())


def test_colour_is_for_terminals_that_want_it(tmp_path: Path) -> None:
    """Not in a pipe, not with NO_COLOR, not on a dumb terminal; by the word, always."""
    script = (
        "import sys; from impactbrief.console import Console\n"
        "sys.stdout.isatty = lambda: True\n"
        "print(Console().colored(sys.stdout), Console('always').colored(sys.stdout),"
        " Console('never').colored(sys.stdout))"
    )
    for env, expected in (
        ({"TERM": "xterm"}, "True True False"),
        ({"TERM": "xterm", "NO_COLOR": "1"}, "False True False"),
        ({"TERM": "xterm", "NO_COLOR": ""}, "True True False"),
        ({"TERM": "dumb"}, "False True False"),
    ):
        done = subprocess.run(
            [sys.executable, "-c", script], env={**os.environ, **env}, check=True,
            capture_output=True, text=True, cwd=tmp_path,
        )  # fmt: skip
        assert done.stdout.strip() == expected, env
    assert RED.encode() not in impactbrief("check", DRAFT, cwd=tmp_path).stdout


def test_a_reader_that_goes_away_changes_no_exit_code(tmp_path: Path) -> None:
    """`impactbrief check | head -1` ends quietly, and as it does without; where nobody can know
    how it would have ended, with 141."""
    (tmp_path / "a.yaml").write_text(MINIMAL + "assessment: {privacy: {impact: awful}}\n")
    for command, code in (
        (["schema"], 0),
        (["check", str(DRAFT)], 0),
        (["check", "a.yaml"], 1),
        (["check", "a.yaml", "missing.yaml"], 3),
        (["ask", "a.yaml"], 141),
    ):
        process = subprocess.Popen(
            [*COMMAND, *command], cwd=tmp_path, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )  # fmt: skip
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        said = process.stderr.read()
        process.stderr.close()
        assert process.wait(60) == code, said
        assert b"Traceback" not in said
        assert b"Exception ignored" not in said


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_behind_standard_output_is_told(tmp_path: Path) -> None:
    """As a failure to write, with the reason, not as a crash."""
    for command in (
        ["--help"],
        ["check", "--help"],
        ["--version"],
        ["schema"],
        ["check", str(DRAFT)],
        ["render", "--to", "md", "-o", "-", str(DRAFT)],
    ):
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(
                [*COMMAND, *command], cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, check=False
            )
        assert done.returncode == 4, done.stderr
        assert b"No space left" in done.stderr
        assert b"Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_speech_that_nobody_can_hear_changes_nothing(tmp_path: Path) -> None:
    """The exit code still says how it went."""
    for end in ("2> /dev/full", "2>&-", ">&- 2>&-"):
        script = f"{sys.executable} -m impactbrief check missing.yaml {end}"
        assert subprocess.run(["sh", "-c", script], cwd=tmp_path, check=False).returncode == 3


@pytest.mark.parametrize(
    ("command", "name", "code"),
    [("extract", "pipe.pdf", 3), ("verify", "pipe.pdf", 3), ("new", "pipe.yaml", 4)],
)
def test_a_pipe_is_never_waited_for(tmp_path: Path, command: str, name: str, code: int) -> None:
    """It is told that this is no file."""
    os.mkfifo(tmp_path / name)
    done = impactbrief(command, name, cwd=tmp_path)
    assert done.returncode == code
    assert done.stderr.decode().startswith(f"{name}: This is not a regular file.")


def test_a_closed_standard_input_is_an_empty_one(tmp_path: Path) -> None:
    """There is no answer file in it."""
    script = f"{sys.executable} -m impactbrief check - <&-"
    done = subprocess.run(["sh", "-c", script], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 3
    assert done.stdout.startswith(b"-:1:1: problem: This is not an answer file")
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_data_is_utf_8_whatever_the_locale_says(tmp_path: Path, encoding: str) -> None:
    """A file that is redirected can be read again; speech never fails for a character."""
    env = {"PYTHONIOENCODING": encoding, "LANG": "C", "PYTHONUTF8": "0"}
    path = tmp_path / "a.yaml"
    path.write_text(
        MINIMAL.replace("A brief", "Ein Ж") + "assessment: {privacy: {impact: ungeklärt}}\n",
        encoding="utf-8",
    )
    done = impactbrief("render", "--to", "md", "-o", "-", "a.yaml", cwd=tmp_path, env=env)
    assert done.returncode == 0, done.stderr
    assert "# Ein Ж\n" in done.stdout.decode("utf-8")
    assert b"ungekl" in done.stderr


def test_an_interruption_ends_with_130(tmp_path: Path) -> None:
    """Ctrl-C while a file is awaited on standard input."""
    process = subprocess.Popen(
        [*COMMAND, "check", "-"], cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )  # fmt: skip
    script = f"/proc/{process.pid}/wchan"
    for _try in range(100):
        try:
            process.wait(0.1)
        except subprocess.TimeoutExpired:
            if not Path(script).exists() or "pipe" in Path(script).read_text(encoding="ascii"):
                break
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (130, b"")
    assert b"Traceback" not in err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_there_is_a_completion_script(tmp_path: Path, shell: str) -> None:
    """Each shell gets its own, and takes it where it is installed."""
    done = impactbrief(cwd=tmp_path, env={"_IMPACTBRIEF_COMPLETE": f"{shell}_source"})
    assert done.returncode == 0
    assert b"_IMPACTBRIEF_COMPLETE" in done.stdout
    if program := shutil.which(shell):
        check = subprocess.run([program, "-n"], input=done.stdout, capture_output=True, check=False)
        assert check.returncode == 0, check.stderr


def completions(tmp_path: Path, *words: str) -> list[str]:
    env = {
        "_IMPACTBRIEF_COMPLETE": "bash_complete",
        "COMP_WORDS": " ".join(["impactbrief", *words]),
        "COMP_CWORD": str(len(words)),
    }
    done = impactbrief(cwd=tmp_path, env=env)
    assert done.returncode == 0, done.stderr
    return done.stdout.decode().split()


def test_commands_options_and_values_are_completed(tmp_path: Path) -> None:
    """And files, where a file can stand."""
    assert {f"plain,{name}" for name in COMMANDS} <= set(completions(tmp_path, ""))
    assert [word for word in completions(tmp_path, "st") if word.startswith("plain")] == [
        "plain,status"
    ]
    assert "plain,--strict" in completions(tmp_path, "check", "--st")
    assert "plain,--quiet" in completions(tmp_path, "check", "--q")
    assert "plain,github" in completions(tmp_path, "check", "--format", "g")
    assert completions(tmp_path, "render", "--to", "d") == ["plain,docx"]
    assert completions(tmp_path, "render", "--to", "pdf,md,") == [
        "plain,pdf,md,html",
        "plain,pdf,md,docx",
    ]
    assert any(word.startswith("file,") for word in completions(tmp_path, "check", "a"))
    assert any(word.startswith("file,") for word in completions(tmp_path, "a"))
