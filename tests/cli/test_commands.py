"""The command line: exit codes, streams, and what each command promises."""

import json
import os
import re

import pytest

from impactbrief.cli import COMMANDS
from tests.answer_files import EXAMPLES, MINIMAL, ROOT
from tests.cli.shell import Shell, Streams, give

GAPS = MINIMAL
PROBLEM = MINIMAL + "assessment: {privacy: {impact: awful}}\n"
BROKEN = MINIMAL + "sections: [\n"
UNTITLED = "impactbrief: 1\nproposal: {name: A proposal}\n"
NEWER = MINIMAL.replace("impactbrief: 1", "impactbrief: 9")

# -- the door ----------------------------------------------------------------------------------


def test_help_lists_every_command(shell: Shell) -> None:
    """With a line each; and every command has help of its own."""
    code, out, err = shell("--help")
    assert (code, err) == (0, "")
    for command in COMMANDS:
        assert re.search(rf"^  {command} +\w", out, re.MULTILINE)
        code, out_of_command, err = shell(command, "--help")
        assert (code, err) == (0, "")
        assert out_of_command.startswith(f"Usage: impactbrief {command}")
        assert "--color" in out_of_command


def test_version(shell: Shell) -> None:
    """Name and number, for a bug report."""
    assert re.fullmatch(r"impactbrief \d+\.\d+\.\d+\n", shell("--version")[1])


@pytest.mark.parametrize("arguments", [[], ["brief.yaml"], ["--plain"]])
def test_without_a_terminal_there_is_no_wizard(shell: Shell, arguments: list[str]) -> None:
    """It says so and names the way that needs none."""
    code, out, err = shell(*arguments)
    assert (code, out) == (2, "")
    assert "impactbrief ask" in err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["chekc", "a.yaml"], "Did you mean “check”?"),
        (["check"], "PATH"),
        (["check", "--fromat", "json", "a.yaml"], "--format"),
        (["check", "--format", "xml", "a.yaml"], "xml"),
        (["render", "--to", "md,docm", "a.yaml"], "“docm” is not one of"),
        (["render", "--document", "poster", "a.yaml"], "“poster” is not one of"),
        (["one.yaml", "two.yaml"], "Name one file"),
        (["--colour", "never"], "--color"),
        (["new"], "FILE"),
        (["new", ""], "This name is empty."),
        (["render", "a.yaml", ""], "This name is empty."),
        (["render", "a.yaml", "--output", ""], "This name is empty."),
        (["render", "a.yaml", "--report", "-"], "“-” can't be used here."),
        (["render", "a.yaml", "--timeout", "nan"], "Give a number of seconds"),
        (["render", "a.yaml", "--timeout", "inf"], "Give a number of seconds"),
        (["render", "a.yaml", "--timeout", "0"], "--timeout"),
        (["verify", "-"], "“-” can't be used here."),
    ],
)
def test_wrong_usage_is_told(shell: Shell, arguments: list[str], words: str) -> None:
    """Exit code 2, on standard error, with what was meant."""
    code, out, err = shell(*arguments)
    assert (code, out) == (2, "")
    assert words in err


# -- check -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "plain", "strict"),
    [(GAPS, 0, 1), (PROBLEM, 1, 1), (BROKEN, 3, 3), (UNTITLED, 1, 1), (NEWER, 3, 3), ("", 3, 3)],
)
def test_check_ends_as_it_should(shell: Shell, text: str, plain: int, strict: int) -> None:
    """0 for gaps, 1 for problems and strict gaps, 3 for what is no answer file."""
    shell.file("a.yaml", text)
    assert shell("check", "a.yaml")[0] == plain
    assert shell("check", "--strict", "a.yaml")[0] == strict


def test_the_worst_of_several_files_decides(shell: Shell) -> None:
    """And each of them is checked, whatever is wrong with the others."""
    shell.file("a.yaml", BROKEN)
    shell.file("b.yaml", PROBLEM)
    shell.file("c.yaml", GAPS)
    code, out, _err = shell("check", "a.yaml", "b.yaml", "c.yaml", "missing.yaml")
    assert code == 3
    for name in ("a.yaml:5:", "b.yaml:4:", "c.yaml:", "missing.yaml: problem: There is no such"):
        assert name in out
    assert shell("check", "b.yaml", "c.yaml")[0] == 1


def test_findings_are_data_and_the_rest_is_speech(shell: Shell) -> None:
    """What was found goes to standard output; how much it was, to standard error."""
    shell.file("a.yaml", PROBLEM)
    _code, out, err = shell("check", "a.yaml")
    assert "a.yaml:4:32: problem IB101: `assessment.privacy.impact`: “awful” is not one" in out
    assert re.fullmatch(r"Problems: 1\. Gaps: \d+\.\n", err)
    assert shell("check", "a.yaml", "-q")[2] == ""
    assert shell("check", "--quiet", "a.yaml")[1] == out


