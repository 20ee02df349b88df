"""How wide a text is in a drawing, and where it breaks: no font is at hand on a server, so widths are estimated.

A Chinese character is as wide as it is high, a Latin one a little over half of that.
"""

from __future__ import annotations

import re

LATIN = 0.56
WIDE = "⺀"
PIECE = re.compile(r"[⺀-￿]|[^\s⺀-￿]+|\s+")
CLOSING = "，。、；：）】》！？,.;:)"


def width(text: str, size: float) -> float:
    """The width of a text in the units of the drawing."""
    return sum(size if letter >= WIDE else size * LATIN for letter in text)


def lines(text: str, size: float, room: float) -> tuple[str, ...]:
    """A text in lines that fit: broken between Chinese characters and between words; a long word is not broken."""
    found, line = [], ""
    for piece in PIECE.findall(text):
        if line and piece not in CLOSING and width(line + piece, size) > room:
            found.append(line.strip())
            line = ""
        line += piece
    return tuple(one for one in (*found, line.strip()) if one)
