"""Reading an answer file with its problems, and saving it without loss."""

import os
import stat
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from impactbrief.answers.file import fingerprint, parse, read_answers, save
from impactbrief.errors import InputError, NewerFormatError, OutputError
from impactbrief.yamltext import set_value
from tests.answer_files import EXAMPLES, GOOD, MINIMAL, answers

CHANGED = MINIMAL.replace("A brief", "Another brief")


@pytest.fixture
def brief(tmp_path: Path) -> Path:
    path = tmp_path / "brief.yaml"
    path.write_text(MINIMAL, encoding="utf-8")
    return path


# -- reading -----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*GOOD, *EXAMPLES], ids=lambda path: path.stem)
def test_good_files_have_no_problems(path: Path) -> None:
    """Whatever the format allows is read without a word, and never written to."""
    before = path.read_bytes()
    file = read_answers(path)
    assert file.problems == ()
    assert file.lacks == ()
    assert file.fingerprint == fingerprint(before)
    assert path.read_bytes() == before


def test_text_is_taken_as_spelled() -> None:
    """Norway stays Norway, a version keeps its zero, a title may be a year."""
    path = next(path for path in GOOD if path.stem == "spelled")
    read = read_answers(path).answers
    assert read.language == "no"
    assert read.document.title == "2022"
    assert read.document.version == "1.0"
    assert read.document.publisher == "true"
    assert read.document.contact == "007"
    assert read.document.keywords == ["NO", "1e3", "0x1F", "12:30", "yes", "2022-05-11"]
    assert read.proposal.name == "1.10"
    assert read.proposal.jurisdictions == ["NO", "SE"]
    assert [event.deadline for event in read.proposal.dates] == [False, True]
    assert read.references[0].csl() == {"id": "2016", "title": "1984", "issued": "1949"}


def test_an_empty_value_is_one_that_was_not_given() -> None:
    """A commented skeleton is full of keys without values; none of them says anything."""
    read = read_answers(next(path for path in GOOD if path.stem == "empty-values")).answers
    assert (read.toolkit, read.language, read.document.status) == ("iiat", "en", "draft")
    assert read.document.date is None
    assert read.document.authors == []
    assert read.assessment.get("privacy") is None
    assert read.governance.governs.get("appeal") is None
    assert read.overall is None


def test_a_bad_optional_value_costs_nothing_but_itself() -> None:
    """It is kept as it was typed, its neighbours are read, and the file can still be used."""
    file = answers(
        MINIMAL.replace("{title: A brief}", "{title: A brief, date: soon, publisher: Us}")
        + "assessment:\n  privacy: {impact: awful, effect_on_people: They worry.}\n"
        + "stakeholders: [People]\n"
        + "bibliography: refs.json\n"
    )
    assert len(file.problems) == 5  # the bibliography is read all the same, and isn't there
    assert file.lacks == ()
    assert file.answers.document.date == "soon"
    assert file.answers.document.publisher == "Us"
    privacy = file.answers.assessment.get("privacy")
    assert privacy is not None
    assert (privacy.impact, privacy.effect_on_people) == ("awful", "They worry.")
    assert file.answers.stakeholders[0].name == "People"


def test_an_item_of_the_wrong_kind_keeps_its_words_and_its_neighbours() -> None:
    """A part written as a lone text is still a part, under the name that was typed."""
    file = answers(
        MINIMAL.replace("{name: A proposal}", "{name: A, parts: [Article 5, {id: art-6}, ~]}")
    )
    assert [(part.label, part.id) for part in file.answers.proposal.parts] == [
        ("Article 5", ""), (None, "art-6"), ("", "")
    ]  # fmt: skip
    assert [problem.where for problem in file.problems] == [
        "proposal.parts[0]", "proposal.parts[2]"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("impactbrief: 1\n", ("document.title", "proposal.name")),
        ("impactbrief: 1\ndocument: {title: }\nproposal: {name: A}\n", ("document.title",)),
        ("impactbrief: 1\ndocument: {title: A}\nproposal: {name: ' '}\n", ("proposal.name",)),
        ("impactbrief: 1\ndocument: 7\nproposal: []\n", ("proposal.name",)),
    ],
)
def test_what_no_document_can_do_without(text: str, lacks: tuple[str, ...]) -> None:
    """Only two keys stop a document from being made; the file is read all the same."""
    assert answers(text).lacks == lacks


