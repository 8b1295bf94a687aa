"""The typefaces of PDF output."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace

import pytest
from fontTools.ttLib import TTFont

from impactbrief.errors import MachineError
from impactbrief.render import fonts
from tests.conftest import ROOT

LANGUAGES = {
    "Vietnamese": "ăâđêôơư ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ",
    "Polish, Turkish and others": "ąćęłńóśźżçğıİöşüčďěňřšťůžőűāēģīķļņūșțħœæøåðþẞ",
    "Greek": "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰΩ",
    "Cyrillic": "абвгдежзийклмнопрстуфхцчшщъыьэюяёєіїґўђјљњћџѓќәғқңөұүһ",
    "Arabic and Persian": "ابتثجحخدذرزسشصضطظعغفقكلمنهويءةپچژگکی،؛؟٠۴",
    "Korean": "전기통신사업법상호접속",
    "Japanese": "電気通信事業法インターネットひらがな",
    "Hebrew": "אבגדהוזחטיךכלםמןנסעףפץצקרשתְִַָֹּ״׳",
    "Hindi, Marathi, Nepali": "अआइईउऊऋएऐओऔकखगघचछजझटठडढणतथदधनपफबभमयरलवशषसहळािीुूृेैोौंःँ्ॅॉ।०१२३",
    "Bengali and Assamese": "অআইঈউঊঋএঐওঔকখগঘচছজঝটঠডঢণতথদধনপফবভমযরলশষসহৰৱািীুূেৈোৌংঃঁ্।০১২৩",
    "Thai": "กขคฆงจฉชซญดตถทธนบปผฝพฟภมยรลวศษสหอฮะาิีึืุูเแโใไ็่้๊๋์ๆฯ๐๑๒",
    "Khmer": "កខគឃងចឆជឈញដឋឌឍណតថទធនបផពភមយរលវសហឡអាិីឹឺុូួើឿៀេែៃោៅំះៈ់៉៊្។៕០១២",
    "Tamil": "அஆஇஈஉஊஎஏஐஒஓகஙசஜஞடணதநபமயரறலளழவஷஸஹாிீுூெேைொோௌ்",
    "Telugu": "అఆఇఈఉఊఋఎఏఐఒఓకఖగఘచఛజఝటఠడఢణతథదధనపఫబభమయరలవశషసహాిీుూృెేైొోౌ్",
    "Chinese": "电信业务法互联网電信業務法網際網路",
    "Marks": "“”‘’–—…«»‹›•·§¶†‡€£¥₩№°×±−≤≥≠≈→←↑↓✓▲▼\u00a0\u202f\u2009\u2011\u00ad\u200b",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_fonts_print_what_briefs_are_written_in(language: str) -> None:
    """No font of the machine is asked for the languages that we promise."""
    assert fonts.missing(LANGUAGES[language], system=False) == []


@pytest.mark.parametrize("family", [fonts.TEXT, fonts.SANS, fonts.MONO], ids=lambda f: f.name)
def test_the_digits_of_our_typefaces_are_of_one_width(family: fonts.Family) -> None:
    """So that columns of figures stand below each other without asking for it."""
    with TTFont(family.path / family.regular) as font:
        widths = {font["hmtx"][font.getBestCmap()[ord(digit)]][0] for digit in "0123456789"}
    assert len(widths) == 1


def test_missing_names_each_character_once_in_order() -> None:
    """The caller prints them in place and says so once."""
    assert fonts.missing("a\U000f0001b\U000f0000\U000f0001") == ["\U000f0001", "\U000f0000"]
    assert not fonts.covers("\U000f0000")
    assert fonts.covers("ф")


def test_what_is_never_drawn_is_not_missing() -> None:
    """Line ends, joiners, marks of direction and selectors; control characters would be boxes."""
    assert fonts.missing("\t\n\r\ufe0f\u200d\u200e\u2066\u2069\u2060\U000e0100") == []
    assert fonts.missing("\x01\x85\u2028") == ["\x01", "\x85", "\u2028"]


def test_every_text_face_has_four_styles() -> None:
    """Bold and italic are drawn, never slanted or thickened by a machine."""
    for family in (fonts.TEXT, fonts.SANS, fonts.MONO):
        stem = family.regular.removesuffix("-Regular.ttf")
        for style in ("Regular", "Italic", "Bold", "BoldItalic"):
            assert (family.path / f"{stem}-{style}.ttf").is_file()


def test_no_face_of_every_brief_is_variable() -> None:
    """Variable fonts cost a quarter more time; some scripts of the extra have no others."""
    from fontTools.ttLib import TTFont

    for family in fonts.FAMILIES:
        for file in family.path.glob("*.ttf"):
            with TTFont(file, lazy=True) as font:
                assert "fvar" not in font, file.name


@pytest.fixture
def without_extra(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine where the extra `fonts` isn't installed."""
    gone = tuple(replace(family, package=f"no_{family.package}") for family in fonts.EXTRA_FAMILIES)
    monkeypatch.setattr(fonts, "EXTRA_FAMILIES", gone)
    asked = (fonts.families, fonts._drawn)
    for each in asked:
        each.cache_clear()
    yield
    for each in asked:
        each.cache_clear()


