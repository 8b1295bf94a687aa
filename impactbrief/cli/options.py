"""What the arguments and options of several commands share: names of files, lists of words."""

import math
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from impactbrief.i18n import _

OR_FORCE = _("Choose another name, or replace it with --force.")
"""What to do about a file that is not replaced."""


class Name(click.Path):
    """A name of a file or a folder. Whether it can be read is found out, and told, by reading."""

    def __init__(
        self, *, as_path: bool = True, allow_dash: bool = False, dir_okay: bool = True
    ) -> None:
        super().__init__(
            readable=False, allow_dash=allow_dash, dir_okay=dir_okay,
            path_type=Path if as_path else None,
        )  # fmt: skip

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not str(value):
            self.fail(_("This name is empty. Name a file or a folder."), param, ctx)
        if str(value) == "-" and not self.allow_dash:
            self.fail(_("“-” can't be used here. Name a file or a folder."), param, ctx)
        return super().convert(value, param, ctx)


class Seconds(click.FloatRange):
    """A time that ends."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        seconds: float = super().convert(value, param, ctx)
        if not math.isfinite(seconds):
            self.fail(_("Give a number of seconds, such as 60."), param, ctx)
        return seconds


OUTPUT = Name(as_path=False, allow_dash=True)
"""Where to write: a file, a folder, or standard output."""

paths_argument = click.argument(
    "paths",
    nargs=-1,
    required=True,
    type=Name(as_path=False, allow_dash=True),
    metavar=_("PATH..."),
)
"""Answer files, folders of them, or standard input."""


class CommaList(click.ParamType):  # type: ignore[type-arg]  # older Click has none
    """One or more words of a few, separated by commas."""

    name = "list"

    def __init__(self, options: tuple[str, ...]) -> None:
        self.options = options

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        words = tuple(word.strip() for word in str(value).split(",") if word.strip())
        for word in words:
            if word not in self.options:
                self.fail(
                    _("“{word}” is not one of {options}.").format(
                        word=word, options=", ".join(self.options)
                    ),
                    param,
                    ctx,
                )
        return words

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[CompletionItem]:
        """The words that may follow what was typed, each once."""
        before, comma, begun = incomplete.rpartition(",")
        typed = before.split(",")
        return [
            CompletionItem(before + comma + option)
            for option in self.options
            if option.startswith(begun) and option not in typed
        ]

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:  # noqa: ARG002
        return "[" + ",".join(self.options) + "]"


def comma_lists(
    ctx: click.Context,  # noqa: ARG001
    param: click.Parameter,  # noqa: ARG001
    value: tuple[tuple[str, ...], ...],
) -> tuple[str, ...]:
    """Comma lists may repeat; each word counts once, in the order given."""
    return tuple(dict.fromkeys(word for words in value for word in words))
