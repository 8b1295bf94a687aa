"""What reading external bibliographies promises."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from impactbrief.answers.bibliography import LIMIT, merge, read_bibliography
from impactbrief.answers.bibtex import read_bibtex
from impactbrief.errors import Place, Problem

HERE = Place("brief.yaml", 7, 3)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An answer file's folder, apart from the working directory."""
    base, work = tmp_path / "brief", tmp_path / "work"
    base.mkdir()
    work.mkdir()
    monkeypatch.chdir(work)
    return base


def read(
    folder: Path, name: str, content: str | bytes
) -> tuple[list[dict[str, Any]], list[Problem]]:
    data = content.encode() if isinstance(content, str) else content
    (folder / name).write_bytes(data)
    return read_bibliography(name, base=folder, place=HERE)


def problem(folder: Path, path: str) -> Problem:
    """The only problem of a bibliography from which nothing was read."""
    references, problems = read_bibliography(path, base=folder, place=HERE)
    assert references == []
    (only,) = problems
    assert only.hint
    assert only.where == "bibliography"
    return only


# -- formats --------------------------------------------------------------------------------------

LIST = '[{"id": "a", "type": "book", "title": "T"}, {"id": 7}]'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("r.json", LIST),
        ("R.JSON", "\ufeff" + LIST),
        ("r.json", '{"items": ' + LIST + "}"),
        ("r.yaml", LIST),
        ("r.yml", "- {id: a, type: book, title: T}\n- {id: 7}\n"),
        ("r.yaml", "references:\n- id: a\n  type: book\n  title: T\n- id: 7\n"),
        (
            "r.yaml",
            "---\r\nreferences:\r\n- id: a\r\n  type: book\r\n  title: T\r\n- id: 7\r\n...\r\n",
        ),
        (
            "r.yaml",
            "---\nreferences:\n- id: a\n  type: book\n  title: T\n- id: 7\n---\n# Prose: *x\n",
        ),
    ],
    ids=range(8),
)
def test_lists(folder: Path, name: str, content: str) -> None:
    """CSL-JSON and CSL-YAML are read in the shapes that Zotero and Pandoc write."""
    references, problems = read(folder, name, content)
    assert problems == []
    assert references == [{"id": "a", "type": "book", "title": "T"}, {"id": "7"}]


def test_single_and_none(folder: Path) -> None:
    """One item without a list is one reference; an empty file holds none."""
    assert read(folder, "a.json", '{"id": "a"}') == ([{"id": "a"}], [])
    assert read(folder, "a.yaml", "") == ([], [])
    assert read(folder, "a.bib", "") == ([], [])


def test_yaml_values(folder: Path) -> None:
    """YAML is read by version 1.2: NO is Norway, and months and numbers stay as spelled."""
    (reference,), _ = read(
        folder, "a.yaml", "- id: a\n  title: NO\n  issued: 2016-01\n  volume: 3\n"
    )
    assert reference == {"id": "a", "title": "NO", "issued": "2016-01", "volume": "3"}


BIB = r"""
A comment that is no entry.
@string{isoc = "Internet Society"}
@comment{nothing}
@techreport{kt_2016,
  author = {{Ministry of Science and {ICT}}},
  title = {Interconnection {N}otice of Fran{\c c}ois M{\"u}ller -- 50% \o{} ``quoted''},
  institution = isoc, number = 12, year = 2016, month = jan,
  url = {https://example.org/a_b%20c?x=\_y}, urldate = {2022-04-01}
}
@article{Smith2020, author={Smith, John Paul and Ludwig van Beethoven and
    {\'E}mile Zola and others},
  title={On peering: \emph{a view}}, journal={J. of Nets}, volume=3, number=2, pages={10--20},
  date={2019-05}, doi={10.1000/x\_y}, langid={ngerman}}
@misc{rfc, author={W. Eddy}, title={TCP}, howpublished={\url{https://example.org/rfc9293}},
  year={2022}, month={8}, day={5}}
@jurisdiction{case, title={Schrems v. DPC}, institution={CJEU}, date={2015-10-06},
  number={C-362/14}}
@legislation{act, title={Act}, date={2016/2018}, number={12}}
@inproceedings{p1, author="A. B", title="P", crossref="proc", pages={1-4}}
@proceedings{proc, title={Proc IMC}, year=2018, publisher={ACM}}
@online{web, title={Site}, subtitle={Sub}, url={https://example.org}, date={2020-02-03}}
@phdthesis{phd, author={C. D}, title={Th}, school={Uni}, year={in press}}
"""


