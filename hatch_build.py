"""Compiles the catalogues of the interface, for wheels and for the install of a checkout."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Catalogues(BuildHookInterface[Any]):
    """Sees to a `.mo`, which gettext reads, beside each `.po`, which translators write."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        for source in Path(self.root).glob("impactbrief/locales/*/LC_MESSAGES/*.po"):
            compiled = source.with_suffix(".mo")
            if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
                continue
            half = source.with_suffix(".mo.part")  # who runs meanwhile never reads half of one
            with source.open("rb") as po, half.open("wb") as mo:
                write_mo(mo, read_po(po))
            half.replace(compiled)
        build_data["artifacts"].append("*.mo")  # git ignores them, the wheel has them
