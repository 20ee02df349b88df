"""Whatever somebody sends, the checks answer: no content, however broken, makes them fail."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis.strategies import binary, composite, integers, lists, sampled_from, tuples

from hefu.papers.checks import Checked, check
from hefu.papers.words import BadUpload
from tests.papers.test_checks import GOOD

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn


@composite
def damaged(draw: DrawFn) -> tuple[bytes, str]:
    """A good file with some bytes replaced, cut out, or put in."""
    _, content, name = draw(sampled_from(GOOD))
    for place, length, bytes_ in draw(
        lists(tuples(integers(0, len(content)), integers(0, 8), binary(max_size=8)), min_size=1, max_size=6)
    ):
        content = content[:place] + bytes_ + content[place + length :]
    return content[: draw(integers(0, len(content)))] if draw(integers(0, 3)) == 0 else content, name


@given(damaged())
@settings(max_examples=400)
def test_a_damaged_file_is_answered(file: tuple[bytes, str]) -> None:
    content, name = file

    assert isinstance(check(io.BytesIO(content), name), Checked | BadUpload)


@given(binary(max_size=4_000), sampled_from([name for _, _, name in GOOD]))
def test_noise_is_answered(content: bytes, name: str) -> None:
    assert isinstance(check(io.BytesIO(content), name), Checked | BadUpload)