def test_a_file_may_hold_very_much_and_is_still_read_in_time() -> None:
    """Work grows with a file, not with its square; of very many problems the rest is counted."""
    text = MINIMAL + "".join(f"key{number}: 1\n" for number in range(20_000))
    problems = answers(text).problems
    assert len(problems) == 501
    assert "19,500" in problems[-1].what or "19500" in problems[-1].what


def test_what_can_not_be_read_is_said(tmp_path: Path) -> None:
    """Each failure names the file, the reason and the next step."""
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    link = tmp_path / "loop.yaml"
    link.symlink_to(link)
    large = tmp_path / "large.yaml"
    large.write_bytes(MINIMAL.encode() + b"# " + b"x" * 2_000_001)
    for path in (pipe, link, large, tmp_path, tmp_path / "missing.yaml", tmp_path / ("n" * 300)):
        with pytest.raises(InputError) as caught:
            read_answers(path)
        [problem] = caught.value.problems
        assert problem.place.file == str(path)
        assert problem.what
        assert problem.hint


def test_a_merged_bibliography_is_placed_in_the_answer_file(tmp_path: Path) -> None:
    """A reference in two places is a problem at the answer file's own line."""
    (tmp_path / "refs.json").write_text('[{"id": "a", "title": "B"}]', encoding="utf-8")
    path = tmp_path / "brief.yaml"
    path.write_text(
        MINIMAL + "references:\n  - id: a\n    title: A\nbibliography: [refs.json]\n",
        encoding="utf-8",
    )
    file = read_answers(path)
    [problem] = file.problems
    assert (problem.place.file, problem.place.line) == (str(path), 5)
    assert [item["title"] for item in file.references] == ["A"]


def test_private_keys_inside_a_reference_stay_private() -> None:
    """What is the user's own is no part of what a citation style gets."""
    text = MINIMAL + (
        "references: [{id: a, x-price: 9, notes: [{text: secret}],"
        " author: [{family: B, x-tel: 1}]}]\n"
    )
    assert answers(text).references == ({"id": "a", "author": [{"family": "B"}]},)


# -- saving ------------------------------------------------------------------------------------


def test_saving_replaces_the_file_and_keeps_its_permissions(brief: Path) -> None:
    """A file that only a team may read stays so."""
    brief.chmod(0o640)
    after = save(brief, CHANGED, expected=fingerprint(brief.read_bytes()))
    assert brief.read_text(encoding="utf-8") == CHANGED
    assert after == fingerprint(brief.read_bytes())
    assert stat.S_IMODE(brief.stat().st_mode) == 0o640
    assert sorted(brief.parent.iterdir()) == [brief]


def test_a_new_file_gets_the_usual_permissions(tmp_path: Path) -> None:
    """Temporary files are private; what becomes of them isn't."""
    path = tmp_path / "new.yaml"
    before = os.umask(0o027)
    try:
        save(path, MINIMAL, expected=None)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_one_answer_changes_nothing_else(tmp_path: Path) -> None:
    """Through a save, comments, order, quoting and blank lines stay, byte for byte."""
    for example in EXAMPLES:
        path = tmp_path / example.name
        path.write_bytes(example.read_bytes())
        file = read_answers(path)
        text = set_value(file.text, ("document", "title"), "Something else")
        save(path, text, expected=file.fingerprint)
        old, new = example.read_text().splitlines(), path.read_text().splitlines()
        changed = [pair for pair in zip(old, new, strict=True) if pair[0] != pair[1]]
        assert len(changed) == 1, example
        assert "Something else" in changed[0][1]


def test_a_change_from_outside_is_never_overwritten(brief: Path) -> None:
    """Not a change, not a removal, not a file that appeared."""
    read = fingerprint(brief.read_bytes())
    brief.write_text(MINIMAL + "# by a colleague\n", encoding="utf-8")
    with pytest.raises(OutputError, match="changed by somebody else"):
        save(brief, CHANGED, expected=read)
    with pytest.raises(OutputError, match="with this name already"):
        save(brief, CHANGED, expected=None)
    assert brief.read_text(encoding="utf-8").endswith("# by a colleague\n")
    brief.unlink()
    with pytest.raises(OutputError):
        save(brief, CHANGED, expected=read)
    assert not brief.exists()


