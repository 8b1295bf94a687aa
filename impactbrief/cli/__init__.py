"""Arguments in, exit code out.

Each command is a module of this package with the same name, imported only when it is called:
`--help` stays light. Whatever a command knows about briefs it asks the core.
"""

import difflib
import importlib
from typing import Any

import click

from impactbrief.console import Console, ExitCode, exit_code
from impactbrief.errors import ImpactBriefError
from impactbrief.i18n import _

COMMANDS = {
    "new": _("Make an answer file to fill in."),
    "ask": _("Ask the same questions line by line."),
    "check": _("Tell what is wrong or missing."),
    "status": _("Tell how far each brief is."),
    "render": _("Make documents from answer files."),
    "questions": _("Print the whole toolkit as a worksheet."),
    "schema": _("Print the JSON Schema of the answer file."),
    "doctor": _("Tell what this machine can do, and what to install."),
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
        command: click.Command = module.command
        return command

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
        word = words[0]
        near = difflib.get_close_matches(word, COMMANDS, n=1)
        if near and not any(mark in word for mark in "./\\"):
            message = _("There is no command “{word}”. Did you mean “{near}”?")
            ctx.fail(message.format(word=word, near=near[0]))
        if len(words) > 1:
            ctx.fail(_("Name one file for the wizard, or a command first."))
        ctx.meta["file"] = word
        ctx._protected_args, ctx.args = [], []


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96},
    options_metavar=_("[OPTIONS]"),
    subcommand_metavar=_("[FILE] | COMMAND"),
    help=_(
        "Write and render Internet Impact Briefs.\n\nWithout a command, opens the wizard, on FILE"
        " if one is named. Nothing leaves this computer."
    ),
)
@click.option("--plain", is_flag=True, help=_("The wizard in plain marks, for screen readers."))
@click.option("-q", "--quiet", is_flag=True, help=_("Say nothing but what went wrong."))
@click.option("-v", "--verbose", is_flag=True, help=_("Say more."))
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    help=_("Colour the messages (default: on a terminal)."),
)
@click.version_option(package_name="impactbrief", message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context, plain: bool, quiet: bool, verbose: bool, color: str) -> None:
    ctx.obj = Console(color=color, quiet=quiet, verbose=verbose)
    if ctx.invoked_subcommand is None:
        from impactbrief.cli.wizard import open_wizard

        ctx.exit(open_wizard(ctx.obj, ctx.meta.get("file"), plain=plain))


def run(arguments: list[str]) -> int:
    """Runs a command line and returns its exit code; what the user can mend is told, not raised."""
    settings: dict[str, Any] = {"prog_name": "impactbrief", "standalone_mode": False}
    console = Console()
    try:
        with cli.make_context("impactbrief", list(arguments)) as context:
            console = context.obj or console
            result = cli.invoke(context)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.UsageError as error:
        error.show()
        return ExitCode.USAGE
    except ImpactBriefError as error:
        console.failure(error)
        return exit_code(error)
    except (click.Abort, KeyboardInterrupt):
        console.say(_("Stopped."))
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        return ExitCode.DONE
    return result if isinstance(result, int) else ExitCode.DONE
