"""What several commands' options share: lists of words, files that are there already."""

from typing import Any

import click
from click.shell_completion import CompletionItem

from impactbrief.i18n import _

OR_FORCE = _("Choose another name, or replace it with --force.")
"""What to do about a file that is not replaced."""


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