def test_a_newer_file_is_never_written_to(brief: Path) -> None:
    """Neither is one made of a newer format, nor one replaced."""
    newer = MINIMAL.replace("impactbrief: 1", "impactbrief: 2")
    with pytest.raises(NewerFormatError):
        save(brief, newer, expected=fingerprint(brief.read_bytes()))
    brief.write_text(newer, encoding="utf-8")
    with pytest.raises(NewerFormatError):
        save(brief, MINIMAL, expected=fingerprint(newer.encode()))
    with pytest.raises(NewerFormatError):
        read_answers(brief)
    assert brief.read_text(encoding="utf-8") == newer


def test_text_that_is_no_answer_file_is_never_saved(brief: Path) -> None:
    """Whatever an edit made of it: the file on disk stays one that can be read."""
    for text in (
        "",
        "document: {title: A}\n",
        MINIMAL + "x: [\n",
        MINIMAL + "sections: &a {b: *a}\n",
    ):
        with pytest.raises(InputError):
            save(brief, text, expected=fingerprint(brief.read_bytes()))
    assert brief.read_text(encoding="utf-8") == MINIMAL


def test_a_link_stays_a_link(tmp_path: Path, brief: Path) -> None:
    """What it points at is replaced, in its own folder."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    link = folder / "link.yaml"
    link.symlink_to(brief)
    save(link, CHANGED, expected=fingerprint(brief.read_bytes()))
    assert link.is_symlink()
    assert brief.read_text(encoding="utf-8") == CHANGED
    assert list(folder.iterdir()) == [link]


def test_a_loop_of_links_is_told_not_raised(tmp_path: Path) -> None:
    """On every version of Python."""
    link = tmp_path / "loop.yaml"
    link.symlink_to(link)
    with pytest.raises(OutputError):
        save(link, MINIMAL, expected=None)


def test_an_older_copy_is_kept_whole_and_once(brief: Path) -> None:
    """The first copy is the original; a later save doesn't replace it."""
    brief.chmod(0o640)
    first = save(brief, CHANGED, expected=fingerprint(brief.read_bytes()), keep=".bak")
    save(brief, MINIMAL + "# third\n", expected=first, keep=".bak")
    copy = brief.with_name("brief.yaml.bak")
    assert copy.read_text(encoding="utf-8") == MINIMAL
    assert stat.S_IMODE(copy.stat().st_mode) == 0o640


def test_a_long_name_can_be_saved(tmp_path: Path) -> None:
    """A name as long as the system allows leaves no room for a longer one beside it."""
    path = tmp_path / ("ü" * 125 + ".yaml")
    save(path, MINIMAL, expected=None)
    assert path.read_text(encoding="utf-8") == MINIMAL


def test_a_folder_that_can_not_be_written_says_so(brief: Path) -> None:
    """The message gives the system's reason; the file stays."""
    broken = brief.parent / "not-a-folder" / "brief.yaml"
    with pytest.raises(OutputError) as caught:
        save(broken, MINIMAL, expected=None)
    assert "No such file or directory" in caught.value.problems[0].what
    assert caught.value.problems[0].hint


def test_a_full_disk_leaves_the_old_file(brief: Path) -> None:
    """The new one is never written in place; what was begun is cleaned up."""
    script = """
        import resource, sys
        from pathlib import Path
        from impactbrief.answers.file import fingerprint, save
        from impactbrief.errors import OutputError
        path = Path(sys.argv[1])
        before = fingerprint(path.read_bytes())
        resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, 5_000))
        try:
            save(path, path.read_text() + "# " + "x" * 50_000 + "\\n", expected=before, keep=".bak")
        except OutputError as error:
            assert "File too large" in str(error), error
        else:
            raise SystemExit("it was saved")
    """
    run(script, brief)
    assert brief.read_text(encoding="utf-8") == MINIMAL
    assert {path.name for path in brief.parent.iterdir()} == {"brief.yaml", "brief.yaml.bak"}


