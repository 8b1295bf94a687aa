"""What a document is made from: read whole, and told apart by content."""

import json
import os
import random
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from impactbrief.answers.file import STDIN, AnswerFile
from impactbrief.batch import inputs
from impactbrief.batch.task import Task, make, read
from impactbrief.errors import InputError
from impactbrief.toolkit.load import DEFAULT, SHIPPED
from impactbrief.yamltext import LIMITS
from tests.answer_files import MINIMAL

NAMING = MINIMAL + "bibliography: [refs.json]\nsections: {context: 'See [@a].'}\n"


def whole(letter: str) -> bytes:
    """A file of many lines that all say the same."""
    return (MINIMAL + f"# {letter * 70}\n" * 3000).encode()


@contextmanager
def busy(work: Callable[[], None]) -> Iterator[None]:
    """Somebody who does some work again and again."""
    over = threading.Event()

    def loop() -> None:
        while not over.is_set():
            work()

    writer = threading.Thread(target=loop)
    writer.start()
    try:
        yield
    finally:
        over.set()
        writer.join()


def test_a_file_that_is_saved_meanwhile_is_one_whole_state(tmp_path: Path) -> None:
    """Emptied and written in pieces, as by an editor that saves in place: never half, never two."""
    path = tmp_path / "brief.yaml"
    states = [whole("a"), whole("b"), whole("c") * 2]
    held = set(states)  # and what this machine, busy elsewhere, left lying half-written
    path.write_bytes(states[0])
    chance = random.Random(1)

    def save() -> None:
        data = chance.choice(states)
        before = time.monotonic()
        with path.open("wb", buffering=0) as file:
            for start in range(0, len(data), 20_000):
                now = time.monotonic()
                file.write(data[start : start + 20_000])
                if time.monotonic() - before > inputs.SETTLED / 2:
                    held.add(data[:start])
                before = now
                time.sleep(chance.random() / 500)
        time.sleep(chance.random() / 8)

    with busy(save):
        begun = time.monotonic()
        seen: set[bytes] = set()
        while (taken := time.monotonic() - begun) < 1.5 or (len(seen) < 2 and taken < 30):
            seen.add(inputs.read_whole(str(path)))
            time.sleep(0.001)
    assert len(seen) > 1
    assert seen <= held


def test_a_file_that_never_holds_still_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its name and what to do; a bibliography like an answer file."""
    monkeypatch.setattr(inputs, "PATIENCE", 0.1)
    monkeypatch.setattr(inputs, "SETTLED", 60)  # so that each file here was changed just now
    answers, bibliography = tmp_path / "brief.yaml", tmp_path / "refs.json"
    answers.write_text(NAMING, encoding="utf-8")
    bibliography.write_text("[]", encoding="utf-8")

    with pytest.raises(InputError) as caught:
        inputs.read_whole(str(answers))
    assert caught.value.problems[0].place.file == str(answers)
    assert caught.value.problems[0].hint
    task = Task(str(answers), answers.read_bytes(), (("brief", "md"),))
    error = make(task).made[0].error
    assert isinstance(error, InputError)
    assert error.problems[0].place.file == str(bibliography)


def test_an_old_file_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor one whose disk has a clock that is ahead."""
    monkeypatch.delattr(time, "sleep")
    path = tmp_path / "brief.yaml"
    path.write_text(MINIMAL, encoding="utf-8")
    for changed in (time.time() - 1, time.time() + 3600):
        os.utime(path, (changed, changed))
        assert inputs.read_whole(str(path)) == MINIMAL.encode()


