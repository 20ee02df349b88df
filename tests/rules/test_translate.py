"""Guards in Python and in CEL: two evaluations of one language, so they must never answer differently."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from hefu.rules.guards import NEVER, Compiler, Guard
from hefu.rules.load.compile import compile_files
from hefu.rules.load.files import read_folder
from hefu.rules.load.shared import calendar, vocabulary
from hefu.rules.translate import translated

SCHEMES = Path(__file__).parents[2] / "schemes"
FOLDERS = sorted(path.parent for path in SCHEMES.glob("*/*/scheme.yaml"))
ROUNDS = 40
DAYS = calendar(SCHEMES / "calendars" / "cn.yaml")
KINDS = {
    "text": "text", "yes": "boolean", "count": "integer", "size": "number", "day": "date", "words": "list",
    "rows": "rows", "points": "map", "table": "table", "who": "organisation",
}  # fmt: skip


def answers(guard: Guard, values: list[object]) -> tuple[object, object]:
    """What the guard says, the second time so that it is the translation, and what the library says."""
    guard(values)
    own, library = guard(values), guard._evaluated(values)  # noqa: SLF001 - the two evaluations of a guard
    return own, library if isinstance(library, guard._wanted) else None  # noqa: SLF001


def guards_of(folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[Guard, dict[str, str]]]:
    found: dict[str, tuple[Guard, dict[str, str]]] = {}
    compiled = Compiler.compile

    def kept(compiler: Compiler, source: str, variables: dict[str, str], wanted: str) -> Guard:
        guard = compiled(compiler, source, variables, wanted)
        found[source] = guard, variables
        return guard

    monkeypatch.setattr(Compiler, "compile", kept)
    compile_files(read_folder(folder), DAYS, vocabulary(SCHEMES / "vocabulary.yaml"))
    return found


def value(kind: str, source: str, chance: Random) -> object:  # noqa: PLR0911 - one return a type
    """A value of a type, drawn from the words of an expression so that its comparisons are now true, now false."""
    words = ["", *re.findall(r"'([^']*)'", source)]
    match kind:
        case "boolean":
            return chance.random() < 0.5
        case "integer":
            return chance.choice([0, 1, 2, 7, 24, 120, -1])
        case "number":
            return chance.choice([0.0, 1.0, 0.5, 30.0])
        case "date":
            return chance.choice([NEVER, NEVER + timedelta(days=45_000 + chance.randrange(900))])
        case "list" | "materials":
            return chance.sample(words, chance.randrange(len(words) + 1))
        case "rows":
            return [cell_by_name(source, chance) for _ in range(chance.randrange(4))]
        case "map":
            return {word: chance.choice(words) for word in chance.sample(words, chance.randrange(len(words) + 1))}
        case "table":
            return {word: [cell_by_name(source, chance)] for word in words}
        case "organisation":
            return {"name": chance.choice(words), "uscc": chance.choice(["", "91110000600037341L"])}
        case _:
            return chance.choice(words)


def cell_by_name(source: str, chance: Random) -> dict[str, object]:
    """A row with some of the members for which an expression asks, of any type."""
    cells = [
        True,
        False,
        1,
        0,
        2.5,
        "2025-03-31T00:00:00Z",
        "soon",
        ["x"],
        {"b": "x"},
        *re.findall(r"'([^']*)'", source),
    ]
    names = {name for name in re.findall(r"\.([a-z_]+)", source) if chance.random() < 0.8}
    return {name: chance.choice(cells) for name in sorted(names)}


def drawn(guard: Guard, variables: dict[str, str], chance: Random) -> Iterator[list[object]]:
    for _ in range(ROUNDS):
        yield [value(variables[name], guard.source, chance) for name in guard.names]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_every_guard_of_the_schemes_answers_as_the_library_does(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for guard, variables in guards_of(folder, monkeypatch).values():
        for values in drawn(guard, variables, Random(guard.source)):  # noqa: S311 - the same cases every time
            own, library = answers(guard, values)
            assert own == library, (guard.source, values)
            assert type(own) is type(library), (guard.source, values)


def test_all_of_them_are_translated(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [guard for folder in FOLDERS for guard, _ in guards_of(folder, monkeypatch).values()]
    assert [guard.source for guard in found if not _is_translated(guard)] == []


def _is_translated(guard: Guard) -> bool:
    return translated(guard._bytes(), guard.names, guard._compiler.scope) is not None  # noqa: SLF001


@pytest.mark.parametrize(
    "source",
    [
        "1 + 2 * 3 - -count > 4", "size * 2.0 >= 3.5 - size", "text + 'x' == 'ax'", "words + ['b'] == ['a', 'b']",
        "count + 9223372036854775807 > 0", "0 - count - 9223372036854775807 < 0", "10 / count > 1", "count % 2 == 1",
        "yes || 10 / count > 1", "10 / count > 1 || yes", "!(10 / count > 1 && yes)", "yes ? 10 / count > 1 : true",
        "rows.all(r, r.a == 'x')", "rows.exists(r, r.a == r.b)", "rows.exists_one(r, r.a)", "rows.all(r, has(r.a))",
        "rows.exists(r, r.a == true)", "rows.exists(r, r.a == 1)", "rows.exists(r, r.a > 1)",
        "rows.all(r, r.a in r.b)", "rows.exists(r, r.a in words)", "rows.all(r, rows.exists(s, s.a == r.b))",
        "rows.map(r, r.a) == []", "rows.filter(r, has(r.a)).size() == 1", "rows.exists(r, timestamp(r.a) < day)",
        "rows[0].a == 'x'", "rows.exists(r, has(r.a.b))", "rows.exists(r, r.a.b == 'x')",
        "rows.all(r, r.a.all(s, s == 'x'))", "rows.all(r, r.a['b'] == 'x')", "table['x'].exists(r, count <= r.a)",
        "points.all(k, points[k] == 'x')", "points['x'] == 'x'", "{'a': 'b'}[text] == 'b'",
        "who.name.contains(text)", "text.matches('^a$')", "text.matches('[' + text)", "size(text) + size(words) > 1",
        "text < 'b' && day > timestamp('2025-01-01T00:00:00Z')", "string(count) == '1'",
        "day == timestamp('2024-13-01T00:00:00Z')", "later(day, plus_months(day, count)) == day",
        "characters(text) == 1", "plus_years(day, 9000) > day", "rows.exists(r, characters(r.a) == 1)",
        "'x' in points", "yes == (count == 1)", "day - day == duration('0s')", "null == null",
    ],
)  # fmt: skip
def test_every_operator_answers_as_the_library_does(source: str) -> None:
    chance = Random(source)  # noqa: S311 - the same cases every time
    guard = Compiler(DAYS, [KINDS]).compile(source, KINDS, "boolean")
    for values in drawn(guard, KINDS, chance):
        own, library = answers(guard, values)
        assert own is library, values


@pytest.mark.parametrize("wrong", [1, 0, "yes", None, 1.0])
def test_a_value_of_another_type_than_declared_is_left_to_the_library(wrong: object) -> None:
    guard = Compiler(DAYS, [KINDS]).compile("!yes || true", KINDS, "boolean")
    own, library = answers(guard, [wrong])
    assert own is library
