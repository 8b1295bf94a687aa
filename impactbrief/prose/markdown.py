"""Prose -> tidy Markdown, through mdformat's renderer."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from impactbrief.prose.tree import Block, block_text

if TYPE_CHECKING:
    from impactbrief.prose.prose import Dress


def write(blocks: Sequence[Block], dress: "Dress") -> str:  # noqa: ARG001
    return block_text(blocks)


def write_inline(blocks: Sequence[Block], dress: "Dress") -> str:  # noqa: ARG001
    return " ".join(block_text(blocks).split())
