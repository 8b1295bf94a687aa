"""A text as it is read: its values, or what is wrong with it."""

from typing import Any

import pytest

from impactbrief.errors import InputError, Problem
from impactbrief.yamltext import Limits, read


def value(text: str) -> Any:
    return read(text).value


def problems(text: str, **limits: int) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        read(text, file="a.yaml", limits=Limits(**limits))
    return caught.value.problems
