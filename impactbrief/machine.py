"""What this machine has and what it lacks, as facts for `impactbrief doctor`.

WeasyPrint is only loaded in a child process: without its libraries it prints a banner, and without
any font it takes the process down.
"""

import json
import locale
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from impactbrief.errors import MachineError
from impactbrief.i18n import _
from impactbrief.render import fontconfig, fonts, libraries, word

OLDEST_PANGO = (1, 44)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked for."""

    name: str
    ok: bool
    found: str
    """What is there, as a person would put it; never empty."""
    hint: str = ""
    """What to do about it; empty where it is well."""
    needed: bool = False
    """Whether PDF output can't do without it."""


def examine() -> list[Check]:
    """Everything that impactbrief's output depends on, in the order in which it is best read."""
    return [*_software(), *_pdf(), *_fonts(), *_word(), *_places(), *_screen()]


def lacking(checks: list[Check]) -> list[Check]:
    """Those that stand between this machine and a PDF."""
    return [check for check in checks if check.needed and not check.ok]


# --- software -----------------------------------------------------------------------------------


def _software() -> Iterator[Check]:
    yield Check("impactbrief", True, _version("impactbrief"))
    yield Check("Python", True, f"{platform.python_version()} ({sys.executable})")
    yield Check(_("System"), True, _system())


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return _("not installed")


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return platform.platform(terse=True)


# --- the libraries of PDF output ----------------------------------------------------------------

_PROBE = """
import json
from impactbrief.errors import ImpactBriefError
from impactbrief.render import pdf
try:
    print(json.dumps(pdf.facts()))
except ImpactBriefError as error:
    print(json.dumps({"error": error.problems[0].what, "hint": error.problems[0].hint}))
"""


def _pdf() -> Iterator[Check]:
    facts = _probe()
    yield Check("WeasyPrint", True, _version("weasyprint"))
    if error := facts.get("error"):
        yield Check("Pango", False, error, facts["hint"], needed=True)
        return
    hint = libraries.how_to_install()
    pango = facts["pango"]
    new_enough = tuple(int(part) for part in pango.split(".")[:2]) >= OLDEST_PANGO
    yield Check("Pango", new_enough, pango, "" if new_enough else hint, needed=True)
    yield Check("HarfBuzz", True, facts["harfbuzz"])
    if facts["subsetter"]:
        yield Check(_("HarfBuzz subsetter"), True, _("found"))
    else:
        yield Check(_("HarfBuzz subsetter"), False, _("not found: PDFs take twice as long"), hint)
    yield Check(_("Test PDF"), True, _("made"))


def _probe() -> Mapping[str, str]:
    """What a child process that makes a small PDF says of the libraries, or of its failure."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-c", _PROBE],
            capture_output=True,
            text=True,
            timeout=120,
            env=environment,
        )
    except subprocess.TimeoutExpired:
        return {
            "error": _("A small document was not finished in two minutes"),
            "hint": _("Try again when this machine is less busy."),
        }
    try:
        facts: dict[str, str] = json.loads(done.stdout)
    except ValueError:
        last = done.stderr.strip().rpartition("\n")[2]
        return {
            "error": _("WeasyPrint ended with code {code}. {last}")
            .format(code=done.returncode, last=last)
            .rstrip(),
            "hint": _("Install impactbrief again; if that doesn't help, report it."),
        }
    return facts


# --- fonts --------------------------------------------------------------------------------------


def _fonts() -> Iterator[Check]:
    try:
        count = len(fonts.files())
    except MachineError as error:
        problem = error.problems[0]
        yield Check(_("Typefaces"), False, problem.what, problem.hint, needed=True)
        return
    names = ", ".join(family.name for family in fonts.families())
    yield Check(_("Typefaces"), True, _("{count} files: {names}").format(count=count, names=names))
    scripts = fonts.scripts()
    printed = [name for name, letter in scripts.items() if fonts.covers(letter)]
    yield Check(_("Scripts in our own fonts"), True, ", ".join(printed))
    if others := [name for name in scripts if name not in printed]:
        lacking = {name for name in others if fonts.missing(scripts[name])}
        found = [
            (_("{script} (in none)") if name in lacking else _("{script} (in the system's)"))
            .format(script=name)
            for name in others
        ]  # fmt: skip
        hint = _("Type: pip install '{extra}'").format(extra=fonts.EXTRA)
        yield Check(_("Other scripts"), False, ", ".join(found), hint)
    system = sum(1 for _file in fonts.system_files())
    yield Check(
        _("Fonts of this system"),
        True,
        _("{count}, used where our fonts lack a character").format(count=system)
        if system
        else _("none; needed for briefs in other scripts"),
    )


# --- Word ---------------------------------------------------------------------------------------


def _word() -> Iterator[Check]:
    try:
        found = word.version()
    except MachineError as error:
        problem = error.problems[0]
        yield Check(_("Word documents"), False, problem.what, problem.hint)
    else:
        yield Check(_("Word documents"), True, f"python-docx {found}")


# --- places and screen --------------------------------------------------------------------------


def _places() -> Iterator[Check]:
    store, lasting = fontconfig.store()
    yield Check(
        _("Cache folder"),
        lasting,
        str(store) if lasting else _("none that can be written to; a temporary one is used"),
        "" if lasting else _("Set XDG_CACHE_HOME to a folder of yours: PDFs start faster."),
    )


def _screen() -> Iterator[Check]:
    terminal = os.environ.get("TERM", "")
    size = shutil.get_terminal_size()
    if not sys.stdout.isatty():
        yield Check(_("Terminal"), True, _("standard output is not a terminal"))
    elif terminal in ("", "dumb", "unknown") and sys.platform != "win32":
        yield Check(
            _("Terminal"),
            False,
            _("a plain one (TERM={terminal})").format(terminal=terminal),
            _("The wizard can't draw on it; impactbrief ask asks line by line."),
        )
    elif size.columns < 80 or size.lines < 24:
        yield Check(
            _("Terminal"),
            False,
            f"{terminal}, {size.columns}×{size.lines}",
            _("Make the window at least 80×24."),
        )
    else:
        yield Check(_("Terminal"), True, f"{terminal}, {size.columns}×{size.lines}, {_colours()}")
    encoding = (sys.stdout.encoding or "").lower().replace("_", "-")
    unicode = encoding.startswith("utf")
    yield Check(
        _("Characters"),
        unicode,
        _("{encoding} (locale {locale})").format(
            encoding=encoding or "?", locale=locale.setlocale(locale.LC_CTYPE)
        ),
        "" if unicode else _("Set a UTF-8 locale, such as LANG=C.UTF-8."),
    )


def _colours() -> str:
    if os.environ.get("NO_COLOR"):
        return _("no colours (NO_COLOR)")
    if os.environ.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        return _("true colours")
    return _("256 colours") if "256" in os.environ.get("TERM", "") else _("16 colours")
