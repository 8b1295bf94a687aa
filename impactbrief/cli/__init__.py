"""Arguments in, exit code out.

Each command is a module of this package with the same name, imported only when it is called:
`--help` stays light. Whatever a command knows about briefs it asks the core.
"""

import errno
import importlib
import os
import sys
from dataclasses import replace
from typing import Any

import click
from click.shell_completion import CompletionItem, shell_complete

from impactbrief.console import (
    Console,
    ExitCode,
    abandon,
    exit_code,
    prepare_streams,
    settled,
    unwritten,
)
from impactbrief.errors import ImpactBriefError
from impactbrief.i18n import _, lend

lend()  # to Click

COMMANDS = {
    "new": _("Make an answer file to fill in."),
    "ask": _("Ask the same questions line by line."),
    "check": _("Show what is wrong or missing."),
    "status": _("Show the progress of each brief."),
    "render": _("Make documents from answer files."),
    "portfolio": _("Show all briefs side by side."),
    "extract": _("Extract the answer file from a PDF."),
    "verify": _("Check a PDF against the answers inside it."),
    "questions": _("Print the whole toolkit as a worksheet."),
    "schema": _("Print the JSON Schema of the answer file."),
    "doctor": _("Show what this machine can do, and what to install."),
}
"""The commands with a line of help each, in the order of a brief's life."""


class Commands(click.Group):
    """The commands, and the wizard for anything that is no command but a file."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"impactbrief.cli.{cmd_name}")
        settled()
        command: click.Command = module.command
        taken = {name for param in command.params for name in param.opts}
        command.params += [option for option in speech() if taken.isdisjoint(option.opts)]
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        options = super(click.Group, self).shell_complete(ctx, incomplete)
        commands = [
            CompletionItem(name, help=text)
            for name, text in COMMANDS.items()
            if name.startswith(incomplete)
        ]
        return [*commands, *options, CompletionItem(incomplete, type="file")]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section(_("Commands")):
            formatter.write_dl(list(COMMANDS.items()))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        rest = super().parse_args(ctx, args)
        words = [*ctx._protected_args, *ctx.args]
        if words and words[0] not in COMMANDS:
            self._as_file(ctx, words)
        return rest

    def _as_file(self, ctx: click.Context, words: list[str]) -> None:
        """A word that is no command is a file for the wizard, unless it looks like a slip."""
        from difflib import get_close_matches  # only a slip is worth its import

        word = words[0]
        near = get_close_matches(word, COMMANDS, n=1)
        if near and not any(mark in word for mark in "./\\"):
            message = _("There is no command “{word}”. Did you mean “{near}”?")
            ctx.fail(message.format(word=word, near=near[0]))
        if len(words) > 1:
            ctx.fail(_("Name one file for the wizard, or a command first."))
        ctx.meta["file"] = word
        ctx._protected_args, ctx.args = [], []


def speech() -> list[click.Option]:
    """The options of how a command speaks. They count before the command and after it."""
    return [
        click.Option(["-q", "--quiet"], is_flag=True, default=None, expose_value=False,
                     callback=_speak, help=_("Show only results and errors.")),
        click.Option(["-v", "--verbose"], is_flag=True, default=None, expose_value=False,
                     callback=_speak, help=_("Show more detail.")),
        click.Option(["--color"], type=click.Choice(["auto", "always", "never"]), default=None,
                     expose_value=False, callback=_speak,
                     help=_("Colour the messages (default: on a terminal).")),
    ]  # fmt: skip


def _speak(ctx: click.Context, param: click.Parameter, value: object) -> None:
    root = ctx.find_root()
    console: Console = root.obj or Console()
    if value is not None:
        changes: dict[str, Any] = {str(param.name): value}
        console = replace(console, **changes)
    root.obj = ctx.obj = console


def _opened(ctx: click.Context, plain: bool) -> None:
    if ctx.invoked_subcommand is None:
        from impactbrief.cli.wizard import open_wizard

        ctx.exit(open_wizard(ctx.obj, ctx.meta.get("file"), plain=plain))


def _width() -> int:
    """Columns for help: the terminal's, 96 at most. (Asking through shutil would slow --help.)"""
    try:
        columns = int(os.environ.get("COLUMNS", 0)) or os.get_terminal_size().columns
    except (OSError, ValueError):
        columns = 80
    return max(min(columns, 98) - 2, 50)


cli = Commands(
    "impactbrief",
    callback=click.pass_context(_opened),
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "terminal_width": _width()},
    options_metavar=_("[OPTIONS]"),
    subcommand_metavar=_("[FILE] | COMMAND"),
    help=_(
        "Write and render Internet Impact Briefs.\n\nWithout a command, opens the wizard, on FILE"
        " if one is named. Nothing leaves this computer."
    ),
    params=[
        click.Option(
            ["--plain"], is_flag=True, help=_("The wizard in plain marks, for screen readers.")
        ),
        *speech(),
    ],
)
click.version_option(package_name="impactbrief", message="%(prog)s %(version)s")(cli)

COMPLETE = "_IMPACTBRIEF_COMPLETE"
"""The variable by which a shell asks for its completion script, and then for completions."""


def run(arguments: list[str]) -> int:
    """Runs a command line and returns its exit code; what the user can mend is told, not raised."""
    prepare_streams()
    if instruction := os.environ.get(COMPLETE):
        return shell_complete(cli, {}, "impactbrief", COMPLETE, instruction)
    context: click.Context | None = None
    try:
        context = cli.make_context("impactbrief", list(arguments))
        with context:
            result = cli.invoke(context)
        _console(context).flush()
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        error.show()
        return ExitCode.USAGE
    except ImpactBriefError as error:
        _console(context).failure(error)
        return exit_code(error)
    except (click.Abort, KeyboardInterrupt):
        _console(context).say(_("Stopped."))
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        abandon(sys.stdout)
        return ExitCode.UNHEARD
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        abandon(sys.stdout)  # Click prints help by itself
        _console(context).failure(unwritten(error))
        return ExitCode.RENDER
    return result if isinstance(result, int) else ExitCode.DONE


def _console(context: click.Context | None) -> Console:
    return (context.obj if context else None) or Console()
