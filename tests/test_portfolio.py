"""All briefs side by side."""

import csv
import json
import re
import shutil
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

import pytest

from impactbrief.batch.sources import sources
from impactbrief.cli import run
from impactbrief.errors import TemplateError
from impactbrief.portfolio import Portfolio, as_html, made, read_portfolio
from impactbrief.toolkit.load import DEFAULT, SHIPPED
from tests.answer_files import EXAMPLES

ODD = """impactbrief: 1
document: {{title: "{title}"}}
proposal:
  name: Odd
  kind: standard
  jurisdictions: ["=cmd()", KR]
assessment:
  privacy: {{impact: negative}}
  reliability: {{impact: dreadful}}
"""


@pytest.fixture(scope="module")
def portfolio() -> Portfolio:
    return read_portfolio(sources([str(EXAMPLES[0].parent)]))


class Page(HTMLParser):
    """What a test wants to know of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def test_every_brief_with_every_element(portfolio: Portfolio) -> None:
    """Each format has a row a brief and a rating for each of the fifteen elements."""
    assert len(portfolio.rows) == len(EXAMPLES)
    assert len(portfolio.elements) == 15
    rows = list(csv.reader(StringIO(made(portfolio, "csv").decode())))
    assert len(rows) == len(EXAMPLES) + 1
    assert {len(row) for row in rows} == {7 + 15}
    data = json.loads(made(portfolio, "json"))
    for brief, row in zip(data["briefs"], rows[1:], strict=True):
        assert list(brief["ratings"].values()) == row[7:]
    table = made(portfolio, "md").decode().splitlines()[2:]
    assert len(table) == len(EXAMPLES) + 2
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in table} == {20}
    page = made(portfolio, "html").decode()
    assert page.count('<tr class="brief') == len(EXAMPLES)
    for mark in portfolio.rows[0].marks.values():
        assert mark.name in page


def test_the_page_filters_without_a_script(portfolio: Portfolio) -> None:
    """Each option of a filter has a rule that leaves exactly its rows, and there is no script."""
    page = as_html(portfolio).decode()
    parsed = Page(page)
    assert parsed.all("script") == []
    assert not any(name.startswith("on") for _tag, a in parsed.tags for name in a)
    options = [option["value"] for option in parsed.all("option") if option["value"]]
    rules = dict(re.findall(r'option\[value="(\w+)"\]:checked\) tr\.brief:not\(\.(\w+)\)', page))
    assert rules == {option: option for option in options}
    rows = [set((row["class"] or "").split()) for row in parsed.all("tr") if row.get("class")]
    for option in options:
        assert 0 < sum(option in row for row in rows) <= len(rows)
    kinds = {row.kind for row in portfolio.rows}
    assert sum(str(option).startswith("k") for option in options) == len(kinds)


def test_the_page_is_accessible(portfolio: Portfolio) -> None:
    """Labelled fields, rows and columns with headings, a language, a way past what repeats."""
    parsed = Page(as_html(portfolio).decode())
    assert parsed.all("html")[0]["lang"] == "en"
    labelled = {label["for"] for label in parsed.all("label")}
    assert {select["id"] for select in parsed.all("select")} == labelled
    scopes = [cell.get("scope") for cell in parsed.all("th")]
    assert scopes.count("row") == len(EXAMPLES)
    assert scopes.count("col") == 18
    assert scopes.count("colgroup") == len(portfolio.groups)
    region = next(a for a in parsed.all("div") if a.get("role") == "region")
    assert region["tabindex"] == "0"
    assert parsed.all("a")[0]["href"] == "#briefs"
    assert len(parsed.all("caption")) == len(parsed.all("h1")) == 1


def test_links_lead_to_the_documents_that_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Beside the answer file or in the output folder, from where the page lies, whatever names."""
    monkeypatch.chdir(tmp_path)
    names = ["in/a b.yaml", "in/deep/c:d#?.yaml"]
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(ODD.format(title="Odd"), encoding="utf-8")
    Path("in/a b.one-page.pdf").touch()
    Path("build/deep").mkdir(parents=True)
    Path("build/deep/c:d#?.html").touch()
    assert run(["portfolio", "in", "--to", "html,json,csv,md", "-o", "build"]) == 0
    capsys.readouterr()
    page = Path("build/portfolio.html").read_text()
    links = [a["href"] for a in Page(page).all("a")][1:]
    assert links == ["./../in/a%20b.one-page.pdf", "./deep/c%3Ad%23%3F.html"]


def test_a_link_leads_to_no_other_brief_s_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where two briefs would have a document of one name, it may be either's."""
    monkeypatch.chdir(tmp_path)
    for name in ("A/x.yaml", "B/x.yaml", "B/y.yaml"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(ODD.format(title=name), encoding="utf-8")
    for name in ("out/x.html", "out/y.html", "B/x.html"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).touch()

    def links(*paths: str) -> list[list[str]]:
        found = read_portfolio(sources(paths), beside=Path("out"), documents=[Path("out")])
        return [[link.href for link in row.links] for row in found.rows]

    assert links("A", "B") == [[], ["./../B/x.html"], ["./y.html"]]
    assert links("A") == [["./x.html"]]


def test_what_another_bank_doesn_t_ask_is_blank(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An element that it lacks is not “Not assessed” anywhere, and that is told, with the file."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(SHIPPED / DEFAULT, "bank")
    for path in (Path("bank/bank.yaml"), *Path("bank/words").iterdir()):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"(?<=[ \[])privacy(?=[:,\]])", "secrecy", text), encoding="utf-8")
    Path("own.yaml").write_text(ODD.format(title="Own") + "toolkit: ./bank\n")
    Path("usual.yaml").write_text(ODD.format(title="Usual"))
    assert run(["portfolio", "own.yaml", "usual.yaml", "--to", "json,html,csv,md", "-o", "o"]) == 0
    said = capsys.readouterr().err
    assert said.count("question bank") == 2
    assert said.startswith("own.yaml: ")
    own, usual = json.loads(Path("o/portfolio.json").read_text())["briefs"]
    assert [id_ for id_, rating in own["ratings"].items() if rating is None] == ["privacy"]
    assert None not in usual["ratings"].values()
    row = list(csv.reader(StringIO(Path("o/portfolio.csv").read_text())))[1]
    assert row.count("not-assessed") == 13
    assert Path("o/portfolio.md").read_text().count("· Not assessed") == 26
    page = Path("o/portfolio.html").read_text()
    assert "<td></td>" in page
    assert page.count("Not assessed</span>") == 26


