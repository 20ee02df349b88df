"""Finding dossiers by words, on both databases: numbers, names, two characters, and what is typed by mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hefu.dossiers.models import DossierRow, SubjectRow
from hefu.dossiers.search import holding, terms
from tests.databases import unguarded
from tests.dossiers.lives import life, live

if TYPE_CHECKING:
    from hefu.dossiers.store import Store


def found(store: Store, query: str) -> set[str]:
    rows = DossierRow.objects.using(store.using).filter(holding(terms(query), store.using))
    return set(rows.values_list("id", flat=True))


@pytest.mark.parametrize(
    "query", ["d-1", "单元 d-1", "青禾信息", "青禾", "禾信", "91110000600037341l", "禾", "检测 青禾信息技术"]
)
def test_a_dossier_is_found_by_number_name_code_and_part_of_them(store: Store, query: str) -> None:
    live(store, life(), "d-1")
    SubjectRow.objects.using(store.using).update(words="单元 d-1 青禾信息技术有限公司 91110000600037341l 密钥检测")
    assert found(store, query) == {"d-1"}


@pytest.mark.parametrize(
    "query", ["北京", "北京市海淀区", '"', "d-2", "青禾 北京", "%", "_", "青禾%", "* OR 1", "(青禾"]
)
def test_what_is_in_no_dossier_finds_nothing(store: Store, query: str) -> None:
    live(store, life(), "d-1", 1)
    assert found(store, query) == set()


def test_the_number_of_a_dossier_is_among_its_words(store: Store) -> None:
    live(store, life(), "d-1", 1)
    assert "单元 d-1" in SubjectRow.objects.using(store.using).get().words


def test_words_that_have_changed_or_gone_are_not_found_any_more(store: Store) -> None:
    live(store, life(), "d-1", 1)
    rows = SubjectRow.objects.using(store.using)
    rows.update(words="甲乙丙丁")
    assert found(store, "甲乙丙") == {"d-1"}
    rows.update(words="子丑寅卯")
    assert (found(store, "甲乙丙"), found(store, "子丑寅")) == (set(), {"d-1"})
    unguarded(store.using, "UPDATE hefu_dossier SET status = 'kept'")
    rows.all().delete()
    assert found(store, "子丑寅") == set()