def test_json_is_json(shell: Shell) -> None:
    """One list, whatever was found, with everything that the text says."""
    shell.file("a.yaml", PROBLEM)
    shell.file("b.yaml", BROKEN)
    code, out, _err = shell("check", "--format", "json", "a.yaml", "b.yaml")
    assert code == 3
    entries = json.loads(out)
    [wrong] = [entry for entry in entries if entry["code"] == "IB101"]
    assert {name: wrong[name] for name in ("file", "line", "column", "weight", "where")} == {
        "file": "a.yaml", "line": 4, "column": 32, "weight": "problem",
        "where": "assessment.privacy.impact",
    }  # fmt: skip
    assert wrong["hint"]
    assert [entry["file"] for entry in entries if not entry["code"]] == ["b.yaml"]
    shell.file("good.yaml", EXAMPLES[1].read_text(encoding="utf-8"))
    assert json.loads(shell("check", "--format", "json", "good.yaml")[1]) == []


def test_github_annotations_can_not_be_broken_out_of(shell: Shell) -> None:
    """Names and values are escaped as GitHub wants it, one finding a line."""
    shell.file("a,b:c%.yaml", MINIMAL.replace("A brief}", 'A, date: "x\\n::error::y%"}'))
    _code, out, _err = shell("check", "--format", "github", "a,b:c%.yaml")
    lines = out.splitlines()
    assert all(
        line.startswith(("::error file=a%2Cb%3Ac%25.yaml,", "::warning file=")) for line in lines
    )
    [error] = [line for line in lines if line.startswith("::error")]
    assert error.startswith("::error file=a%2Cb%3Ac%25.yaml,line=2,col=28,title=IB101::")
    assert "“x ::error::y%25” is not a date" in error


