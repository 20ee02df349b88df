"""Searching the register: parts of names from two signs, numbers as people write them, days, hostile words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connections

from hefu.register import search
from hefu.register.models import EntryRow, StepRow
from hefu.register.public import number_key, searched
from hefu.register.search import Wanted, alike, enough, entries, fits, groups, parts

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY = date(2026, 3, 1)
AT = datetime(2026, 3, 1, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _register(sites: str) -> Iterator[None]:  # noqa: ARG001 - the database first
    entry(
        "a",
        number="NFCC-01-2025-0047",
        holder="北京示例科技有限公司",
        uscc="91110108MA01ABCD2X",
        unit="智能风控引擎 V3.2",
    )
    entry(
        "b",
        number="WAL-2026-0071",
        holder="京北网安技术有限公司",
        uscc="91130100MA0DATA443",
        unit="应急处理，二级",
        scheme="wal-qp-21",
    )
    entry(
        "c", number="", holder="样例农商行", uscc="91130100MA0BANK01N", unit="农户信贷审批", scheme="list", body="other"
    )
    yield
    connections["default"].close()


def entry(public: str, **more: Any) -> EntryRow:  # noqa: ANN401 - columns of the row
    line = " ".join(more.get(name, "") for name in ("number", "holder", "uscc", "unit"))
    known = {
        "public": public, "dossier": f"d-{public}", "place": 0, "body": "body", "scheme": "nfcc", "version": "1",
        "status": "valid", "since": DAY, "granted": DAY, "prints": 1, "moved": AT, "words": searched(line),
        "key": number_key(more.get("number", "")), **more,
    }  # fmt: skip
    return EntryRow.objects.create(**known)


def step(public: str, number: int, on: date, status: str) -> None:
    StepRow.objects.create(
        public=f"{public}{number}", dossier=f"d-{public}", number=number, entry=public, body="body", scheme="nfcc",
        version="1", act="", name="", zh="", en="", on=on, status=status, print="", holder="", uscc="", unit="",
        shown="{}", clauses="[]", at=AT,
    )  # fmt: skip


def found(words: str = "", **more: Any) -> set[str]:  # noqa: ANN401 - fields of Wanted
    return set(entries(Wanted(words, **more)).values_list("public", flat=True))


@pytest.mark.parametrize(("words", "expected"), [
    ("北京", {"a"}), ("京北", {"b"}), ("有限公司", {"a", "b"}), ("智能 北京", {"a"}), ("北京 网安", set()),
    ("v3.2", {"a"}), ("Ｖ３．２", {"a"}), ("91130100", {"b", "c"}), ("nfcc-01", {"a"}), ("农户信贷", {"c"}),
    ("nfcc01 20250047", {"a"}), ("", {"a", "b", "c"}), ("%", set()), ("_", set()), ("没有", set()),
])  # fmt: skip
def test_parts_of_the_line_find_it(words: str, expected: set[str]) -> None:
    assert found(words) == expected


@pytest.mark.parametrize("words", [
    '"', '""', '" OR 1 --', "' OR '1'='1", "北京*", 'words:"北京"', "NEAR(a b)", "a AND b OR NOT c", "\0北京\0",
    "x" * 10_000, "\\", "😀😀😀", "﷽" * 30, "( ) ^ :", "-北京", "+北京",
])  # fmt: skip
def test_hostile_words_are_words(words: str) -> None:
    assert found(words) <= {"a", "b", "c"}
    assert len(parts(words)) <= 8


def test_a_part_that_very_many_lines_hold_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    sought, told = ("有限公司", "北京示例", "有限公司 71", "没有这样的"), []
    for common in (1, 2, 1_000):
        monkeypatch.setattr(search, "COMMON", common)
        search._is_common.cache_clear()  # noqa: SLF001 - what was remembered is of another number
        told.append([found(words) for words in sought])
    search._is_common.cache_clear()  # noqa: SLF001 - as above
    assert told == [[{"a", "b"}, {"a"}, {"b"}, set()]] * 3


def test_a_number_is_found_by_what_people_make_of_it() -> None:
    assert alike("NFCC-O1-2O25-OO47") == EntryRow.objects.get(public="a")
    assert alike("  ") is None
    assert alike("no such number") is None


def test_one_sign_is_not_enough_to_search_for() -> None:
    assert [enough(words) for words in ("", "北", "北京", "a b")] == [False, False, True, True]


def test_body_scheme_and_status_narrow() -> None:
    EntryRow.objects.filter(public="b").update(status="suspended")
    assert found(body="other") == {"c"}
    assert found(schemes=("nfcc", "list")) == {"a", "c"}
    assert found(statuses=(("wal-qp-21", "suspended"), ("nfcc", "valid"))) == {"a", "b"}
    wanted = Wanted(statuses=(("nfcc", "valid"),))
    assert [group.number for group in groups(wanted) if fits(group, wanted)] == [1]
    assert sum(group.number for group in groups(wanted)) == 3


def test_valid_on_a_day_follows_the_history() -> None:
    EntryRow.objects.filter(public="a").update(
        since=date(2026, 9, 1), valid_to=date(2027, 1, 1), granted=date(2026, 1, 1)
    )
    for number, (on, status) in enumerate(
        [(date(2026, 1, 1), "valid"), (date(2026, 4, 1), "suspended"), (date(2026, 9, 1), "valid")], 1
    ):
        step("a", number, on, status)
    days = [
        date(2025, 12, 31),
        date(2026, 1, 1),
        date(2026, 3, 31),
        date(2026, 4, 1),
        date(2026, 8, 31),
        date(2026, 9, 1),
    ]
    assert ["a" in found(on=day) for day in days] == [False, True, True, False, False, True]
    assert "a" in found(on=date(2027, 1, 1))
    assert "a" not in found(on=date(2027, 1, 2))


def test_the_index_follows_changes_and_deletions() -> None:
    EntryRow.objects.filter(public="a").update(words=searched("南京另一家公司"))
    assert (found("另一家公司"), found("智能风控")) == ({"a"}, set())
    EntryRow.objects.filter(public="a").delete()
    assert found("另一家公司") == set()
