"""How a place of a document is cited: §6.2.3, §7.3.2(1), 第十一条, 第五条（三）, 附件2（三）.

The places of a scheme are short codes in the order of the document: dotted numbers are sections, `artN` articles,
`annexN` annexes and `annexN/M` their parts. Every other place (a cover, a footer) is cited by its title. The number of
an item of a section or article stands in brackets in the id of its clauses, behind the place.
"""

from __future__ import annotations

import re

from hefu.rules.model import Text

DIGITS = "〇一二三四五六七八九十"
TEN = 10
SECTION = re.compile(r"\d+(\.\d+)*")
ARTICLE = re.compile(r"art(\d+)")
ITEM = re.compile(r"\((\d+)\)")
ANNEX = re.compile(r"annex(\d*)(?:/(\d+))?")


def item(clause: str, place: str) -> str:
    """The number of the item of a place that a clause is, or belongs to; empty for what stands in no item."""
    found = ITEM.match(clause.partition("/")[2].removeprefix(place))
    return found[1] if found else ""


def cited(place: str, title: Text, item: str = "") -> Text:
    """The short form of a place, or of an item in it, in both languages."""
    within = f"({item})" if item else ""
    if SECTION.fullmatch(place):
        return Text(f"§{place}{within}", f"§{place}{within}")
    if found := ARTICLE.fullmatch(place):
        zh = f"第{numeral(int(found[1]))}条"
        return Text(f"{zh}（{numeral(int(item))}）" if item else zh, f"Art. {found[1]}{within}")
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
