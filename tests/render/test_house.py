"""The house style: one small file that changes a publisher's documents, or says why it can't."""

import re
import shutil
from dataclasses import replace
from io import BytesIO
from itertools import product
from pathlib import Path
from struct import pack
from zlib import compress, crc32

import pikepdf
import pytest
from fontTools.ttLib import TTFont

from impactbrief.assessment import open_assessment
from impactbrief.brief.full import SECTIONS
from impactbrief.errors import TemplateError
from impactbrief.render import Look, fonts, house, render
from impactbrief.render.css import contrast, custom_properties, legible
from impactbrief.render.environment import templates
from tests.answer_files import EXAMPLES, ROOT, assessed

DRAFT = open_assessment(next(path for path in EXAMPLES if path.stem == "draft-platform-id-bill"))
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10">'
    '<rect width="40" height="10" fill="#5b1a4a"/></svg>'
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "logo.svg").write_text(LOGO)
    return tmp_path


def written(folder: Path, text: str) -> Path:
    (folder / house.NAME).write_text(text, encoding="utf-8")
    return folder


def html(folder: Path, text: str, document: str = "brief") -> str:
    look = Look(written(folder, text))
    return render(DRAFT, document, "html", look).data.decode()


def said(folder: Path, text: str) -> list[str]:
    """Each problem as `line:column: what`, and what to do."""
    with pytest.raises(TemplateError) as caught:
        house.style(written(folder, text))
    file = f"{folder / house.NAME}:"
    return [str(problem).removeprefix(file) for problem in caught.value.problems]


# --- what it does -------------------------------------------------------------------------------


