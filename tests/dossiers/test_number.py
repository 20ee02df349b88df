"""Numbers of dossiers: by a pattern, without gaps, and no number twice."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hefu.dossiers import number
from hefu.dossiers.models import CertificateRow, DossierRow

pytestmark = pytest.mark.usefixtures("sites")
WAL = "wal-qp-21"
blanks = st.sampled_from(["{year}", "{yy}", "{scheme}", "-", "2026", "A", "1", ""])
patterns = st.builds("{}{}{{serial:{}}}{}{}".format, blanks, blanks, st.integers(1, 5), blanks, blanks)


def opened(title: str, body: str = "wal") -> None:
    """A dossier with this number."""
    DossierRow.objects.create(
        id=title, body=body, scheme="wal-qp-21@2.0", title=title, opened="2026-01-01", version=1, head=b"",
        last="2026-01-01", status="",
    )  # fmt: skip


def test_numbers_follow_one_another_without_gaps_each_year_and_under_each_scheme() -> None:
    said = [number.next_number("wal", WAL, year) for year in (2026, 2026, 2027)]
    assert said == ["WAL-QP-21-2026-0001", "WAL-QP-21-2026-0002", "WAL-QP-21-2027-0001"]
    assert number.next_number("wal", "other", 2026) == "OTHER-2026-0001"
    assert number.coming("wal", WAL, 2026) == "WAL-QP-21-2026-0003"


def test_another_pattern_goes_on_with_the_serials() -> None:
    number.next_number("wal", WAL, 2026)
    assert number.next_number("wal", WAL, 2026, "网安〔{year}〕{serial:3}号") == "网安〔2026〕002号"
    assert number.next_number("wal", WAL, 2026, "{yy}-{serial}") == "26-3"


@pytest.mark.parametrize(("pattern", "wrong"), [
    ("{scheme}-{year}-{serial:4}", []), ("{yy}{serial}", []), ("A{year}", ["serial"]), ("{serial}", ["year"]),
    ("{year}{serial}{serial:2}", ["serial"]), ("{year}/{serial}", ["text"]), ("{year} {serial}", ["text"]),
    ("{year}-{serial:0}", ["text", "serial"]), ("{month}{year}{serial}", ["text"]), ('{year}"{serial}', ["text"]),
    ("X" * 40 + "{year}{serial}", ["long"]), ("", ["serial", "year"]),
])  # fmt: skip
def test_a_pattern_needs_a_serial_and_a_year_and_little_else(pattern: str, wrong: list[str]) -> None:
    assert list(number.faults(pattern, WAL)) == wrong


def test_a_number_that_a_dossier_has_already_is_found_before_a_pattern_would_give_it_again() -> None:
    opened("WAL-2026-0009")
    assert number.given_already("wal", WAL, 2026, "WAL-{year}-{serial:4}") == "WAL-2026-0009"
    assert number.given_already("wal", WAL, 2026, "WAL-20{yy}-{serial}") == "WAL-2026-0009"
    assert number.given_already("wal", WAL, 2027, "WAL-{year}-{serial:4}") == "", "that year is over"
    assert number.given_already("wal", WAL, 2026, "WAL-{year}-{serial:5}") == ""
    assert number.given_already("other", WAL, 2026, "WAL-{year}-{serial:4}") == "", "another body's"
    for _ in range(9):
        number.next_number("wal", WAL, 2026)
    assert number.given_already("wal", WAL, 2026, "WAL-{year}-{serial:4}") == "", "that serial is behind us"


@pytest.mark.parametrize(("ours", "theirs", "meet"), [
    ("{scheme}-{year}-{serial:4}", "{scheme}-{year}-{serial:4}", False),
    ("JD-{year}-{serial:4}", "JD-{year}-{serial}", True),
    ("JD-{year}-{serial}", "JD-20{yy}-{serial}", True),
    ("JD-{year}-{serial}", "JD-{year}-1{serial}", True),
    ("JD-{year}-{serial}", "JD-{year}-A{serial}", False),
    ("{serial}-{year}", "A{serial}-{year}", False),
])  # fmt: skip
def test_patterns_of_two_schemes_that_could_give_the_same_number_are_found(ours: str, theirs: str, meet: bool) -> None:
    assert number.meet(ours, WAL, theirs, "nfcc-ir-000-01", 2026) is meet


@given(pattern=patterns, serials=st.lists(st.integers(1, 20_000), min_size=2, max_size=2, unique=True))
def test_one_pattern_gives_no_number_twice(pattern: str, serials: list[int]) -> None:
    assume(not list(number.faults(pattern, WAL)))
    said = {number.formed(pattern, WAL, year, serial) for year in (2026, 2027) for serial in serials}
    assert len(said) == 4


@given(ours=patterns, theirs=patterns, one=st.integers(1, 3000), other=st.integers(1, 3000))
def test_whatever_two_patterns_both_give_is_foreseen(ours: str, theirs: str, one: int, other: int) -> None:
    assume(not list(number.faults(ours, WAL)) and not list(number.faults(theirs, "b")))
    if number.formed(ours, WAL, 2026, one) == number.formed(theirs, "b", 2026, other):
        assert number.meet(ours, WAL, theirs, "b", 2026)


def certificate(number_: str, body: str = "wal") -> None:
    """A certificate of a dossier of the body."""
    opened(number_, body)
    CertificateRow.objects.create(
        dossier_id=number_, place=0, number=number_, status="valid", since="2026-01-01", prints=1
    )


def test_the_next_certificate_follows_the_highest_of_its_pattern_and_year() -> None:
    pattern = "WAL-{year}-{serial:4}"
    assert number.next_certificate("wal", WAL, 2026, pattern) == "WAL-2026-0001"
    for one in ("WAL-2026-0002", "WAL-2026-0011", "WAL-2025-0400", "WAL-2026-X", "JD-2026-0099"):
        certificate(one)
    certificate("WAL-2026-0500", "other")
    assert number.next_certificate("wal", WAL, 2026, pattern) == "WAL-2026-0012"
    assert number.next_certificate("wal", WAL, 2027, pattern) == "WAL-2027-0001"
