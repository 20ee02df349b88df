from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hefu.cli import catalogues

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("product")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A product of one app with an app inside it."""
    folder = tmp_path / "shop"
    (folder / "inner" / "templates").mkdir(parents=True)
    (folder / "apps.py").touch()
    (folder / "inner" / "apps.py").touch()
    (folder / "outer.py").write_text(
        '_("Open")\nngettext("%(n)d door", "%(n)d doors", n)\npgettext("adjective", "Open")\n'
    )
    (folder / "inner" / "templates" / "page.html").write_text(
        "<p>\n  {% translate 'Inside' %}\n"
        "    {% blocktranslate count n=n %}one{% plural %}{{ n }} of them{% endblocktranslate %}\n</p>"
    )
    return folder


def _gathered(source: Path) -> dict[Path, dict[catalogues.Key, catalogues.Said]]:
    found = catalogues.said(source)
    for app in catalogues.apps(source):
        catalogues.write(app, found.get(app, {}))
    return found


def _translate(source: Path, app: str, before: str, after: str) -> None:
    path = catalogues.catalogue(source / app)
    path.write_text(path.read_text().replace(before, after))


def test_each_text_belongs_to_the_nearest_app(source: Path) -> None:
    found = catalogues.said(source)
    assert set(found[source]) == {("", "Open"), ("", "%(n)d door"), ("adjective", "Open")}
    assert found[source / "inner"] == {
        ("", "Inside"): catalogues.Said("", ("shop/inner/templates/page.html",)),
        ("", "one"): catalogues.Said("%(n)s of them", ("shop/inner/templates/page.html",)),
    }


def test_gathering_twice_changes_nothing(source: Path) -> None:
    found = _gathered(source)
    assert not any(catalogues.write(app, found[app]) for app in found)


def test_a_text_without_chinese_is_a_fault_and_with_it_is_none(source: Path) -> None:
    found = _gathered(source)
    assert {fault.what for fault in catalogues.faults(found, source)} == {"is not translated"}
    path = catalogues.catalogue(source / "inner")
    path.write_text(
        path.read_text()
        .replace('"Inside"\nmsgstr ""', '"Inside"\nmsgstr "里面"')
        .replace('msgstr[0] ""', 'msgstr[0] "%(n)s个"')
    )
    assert not [fault for fault in catalogues.faults(found, source) if "inner" in str(fault.file)]


def test_a_translation_outlives_the_next_gathering(source: Path) -> None:
    _gathered(source)
    _translate(source, "inner", '"Inside"\nmsgstr ""', '"Inside"\nmsgstr "里面"')
    _gathered(source)
    assert "里面" in catalogues.catalogue(source / "inner").read_text()


def test_a_text_that_nobody_says_any_more_is_a_fault_until_the_next_gathering(source: Path) -> None:
    _gathered(source)
    (source / "outer.py").write_text("")
    found = catalogues.said(source)
    assert {fault.what for fault in catalogues.faults(found, source)} >= {"no longer said anywhere"}
    assert catalogues.write(source, {})
    assert not catalogues.catalogue(source).exists()


def test_a_new_text_is_a_fault_until_the_next_gathering(source: Path) -> None:
    _gathered(source)
    (source / "more.py").write_text('_("More")')
    faults = catalogues.faults(catalogues.said(source), source)
    assert ("More", "is not in the file") in {(fault.text, fault.what) for fault in faults}


def test_a_translation_that_loses_a_blank_is_a_fault(source: Path) -> None:
    found = _gathered(source)
    _translate(source, ".", 'msgstr[0] ""', 'msgstr[0] "几扇门"')
    faults = catalogues.faults(found, source)
    assert "does not fill the same blanks in Chinese" in {fault.what for fault in faults}


def test_chinese_in_the_code_is_a_fault(source: Path) -> None:
    (source / "more.py").write_text('_("更多")')
    faults = catalogues.faults(_gathered(source), source)
    assert ("更多", "has Chinese in the English text") in {(fault.text, fault.what) for fault in faults}


def test_two_apps_that_translate_a_text_differently_are_a_fault(source: Path) -> None:
    (source / "inner" / "more.py").write_text('_("Open")')
    found = _gathered(source)
    _translate(source, ".", '"Open"\nmsgstr ""', '"Open"\nmsgstr "打开"')
    _translate(source, "inner", '"Open"\nmsgstr ""', '"Open"\nmsgstr "开放"')
    assert "is translated otherwise in another app" in {fault.what for fault in catalogues.faults(found, source)}


def test_a_text_that_no_app_takes_up_is_refused(source: Path) -> None:
    (source / "apps.py").unlink()
    with pytest.raises(ValueError, match="no app is above it"):
        catalogues.said(source)


def test_compiling_writes_only_what_has_changed(source: Path) -> None:
    _gathered(source)
    assert catalogues.compile_all(source) == 2
    assert catalogues.compile_all(source, stale_only=True) == 0


def test_a_scheme_has_one_word_in_the_products_chinese() -> None:
    said = {app: catalogues.catalogue(app) for app in catalogues.apps()}
    assert not [app for app, path in said.items() if path.exists() and "制度" in path.read_text()]
