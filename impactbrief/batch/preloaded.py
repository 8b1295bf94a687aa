"""Imported by a fork server, so that each worker finds WeasyPrint and the templates loaded.

A process that forks must have no other thread. Pango looks for fonts in one; the small PDF waits
until it has done so, and then its fonts are given up.
"""

import gc

from impactbrief.batch.preloaded_text import make_small_brief
from impactbrief.render.pdf import release_fonts

make_small_brief("pdf")
release_fonts()
gc.freeze()
