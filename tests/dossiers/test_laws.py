"""Laws: every version of a scheme under what a body has set."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from hefu.dossiers.laws import Laws
from hefu.rules.load import Library, load
from tests.conftest import ROOT
from tests.dossiers.lives import EXAMPLE

if TYPE_CHECKING:
    from hefu.rules.model import Scheme

FIRST = load(EXAMPLE, ROOT / "schemes")
LEFT, *OTHERS = FIRST.settings


class Editions(Library):
    """A library in which the second version of the example fixes a number that the first left to the body."""

    def all_versions(self, _scheme: str) -> dict[str, Scheme]:
        fixed = {name: FIRST.settings[name] for name in OTHERS}
        return {FIRST.version: FIRST, "2.0": replace(FIRST, version="2.0", settings=fixed)}


def test_what_a_later_version_fixes_is_set_in_the_earlier_one_only() -> None:
    law = Laws(Editions()).of(f"{FIRST.id}@2.0", f'{{"{LEFT}": 7}}')
    assert law.versions[FIRST.version].settings[LEFT] == 7
    assert LEFT not in law.scheme.settings


def test_what_no_version_leaves_to_the_body_is_not_set() -> None:
    with pytest.raises(LookupError, match="no-such-thing"):
        Laws(Editions()).of(FIRST.ref, '{"no-such-thing": 7}')
