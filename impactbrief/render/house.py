"""The house style: `house.yaml` in a template folder.

One small file gives a publisher's documents their logo, colours, fonts, licence and order of
sections, without a template. Everything in it is checked before anything is printed: names against
what there is, files against the folder, colours against the grounds that they stand on. Nothing is
read from outside the folder.
"""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from math import floor
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

from markupsafe import Markup

from impactbrief.brief.full import SECTIONS
from impactbrief.brief.house import NO_HOUSE, House
from impactbrief.errors import InputError, Place, Problem, TemplateError
from impactbrief.i18n import N_, _
from impactbrief.render import environment, fonts
from impactbrief.render.css import (
    GRAPHICS,
    TEXT,
    contrast,
    css_string,
    custom_properties,
    is_colour,
    legible,
)
from impactbrief.shape import Entry, Matching, Text, Unfit, shown, suggestion, validate
from impactbrief.yamltext import YamlText, read

NAME = "house.yaml"
LARGEST = 4_000_000
"""Bytes of a logo or a font file: each document carries them."""

_COLOURS: Mapping[str, tuple[str, float]] = MappingProxyType(
    {
        "accent": ("--accent", TEXT),
        "link": ("--link", TEXT),
        "ink": ("--ink", TEXT),
        "soft": ("--soft", TEXT),
        "line": ("--rule", GRAPHICS),
    }
)
"""Each colour of the file: the style sheet's name for it, and the contrast that it needs."""

_FONTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "text": ("--serif", "serif"),
        "headings": ("--sans", "sans-serif"),
        "code": ("--mono", "monospace"),
    }
)
"""Each font of the file: the style sheet's name for it, and what stands behind it."""