def test_the_example_of_the_documentation_works(folder: Path) -> None:
    """With nothing but this file and a logo in the folder; everything in it shows."""
    page = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8")
    example = re.findall(r"^```yaml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)[0]
    printed = html(folder, example)
    assert 'alt="Institute of Things"' in printed
    assert "--accent: #5b1a4a" in printed
    assert '--serif: "Source Sans 3", serif' in printed
    order = re.findall(r'<h2 id="([\w-]+)"', printed)
    assert order[:2] == ["abstract", "recommendations"]


def test_a_folder_without_it_looks_as_ours(folder: Path) -> None:
    """An empty file too."""
    plain = render(DRAFT, "brief", "html").data
    assert render(DRAFT, "brief", "html", Look(folder)).data == plain
    assert render(DRAFT, "brief", "html", Look(written(folder, "# nothing\n"))).data == plain


@pytest.mark.parametrize("document", ["brief", "one-page", "table"])
def test_the_logo_is_inside_every_document(folder: Path, document: str) -> None:
    """As data, with its words, and nothing is asked for."""
    printed = html(folder, "logo: {file: logo.svg, text: An <Institute>, height: 9mm}", document)
    [tag] = re.findall(r"<img [^>]*>", printed)
    assert 'src="data:image/svg+xml;base64,' in tag
    assert 'alt="An &lt;Institute&gt;"' in tag
    assert "height: 9mm" in tag


def test_a_brief_in_the_house_style_is_a_figure_in_the_pdf(folder: Path) -> None:
    """The logo has its text there as well, and the same bytes come twice."""
    look = Look(
        written(folder, "logo: {file: logo.svg, text: Institute}\ncolours: {accent: 5b1a4a}")
    )
    answers = assessed("impactbrief: 1\ndocument: {title: T}\nproposal: {name: N}\n")
    data = render(answers, "brief", "pdf", look).data
    assert data == render(answers, "brief", "pdf", look).data
    with pikepdf.open(BytesIO(data)) as pdf:
        figures = [
            str(item.Alt)
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
        ]
    assert figures == ["Institute"]


def test_a_picture_of_dots_is_not_smoothed(folder: Path) -> None:
    """PDF/A forbids it, and veraPDF would find it."""
    (folder / "logo.png").write_bytes(png())
    look = Look(written(folder, "logo: {file: logo.png, text: Institute}"))
    answers = assessed("impactbrief: 1\ndocument: {title: T}\nproposal: {name: N}\n")
    data = BytesIO(render(answers, "brief", "pdf", look).data)
    with pikepdf.open(data) as pdf:
        pictures = [
            item
            for item in pdf.objects
            if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"
        ]
        assert pictures
        assert not any(bool(picture.get("/Interpolate", False)) for picture in pictures)


def test_a_logo_too_high_for_the_one_page_summary_keeps_its_shape_and_its_edge(
    folder: Path,
) -> None:
    """It is made smaller, not wider, and begins where the text below it does."""
    (folder / "logo.png").write_bytes(png())
    look = Look(written(folder, "logo: {file: logo.png, text: Institute, height: 12mm}"))
    with pikepdf.open(BytesIO(render(DRAFT, "one-page", "pdf", look).data)) as pdf:
        place, kept = pikepdf.Matrix(), []
        pictures = pdf.pages[0].Resources.XObject
        for step in pikepdf.parse_content_stream(pdf.pages[0]):
            match str(step.operator):
                case "q":
                    kept.append(place)
                case "Q":
                    place = kept.pop()
                case "cm":
                    place = pikepdf.Matrix(*map(float, step.operands)) @ place
                case "Do" if pictures[str(step.operands[0])].Subtype == "/Image":
                    break
    high, left = 9 / 25.4 * 72, 26.5 / 25.4 * 72
    assert [place.a, abs(place.d), place.e] == pytest.approx([high, high, left], abs=0.1)


def png() -> bytes:
    """A PNG of one violet dot that shines through."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + kind + data + pack(">I", crc32(kind + data))

    header = pack(">IIBBBBB", 1, 1, 8, 6, 0, 0, 0)
    dots = compress(b"\0" + bytes([90, 26, 74, 128]))
    parts = chunk(b"IHDR", header), chunk(b"IDAT", dots), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def test_sections_stand_in_the_house_s_order_and_are_numbered_in_it(folder: Path) -> None:
    """What isn't named follows in the usual order; the first citation of the page is [1]."""
    answers = assessed(
        "impactbrief: 1\ndocument: {title: T}\nproposal: {name: N}\n"
        "sections: {context: 'Here [@one].', conclusion: 'There [@two].'}\n"
        "references: [{id: one, title: One}, {id: two, title: Two}]\n"
    )
    look = Look(written(folder, "sections: [references, conclusion]"))
    printed = render(answers, "brief", "md", look).data.decode()
    headings = re.findall(r"^## (.*)", printed, re.MULTILINE)
    assert headings[:3] == ["References", "Conclusion", "At a glance"]
    assert "There [1]." in printed
    assert "Here [2]." in printed


def test_the_answer_file_s_own_licence_wins(folder: Path) -> None:
    """The house's stands where a brief names none."""
    look = Look(written(folder, "licence: House licence"))
    start = "impactbrief: 1\nproposal: {name: N}\n"
    for line, expected, other in (
        ("document: {title: T}", "House licence", "CC-BY-4.0"),
        ("document: {title: T, licence: CC-BY-4.0}", "CC-BY-4.0", "House licence"),
    ):
        for document, format_ in product(("brief", "one-page"), ("md", "html")):
            answers = assessed(f"{start}{line}\n")
            printed = render(answers, document, format_, look).data.decode()
            assert other not in printed
            assert expected in printed or (document, format_) == ("one-page", "md")


def test_a_change_of_the_file_shows_at_once(folder: Path) -> None:
    """Rendering beside an editor takes the file as it is now."""
    assert "--accent: #5b1a4a" in html(folder, 'colours: {accent: "#5b1a4a"}')
    assert "--accent: #00507a" in html(folder, 'colours: {accent: "#00507a"}  # another')


def test_a_new_logo_shows_at_once_wherever_it_lies(folder: Path) -> None:
    """In a folder of its own too; a link that leads nowhere is nobody's trouble."""
    (folder / "nowhere").symlink_to(folder / "gone")
    (folder / "pictures").mkdir()
    drawn = set()
    for colour in ("#5b1a4a", "#00507a"):
        (folder / "pictures" / "logo.svg").write_text(LOGO.replace("#5b1a4a", colour))
        logo = house.style(written(folder, "logo: {file: pictures/logo.svg, text: T}")).logo
        assert logo is not None
        drawn.add(logo.address)
    assert len(drawn) == 2


# --- colours ------------------------------------------------------------------------------------


def test_a_colour_on_dark_screens_is_made_where_none_is_given(folder: Path) -> None:
    """In the same hue, and readable; paper never gets it."""
    own = written(folder, 'colours: {accent: "#5b1a4a", dark: {link: "#ffaaee"}}')
    style = house.style(own)
    night = custom_properties((templates() / "shared" / "screen.css").read_text())
    assert set(style.dark) == set(style.light) == {"--accent", "--link"}
    assert style.dark["--link"] == "#ffaaee"
    for colour in style.dark.values():
        assert contrast(colour, night["--page"]) >= 4.5
        assert contrast(colour, night["--wash"]) >= 4.5
    screen, paper = style.rules(for_print=False), style.rules(for_print=True)
    assert style.dark["--accent"] in screen
    assert "prefers-color-scheme" not in paper
    assert style.dark["--accent"] not in paper


def test_a_colour_that_falls_short_is_refused_with_the_figures(folder: Path) -> None:
    """Which one, where, by how much, and which shade would do; lines may be lighter than text."""
    assert said(
        folder, 'colours:\n  accent: "#ffcc00"\n  line: "#cccccc"\n  soft: "#888888"\n'
    ) == [
        "2:11: The colour `accent` (#ffcc00) has a contrast of 1.3 on #f3f6f6; text needs 4.5.\n"
        "  The nearest shade that can be read there is #856a00.",
        "3:9: The colour `line` (#cccccc) has a contrast of 1.4 on #f3f6f6; lines need 3.\n"
        "  The nearest shade that can be read there is #8b8b8b.",
        "4:9: The colour `soft` (#888888) has a contrast of 3.2 on #f3f6f6; text needs 4.5.\n"
        "  The nearest shade that can be read there is #707070.",
    ]
    [dark] = said(folder, 'colours: {dark: {accent: "#333333"}}')
    assert dark.startswith("1:26: The colour `accent` (#333333) has a contrast of 1.2 on #1d2327")


def test_links_that_look_like_text_are_underlined_on_paper(folder: Path) -> None:
    """Where a link's colour is too near that of the text to be told from it."""
    line = "@media print { a { text-decoration: underline } }"
    assert line in house.style(written(folder, "colours: {link: 8a1f6d}")).rules(for_print=True)
    for text in ("colours: {accent: 5b1a4a}", "colours: {link: 0a788d}"):
        assert line not in house.style(written(folder, text)).rules(for_print=True)


def test_our_own_colours_pass(folder: Path) -> None:
    """Text 4.5 and more by day and by night, on the page and on fields."""
    shared = templates() / "shared"
    day = custom_properties((shared / "base.css").read_text())
    night = day | custom_properties((shared / "screen.css").read_text())
    for values in (day, night):
        for name in ("--accent", "--link", "--ink", "--soft", "--deadline"):
            for ground in ("--page", "--wash"):
                colour = values[name].partition(" ")[0]
                assert contrast(colour, values[ground]) >= 4.5, (name, ground)
    assert house.style(folder) is house.PLAIN


def test_the_nearest_shade_is_the_colour_itself_where_that_will_do() -> None:
    """White and black are the last resort."""
    assert legible("#5b1a4a", ("#ffffff",), 4.5) == "#5b1a4a"
    assert contrast(legible("#ffff00", ("#ffffff",), 4.5), "#ffffff") >= 4.5
    assert round(contrast("#000", "#ffffff"), 1) == 21


# --- fonts --------------------------------------------------------------------------------------


@pytest.fixture
def own_font(folder: Path) -> str:
    """A typeface that only this folder has."""
    with TTFont(fonts.MONO.path / fonts.MONO.regular) as font:
        for number, name in ((1, "House Face"), (4, "House Face"), (6, "HouseFace"), (16, "")):
            if name:
                font["name"].setName(name, number, 3, 1, 0x409)
            else:
                font["name"].removeNames(nameID=number)
        font.save(folder / "house.ttf")
    return "house.ttf"


def test_a_font_of_the_folder_is_in_the_document(folder: Path, own_font: str) -> None:
    """Named by its family, carried by HTML and PDF."""
    text = f"fonts: {{text: House Face, files: [{own_font}]}}"
    assert '@font-face { font-family: "House Face"; font-weight: 400;' in html(folder, text)
    answers = assessed("impactbrief: 1\ndocument: {title: T}\nproposal: {name: N}\n")
    data = render(answers, "brief", "pdf", Look(folder)).data
    with pikepdf.open(BytesIO(data)) as pdf:
        used = {str(font.BaseFont) for page in pdf.pages for font in page.Resources.Font.values()}
    assert any("House" in name for name in used), used


def test_a_font_that_cannot_be_used_is_named(folder: Path, own_font: str) -> None:
    """A misspelled family gets a suggestion; a file that is none says so."""
    (folder / "broken.ttf").write_bytes(b"no font")
    with TTFont(folder / own_font) as font:
        font["OS/2"].fsType = 2
        font.save(folder / "closed.ttf")
    text = "fonts:\n  text: Hause Face\n  files: [house.ttf, broken.ttf, closed.ttf]\n"
    assert said(folder, text) == [
        "2:9: There is no typeface “Hause Face”.\n  Did you mean `House Face`?",
        "3:22: This file can't be read as a font.\n  Use another file of this typeface.",
        "3:34: The licence of this font does not allow embedding it in documents.\n"
        "  Use another file of this typeface.",
    ]


# --- what is wrong ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("licens: CC0", "1:1: “licens” is not a key that belongs here.\n  Did you mean `licence`?"),
        ("sections: [abstrct]", "1:12: There is no section “abstrct” to be moved."
         "\n  Did you mean `abstract`?"),
        ("colours:\n  accent: #5b1a4a", "2:3: The colour `accent` is empty."
         '\n  Put it in quotes, as in "#5b1a4a": without, # begins a comment.'),
        ("logo: {file: lgo.svg, text: T}", "1:14: There is no file “lgo.svg” in this folder."
         "\n  Did you mean `logo.svg`?"),
        ("logo: {file: ../logo.svg, text: T}", "1:14: There is no file “../logo.svg” in this "
         "folder.\n  Did you mean `logo.svg`?"),
        ("logo: {file: /etc/passwd, text: T}", "1:14: “/etc/passwd” is not a type of file that can "
         "be used here.\n  Use one that ends in: .svg, .png, .jpg, .jpeg."),
        ("logo: {file: logo.svg, text: ''}", "1:30: The logo has no description."
         "\n  Add `text` with what the logo says, such as the name of the institution."),
    ],
)  # fmt: skip
def test_what_is_wrong_has_its_line_and_what_to_do(folder: Path, text: str, expected: str) -> None:
    """Each problem by itself."""
    shutil.copy(folder / "logo.svg", folder.parent / "logo.svg")
    assert said(folder, text) == [expected]


