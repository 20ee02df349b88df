from __future__ import annotations

import re

import pytest
from django.template import engines

from tests.web.shell.rendering import render, scheme

PAGE = "{% clauses ids scheme %}<hr>{% clause_notes %}"

pytestmark = pytest.mark.usefixtures("product")


def test_a_chip_opens_the_note_that_stands_at_the_end_of_the_page() -> None:
    found = render(PAGE, ids=("WAL-QP-21/6.2/s1#a",), scheme=scheme("wal-qp-21"))
    chip, notes = found.split("<hr>")
    ident = re.search(r'popovertarget="([^"]+)"', chip)
    assert ident is not None
    assert f'id="{ident[1]}" popover' in notes
    assert scheme("wal-qp-21").clauses["WAL-QP-21/6.2/s1#a"].zh in notes


def test_clauses_of_one_place_share_a_chip() -> None:
    found = render(PAGE, ids=("NFCC-02/6.6/s1", "NFCC-02/6.6/s2"), scheme=scheme("nfcc-ir-000-02"))
    assert found.count("<button") == 1
    assert found.count("<article") == 1


def test_a_clause_named_twice_has_one_note() -> None:
    source = "{% clause ids scheme %}{% clause ids scheme %}{% clause_notes %}"
    found = render(source, ids="NFCC-02/6.6/s1", scheme=scheme("nfcc-ir-000-02"))
    assert found.count("<button") == 2
    assert found.count("<article") == 1


def test_a_chip_written_by_an_included_template_has_its_note_too() -> None:
    source = "{% include inner %}{% clause_notes %}"
    inner = engines["django"].from_string("{% clause 'NFCC-02/6.6/s1' scheme %}")
    assert "<article" in render(source, inner=inner, scheme=scheme("nfcc-ir-000-02"))


@pytest.mark.parametrize(
    ("name", "clause", "zh", "en"),
    [
        ("wal-qp-21", "WAL-QP-21/6.4.2.1.1/s1", "§6.4.2.1.1", "§6.4.2.1.1"),
        ("hbfma-2023-15", "HB-2023-15/art11/s1#a", "第十一条", "Art. 11"),
        ("hbfma-2023-15", "HB-2023-15/art5(3)", "第五条（三）", "Art. 5(3)"),
        ("nfcc-ir-000-02", "NFCC-02/7.3.2(2)", "§7.3.2(2)", "§7.3.2(2)"),
        ("nfcc-ir-000-01", "NFCC-01/6.2.1(4)/b1", "§6.2.1(4)", "§6.2.1(4)"),
        ("hbfma-2023-15", "HB-2023-15/annex1/10", "附件1（十）", "Annex 1 (10)"),
        ("wal-qp-21", "WAL-QP-21/cover/title", "封面", "Cover"),
    ],
)
def test_a_place_is_cited_as_the_document_cites_it(name: str, clause: str, zh: str, en: str) -> None:
    assert f"</span>{zh}</button>" in render("{% clause ids scheme %}", ids=clause, scheme=scheme(name))
    assert f"</span>{en}</button>" in render("{% clause ids scheme %}", "en", ids=clause, scheme=scheme(name))


def test_a_clause_that_this_version_does_not_have_is_shown_by_its_id() -> None:
    found = render(PAGE, "en", ids=("NFCC-02/99/s1",), scheme=scheme("nfcc-ir-000-02"))
    assert "NFCC-02/99/s1</button>" in found
    assert "This version has no such clause." in found


def test_every_clause_of_every_scheme_has_a_note_in_both_languages() -> None:
    for name in ("wal-qp-21", "hbfma-2023-15", "nfcc-ir-000-01", "nfcc-ir-000-02"):
        for language in ("zh-hans", "en"):
            found = render(PAGE, language, ids=tuple(scheme(name).clauses), scheme=scheme(name))
            assert found.count("<article") == len({place for place, _ in scheme(name).places.values()})


def test_a_setting_is_marked_as_a_number_that_the_document_does_not_give() -> None:
    found = render("{% setting 'publicity_days' scheme %}{% clause_notes %}", scheme=scheme("hbfma-2023-15"))
    assert 'class="clause clause--param"' in found
    assert "J5</button>" in found
    assert "公示最少天数" in found
