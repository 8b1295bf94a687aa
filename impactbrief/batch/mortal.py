"""Imported by a fork server before all else, so that it ends with the process that started it.

A fork server notices by itself that it is no longer needed, but only when all is loaded.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1

if sys.platform == "linux":
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
# `workers.PARENT`, which is not worth the import: the number of the process that started this one
if os.environ.get("IMPACTBRIEF_PARENT", str(os.getppid())) != str(os.getppid()):
    os._exit(1)  # it was gone before we asked