def test_a_row_names_the_brief_and_its_proposal(tmp_path: Path) -> None:
    """The column says that it has briefs; a proposal of another name is named, too."""
    for title in ("Our brief", "Odd"):
        (tmp_path / f"{title}.yaml").write_text(ODD.format(title=title), encoding="utf-8")
    portfolio = read_portfolio(sources([str(tmp_path)]))
    page = as_html(portfolio).decode()
    assert '<th scope="col">Brief</th>' in page
    assert page.count("Proposal: Odd") == 1
    table = made(portfolio, "md").decode().splitlines()
    assert table[2].startswith("| Brief | Proposal |")
    assert table[5].startswith("| Our brief | Odd |")


def test_odd_answers_stay_text(tmp_path: Path) -> None:
    """No markup, no formula, and a rating that is none is shown as typed."""
    file = tmp_path / "odd.yaml"
    file.write_text(ODD.format(title="<script>alert(1)</script> | `x`"), encoding="utf-8")
    portfolio = read_portfolio(sources([str(file)]))
    page = made(portfolio, "html").decode()
    assert Page(page).all("script") == []
    assert "dreadful" in page
    row = list(csv.reader(StringIO(made(portfolio, "csv").decode())))[1]
    assert row[5] == "'=cmd(); KR"
    assert "South Korea" in page
    line = made(portfolio, "md").decode().splitlines()[4]
    assert len(re.findall(r"(?<!\\)\|", line)) == 20


def test_a_broken_file_fails_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is told, the page is made of the others, and the exit code says so."""
    monkeypatch.chdir(tmp_path)
    Path("good.yaml").write_text(ODD.format(title="Good"))
    Path("tab.yaml").write_text("impactbrief: 1\ndocument:\n\ttitle: Tab\n")
    assert run(["portfolio", ".", "--to", "json"]) == 1
    out, said = capsys.readouterr()
    assert [brief["title"] for brief in json.loads(out)["briefs"]] == ["Good"]
    assert "tab.yaml:3:1:" in said
    assert run(["portfolio", "tab.yaml", "--to", "json"]) == 3
    assert run(["portfolio", ".", "--to", "json,csv"]) == 2


def test_an_answer_file_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also not where the output leads to one through a link."""
    monkeypatch.chdir(tmp_path)
    text = ODD.format(title="Odd")
    Path("odd.md").write_text(text, encoding="utf-8")
    Path("link.md").symlink_to("odd.md")
    for name in ("odd.md", "link.md"):
        assert run(["portfolio", "odd.md", "--to", "md", "-o", name]) == 2
        assert "--output" in capsys.readouterr().err
        assert Path("odd.md").read_text(encoding="utf-8") == text
        assert Path("link.md").is_symlink()


def test_the_house_style_is_the_portfolio_s_too(portfolio: Portfolio, tmp_path: Path) -> None:
    """Its logo, colours by day and by night, fonts and licence; its mistakes are told."""
    (tmp_path / "logo.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (tmp_path / "house.yaml").write_text(
        'logo: {file: logo.svg, text: Institute}\ncolours: {accent: "#5b1a4a"}\n'
        "fonts: {text: Source Sans 3}\nlicence: © Institute & Sons\n"
    )
    page = as_html(portfolio, tmp_path).decode()
    assert {"alt": "Institute"}.items() <= Page(page).all("img")[0].items()
    assert len(re.findall("--accent: #5b1a4a", page)) == 1
    assert '--serif: "Source Sans 3"' in page
    assert "<p>Licence: © Institute &amp; Sons</p>" in page
    assert page.rindex("--accent") > page.rindex("tr.brief { counter-increment")
    assert "<footer" not in as_html(portfolio).decode()
    (tmp_path / "house.yaml").write_text('colours: {accent: "#ffcc00"}\n')
    with pytest.raises(TemplateError, match="accent"):
        as_html(portfolio, tmp_path)


def test_data_has_ids_and_a_page_has_words(tmp_path: Path) -> None:
    """Ids as they stand in the file; names as the brief itself prints them."""
    file = tmp_path / "a.yaml"
    file.write_text(
        "impactbrief: 1\ndocument: {title: A}\n"
        "proposal: {name: A, status: in-force, jurisdictions: [EU, global, KR]}\n"
    )
    portfolio = read_portfolio(sources([str(file)]), language="fr")
    [brief] = json.loads(made(portfolio, "json"))["briefs"]
    assert (brief["status"], brief["jurisdictions"]) == ("in-force", ["EU", "global", "KR"])
    assert list(csv.reader(StringIO(made(portfolio, "csv").decode())))[1][4] == "in-force"
    words = portfolio.toolkit.words.choices["jurisdictions-special"]
    assert portfolio.rows[0].jurisdiction_names == (words["EU"], words["global"], "Corée du Sud")