def test_bibtex(folder: Path) -> None:
    """BibTeX and BibLaTeX become CSL: types, names, dates, addresses, LaTeX as characters."""
    references, problems = read(folder, "a.bib", BIB)
    assert problems == []
    found = {reference["id"]: reference for reference in references}
    assert found["kt_2016"] == {
        "id": "kt_2016",
        "type": "report",
        "title": "Interconnection Notice of François Müller – 50% ø “quoted”",
        "publisher": "Internet Society",
        "author": [{"literal": "Ministry of Science and ICT"}],
        "number": "12",
        "URL": "https://example.org/a_b%20c?x=_y",
        "issued": "2016-01",
        "accessed": "2022-04-01",
    }
    assert found["Smith2020"] == {
        "id": "Smith2020",
        "type": "article-journal",
        "title": "On peering: a view",
        "container-title": "J. of Nets",
        "volume": "3",
        "author": [
            {"family": "Smith", "given": "John Paul"},
            {"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"},
            {"family": "Zola", "given": "Émile"},
        ],
        "page": "10-20",
        "issue": "2",
        "language": "de",
        "DOI": "10.1000/x_y",
        "issued": "2019-05",
    }
    assert found["rfc"]["type"] == "webpage"
    assert found["rfc"]["URL"] == "https://example.org/rfc9293"
    assert found["rfc"]["issued"] == "2022-08-05"
    assert found["case"]["type"] == "legal_case"
    assert found["case"]["number"] == "C-362/14"
    assert (found["act"]["type"], found["act"]["issued"]) == ("legislation", "2016/2018")
    assert found["p1"]["container-title"] == "Proc IMC"
    assert found["p1"]["title"] == "P"
    assert found["p1"]["issued"] == "2018"
    assert found["web"]["title"] == "Site: Sub"
    assert (found["phd"]["genre"], found["phd"]["issued"]) == ("PhD thesis", "in press")


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"{\'E}mile", "Émile"),
        (r"\'{e} \'e {\'\i}", "é é í"),
        (r"\v{s} {\v s} \c{c}", "š š ç"),
        (r"{\ss}", "ß"),
        ("{NASA} and {the {EU}}", "NASA and the EU"),
        (r"A \& B, 50\% or 50%, x\_y", "A & B, 50% or 50%, x_y"),
        ("1--2---3~4", "1–2—3 4"),
        (r"\textbf{bold} \emph{it}", "bold it"),
        (r"\input{/etc/passwd}x", "x"),
        ("{" * 300 + r"\textbf{x" + "}" * 301, "x"),
    ],
)
def test_latex(latex: str, text: str) -> None:
    """LaTeX becomes the characters it stands for; nothing is read or run."""
    (reference,), _ = read_bibtex(f"@misc{{k, title = {{{latex}}}}}", most=9)
    assert reference["title"] == text


# -- what is wrong --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("a.json", '[\n  {"id": "SECRET",}\n]', 2),
        ("a.json", "SECRET", 1),
        ("a.yaml", "- id: a\n- {id: b\n- SECRET: [\n", 2),
        ("a.yaml", "- id: a\n- !!python/object:SECRET {}\n", 2),
        ("a.yaml", "- id: a\n- id: b\n  SECRET: 1\n  SECRET: 2\n", 4),
        ("a.yaml", "- id: a\n- title: SECRET\n", 2),
        ("a.yaml", "references:\n- id: a\n- SECRET\n", 3),
        ("a.bib", "@misc{a, title={x}}\n\n@misc{SECRET, title = {unclosed\n@misc{b, title={y}}", 3),
    ],
    ids=range(8),
)
def test_line_of_a_problem(folder: Path, name: str, content: str, line: int) -> None:
    """A problem names the bibliography's own line where it is known, and quotes nothing of it."""
    references, problems = read(folder, name, content)
    assert [each.place.line for each in problems] == [line]
    assert problems[0].place.file == str(folder / name)
    assert problems[0].hint
    assert "SECRET" not in str(problems)
    if name == "a.bib":
        assert [reference["id"] for reference in references] == ["a", "b"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", "SECRET".encode("utf-16")),
        ("a.json", b"[" * 100_000),
        ("a.json", b'[{"id": ' + b"9" * 10_000 + b"}]"),
        ("a.json", b'"SECRET"'),
        ("a.json", b'{"SECRET": 1}'),
        ("a.json", b'[{"id": {"SECRET": 1}}, {"title": "SECRET"}, "SECRET"]'),
        ("a.yaml", b"- " * 10_000),
        ("a.yaml", b"SECRET: 1"),
        ("a.yaml", b"a: &a [x]\nb: " + b"[*a, " * 200),
        ("a.bib", b"\xff SECRET"),
        ("a.bib", b"@misc{SECRET"),
        ("a.bib", b"@a{" * 1000),
    ],
    ids=range(12),
)
def test_broken_files(folder: Path, name: str, content: bytes) -> None:
    """A broken bibliography is a problem, never an exception, and its content stays its own."""
    references, problems = read(folder, name, content)
    assert references == []
    assert problems
    assert len(problems) <= 21
    assert all(each.hint for each in problems)
    assert "SECRET" not in str(problems)