def test_a_file_may_be_called_like_standard_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A dash alone means standard input all the same."""
    monkeypatch.chdir(tmp_path)
    Path(STDIN).write_text("not this one", encoding="utf-8")
    read_from: list[str] = []

    def reading(name: str) -> None:
        read_from.append(name)
        raise InputError([])

    monkeypatch.setattr(inputs, "read_answers", reading)
    with pytest.raises(InputError):
        inputs.read_whole(STDIN)
    assert read_from == [STDIN]


def test_what_is_remembered_of_a_bibliography_is_what_was_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when it is replaced just after it was read."""
    answers, bibliography = tmp_path / "brief.yaml", tmp_path / "refs.json"
    answers.write_text(NAMING, encoding="utf-8")
    bibliography.write_text('[{"id": "a", "type": "book", "title": "Old"}]')
    os.utime(bibliography, (1, 1))
    named_inputs, late = inputs.named_inputs, ["New"]

    def replaced_just_now(file: AnswerFile) -> dict[str, str]:
        while late:
            new = tmp_path / "new.json"
            new.write_text(json.dumps([{"id": "a", "type": "book", "title": late.pop()}]))
            os.utime(new, (1, 1))
            new.replace(bibliography)
        return named_inputs(file)

    monkeypatch.setattr(inputs, "named_inputs", replaced_just_now)
    assessment, named = read(str(answers), answers.read_bytes())
    assert named[str(bibliography)] == inputs.digest(bibliography)
    assert assessment.file.references[0]["title"] == "New"


def test_a_bibliography_is_looked_for_in_two_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both places count: one that comes to be changes the document, too."""
    work = tmp_path / "work"
    (tmp_path / "in").mkdir()
    work.mkdir()
    monkeypatch.chdir(work)
    answers = tmp_path / "in" / "brief.yaml"
    answers.write_text(NAMING, encoding="utf-8")
    (work / "refs.json").write_text("[]", encoding="utf-8")
    named = read(str(answers), answers.read_bytes())[1]
    assert named == {
        str(tmp_path / "in" / "refs.json"): inputs.NOTHING,
        str(work / "refs.json"): inputs.digest(work / "refs.json"),
    }


@pytest.mark.parametrize(
    "entry",
    [".", "..", "../refs.json", "/etc/hosts", "/proc/kcore", "/proc/kcore.json", "folder.json",
     "notes.txt", "link.json", "a\0.json"],
)  # fmt: skip
def test_only_what_may_be_read_counts_as_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entry: str
) -> None:
    """An answer file by e-mail has nothing else read or watched: no folder, nothing outside."""
    work = tmp_path / "work"
    (work / "folder.json").mkdir(parents=True)
    (work / "notes.txt").touch()
    (work / "link.json").symlink_to("/etc/hosts")
    (tmp_path / "refs.json").write_text("[]")
    monkeypatch.chdir(work)
    text = MINIMAL + f"bibliography: [{json.dumps(entry)}]\n"
    assert read(str(work / "brief.yaml"), text.encode())[1] == {}


def test_no_more_is_read_than_can_be_of_use(tmp_path: Path) -> None:
    """A file without end is like another one that begins as it does."""
    one, other = tmp_path / "one.json", tmp_path / "other.json"
    for path, end in ((one, "a"), (other, "b")):
        path.write_text(" " * (LIMITS.bytes + 1) + end)
    assert inputs.named_digest(one) == inputs.named_digest(other) != inputs.NOTHING


def test_of_a_question_bank_its_own_files_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What lies beside them may be anything, also the documents that are made."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(SHIPPED / DEFAULT, tmp_path, dirs_exist_ok=True)
    data = MINIMAL.encode() + b"toolkit: ./\n"
    before = read("brief.yaml", data)[1]
    assert set(before) == {str(tmp_path / "bank.yaml"), str(tmp_path / "words")}
    (tmp_path / "brief.md").touch()
    (tmp_path / "words" / "notes.txt").touch()
    assert read("brief.yaml", data)[1] == before
    (tmp_path / "words" / "xx.yaml").touch()
    assert read("brief.yaml", data)[1] != before


@pytest.mark.parametrize(
    ("more", "file"), [("toolkit: ./bank\n", "bank/bank.yaml"), (NAMING, "refs.json")]
)
def test_what_is_broken_is_named_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: str, file: str
) -> None:
    """A question bank, and with --strict a bibliography: it is watched until it is mended."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text("[")
    data = (MINIMAL + more.removeprefix(MINIMAL)).encode()
    reply = make(Task("brief.yaml", data, (("brief", "md"),), strict=True))
    assert reply.made[0].error
    assert reply.inputs[str(tmp_path / file)] == inputs.digest(tmp_path / file)
