"""What the tests of Word documents share."""

import pytest

from impactbrief.render.word import to_docx
from tests.render.briefs import brief
from tests.render.word.opened import KOREA


@pytest.fixture(scope="module")
def korea() -> bytes:
    return to_docx(brief(KOREA))