def test_same_id_twice(folder: Path) -> None:
    """Of references with one id the first counts, and that is said."""
    for name, content in {
        "a.json": '[{"id": "SECRET", "title": "1"}, {"id": "SECRET", "title": "2"}]',
        "a.bib": "@misc{SECRET, title={1}}\n@misc{SECRET, title={2}}",
    }.items():
        references, problems = read(folder, name, content)
        assert [reference["title"] for reference in references] == ["1"]
        assert len(problems) == 1
        assert "SECRET" not in str(problems)
        assert problems[0].place == HERE


def test_quiet(folder: Path) -> None:
    """Nothing is written to standard output or standard error, whatever a library would log."""
    (folder / "a.bib").write_text("@misc{a, title={\\unknown{x} $\\frac \\}}\n@misc{b\n@misc{c, d}")
    script = (
        "from pathlib import Path\n"
        "from impactbrief.answers.bibliography import read_bibliography\n"
        "from impactbrief.errors import Place\n"
        f"_, found = read_bibliography('a.bib', base=Path({str(folder)!r}), place=Place())\n"
        "assert found\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


# -- which files ----------------------------------------------------------------------------------


def test_beside_or_where_one_works(folder: Path) -> None:
    """A path is taken from the answer file's folder, else from the working directory."""
    Path("there.json").write_text('[{"id": "work"}]')
    assert read_bibliography("there.json", base=folder, place=HERE)[0] == [{"id": "work"}]
    (folder / "sub").mkdir()
    (folder / "sub" / "a.json").write_text('[{"id": "base"}]')
    for path in ("sub/a.json", "./sub/../sub/a.json", str(folder / "sub" / "a.json")):
        assert read_bibliography(path, base=folder, place=HERE)[0] == [{"id": "base"}]
    assert read_bibliography("a.json", base=Path(os.path.relpath(folder / "sub")), place=HERE)[0]


def test_outside(folder: Path) -> None:
    """A file elsewhere isn't read, however it is named, and whether it exists isn't told."""
    outside = folder.parent / "out.json"
    outside.write_text(LIST)
    (folder / "link.json").symlink_to(outside)
    (folder / "linked").symlink_to(folder.parent)
    (folder / "passwd.json").symlink_to("/etc/passwd")
    (folder / "self.json").symlink_to(folder / "self.json")
    whats = {
        problem(folder, path).what.split(": ", 1)[1]
        for path in (
            "../out.json", "../not-there.json", str(outside), "link.json", "linked/out.json",
            "/etc/hosts.json",
        )
    }  # fmt: skip
    assert len(whats) == 1
    assert "outside" in whats.pop()
    assert problem(folder, "passwd.json")
    assert problem(folder, "self.json")
    (folder / "inside.json").symlink_to(folder / "real.json")
    (folder / "real.json").write_text(LIST)
    assert len(read_bibliography("inside.json", base=folder, place=HERE)[0]) == 2


@pytest.mark.parametrize(
    "path",
    ["", " ", "a.txt", "a", "https://example.org/a.json", "a\0.json", "not-there.json", "../../..",
     "x" * 5000 + ".json", "\udcff.json", "\x1b[31m.json", "a/b/c.yaml"],
)  # fmt: skip
def test_no_such_file(folder: Path, path: str) -> None:
    """A path that can be no bibliography is a problem at its place in the answer file."""
    found = problem(folder, path)
    assert found.place == HERE
    assert found.what.isprintable()
    assert len(found.what) < 300


def test_a_link_that_leads_back_to_itself(folder: Path) -> None:
    """Is told in words of the user's, with a hint that helps; no permission is lacking."""
    (folder / "loop.json").symlink_to("loop.json")
    found = problem(folder, "loop.json")
    assert found.what == "Bibliography loop.json: it is not a regular file."
    assert "permission" not in found.hint


def test_only_regular_files(folder: Path) -> None:
    """A folder, a pipe or a device is refused at once; nothing waits for it."""
    (folder / "d.json").mkdir()
    os.mkfifo(folder / "pipe.json")
    (folder / "null.json").symlink_to("/dev/zero")
    start = time.perf_counter()
    for name in ("d.json", "pipe.json", "null.json"):
        assert problem(folder, name)
    assert time.perf_counter() - start < 2


def test_size(folder: Path) -> None:
    """A file over the limit is refused, one of exactly the limit is read."""
    full = '[{"id": "a"}]'.ljust(LIMIT)
    assert read(folder, "a.json", full)[0] == [{"id": "a"}]
    assert read(folder, "a.json", full + " ")[0] == []
    assert "larger" in problem(folder, "a.json").what


@pytest.mark.parametrize(
    "content",
    [
        "@a{" * 600_000,
        "{" * 1_900_000,
        "".join(f"@misc{{k{i}, author={{{' and '.join([chr(92) + 'textbf{A} B'] * 20)}}}}}\n"
                for i in range(1000)),
        "@misc{k, title={" + r"{\'e}" * 390_000 + "}}",
    ],
    ids=["blocks", "braces", "names", "accents"],
)  # fmt: skip
def test_never_long(folder: Path, content: str) -> None:
    """The largest and oddest BibTeX file that is read at all takes seconds at most."""
    start = time.perf_counter()
    read(folder, "a.bib", content[:LIMIT])
    assert time.perf_counter() - start < 10


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass"))
    | st.lists(
        st.sampled_from(
            ["@misc{", "@string{", "a", ",", "=", "{", "}", '"', "#", "\\", "'e", "title", "author",
             "year", " and ", "\n", "- ", "id: ", "[", "]", ":", "&x", "*x", "---\n", "references",
             "crossref", "$", "date", "2020"]
        ),
        max_size=40,
    ).map(lambda parts: "".join(parts).encode()),
    st.sampled_from(["a.json", "a.yaml", "a.bib"]),
)  # fmt: skip
def test_any_bytes(folder: Path, content: bytes, name: str) -> None:
    """Any bytes whatever give references with ids and problems with advice, never an exception."""
    references, problems = read(folder, name, content)
    assert all(isinstance(reference["id"], str) for reference in references)
    assert all(each.hint for each in problems)