_KINDS: Mapping[str, str] = MappingProxyType(
    {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
)
_FONT_KINDS: Mapping[str, str] = MappingProxyType(
    {".ttf": "font/ttf", ".otf": "font/otf", ".woff": "font/woff", ".woff2": "font/woff2"}
)

Colour = Annotated[str, Matching("#?[0-9a-fA-F]{6}", N_('"#5b1a4a", in quotes'))]
Length = Annotated[str, Matching(r"[0-9]{1,2}(\.[0-9]+)?mm", N_("12mm"))]


class LogoShape(Entry):
    file: Text
    text: Text
    height: Length = "12mm"


class DarkShape(Entry):
    accent: Colour | None = None
    link: Colour | None = None
    ink: Colour | None = None
    soft: Colour | None = None
    line: Colour | None = None


class ColoursShape(DarkShape):
    dark: DarkShape = DarkShape()


class FontsShape(Entry):
    text: Text | None = None
    headings: Text | None = None
    code: Text | None = None
    files: list[Text] = []


class HouseFile(Entry):
    """`house.yaml`. docs/templates.md documents it."""

    logo: LogoShape | None = None
    colours: ColoursShape = ColoursShape()
    fonts: FontsShape = FontsShape()
    licence: Text | None = None
    sections: list[Text] = []


@dataclass(frozen=True, slots=True)
class Logo:
    address: str
    """The picture itself, as a `data:` address."""
    text: str
    """What it says, for those who don't see it."""
    height: str


@dataclass(frozen=True, slots=True)
class Style:
    """A house style, checked."""

    house: House = NO_HOUSE
    logo: Logo | None = None
    fonts: Mapping[str, str] = field(default_factory=dict)
    """Custom properties of the style sheet: families of type."""
    light: Mapping[str, str] = field(default_factory=dict)
    """Custom properties of the style sheet: colours on white."""
    dark: Mapping[str, str] = field(default_factory=dict)
    """The same colours on a dark screen."""
    faces: tuple[str, ...] = ()
    """Rules of the style sheet that bring fonts."""
    underlined: bool = False
    """Whether links are underlined on paper too: their colour alone doesn't tell them from text."""

    def rules(self, *, for_print: bool) -> Markup:
        """The house's part of a style sheet; it stands behind ours."""
        rules = list(self.faces)
        if for_print:
            rules.append(_root({**self.fonts, **self.light}))
        else:
            day, night = "print, (prefers-color-scheme: light)", "(prefers-color-scheme: dark)"
            rules.append(_root(self.fonts))
            rules.append(_root(self.light, f"@media {day}"))
            rules.append(_root(self.dark, f"@media screen and {night}"))
        if self.underlined:
            rules.append("@media print { a { text-decoration: underline } }")
        return Markup("\n".join(rule for rule in rules if rule))


def _root(properties: Mapping[str, str], medium: str = "") -> str:
    if not properties:
        return ""
    declared = "; ".join(f"{name}: {value}" for name, value in properties.items())
    rule = f":root {{ {declared} }}"
    return f"{medium} {{ {rule} }}" if medium else rule


PLAIN = Style()
"""Our own looks."""


def style(own: Path | None) -> Style:
    """The house style of a template folder; our own looks where it has none.

    Raises TemplateError with every problem of its file.
    """
    if own is None or not own.is_dir():
        return PLAIN
    stamp = []
    for path in sorted(own.rglob("*")):
        with suppress(OSError):  # a link that leads nowhere
            found = path.stat()
            stamp.append((path, found.st_mtime_ns, found.st_size))
    return _style(own, tuple(stamp))


@lru_cache(maxsize=8)
def _style(own: Path, stamp: object) -> Style:  # noqa: ARG001
    # `stamp` makes the cache notice that a file of the folder has changed
    path = own / NAME
    if not path.is_file():
        if (own / "house.yml").is_file():
            raise TemplateError(
                Problem(
                    what=_("A house style with this file name is not read."),
                    hint=_("Rename the file to {name}.").format(name=NAME),
                    place=Place(str(own / "house.yml")),
                )
            )
        return PLAIN
    try:
        yaml = read(environment.binary(NAME, own).decode("utf-8"), file=str(path))
    except InputError as error:
        raise TemplateError(error.problems) from error
    except UnicodeDecodeError as error:
        raise TemplateError(
            Problem(
                what=_("The house style is not UTF-8 text."),
                hint=_("Save {name} as UTF-8.").format(name=NAME),
                place=Place(str(path)),
            )
        ) from error
    if yaml.value is None:
        return PLAIN
    file, problems = validate(HouseFile, yaml)
    problems += _bare_colours(yaml)
    reader = _Reader(own, yaml, file or HouseFile(), problems)
    made = reader.style()
    if problems:
        raise TemplateError(sorted(problems, key=_by_place))
    return made


def _by_place(problem: Problem) -> Place:
    return problem.place


def _bare_colours(yaml: YamlText) -> Iterator[Problem]:
    """Colours without quotes, which YAML takes for a comment."""
    colours = yaml.value.get("colours") if isinstance(yaml.value, dict) else None
    if not isinstance(colours, dict):
        return
    for path, holder in ((("colours",), colours), (("colours", "dark"), colours.get("dark"))):
        for name, value in holder.items() if isinstance(holder, dict) else ():
            if name in _COLOURS and value is None:
                yield Problem(
                    what=_("The colour `{name}` is empty.").format(name=name),
                    hint=_('Put it in quotes, as in "#5b1a4a": without, # begins a comment.'),
                    place=yaml.key_place((*path, name)),
                )


class _Reader:
    """What a file says, checked against the folder and against the eyes of readers."""

    def __init__(self, own: Path, yaml: YamlText, file: HouseFile, problems: list[Problem]) -> None:
        self.own = own
        self.yaml = yaml
        self.file = file
        self.problems = problems

    def style(self) -> Style:
        logo = self._logo()
        faces, families = self._faces()
        light, dark = self._colours()
        return Style(
            House(self._sections(), self.file.licence),
            logo,
            self._families(families),
            light,
            dark,
            faces,
            self._underlined(light),
        )

    def wrong(self, path: tuple[str | int, ...], what: str, hint: str) -> None:
        self.problems.append(Problem(what=what, hint=hint, place=self.yaml.place(path)))

    # the order of sections

    def _sections(self) -> tuple[str, ...]:
        for index, name in enumerate(self.file.sections):
            if name not in SECTIONS:
                self.wrong(
                    ("sections", index),
                    _("There is no section “{name}” to be moved.").format(name=shown(name)),
                    suggestion(name, SECTIONS),
                )
        return tuple(self.file.sections)

    # files of the folder

    def _read(
        self, path: tuple[str | int, ...], name: str, kinds: Mapping[str, str]
    ) -> tuple[bytes, str] | None:
        """A file of the folder, with its kind; None, and a problem, where it can't be used."""
        kind = kinds.get(Path(name).suffix.lower())
        if kind is None:
            endings = ", ".join(kinds)
            self.wrong(
                path,
                _("“{name}” is not a type of file that can be used here.").format(name=shown(name)),
                _("Use one that ends in: {endings}.").format(endings=endings),
            )
            return None
        try:
            file = (self.own / name).resolve()
            if not file.is_relative_to(self.own.resolve()) or not file.is_file():
                raise OSError
            data = file.read_bytes() if file.stat().st_size <= LARGEST else b""
        except (OSError, RuntimeError, ValueError):
            there = [
                found.relative_to(self.own).as_posix()
                for found in sorted(self.own.rglob("*"))
                if found.suffix.lower() in kinds
            ]
            self.wrong(
                path,
                _("There is no file “{name}” in this folder.").format(name=shown(name)),
                suggestion(name, there) or _("Put the file beside house.yaml."),
            )
            return None
        if not data:
            self.wrong(
                path,
                _("The file “{name}” is empty or too large.").format(name=shown(name)),
                _("Each document carries it. Use one of at most 4 MB."),
            )
            return None
        return data, kind

    def _logo(self) -> Logo | None:
        logo = self.file.logo
        if logo is None:
            return None
        if not logo.text.strip():
            self.wrong(
                ("logo", "text"),
                _("The logo has no description."),
                _("Add `text` with what the logo says, such as the name of the institution."),
            )
        read_ = self._read(("logo", "file"), logo.file, _KINDS)
        return Logo(_address(*read_), logo.text, logo.height) if read_ else None

    # fonts

    def _faces(self) -> tuple[tuple[str, ...], list[str]]:
        """The rules that bring the fonts of the folder, and the names of their families."""
        rules, families = [], []
        for index, name in enumerate(self.file.fonts.files):
            path = ("fonts", "files", index)
            if not (read_ := self._read(path, name, _FONT_KINDS)):
                continue
            face = fonts.face(BytesIO(read_[0]))
            if isinstance(face, str):
                self.wrong(path, face, _("Use another file of this typeface."))
                continue
            families.append(face.family)
            family = css_string(face.family)
            rules.append(
                f"@font-face {{ font-family: {family}; font-weight: {face.weight}; "
                f"font-style: {'italic' if face.italic else 'normal'}; "
                f'src: url("{_address(*read_)}") }}'
            )
        return tuple(rules), families

    def _families(self, brought: list[str]) -> dict[str, str]:
        known = [*brought, *(family.name for family in fonts.families())]
        found = {}
        for name, (property_, generic) in _FONTS.items():
            family = getattr(self.file.fonts, name)
            if family is None:
                continue
            if family not in known:
                self.wrong(
                    ("fonts", name),
                    _("There is no typeface “{name}”.").format(name=shown(family)),
                    suggestion(family, dict.fromkeys(known)),
                )
            found[property_] = f"{css_string(family)}, {generic}"
            found["--figures"] = "tabular-nums"  # which another typeface may not have by itself
        return found

    # colours

    def _colours(self) -> tuple[dict[str, str], dict[str, str]]:
        """The colours on white and on dark. One that is given for white only gets its own shade on
        dark screens."""
        colours = self.file.colours
        by_day = custom_properties(environment.source("shared/base.css", self.own))
        by_night = by_day | custom_properties(environment.source("shared/screen.css", self.own))
        light, dark = {}, {}
        for name, (property_, least) in _COLOURS.items():
            day, night = _full(getattr(colours, name)), _full(getattr(colours.dark, name))
            for value, values, path in (
                (day, by_day, ("colours", name)),
                (night, by_night, ("colours", "dark", name)),
            ):
                if value:
                    self._check(path, value, _grounds(values), least)
            if day:
                light[property_] = day
            if day or night:
                dark[property_] = night or legible(day, _grounds(by_night), least)
                light.setdefault(property_, by_day[property_])
        return light, dark

    def _underlined(self, light: Mapping[str, str]) -> bool:
        ours = custom_properties(environment.source("shared/base.css", self.own))
        link, ink = (light.get(name) or ours.get(name, "") for name in ("--link", "--ink"))
        return is_colour(link) and is_colour(ink) and contrast(link, ink) < GRAPHICS

    def _check(
        self, path: tuple[str | int, ...], colour: str, grounds: tuple[str, ...], least: float
    ) -> None:
        worst = min(grounds, key=lambda ground: contrast(colour, ground))
        found = contrast(colour, worst)
        if found >= least:
            return
        said = (
            _("The colour `{name}` ({colour}) has a contrast of {found:.1f} on {ground}; "
              "text needs {least:g}.")
            if least == TEXT else
            _("The colour `{name}` ({colour}) has a contrast of {found:.1f} on {ground}; "
              "lines need {least:g}.")
        )  # fmt: skip
        self.wrong(
            path,
            said.format(
                name=path[-1], colour=colour, ground=worst, found=floor(10 * found) / 10,
                least=least,
            ),
            _("The nearest shade that can be read there is {shade}.").format(
                shade=legible(colour, grounds, least)
            ),
        )  # fmt: skip


def _full(colour: str | None) -> str:
    """A colour in full; empty where there is none, or none that can be read."""
    if not colour or isinstance(colour, Unfit):
        return ""
    return f"#{colour.removeprefix('#').lower()}"


def _grounds(properties: Mapping[str, str]) -> tuple[str, ...]:
    """What text stands on: the page, and fields on it."""
    grounds = (properties.get("--page", ""), properties.get("--wash", ""))
    return tuple(ground for ground in grounds if is_colour(ground)) or ("#ffffff",)


def _address(data: bytes, kind: str) -> str:
    return f"data:{kind};base64,{b64encode(data).decode()}"