def test_check_reads_standard_input(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a filter in an editor does it."""
    give(monkeypatch, PROBLEM)
    code, out, _err = shell("check", "-")
    assert code == 1
    assert out.startswith("-:")


# -- status ------------------------------------------------------------------------------------


def test_status_is_a_line_for_each_file(shell: Shell) -> None:
    """How far it is, and its fifteen ratings in plain marks."""
    shell.file("a.yaml", MINIMAL + "assessment: {privacy: {impact: none}}\n")
    shell.file("b.yaml", BROKEN)
    code, out, err = shell("status", "a.yaml", "b.yaml")
    assert code == 3
    assert re.fullmatch(
        r"a\.yaml: elements 1/15, governance 0/\d+, findings \d+  \[(_ ){14}0\]\n", out
    )
    assert err.startswith("b.yaml:5:")


def test_status_counts_what_check_finds(shell: Shell) -> None:
    """The same files, the same day, the same number."""
    for example in EXAMPLES:
        row = json.loads(shell("status", "--format", "json", example)[1])[0]
        entries = json.loads(shell("check", "--format", "json", example)[1])
        assert sum(row["findings"].values()) == len(entries)
        assert row["elements"]["total"] == 15
        assert len(row["ratings"]) == 15


# -- render ------------------------------------------------------------------------------------


def test_markdown_goes_beside_its_answer_file(shell: Shell) -> None:
    """Under the answer file's name; what there is to say goes to standard error."""
    path = shell.file("deep/a.yaml", GAPS)
    code, out, err = shell("render", "--to", "md,html", "--to", "md", path)
    assert (code, out) == (0, "")
    assert {"deep/a.md", "deep/a.html"} <= shell.files()
    assert "gaps" in err


def test_each_document_has_its_name(shell: Shell) -> None:
    """Three documents of one answer file lie side by side."""
    shell.file("a.yaml")
    code, _out, _err = shell(
        "render", "--to", "md", "--document", "brief,one-page", "--document", "table", "a.yaml"
    )
    assert code == 0
    assert {"a.md", "a.one-page.md", "a.table.md"} <= shell.files()


def test_standard_output_takes_one_document(shell: Shell) -> None:
    """As data, with nothing else between; two of them don't fit."""
    shell.file("a.yaml")
    code, out, _err = shell("render", "--to", "md", "-o", "-", "a.yaml")
    assert code == 0
    assert out.startswith("# A brief\n")
    assert shell.files() == {"a.yaml"}
    code, out, err = shell("render", "--to", "md,html", "-o", "-", "a.yaml")
    assert (code, out) == (2, "")
    assert "one document" in err


def test_output_is_a_file_only_where_it_can_be(shell: Shell) -> None:
    """One output and its ending: a file; anything else: a folder, that is not called like a file
    unless it is there or ends with a slash."""
    shell.file("a.yaml")
    shell("render", "--to", "md", "-o", "out.md", "a.yaml")
    shell("render", "--to", "md", "-o", "text", "a.yaml")
    shell("render", "--to", "md,html", "-o", "two.md/", "a.yaml")
    (shell.folder / "folder.md").mkdir()
    shell("render", "--to", "md", "-o", "folder.md", "a.yaml")
    assert {
        "out.md",
        "text/a.md",
        "two.md/a.md",
        "two.md/a.html",
        "folder.md/a.md",
    } <= shell.files()


def test_from_standard_input_an_output_is_needed(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is no folder to write beside."""
    give(monkeypatch, MINIMAL)
    code, _out, err = shell("render", "--to", "md", "-")
    assert code == 2
    assert "--output" in err
    give(monkeypatch, MINIMAL)
    code, out, _err = shell("render", "--to", "md", "-o", "-", "-")
    assert (code, out[:9]) == (0, "# A brief")
    give(monkeypatch, MINIMAL)
    assert shell("render", "--to", "md", "-o", "out", "-")[0] == 0
    assert "out/brief.md" in shell.files()


def test_an_input_is_never_replaced(shell: Shell) -> None:
    """Not by its own document, not by that of another."""
    shell.file("a.md", MINIMAL)
    before = shell.files()
    code, _out, err = shell("render", "--to", "md", "a.md")
    assert code == 2
    assert "a.md: This is an answer file; it is not replaced." in err
    assert (shell.folder / "a.md").read_text(encoding="utf-8") == MINIMAL
    assert shell.files() == before


def test_two_documents_of_one_name_are_refused_before_anything_is_written(shell: Shell) -> None:
    """Also where the names differ by case alone."""
    shell.file("one/a.yaml")
    shell.file("two/A.yaml")
    code, _out, err = shell("render", "--to", "md", "-o", "out", "one/a.yaml", "two/A.yaml")
    assert code == 2
    assert "both be written here" in err
    assert shell.files() == {"one/a.yaml", "two/A.yaml"}


def test_a_folder_keeps_its_tree(shell: Shell) -> None:
    """Answer files are found at every depth; what is hidden or no answer file is left alone."""
    for name in ("a.yaml", "sub/b.yml", "sub/deep/c.yaml", ".hidden/d.yaml", ".e.yaml"):
        shell.file(f"in/{name}")
    shell.file("in/other.yaml", "title: Something else\n")
    shell.file("in/notes.txt")
    (shell.folder / "in" / "loop").symlink_to(shell.folder / "in", target_is_directory=True)
    code, _out, _err = shell("render", "--to", "md", "-o", "out", "in")
    assert code == 0
    made = {name for name in shell.files() if name.endswith(".md")}
    assert made == {"out/a.md", "out/sub/b.md", "out/sub/deep/c.md"}


def test_a_folder_without_answer_files_is_no_success(shell: Shell) -> None:
    """Silence would look like it."""
    (shell.folder / "empty").mkdir()
    for command in ("check", "status", "render"):
        code, out, err = shell(command, "empty")
        assert code == 3
        assert "no answer file in this folder" in out + err


def test_a_bad_value_does_not_stop_a_document(shell: Shell) -> None:
    """It is printed as typed; a warning says so. With --strict it stops it."""
    shell.file("a.yaml", PROBLEM)
    code, _out, err = shell("render", "--to", "md", "a.yaml")
    assert code == 0
    assert "“awful” is not one of the choices" in err
    assert "awful (not recognised)" in (shell.folder / "a.md").read_text(encoding="utf-8")
    (shell.folder / "a.md").unlink()
    assert shell("render", "--strict", "--to", "md", "a.yaml")[0] == 4
    assert "a.md" not in shell.files()


@pytest.mark.parametrize("text", [BROKEN, UNTITLED, NEWER, ""])
def test_what_can_not_be_rendered(shell: Shell, text: str) -> None:
    """3 where the file can't be read or lacks its title; 1 as one of several."""
    shell.file("bad.yaml", text)
    shell.file("good.yaml")
    assert shell("render", "--to", "md", "bad.yaml")[0] == 3
    assert shell("render", "--to", "md", "bad.yaml", "good.yaml")[0] == 1
    assert "good.md" in shell.files()


def test_an_output_that_can_not_be_written(shell: Shell) -> None:
    """4, with the system's reason."""
    shell.file("a.yaml")
    shell.file("file", "not a folder")
    code, _out, err = shell("render", "--to", "md", "-o", "file/below", "a.yaml")
    assert code == 4
    assert "Not a directory" in err


# -- schema, new, questions --------------------------------------------------------------------


def test_the_schema_beside_the_examples_is_current(shell: Shell) -> None:
    """Made anew with: impactbrief schema > examples/impactbrief-1.schema.json"""
    code, out, err = shell("schema")
    assert (code, err) == (0, "")
    path = ROOT / "examples" / "impactbrief-1.schema.json"
    assert out == path.read_text(encoding="utf-8")


def test_a_new_file_can_be_checked_and_is_never_replaced(shell: Shell) -> None:
    """Beside it lies the schema that its first line points at."""
    code, out, err = shell("new", "a.yaml", "--title", "A: “brief” #1")
    assert (code, out) == (0, "")
    assert "impactbrief check a.yaml" in err
    assert shell.files() == {"a.yaml", "impactbrief-1.schema.json"}
    text = (shell.folder / "a.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=./impactbrief-1.schema.json\n")
    assert "problem" not in shell("check", "a.yaml")[1]
    assert (
        json.loads(shell("status", "--format", "json", "a.yaml")[1])[0]["title"] == "A: “brief” #1"
    )
    assert shell("new", "a.yaml")[0] == 4
    assert (shell.folder / "a.yaml").read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("name", "typed"), [("-d.yaml", "./-d.yaml"), ("a b.yaml", "'a b.yaml'"), ("c.yaml", "c.yaml")]
)
def test_what_to_type_next_can_be_typed(shell: Shell, name: str, typed: str) -> None:
    """A name with a dash before it, or with blanks, stays one name."""
    assert f"make one with: impactbrief new {typed}\n" in shell("check", "--", name)[1]
    err = shell("new", "--", name)[2]
    assert f"Next: impactbrief {typed}, or edit it and run: impactbrief check {typed}\n" in err
    assert f"impactbrief ask {typed}\n" in shell("--", name)[2]


def test_no_answer_file_is_made_under_another_name(shell: Shell) -> None:
    """Not where a folder is missing, and no PDF."""
    for name in ("other/", "brief.pdf", "other"):
        out = shell("check", name)[1]
        assert "There is no such f" in out
        assert "Check the name." in out
        assert "impactbrief new" not in out
    assert "There is no such folder." in shell("check", "other/")[1]
    assert "impactbrief extract brief.pdf\n" in shell("brief.pdf")[2]
    assert "impactbrief ask" not in shell("brief.pdf")[2]


def test_questions_print_every_id(shell: Shell) -> None:
    """Whoever writes by hand finds there what can be written."""
    code, out, _err = shell("questions")
    assert code == 0
    for id_ in ("accessible-infrastructure", "text-public", "joining"):
        assert id_ in out
    assert json.loads(shell("questions", "--to", "json")[1])


# -- how it speaks -----------------------------------------------------------------------------


@pytest.mark.parametrize("before", [True, False])
def test_flags_of_speech_count_before_and_after_the_command(shell: Shell, before: bool) -> None:
    """Nobody remembers which side of the command a flag belongs to."""
    shell.file("a.yaml")

    def call(*flags: str) -> Streams:
        command = ("check", "a.yaml")
        return shell(*flags, *command) if before else shell(*command, *flags)

    assert call("--color", "always")[1].startswith("\x1b[")
    assert "\x1b[" not in call("--color", "never")[1]
    assert call("-q")[2] == ""
    assert call()[2] != ""
    assert call("-v")[2] == "Reading a.yaml.\n" + call()[2]


def test_the_flag_after_the_command_wins(shell: Shell) -> None:
    """The last word counts."""
    shell.file("a.yaml")
    assert "\x1b[" in shell("--color", "never", "check", "a.yaml", "--color", "always")[1]
    assert "\x1b[" not in shell("--color", "always", "check", "a.yaml", "--color", "never")[1]


def test_flags_hold_for_failures_too(shell: Shell) -> None:
    """What ends a command is told in the same voice."""
    assert (
        "\x1b["
        in shell("render", "missing-folder/", "a.yaml", "--color", "always", "--to", "md")[2]
    )


def test_a_name_that_is_no_text_is_a_name_all_the_same(shell: Shell) -> None:
    """Old archives hold names in old encodings."""
    name = os.fsdecode(b"caf\xe9.yaml")
    shell.file(name)
    for arguments in (
        ["check"],
        ["check", "--format", "json"],
        ["status"],
        ["render", "--to", "md"],
    ):
        code, out, err = shell(*arguments, name)
        assert code == 0
        assert "caf" in out + err
    [row] = json.loads(shell("status", "--format", "json", name)[1])
    assert row["file"] == name