def test_what_is_no_colour_is_shown_how_one_is_written(folder: Path) -> None:
    """Names of colours are none; a `#` may be left out."""
    [red] = said(folder, "colours: {accent: red}")
    assert red.startswith("1:19: `colours.accent`: “red” is not")
    assert '"#5b1a4a"' in red.splitlines()[1]
    assert house.style(written(folder, "colours: {accent: 5B1A4A}")).light == {
        "--accent": "#5b1a4a"
    }


def test_all_problems_come_at_once(folder: Path) -> None:
    """In the order of the lines, whatever found them."""
    text = 'licens: A\ncolours: {accent: "#ffffff", link: blue}\nsections: [x-ray, parts]\n'
    assert [problem[:4] for problem in said(folder, text)] == ["1:1:", "2:19", "2:36", "3:12"]


def test_a_link_out_of_the_folder_leads_nowhere(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A picture is taken from the folder itself only."""
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "secret.svg"
    elsewhere.write_text(LOGO)
    (folder / "link.svg").symlink_to(elsewhere)
    assert "There is no file “link.svg”" in said(folder, "logo: {file: link.svg, text: T}")[0]


def test_broken_yaml_and_another_name_are_told(folder: Path) -> None:
    """With the file; a name that is nearly right would be silently useless."""
    assert said(folder, "colours: [")[0].startswith("1:")
    (folder / house.NAME).rename(folder / "house.yml")
    with pytest.raises(TemplateError, match=r"Rename the file to house\.yaml"):
        house.style(folder)


def test_every_section_can_be_moved() -> None:
    """The ids are those that the question bank has words for."""
    assert set(SECTIONS) <= set(DRAFT.toolkit.words.sections)


def test_a_typeface_that_an_extra_brought_can_be_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether it can be is asked of this machine."""
    more = replace(fonts.FAMILIES[0], name="Extra Face")
    monkeypatch.setattr(fonts, "families", lambda: (*fonts.FAMILIES, more))
    (tmp_path / "house.yaml").write_text("fonts: {text: Extra Face}\n")
    assert "Extra Face" in house.style(tmp_path).fonts["--serif"]
