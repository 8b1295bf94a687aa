"""`impactbrief schema`: the JSON Schema of the answer file."""

import click

from impactbrief.console import Console
from impactbrief.i18n import _


@click.command("schema", help=_("Print the JSON Schema of the answer file, for editors."))
@click.pass_obj
def command(console: Console) -> None:
    from impactbrief.workspace import schema_text

    console.write(schema_text())
