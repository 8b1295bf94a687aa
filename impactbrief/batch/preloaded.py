"""Imported by a fork server, so that each worker finds WeasyPrint and the templates loaded.

The small PDF also ends the thread in which Pango first looks for fonts: a process that forks must
have no other one.
"""

import gc

from impactbrief.batch.preloaded_text import make_small_brief

make_small_brief("pdf")
gc.freeze()
