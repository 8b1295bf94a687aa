"""Whatever an answer file holds: no traceback, no hanging, no other file, no network.

The short run. The long one: `python -m tests.fuzz.long --cases 20000`.
"""

import itertools
import socket
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.answer_files import BROKEN, GOOD, MINIMAL
from tests.fuzz.long import trial_once
from tests.fuzz.mutations import FIELDS, MARKDOWN, YAML, cases
from tests.fuzz.trial import trial, watched


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder that the answer files claim to lie in; everything is loaded before."""
    path = tmp_path_factory.mktemp("fuzz")
    trial_once(MINIMAL.encode(), path, "md")
    trial_once(MINIMAL.encode(), path, "html")
    return path


ANY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def test_the_corpus_itself(folder: Path) -> None:
    """The files that the mutations start from, as they are, in both formats of text."""
    for path in (*GOOD, *BROKEN):
        trial(path.read_bytes(), folder, formats=("md", "html"))


def test_mutated_files(folder: Path) -> None:
    """A few hundred of those that the long run makes by the thousand."""
    results = [trial(data, folder) for data in itertools.islice(cases(seed=7, large=0), 250)]
    read = sum(result.read for result in results)
    assert 50 < read < 240  # else the mutations are too mild, or too wild, to mean anything


@ANY
@given(st.lists(st.sampled_from([*YAML, *MARKDOWN, "a", " ", "\n", "  ", "title"]), max_size=20))
def test_pieces_of_yaml(folder: Path, pieces: list[str]) -> None:
    """Below a good beginning, anything at all."""
    trial((MINIMAL + "".join(pieces)).encode("utf-8", "surrogatepass"), folder)


@ANY
@given(st.sampled_from(FIELDS), st.lists(st.sampled_from([*MARKDOWN, "a ", "\n"]), max_size=30))
def test_pieces_of_markdown(folder: Path, field: str, pieces: list[str]) -> None:
    """In every kind of field, through both writers of text."""
    block = "".join(f"          {line}\n" for line in "".join(pieces).splitlines())
    trial((MINIMAL + field.format(block)).encode(), folder, formats=("md", "html"))


@ANY
@given(st.binary(max_size=400))
def test_any_bytes(folder: Path, data: bytes) -> None:
    """Not even an answer file."""
    trial(data, folder)


@ANY
@given(st.text(max_size=200))
def test_any_text_as_a_title(folder: Path, text: str) -> None:
    """Whatever characters there are."""
    quoted = "".join(f"\\U{ord(char):08x}" for char in text)
    trial(MINIMAL.replace("A brief", f'"{quoted}"').encode(), folder, formats=("md", "html"))


def test_the_watch_sees_what_it_should(tmp_path: Path) -> None:
    """A file that is opened, a name that is looked up: the watch barks."""
    path = tmp_path / "other"
    path.write_text("x", encoding="utf-8")
    with pytest.raises(AssertionError, match="other"), watched():
        path.read_text(encoding="utf-8")
    with pytest.raises(AssertionError, match="socket"), watched():
        socket.socket().close()


def test_the_same_seed_makes_the_same_cases() -> None:
    """A failure of the long run can be found again."""
    one, two = cases(3), cases(3)
    assert [next(one) for _case in range(20)] == [next(two) for _case in range(20)]
