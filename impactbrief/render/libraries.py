"""The system libraries that WeasyPrint draws with, and how each system installs them.

They can't come from PyPI. Pango is needed; HarfBuzz's subsetter halves the time of a PDF.
"""

import platform
import sys
from collections.abc import Mapping
from types import MappingProxyType

from impactbrief.i18n import _

INSTALL: Mapping[str, str] = MappingProxyType(
    {
        "debian": "apt-get install --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0",
        "fedora": "dnf install pango",
        "suse": "zypper install libpango-1_0-0 libharfbuzz-subset0",
        "arch": "pacman -S pango",
        "alpine": "apk add pango fontconfig harfbuzz-subset",
        "macos": "brew install pango",
        "windows": "pacman -S mingw-w64-ucrt-x86_64-pango",
    }
)
"""What to type, by family of systems. Each brings both Pango and HarfBuzz's subsetter."""

_FAMILIES: Mapping[str, str] = MappingProxyType(
    {
        "debian": "debian",
        "ubuntu": "debian",
        "fedora": "fedora",
        "rhel": "fedora",
        "centos": "fedora",
        "suse": "suse",
        "opensuse": "suse",
        "arch": "arch",
        "alpine": "alpine",
    }
)


def system() -> str:
    """This machine's family of systems, a key of `INSTALL`, or "" where it is another one."""
    if sys.platform == "darwin":
        return "macos"
    if sys.platform == "win32":
        return "windows"
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return ""
    for name in [release.get("ID", ""), *release.get("ID_LIKE", "").split()]:
        if family := _FAMILIES.get(name.partition("-")[0]):
            return family
    return ""


def how_to_install(family: str | None = None) -> str:
    """What the reader should type to get the libraries; `family` is this machine's by default."""
    family = system() if family is None else family
    if family == "windows":
        return _(
            "Install MSYS2 from https://www.msys2.org, type in its shell: {command}\n"
            "  then set WEASYPRINT_DLL_DIRECTORIES to C:\\msys64\\ucrt64\\bin"
        ).format(command=INSTALL[family])
    if family == "macos":
        return _(
            "Type: {command}\n"
            "  With a Python that isn't Homebrew's, also: "
            "export DYLD_FALLBACK_LIBRARY_PATH=/opt/homebrew/lib"
        ).format(command=INSTALL[family])
    if family:
        return _("Type, as root: {command}").format(command=INSTALL[family])
    return _("Install Pango 1.44 or newer and HarfBuzz with its subsetter (libharfbuzz-subset).")
