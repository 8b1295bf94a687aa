"""The corpus of broken files: each problem names the right line and says what to do.

`tests/corpus/broken/expected.txt` holds what `impactbrief check` should say of each, with its exit
code. After a wanted change: `python -m tests.answers.test_broken` writes it anew; read the diff.
"""

import os
import sys
import time
from pathlib import Path

import pytest

from impactbrief.assessment import Weight, findings, open_assessment
from impactbrief.console import ExitCode, exit_code
from impactbrief.errors import ImpactBriefError, InputError, Problem
from tests.answer_files import BROKEN, MINIMAL, ROOT

FOLDER = ROOT / "tests" / "corpus" / "broken"
EXPECTED = FOLDER / "expected.txt"


def problems(path: Path) -> tuple[int, list[Problem]]:
    """The exit code of `check` and the problems it prints, gaps aside."""
    try:
        found = findings(open_assessment(path))
    except ImpactBriefError as error:
        return exit_code(error), list(error.problems)
    wrong = [item.problem for item in found if item.rule.weight is Weight.PROBLEM]
    return ExitCode.FOUND if wrong else ExitCode.DONE, wrong


def report(path: Path) -> str:
    """What `check` says of a file, as it stands in the list of what is expected."""
    code, wrong = problems(path)
    lines = [f"{path.name}: exit {code}"]
    for problem in wrong:
        place = problem.place
        name = "" if place.file == str(path) else Path(place.file).name
        lines += [f"  {name}{place.line}:{place.column}: {problem.what}", f"    {problem.hint}"]
    return "\n".join(lines) + "\n"


def expected() -> dict[str, str]:
    blocks = EXPECTED.read_text(encoding="utf-8").split("\n\n")
    return {block.partition(": exit")[0].strip(): block.strip() + "\n" for block in blocks if block}


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_file_is_told_what_is_wrong_with_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At its line, in a sentence, with the next step."""
    monkeypatch.chdir(FOLDER)
    assert report(path) == expected()[path.name]


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_every_problem_is_a_place_a_sentence_and_a_step(path: Path) -> None:
    """Whatever the problem: a line of the file, and something to do about it."""
    code, wrong = problems(path)
    assert code in (ExitCode.FOUND, ExitCode.INPUT)
    assert wrong
    lines = path.read_bytes().count(b"\n") + 1
    for problem in wrong:
        assert problem.place.file == str(path)
        assert 1 <= problem.place.line <= lines
        assert problem.place.column >= 1
        assert problem.what.endswith((".", "”"))
        assert problem.hint
        assert "Error" not in problem.what


def test_the_corpus_is_complete() -> None:
    """Every file has an expectation and every expectation a file."""
    assert sorted(expected()) == sorted(path.name for path in BROKEN)
    assert len(BROKEN) >= 40


# -- what can't lie in a folder of a repository ------------------------------------------------


def brief(folder: Path, more: str) -> Path:
    path = folder / "brief.yaml"
    path.write_text(MINIMAL + more, encoding="utf-8")
    return path


def test_a_bibliography_that_is_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """Nor is a question bank."""
    os.mkfifo(tmp_path / "refs.json")
    code, wrong = problems(brief(tmp_path, "bibliography: [refs.json]\n"))
    assert (code, [problem.place.line for problem in wrong]) == (ExitCode.FOUND, [4])
    bank = tmp_path / "bank"
    bank.mkdir()
    os.mkfifo(bank / "bank.yaml")
    code, wrong = problems(brief(tmp_path, "toolkit: ./bank\n"))
    assert code == ExitCode.INPUT


def test_a_message_never_quotes_another_file(tmp_path: Path) -> None:
    """An answer file from elsewhere can't make `check` print what lies on this computer."""
    (tmp_path / "secret.json").write_text('{"password": "hunter2"', encoding="utf-8")
    (tmp_path / "secret.yaml").write_text("password: hunter2: x\n", encoding="utf-8")
    (tmp_path / "secret.bib").write_text("@article{hunter2\npassword = {", encoding="utf-8")
    for name in ("secret.json", "secret.yaml", "secret.bib"):
        _code, wrong = problems(brief(tmp_path, f"bibliography: [{name}]\n"))
        assert wrong
        assert "hunter2" not in "\n".join(map(str, wrong))


def test_a_bank_reaches_no_further_than_its_folder(tmp_path: Path) -> None:
    """Not through a link, and not through the name of a language."""
    outside = tmp_path / "outside.yaml"
    outside.write_text("password: hunter2\n", encoding="utf-8")
    bank = tmp_path / "here" / "bank"
    bank.mkdir(parents=True)
    (bank / "bank.yaml").symlink_to(outside)
    code, wrong = problems(brief(tmp_path / "here", "toolkit: ./bank\nlanguage: ../../outside\n"))
    assert code == ExitCode.INPUT
    assert "password" not in "\n".join(map(str, wrong))
    path = brief(tmp_path / "here", "language: ../../../../outside\n")
    assert [problem.where for problem in problems(path)[1]] == ["language"]


BOMBS = {
    "very many unknown keys": "".join(f"key{n}: 1\n" for n in range(40_000)),
    "very many bad items": "glossary: [" + "[a], " * 40_000 + "]\n",
    "very many empty items": "annexes: [" + "~, " * 60_000 + "]\n",
    "one very long word": f"language: {'a' * 1_900_000}\n",
    "one very long key": f"{'a' * 900}: 1\n",
    "very deep": "x: " + "{a: " * 5_000 + "}" * 5_000 + "\n",
    "very many lines": "\n" * 1_900_000,
    "very many quotes": "x: " + "'" * 1_900_000 + "\n",
    "very many dashes": "- " * 900_000 + "\n",
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_file_made_to_hang_does_not(tmp_path: Path, name: str) -> None:
    """Two megabytes of malice are answered in seconds, in a few lines."""
    path = brief(tmp_path, BOMBS[name])
    begin = time.process_time()
    try:
        wrong = problems(path)[1]
    except InputError as error:
        wrong = list(error.problems)
    assert time.process_time() - begin < 5
    assert len(wrong) <= 501
    assert all(len(str(problem)) < 1_000 + len(str(path)) for problem in wrong)


if __name__ == "__main__":
    os.chdir(FOLDER)
    EXPECTED.write_text("\n".join(report(path) for path in BROKEN), encoding="utf-8")
    sys.stdout.write(f"{EXPECTED}: {len(BROKEN)} files\n")
