"""`impactbrief doctor`: what this machine can do, and what to install if it can't."""

import click

from impactbrief.console import Console, ExitCode
from impactbrief.i18n import _


@click.command("doctor", help=_("Show what this machine can do, and what to install if it can't."))
@click.pass_obj
def command(console: Console) -> int:
    from impactbrief.machine import examine

    worst = ExitCode.DONE
    for check in examine():
        short = _("missing") if check.needed else _("better with")
        state = _("ok") if check.ok else short
        console.line(
            _("{state}: {name}: {found}").format(state=state, name=check.name, found=check.found)
        )
        if check.hint:
            console.line(f"  {check.hint}")
        if check.needed and not check.ok:
            worst = ExitCode.MACHINE
    return worst
