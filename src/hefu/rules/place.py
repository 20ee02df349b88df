"""How a place of a document is cited: §6.2.3, 第十一条, 附件2（三）.

The places of a scheme are short codes in the order of the document: dotted numbers are sections, `artN` articles,
`annexN` annexes and `annexN/M` their parts. Every other place (a cover, a footer) is cited by its title.
"""

from __future__ import annotations

import re

from hefu.rules.model import Text

DIGITS = "〇一二三四五六七八九十"
TEN = 10
SECTION = re.compile(r"\d+(\.\d+)*")
ARTICLE = re.compile(r"art(\d+)")
ANNEX = re.compile(r"annex(\d*)(?:/(\d+))?")


def cited(place: str, title: Text) -> Text:
    """The short form of a place in both languages."""
    if SECTION.fullmatch(place):
        return Text(f"§{place}", f"§{place}")
    if found := ARTICLE.fullmatch(place):
        return Text(f"第{numeral(int(found[1]))}条", f"Art. {found[1]}")
    if found := ANNEX.fullmatch(place):
        number, part = found[1], found[2]
        zh, en = f"附件{number}", f"Annex {number}".strip()
        return Text(f"{zh}（{numeral(int(part))}）", f"{en} ({part})") if part else Text(zh, en)
    return title


def numeral(number: int) -> str:
    """A number below a hundred as a document writes it: 十一, 二十."""
    tens, ones = divmod(number, TEN)
    if not tens:
        return DIGITS[ones]
    return (DIGITS[tens] if tens > 1 else "") + DIGITS[TEN] + (DIGITS[ones] if ones else "")
