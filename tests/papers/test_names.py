"""The name of a file is what people see, and nothing that misleads them or a program."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis.strategies import text

from hefu.papers.models import TITLE
from hefu.papers.names import clean, extension


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("营业执照 （副本）.pdf", "营业执照 （副本）.pdf"),
        ("C:\\Users\\李\\报告.docx", "报告.docx"),
        ("../../etc/passwd", "passwd"),
        ("a\x00b\r\n.pdf", "ab .pdf".replace(" ", "")),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ('a"b<c>|?*:.pdf', "abc.pdf"),
        (" .hidden. ", "hidden"),
        ("e\u0301.pdf", "\u00e9.pdf"),
        ("x" * 300 + ".pdf", "x" * (TITLE - 4) + ".pdf"),
    ],
)
def test_a_name_is_cleaned(name: str, kept: str) -> None:
    assert clean(name) == kept


@given(text())
def test_what_is_clean_stays_as_it_is_and_never_leads_elsewhere(name: str) -> None:
    kept = clean(name)

    assert clean(kept) == kept
    assert len(kept) <= TITLE
    assert not set(kept) & set('/\\:*?"<>|\0\r\n\u202e')
    assert kept not in (".", "..")


def test_the_extension_follows_the_last_dot() -> None:
    assert [extension(name) for name in ("a.tar.GZ", "pdf", "a.")] == ["gz", "", ""]