@pytest.mark.usefixtures("without_extra")
def test_without_the_extra_its_scripts_are_missing_and_told() -> None:
    """Which extra brings a face for a character; what none brings is not promised."""
    assert fonts.missing("กa", system=False) == ["ก"]
    assert fonts.extra_for("ក")
    assert not fonts.extra_for("\N{EGYPTIAN HIEROGLYPH A001}")
    assert fonts.missing("א״", system=False) == ["״"]
    assert fonts.extra_for("״")
    assert not fonts.extra_for("\x07")
    assert set(fonts.families()) == set(fonts.FAMILIES)


def test_an_installed_extra_needs_no_installing() -> None:
    """Nothing is said of characters that its faces lack."""
    assert not fonts.extra_for("ก")


def test_faces_of_the_extra_count_where_they_may_show() -> None:
    """By the letters of a page or its languages: else the extra changes no document's record."""
    hebrew, bengali, thai, *_ = fonts.EXTRA_FAMILIES
    assert fonts.extras_of("<p>Text, Ελληνικά, हिन्दी") == ()
    assert fonts.extras_of("<p>ภาษา বাংলা") == (bengali, thai)
    assert fonts.extras_of('<p lang="th">1') == (thai,)
    assert fonts.extras_of("<p>צה״ל") == (hebrew,)
    assert fonts.fingerprint([]) != fonts.fingerprint([thai])
    assert fonts.fingerprint() == fonts.fingerprint(fonts.EXTRA_FAMILIES)


def test_the_extra_is_what_the_package_offers() -> None:
    """Each of its faces comes from a package that the extra brings."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    [name] = re.findall(r"impactbrief\[(.*)\]", fonts.EXTRA)
    offered = {re.split("[<>=]", each)[0] for each in project["optional-dependencies"][name]}
    assert offered == {family.package.replace("_", "-") for family in fonts.EXTRA_FAMILIES}


def test_a_missing_package_is_a_machine_error() -> None:
    """The message names the face and the package that brings it."""
    family = fonts.Family("Nowhere", "no_such_package", "files", "Nowhere-Regular.ttf")
    with pytest.raises(MachineError, match="Nowhere") as caught:
        _ = family.path
    assert "no-such-package" in caught.value.problems[0].hint


def test_fingerprint_names_packages_and_holds() -> None:
    """It goes into records that are compared with those of other machines."""
    assert set(fonts.versions()) >= {
        "rendercv-fonts",
        "fontpkg-ibm-plex-mono",
        "fontpkg-ibm-plex-sans-arabic",
    }
    fonts._fingerprint.cache_clear()
    first = fonts.fingerprint()
    fonts._fingerprint.cache_clear()
    assert fonts.fingerprint() == first