# -- together -------------------------------------------------------------------------------------


def test_merge() -> None:
    """The answer file's own references win, and doubles are reported once each."""
    own = [{"id": "a", "title": "own"}]
    external = [{"id": "a", "title": "1"}, {"id": "b", "title": "2"}, {"id": "b", "title": "3"},
                {"id": "c"}, {"id": "a", "title": "4"}]  # fmt: skip
    references, problems = merge(own, external)
    assert references == [{"id": "a", "title": "own"}, {"id": "b", "title": "2"}, {"id": "c"}]
    assert [each.where for each in problems] == ["references.a", "bibliography"]
    assert "“a”" in problems[0].what
    assert all(each.hint for each in problems)
    references[0]["title"] = "changed"
    assert own == [{"id": "a", "title": "own"}]


def test_merge_is_silent_without_doubles() -> None:
    """Lists that share no id are joined in order, without a word."""
    assert merge([{"id": "a"}], [{"id": "b"}]) == ([{"id": "a"}, {"id": "b"}], [])
    assert merge([], []) == ([], [])
    assert json.dumps(merge([{"title": "no id"}], [])[0]) == '[{"title": "no id"}]'


def test_numbers_of_yaml_keep_their_spelling(tmp_path: Path) -> None:
    """As those of the answer file itself: an id may begin with zeros, a version end with one."""
    (tmp_path / "refs.yaml").write_text(
        "- {id: 007, type: software, title: 2022, version: 1.10, issued: {year: 2020}}\n"
    )
    found, problems = read_bibliography("refs.yaml", base=tmp_path, place=Place("a.yaml"))
    assert problems == []
    [item] = found
    assert (item["id"], item["version"], item["title"]) == ("007", "1.10", "2022")