def test_the_answer_file_itself_is_never_opened_for_writing(brief: Path) -> None:
    """It would be empty for a moment, and a crash could make that moment last."""
    script = """
        import os, sys
        from pathlib import Path
        from impactbrief.answers.file import fingerprint, save
        path, text = Path(sys.argv[1]), sys.argv[2]
        expected, opened = fingerprint(path.read_bytes()), []

        def watch(event, arguments):
            if event == "open":
                name, mode, flags = arguments
                if flags & (os.O_WRONLY | os.O_RDWR):
                    opened.append(str(name))

        sys.addaudithook(watch)
        save(path, text, expected=expected, keep=".bak")
        assert opened
        assert str(path) not in opened
        assert str(path) + ".bak" not in opened
    """
    run(script, brief, CHANGED)


def test_a_crash_in_the_middle_of_writing_leaves_the_old_file(brief: Path) -> None:
    """The system ends the process when half of the new file is on disk."""
    script = """
        import os, resource, signal, sys
        from pathlib import Path
        from impactbrief.answers.file import fingerprint, save
        path = Path(sys.argv[1])
        old = path.read_text()
        child = os.fork()
        if not child:
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, 5_000))
            text = old + "# " + "x" * 50_000 + "\\n"
            save(path, text, expected=fingerprint(old.encode()))
            os._exit(0)
        status = os.waitpid(child, 0)[1]
        assert os.WTERMSIG(status) == signal.SIGXFSZ, status
        assert path.read_text() == old
    """
    run(script, brief)


@pytest.mark.parametrize("keep", ["", ".bak"])
@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_crash_leaves_the_old_file_or_the_new_one(brief: Path, moment: str, keep: str) -> None:
    """Killed at any call to the system, the answer file is whole; so is the copy that is kept."""
    script = """
        import os, signal, sys
        from pathlib import Path
        from impactbrief.answers.file import fingerprint, save
        path, moment, keep, changed = Path(sys.argv[1]), *sys.argv[2:]
        copy, old = path.with_name("brief.yaml.bak"), path.read_text()
        left = 0

        def fatal(call):
            def wrapped(*args, **kwargs):
                global left
                left -= 1
                if left == 0 and moment == "before":
                    os.kill(os.getpid(), signal.SIGKILL)
                result = call(*args, **kwargs)
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                return result
            return wrapped

        def crashed(nth):
            global left
            path.write_text(old)
            copy.unlink(missing_ok=True)
            child = os.fork()
            if not child:
                left = nth
                for name in ("open", "fsync", "chmod", "replace", "unlink", "stat", "fdopen"):
                    setattr(os, name, fatal(getattr(os, name)))
                save(path, changed, expected=fingerprint(old.encode()), keep=keep)
                os._exit(0)
            status = os.waitpid(child, 0)[1]
            assert path.read_text() in (old, changed), nth
            assert not copy.exists() or copy.read_text() == old, nth
            assert status in (0, signal.SIGKILL), (nth, status)
            return status != 0

        crashes = 0
        while crashed(crashes + 1):
            crashes += 1
        assert crashes >= 6, crashes  # else the fault was not where the work is
        assert path.read_text() == changed
        assert bool(keep) == copy.exists()
    """
    run(script, brief, moment, keep, CHANGED)


def run(script: str, *arguments: object) -> None:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), *map(str, arguments)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


def test_what_was_written_wrongly_never_takes_the_place(
    brief: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that returns other bytes than it was given is noticed before it is too late."""
    honest: Callable[[Path], bytes] = Path.read_bytes

    def forgetful(path: Path) -> bytes:
        data = honest(path)
        return data[:-1] if path.suffix == ".tmp" else data

    before = fingerprint(honest(brief))
    monkeypatch.setattr(Path, "read_bytes", forgetful)
    with pytest.raises(OutputError, match="read back"):
        save(brief, CHANGED, expected=before)
    assert honest(brief).decode() == MINIMAL


def test_parse_needs_no_file() -> None:
    """Front ends hold text that isn't on disk yet."""
    assert parse(MINIMAL.encode()).stem == "brief"
