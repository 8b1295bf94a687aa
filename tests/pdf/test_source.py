"""A PDF carries its own source: the answers come back out, nothing private is in, and made again
it is the same, byte by byte."""

import os
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pikepdf
import pytest

from impactbrief.answers.file import parse
from impactbrief.answers.public import public_copy
from impactbrief.assessment import assessment_of
from impactbrief.cli import run
from impactbrief.errors import InputError
from impactbrief.render import DEFAULT_LOOK, DOCUMENTS, FORMATS, Look, render
from impactbrief.render.carried import read
from tests.answer_files import MINIMAL, answers, assessed
from tests.assessment.test_in_documents import CANARY, PRIVATE
from tests.growth import grows_with_length

SMALL = MINIMAL.replace("title: A brief", "title: A brief, date: 2022-05, revised: 2023-02-01")


@pytest.fixture(scope="module")
def small() -> bytes:
    return render(assessed(SMALL), "table", "pdf").data


@pytest.fixture
def file(small: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "small.pdf"
    path.write_bytes(small)
    return path


def changed(file: Path, change: Any) -> Path:
    """The PDF with something changed in it."""
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        change(pdf)
        pdf.save(file, fix_metadata_version=False)  # else it writes the metadata anew
    return file


# --- what is inside -----------------------------------------------------------------------------


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_document_carries_its_answers(document: str) -> None:
    """As the file's source in PDF/A-3's sense, and with the versions that its bytes depend on."""
    data = render(assessed(PRIVATE), document, "pdf").data
    carried = read(data)
    assert carried.answers == public_copy(answers(PRIVATE), issue=document == "one-page").encode()
    assert {key: carried.made[key] for key in ("document", "paper")} == {
        "document": document,
        "paper": "a4",
    }
    wanted = {"impactbrief", "weasyprint", "pango", "harfbuzz", "zlib", "fonts"}
    assert {key for key, value in carried.made.items() if value} >= wanted
    with pikepdf.open(BytesIO(data)) as pdf:
        [spec] = pdf.Root.AF
        assert spec.AFRelationship == "/Source"
        assert spec.EF.F.Subtype == "/application/yaml"
        assert "/ModDate" not in spec.EF.F.Params  # the brief has no date, and none is invented


def test_the_dates_inside_are_the_briefs_own(small: bytes) -> None:
    """The last that it names."""
    with pikepdf.open(BytesIO(small)) as pdf:
        [spec] = pdf.Root.AF
        assert str(spec.EF.F.Params.ModDate) == "D:20230201000000Z"


def test_extract_gives_an_answer_file_that_makes_the_same_pdf(
    file: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Round and round: the copy of a copy is the same copy."""
    assert run(["extract", str(file)]) == 0
    out = capsysbinary.readouterr().out
    assert assessment_of(parse(out)).file.problems == ()
    assert render(assessment_of(parse(out)), "table", "pdf").data == file.read_bytes()
    target = tmp_path / "back.yaml"
    assert run(["extract", str(file), "-o", str(target)]) == 0
    assert target.read_bytes() == out
    target.write_text("mine")
    assert run(["extract", str(file), "-o", str(target)]) == 4
    assert target.read_text() == "mine"


@pytest.mark.parametrize("command", ["extract", "verify"])
def test_without_answers_there_is_nothing_to_get(
    file: Path, tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 3 with the reason: no answers inside, no PDF, no file."""

    def emptied(pdf: pikepdf.Pdf) -> None:
        del pdf.attachments["answers.yaml"]

    text = tmp_path / "text.pdf"
    text.write_text("no PDF")
    for path, said in (
        (changed(file, emptied), "no answers"),
        (text, "can't be read as a PDF"),
        (tmp_path / "none.pdf", "can't be read"),
    ):
        assert run([command, str(path)]) == 3
        assert said in capsys.readouterr().err


def test_answers_that_unpack_to_too_much_are_refused(file: Path) -> None:
    """A bomb costs no more than an answer file may."""

    def bombed(pdf: pikepdf.Pdf) -> None:
        pdf.attachments["answers.yaml"].obj.EF.F.write(b"impactbrief: 1\n" + b"#" * 200_000_000)

    carried = read(changed(file, bombed).read_bytes())
    assert carried.answers is not None
    assert len(carried.answers) < 20_000_000
    assert run(["extract", str(file)]) == 3


@pytest.mark.parametrize("where", ["metadata", "page"])
def test_other_bombs_are_refused(file: Path, where: str) -> None:
    """Nor may the metadata and the pages cost more, which `verify` reads."""

    def bombed(pdf: pikepdf.Pdf) -> None:
        other_version(pdf)
        stream = pdf.Root.Metadata if where == "metadata" else pdf.pages[0].Contents
        stream.write(stream.read_bytes() + b" " * 100_000_000)

    assert run(["verify", str(changed(file, bombed))]) == 3


@pytest.mark.parametrize("size", [0, 10, 1000, 20_000])
def test_a_broken_pdf_is_refused(small: bytes, size: int) -> None:
    """Cut off before its end, it is no traceback."""
    with pytest.raises(InputError, match="PDF"):
        read(small[:size])


@pytest.mark.parametrize("command", ["extract", "verify"])
def test_a_pdf_behind_a_password_is_refused(
    file: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the reason, and not with the exit code of a document that differs."""
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        pdf.save(file, encryption=pikepdf.Encryption(owner="owner", user="user"))
    assert run([command, str(file)]) == 3
    assert "locked with a password" in capsys.readouterr().err


@pytest.mark.parametrize("metadata", [b"<no xml", b"<no-metadata/>", b"\xff", b""])
def test_metadata_that_cant_be_read_say_nothing(file: Path, metadata: bytes) -> None:
    """What pikepdf logs of them is no message of ours, least of all with its traceback."""
    changed(file, lambda pdf: pdf.Root.Metadata.write(metadata))
    # in a process of its own: pytest takes the log for itself
    told = subprocess.run(
        [sys.executable, "-m", "impactbrief", "verify", str(file)],
        capture_output=True, text=True, check=False, env={**os.environ, "LANG": "C"},
    )  # fmt: skip
    assert told.returncode == 3
    assert told.stderr.startswith(f"{file}: This PDF doesn't say how it was made.")
    assert told.stderr.count("\n") == 2


# --- verify -------------------------------------------------------------------------------------


def test_verify_knows_its_own(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same bytes: exit 0."""
    assert run(["verify", str(file)]) == 0
    assert capsys.readouterr().out.startswith("Identical: ")


def other_words(pdf: pikepdf.Pdf) -> None:
    copy = pdf.attachments["answers.yaml"].obj.EF.F
    copy.write(copy.read_bytes().replace(b"A brief", b"Another"))


def other_title(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = "Another"


def other_version(pdf: pikepdf.Pdf) -> None:
    stream = pdf.Root.Metadata
    stream.write(stream.read_bytes().replace(b"<made:pango>", b"<made:pango>0.0"))


def test_verify_finds_what_was_changed(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Answers or words that differ: exit 1, whatever versions it names."""
    whole = file.read_bytes()
    for changes in ([other_title], [other_title, other_version], [other_words, other_version]):
        file.write_bytes(whole)
        for change in changes:
            changed(file, change)
        assert run(["verify", str(file)]) == 1
        assert capsys.readouterr().out.startswith("Different")


def test_verify_says_where_only_the_file_was_written_anew(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As by another program that saves PDFs: nobody can tell what else it did."""
    assert run(["verify", str(changed(file, lambda pdf: None))]) == 1  # noqa: ARG005
    assert capsys.readouterr().out == (
        "Different: the words match, but the file was changed or saved anew since.\n"
    )


def line_more(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    page.resources.Font.Own = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
    )
    page.contents_add(b"BT /Own 40 Tf 60 300 Td (Vote for me!) Tj ET")


def page_more(pdf: pikepdf.Pdf) -> None:
    pdf.pages.append(pdf.pages[0])


def comment_more(pdf: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(Subtype=pikepdf.Name.FreeText, Rect=[0, 0, 99, 99], Contents="No!")
    pdf.pages[0].Annots = pikepdf.Array([*pdf.pages[0].get("/Annots", []), note])


def link_more(pdf: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.org/elsewhere")
    note = pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=[0, 0, 99, 99], A=action)
    pdf.pages[0].Annots = pikepdf.Array([*pdf.pages[0].get("/Annots", []), note])


@pytest.mark.parametrize("change", [line_more, page_more, comment_more, link_more])
def test_verify_finds_what_was_added_beside_the_structure(
    file: Path, change: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever names another version, so that only words are compared, can't put others on a page
    by leaving them out of the structure, nor lead readers elsewhere."""
    changed(file, change)
    assert run(["verify", str(changed(file, other_version))]) == 1
    assert capsys.readouterr().out.startswith("Different")


def test_a_structure_that_names_its_nodes_twice_is_read_in_time(file: Path) -> None:
    """Sixty levels of it would be read for longer than anybody waits."""

    def doubled(pdf: pikepdf.Pdf) -> None:
        node = pdf.Root.StructTreeRoot.K
        for _level in range(60):
            node = pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.Span, K=[node, node]))
        pdf.Root.StructTreeRoot.K = node

    words = read(file.read_bytes()).words
    assert read(changed(file, doubled).read_bytes()).words == words


def test_verify_compares_words_where_versions_differ(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Other bytes from another version say nothing: the words do, and the versions are named."""
    assert run(["verify", str(changed(file, other_version))]) == 0
    told = capsys.readouterr()
    assert told.out.startswith("Same text")
    assert "pango" in told.err


def test_verify_tells_of_other_templates(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Those that weren't named, have changed since, or were named without need; and no versions,
    which are the same."""
    own, file = tmp_path / "own", tmp_path / "brief.pdf"
    own.mkdir()
    for style, named, said in (
        ("", None, "name them with --template"),
        ("\n", own, "changed since"),
        (None, own, "leave out --template"),
    ):
        (own / "more.css").write_text("")
        look = DEFAULT_LOOK if style is None else Look(own)
        file.write_bytes(render(assessed(SMALL), "table", "pdf", look).data)
        (own / "more.css").write_text(style or "")
        assert run(["verify", str(file), *(["--template", str(named)] if named else [])]) == 0
        told = capsys.readouterr()
        assert told.out.startswith("Same text: it was made with other templates")
        assert said in told.err
        assert told.err.count("\n") == 1
    assert run(["verify", str(file)]) == 0
    assert capsys.readouterr().out.startswith("Identical")


def test_the_words_of_a_pdf_are_those_that_are_read(small: bytes) -> None:
    """From first to last, without the running lines."""
    words = read(small).words
    assert words.startswith("Preliminarytable:Abrief")
    assert "Anaccessibleinfrastructurewithacommonprotocol" in words
    assert "Page1of" not in words.replace("page", "Page")
    assert "\N{REPLACEMENT CHARACTER}" not in words


# --- nothing private ----------------------------------------------------------------------------


def everything(data: bytes) -> Iterator[bytes]:
    """The bytes of a file; of a PDF, also every stream unpacked and every string, decoded; of a
    Word document, also every part of it, unpacked."""
    yield data
    if data.startswith(b"PK"):
        with ZipFile(BytesIO(data)) as archive:
            for entry in archive.infolist():
                yield entry.filename.encode()
                yield entry.comment + entry.extra
                yield archive.read(entry)
    if not data.startswith(b"%PDF"):
        return
    with pikepdf.open(BytesIO(data)) as pdf:
        for item in pdf.objects:
            yield from _inside(item)
    yield read(data).words.encode()


def _inside(item: Any) -> Iterator[bytes]:
    if isinstance(item, pikepdf.Stream):
        yield item.read_bytes()
    if isinstance(item, pikepdf.String):
        yield str(item).encode()
    elif isinstance(item, pikepdf.Array):
        for each in item:
            if not getattr(each, "is_indirect", False):
                yield from _inside(each)
    elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        for key, value in item.items():
            yield key.encode()
            if not getattr(value, "is_indirect", False):
                yield from _inside(value)


def test_nothing_private_reaches_any_output(tmp_path: Path) -> None:
    """The canary sits in every private place, in the user's name, home, machine and folders, and in
    what the brief doesn't cite; no format of any document holds it."""
    home = tmp_path / f"{CANARY}-home"
    work = home / CANARY
    work.mkdir(parents=True)
    (work / "refs.json").write_text(
        f'[{{"id": "b", "title": "B", "annote": "{CANARY}", "file": "{home}"}},'
        f' {{"id": "c", "title": "{CANARY}"}}]'
    )
    text = PRIVATE.replace("It slows [@a].", "It slows [@a; @b].") + "bibliography: [refs.json]\n"
    (work / "brief.yaml").write_text(text)
    marked = dict.fromkeys(("USER", "LOGNAME", "USERNAME", "HOSTNAME", "EMAIL"), CANARY)
    paths = {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), "TMPDIR": str(work)}
    done = subprocess.run(
        [sys.executable, "-m", "impactbrief", "render", str(work / "brief.yaml"), "--output",
         str(work / "out"), "--document", ",".join(DOCUMENTS), "--to", ",".join(FORMATS),
         "--jobs", "1"],
        env=os.environ | marked | paths | {"PYTHONPATH": os.pathsep.join(sys.path)},
        cwd=work, capture_output=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    outputs = sorted((work / "out").iterdir())
    assert len(outputs) == len(DOCUMENTS) * len(FORMATS)
    hidden = [word.encode() for word in (CANARY, str(tmp_path), "1987-01")]
    hidden += [word.encode("utf-16-be") for word in (CANARY, str(tmp_path))]
    for output in outputs:
        pieces = list(everything(output.read_bytes()))
        assert [word for word in hidden for piece in pieces if word in piece] == [], output.name
        assert any(b"A brief" in piece for piece in pieces)


def test_the_search_finds_what_is_there(small: bytes) -> None:
    """In a packed stream, in metadata and on the page, else the promise above would be empty."""
    pieces = list(everything(small))
    for word in (b"impactbrief: 1", b"pdfuaid:part", b"A brief", b"Abrief"):
        assert word not in small
        assert any(word in piece for piece in pieces)


# --- the same every time ------------------------------------------------------------------------

RENDER = """
import sys, time
from impactbrief.answers.file import parse
from impactbrief.assessment import assessment_of
from impactbrief.render import render
time.sleep(1.1)
data = render(assessment_of(parse(sys.stdin.buffer.read())), sys.argv[1], "pdf").data
sys.stdout.buffer.write(data)
"""


@pytest.mark.parametrize("document", DOCUMENTS)
def test_equal_bytes_in_another_process(document: str, tmp_path: Path) -> None:
    """Whatever its time zone, language, home, seed of hashes and time of day."""
    made = render(assessed(PRIVATE), document, "pdf").data
    elsewhere = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "42",
                 "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path), "PYTHONUTF8": "1",
                 "SOURCE_DATE_EPOCH": "1", "PYTHONPATH": os.pathsep.join(sys.path)}  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", RENDER, document],
        input=PRIVATE.encode(),
        env=os.environ | elsewhere,
        capture_output=True,
        check=True,
    )
    assert sha256(done.stdout).hexdigest() == sha256(made).hexdigest()


def test_equal_bytes_at_any_number_of_jobs(tmp_path: Path) -> None:
    """Two workers make what one process makes."""
    source = tmp_path / "brief.yaml"
    source.write_text(SMALL)
    made = []
    for jobs in ("1", "2"):
        out = tmp_path / jobs
        command = ["render", str(source), "--to", "pdf", "--document", "table,one-page"]
        assert run([*command, "--jobs", jobs, "--output", str(out)]) == 0
        made.append({path.name: path.read_bytes() for path in out.iterdir()})
    assert len(made[0]) == 2
    assert made[0] == made[1]


def test_a_character_without_a_font_is_warned_of_with_its_line() -> None:
    """So that it can be found and another word be put in its place."""
    text = SMALL + "sections:\n  abstract: |\n    Text.\n    Here \N{EGYPTIAN HIEROGLYPH A001}.\n"
    [warning] = render(assessed(text), "brief", "pdf").warnings
    assert (warning.place.file, warning.place.line, warning.place.column) == ("brief.yaml", 7, 10)
    assert "[U+13000]" in warning.what


def test_a_table_of_letters_is_read_once_and_in_time(small: bytes) -> None:
    """However it is built, and on however many pages."""

    def of_length(length: int) -> bytes:
        pdf = pikepdf.open(BytesIO(small))
        page = pdf.pages[0]
        for font in page.resources["/Font"].values():
            font.ToUnicode = pdf.make_stream(b"beginbfchar <0001> <0041> " * length)
        for _page in range(length // 100):
            pdf.pages.append(page)
        made = BytesIO()
        pdf.save(made)
        return made.getvalue()

    assert grows_with_length(lambda data: read(data).words, of_length, 1000)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_date_that_is_none_is_not_in_the_metadata(document: str) -> None:
    """It is printed as typed and named by `check`; the PDF writer has nothing to say of it, least
    of all that the template is to blame."""
    text = MINIMAL.replace("title: A brief", "title: A brief, date: 2022-05, revised: in spring")
    made = render(assessed(text), document, "pdf")
    assert made.warnings == ()
    with pikepdf.open(BytesIO(made.data)) as pdf:
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:202205")
    assert (
        'name="dcterms.created" content="2022-05"'
        in render(assessed(text), document, "html").data.decode()
    )
