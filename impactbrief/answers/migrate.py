"""Older formats of the answer file, brought up to today's.

A step rewrites the *text* of a file from one format to the next, through `yamltext`'s splices, so
comments and order survive. Migration happens in memory; the file itself changes only when the user
saves, and then a copy of the old one is kept beside it (see `impactbrief.answers.file.save`).
"""

from collections.abc import Callable, Mapping

from impactbrief.answers.model import FORMAT
from impactbrief.errors import InputError, Place, Problem
from impactbrief.i18n import _

Step = Callable[[str], str]

STEPS: Mapping[int, Step] = {}
"""From a format's number, the step to the next. Format 1 is the first, so there are none yet."""


def migrated(
    text: str,
    version: int,
    place: Place,
    *,
    steps: Mapping[int, Step] = STEPS,
    newest: int = FORMAT,
) -> str:
    """`text` of format `version`, brought to the newest format, one step at a time.

    Raises InputError where no step leads on from a format.
    """
    while version < newest:
        if version not in steps:
            raise InputError(
                Problem(
                    what=_("There is no answer file of format {version}.").format(version=version),
                    hint=_("Write “impactbrief: {newest}”.").format(newest=newest),
                    place=place,
                    where="impactbrief",
                )
            )
        text = steps[version](text)
        version += 1
    return text
