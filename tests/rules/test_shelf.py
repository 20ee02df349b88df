"""shelf: what was compiled is taken down by the next process, and only what the same program has put there."""

from __future__ import annotations

import pickle
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest

from hefu.rules.guards import Compiler, Guard, stamp
from hefu.rules.load import calendar, load, shelf, vocabulary
from hefu.rules.load.opened import _OPENED
from hefu.rules.replay.coverage import clause_table
from tests.conftest import ROOT
from tests.rules.scheme_factory import toy_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hefu.rules.model import Scheme

SCHEMES = ROOT / "schemes"
FOLDER = SCHEMES / "wal-qp-21" / "2.0"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A shelf of its own, with no scheme remembered in the process before or after; what all share is."""
    _OPENED.clear()
    calendar(SCHEMES / "calendars" / "cn.yaml")
    vocabulary(SCHEMES / "vocabulary.yaml")
    shelf.use(tmp_path / "shelf")
    yield tmp_path / "shelf"
    shelf.use(None)
    _OPENED.clear()


def taken_down(monkeypatch: pytest.MonkeyPatch, folder: Path = FOLDER) -> Scheme:
    """The scheme as the next process has it, in which nothing may be compiled."""
    _OPENED.clear()
    with monkeypatch.context() as changed:
        changed.setattr("hefu.rules.load.compile.compile_files", None)
        return load(folder)


def test_the_next_process_compiles_nothing_and_has_the_same_scheme(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load(FOLDER)
    assert len(list(folder.iterdir())) == 1
    second = taken_down(monkeypatch)
    assert second is not first
    assert second.file == first.file
    assert second.machines.keys() == first.machines.keys()
    assert second.calendar is first.calendar, "what all schemes share is not written with each"
    assert clause_table(second, FOLDER) == clause_table(first, FOLDER)


def test_a_start_that_finds_everything_reads_no_file_of_a_scheme(tmp_path: Path) -> None:
    """So it need not load the library that reads them, nor the part that compiles."""
    program = (
        "import sys; from pathlib import Path; from hefu.rules.load import Library, shelf; "
        f"shelf.use(Path({str(tmp_path / 'other')!r})); library = Library(); "
        "print(len([library.get(folder).machines for folder in library.folders()])); "
        "print(*(name in sys.modules for name in ('ruamel.yaml', 'hefu.rules.load.compile')))"
    )
    told = [
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()  # noqa: S603 - our own
        for _ in range(2)
    ]
    assert (told[0][1:], told[1][1:]) == (["True", "True"], ["False", "False"])
    assert told[0][0] == told[1][0]


def test_a_story_goes_the_same_way_with_what_was_taken_down(tmp_path: Path) -> None:
    """Replayed in two processes, of which the second finds everything on the shelf."""
    story = next((FOLDER / "scenarios").glob("*.yaml"))
    program = (
        "import sys; from pathlib import Path; from hefu.rules.load import shelf; from hefu.cli import main; "
        f"shelf.use(Path({str(tmp_path / 'other')!r})); main(['replay', '--json', sys.argv[1]])"
    )
    told = [
        subprocess.run([sys.executable, "-c", program, str(story)], capture_output=True, text=True, check=True).stdout  # noqa: S603 - our own
        for _ in range(2)
    ]
    assert told[0] == told[1]
    assert list((tmp_path / "other").iterdir())


def test_a_guard_that_was_written_down_answers_itself_and_by_the_library() -> None:
    kinds = {"day": "date", "count": "integer", "text": "text"}
    compiler = Compiler(calendar(SCHEMES / "calendars" / "cn.yaml"), [kinds])
    guard = compiler.compile("plus_working_days(day, count) > day && text.matches('^a')", kinds, "boolean")
    again: Guard = pickle.loads(pickle.dumps(guard))  # noqa: S301 - our own
    for text, said in (("ab", True), ("b", False)):
        values = [2, stamp(date(2026, 1, 5)), text]
        assert again(values) is guard(values) is said
        assert again._evaluated(values) is said  # noqa: SLF001 - the answer of the library


def test_a_changed_file_is_compiled(folder: Path, tmp_path: Path) -> None:
    mine = toy_folder(tmp_path)
    before = load(mine)
    text = (mine / "scheme.yaml").read_text(encoding="utf-8")
    (mine / "scheme.yaml").write_text(text + "\n# changed\n", encoding="utf-8")
    assert load(mine).digest != before.digest
    assert len(list(folder.iterdir())) == 2


def test_another_program_compiles_for_itself(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(FOLDER)
    monkeypatch.setattr(shelf, "_program", lambda: "another")
    _OPENED.clear()
    load(FOLDER)
    assert len(list(folder.iterdir())) == 2


def test_what_is_damaged_is_compiled_anew(folder: Path) -> None:
    load(FOLDER)
    (file,) = folder.iterdir()
    file.write_bytes(file.read_bytes()[:-1])
    _OPENED.clear()
    assert load(FOLDER).id == "wal-qp-21"
    assert shelf.take("nothing was put there", {}) is None


def test_a_folder_into_which_others_may_write_is_not_used(folder: Path) -> None:
    load(FOLDER)
    (file,) = folder.iterdir()
    folder.chmod(0o777)
    assert shelf.take("anything", {}) is None
    shelf.put("anything", date(2026, 1, 1), {})
    assert list(folder.iterdir()) == [file]


def test_a_folder_that_cannot_be_made_is_no_mistake(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    shelf.use(tmp_path / "file" / "shelf")
    try:
        shelf.put("anything", date(2026, 1, 1), {})
        assert shelf.take("anything", {}) is None
    finally:
        shelf.use(None)


def test_the_oldest_make_room(folder: Path) -> None:
    for number in range(shelf.KEPT + 3):
        shelf.put(f"day {number}", date(2026, 1, 1), {})
    assert len(list(folder.iterdir())) == shelf.KEPT
    assert shelf.take(f"day {shelf.KEPT + 2}", {}) == date(2026, 1, 1)
