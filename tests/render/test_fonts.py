"""The typefaces of PDF output."""

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

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


def test_configuration_is_written_once_and_named_by_its_content(fresh_store: Path) -> None:
    """A second call finds the file as it is; other rules make another file."""
    first = fonts.configure()
    written = first.stat().st_mtime_ns
    assert fonts.configure() == first
    assert first.stat().st_mtime_ns == written
    assert os.environ["FONTCONFIG_FILE"] == str(first)
    assert fonts.configure(system=False) != first
    assert first.is_relative_to(fresh_store)


def test_configuration_names_our_folders_before_the_systems(fresh_store: Path) -> None:
    """Without the system's fonts, ours are the only ones; names are written as XML text."""
    ours = [str(folder) for folder in fonts.folders()]
    assert fresh_store.name == "a & b"

    def named(path: Path) -> list[str]:
        tree = ElementTree.parse(path)
        assert tree.findtext("cachedir", "").startswith(str(fresh_store))
        return [element.text or "" for element in tree.iter("dir")]

    assert named(fonts.configure(system=False)) == ours
    theirs = [str(folder) for folder in fonts.system_folders()]
    assert named(fonts.configure()) == [*ours, *theirs]


def test_a_home_that_cannot_be_written_to_does_no_harm(tmp_path: Path) -> None:
    """The configuration then lies in a temporary folder, which goes with the process."""
    blocked = tmp_path / "file"
    blocked.touch()  # a file where a folder should be stops root too
    script = (
        "from impactbrief.render import fonts; print(fonts.configure()); print(fonts.store()[1])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=os.environ | {"XDG_CACHE_HOME": str(blocked), "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    path, lasting = done.stdout.split()
    assert lasting == "False"
    assert path.startswith(str(tmp_path))
    assert list(tmp_path.iterdir()) == [blocked]


def test_processes_configure_at_the_same_time(tmp_path: Path) -> None:
    """All end with the same whole file and leave nothing beside it."""
    script = "from impactbrief.render import fonts; print(fonts.configure())"
    running = [
        subprocess.Popen(
            [sys.executable, "-c", script],
            env=os.environ | {"XDG_CACHE_HOME": str(tmp_path)},
            stdout=subprocess.PIPE,
            text=True,
        )
        for _number in range(4)
    ]
    answers = {process.communicate()[0].strip() for process in running}
    assert len(answers) == 1
    path = Path(answers.pop())
    ElementTree.parse(path)
    assert list(path.parent.iterdir()) == [path]


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


@pytest.fixture
def fresh_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of this test's own, whose name needs care in XML."""
    folder = tmp_path / "a & b"
    folder.mkdir()
    monkeypatch.setattr(fonts, "store", lambda: (folder, True))
    monkeypatch.setenv("FONTCONFIG_FILE", "")
    monkeypatch.setenv("FONTCONFIG_PATH", "")
    return folder
