"""What everybody found at every address, as a page of the documentation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.web.doors.knocking import NOT_THERE, OPEN, REFUSED, SIGN_IN
from tests.web.doors.quarter import GROUPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

HEAD = f"""# Doors

Every address of the product, and what somebody finds there. Written by `HEFU_WRITE=1 pytest tests/web/test_doors.py`,
which knocks at all of them; do not edit.

Everything is tried with the things of one case: a dossier under way, its sheets and papers, what was written about it;
of its client a notice, an organisation, an interest and files; of its body the people, registers and invitations; of
one of the body's people a kept view and an absence. {OPEN}: the page is there, or the form is taken. {SIGN_IN}: asked
to sign in. {NOT_THERE}: it does not exist for them (404). {REFUSED}: told that they may not (401, 403). Where it
depends on the role, the roles stand in brackets. An address with `POST` takes forms only.
"""


def page(found: Mapping[str, Mapping[str, Mapping[str, AbstractSet[str]]]], forms: AbstractSet[str]) -> str:
    """The whole page; `forms` are the routes that only take a POST."""
    lines = [HEAD, _line(["address", *GROUPS]), _line(["---"] * (1 + len(GROUPS)))]
    for route, groups in found.items():
        name = f"`{'POST ' if route in forms else ''}{route}`"
        lines.append(_line([name, *(_cell(groups.get(group, {})) for group in GROUPS)]))
    return "\n".join(lines) + "\n"


def _cell(words: Mapping[str, AbstractSet[str]]) -> str:
    if len(words) < 2:
        return "".join(words)
    few = sorted(words.items(), key=lambda item: len(item[1]))
    said = [f"{word} ({', '.join(sorted(roles))})" for word, roles in few[:-1]]
    return "; ".join([*said, f"otherwise {few[-1][0]}"])


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"
