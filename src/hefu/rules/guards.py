"""Guards: CEL expressions, compiled and type-checked once, evaluated many times.

The one file that knows the CEL library (cel-expr-python, young, so wrapped here). A guard sees typed variables
such as `form.report_date` or `done.accept`; each is declared by name, so a misspelt one or a wrong type is a mistake
of the scheme, found when it is loaded. Dates are CEL timestamps at midnight UTC; they stand for days, no zone.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from cel_expr_python import cel

from hefu.rules.time import add_months, add_years
from hefu.rules.translate import ERRORS, scope, translated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from hefu.rules.time import Calendar

NEVER = datetime(1900, 1, 1, tzinfo=UTC)
_ROW = cel.Type.Map(cel.Type.STRING, cel.Type.DYN)
TYPES: dict[str, cel.Type] = {
    "text": cel.Type.STRING,
    "boolean": cel.Type.BOOL,
    "integer": cel.Type.INT,
    "number": cel.Type.DOUBLE,
    "date": cel.Type.TIMESTAMP,
    "list": cel.Type.List(cel.Type.STRING),
    "materials": cel.Type.List(cel.Type.STRING),
    "booleans": cel.Type.List(cel.Type.BOOL),
    "rows": cel.Type.List(_ROW),
    "map": cel.Type.Map(cel.Type.STRING, cel.Type.STRING),
    "organisation": cel.Type.Map(cel.Type.STRING, cel.Type.STRING),
    "table": cel.Type.Map(cel.Type.STRING, cel.Type.DYN),
}
EMPTY: dict[str, object] = {
    "text": "", "boolean": False, "integer": 0, "number": 0.0, "date": NEVER, "list": [], "materials": [], "rows": [],
    "map": {}, "table": {}, "organisation": {"name": "", "uscc": ""},
}  # fmt: skip
_PYTHON: dict[str, type] = {
    "text": str, "boolean": bool, "integer": int, "number": float, "date": datetime, "list": list, "materials": list,
    "booleans": list, "rows": list, "map": dict, "organisation": dict, "table": dict,
}  # fmt: skip
Own = tuple[str, list[cel.Type], cel.Type, "Callable[..., Any]"]
_ERROR = re.compile(r"<input>:(\d+):(\d+): ([^\n]*)")
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*")


class GuardError(ValueError):
    """A CEL expression that does not compile, or is not of the type that its place needs."""

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        self.message, self.line, self.column = message, line, column
        super().__init__(message)


@lru_cache(maxsize=4096)
def stamp(day: date) -> datetime:
    """The CEL value of a day."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


class UncomputableError(ValueError):
    """An expression that should give a value gave none: a day outside the calendar, a key that a row lacks."""


def day_of(value: object) -> date:
    """The day of a CEL value. Raises UncomputableError where there is none."""
    if not isinstance(value, datetime):
        raise UncomputableError
    return value.date()


def _back(day: datetime, number: int) -> datetime:
    return stamp(day.date() + timedelta(days=number))


class Guard:
    """A compiled expression, and the `names` of the variables that it may need.

    It can be pickled: what the library has checked goes as the library's own bytes, and is only compiled again where
    the library itself must answer.
    """

    __slots__ = ("_compiler", "_expression", "_function", "_types", "_wanted", "_word", "_words", "names", "source")

    def __init__(
        self, source: str, variables: Mapping[str, str], wanted: str, expression: cel.Expression | bytes,
        compiler: Compiler,
    ) -> None:  # fmt: skip
        self.source, self.names = source, tuple(sorted(variables))
        self._words = tuple(variables[name] for name in self.names)
        self._types = tuple(_PYTHON[word] for word in self._words)
        self._word, self._wanted = wanted, _PYTHON[wanted]
        self._expression, self._compiler = expression, compiler
        self._function: Callable[..., object] | None = self._first

    def __reduce__(self) -> tuple[type[Guard], tuple[object, ...]]:
        """As arguments of its own making."""
        return Guard, (self.source, self._variables(), self._word, self._bytes(), self._compiler)

    def __call__(self, values: Sequence[object]) -> Any:  # noqa: ANN401 - the checked type varies
        """Evaluate with the values of the variables; returns a Python value, dates as timestamps.

        An expression that fails on these values (a key that a row lacks) gives None: neither true nor false.
        """
        if self._function is not None and tuple(map(type, values)) == self._types:
            try:
                value = self._function(*values)
            except ERRORS:
                value = self._evaluated(values)
        else:
            value = self._evaluated(values)
        return value if isinstance(value, self._wanted) else None

    def _first(self, *values: object) -> object:
        """The first evaluation translates, so that a scheme loads fast and what nobody asks takes no memory."""
        self._function = translated(self._bytes(), self.names, self._compiler.scope)
        return self._evaluated(values) if self._function is None else self._function(*values)

    def _evaluated(self, values: Sequence[object]) -> object:
        """The answer of the library."""
        if isinstance(self._expression, bytes):
            self._expression = self._compiler.expression(self.source, self._variables())
        found: object = self._expression.eval(data=dict(zip(self.names, values, strict=True))).plain_value()
        return found

    def _variables(self) -> dict[str, str]:
        return dict(zip(self.names, self._words, strict=True))

    def _bytes(self) -> bytes:
        """The tree that the library has checked."""
        return self._expression if isinstance(self._expression, bytes) else self._expression.serialize()


class Compiler:
    """Compiles the expressions of one scheme against declared variables; one per calendar.

    An environment of the library takes 100 KB and more, so all variables of a scheme that agree in their types share
    one; which of them an expression may use is decided here.
    """

    def __init__(self, calendar: Calendar, known: Iterable[Mapping[str, str]] = ()) -> None:
        own = _own(calendar)
        self._calendar = calendar
        self._functions = [_declared(*function) for function in own]
        self.scope = scope({"matches": _matches} | {name: work for name, _, _, work in own})
        self._pools: list[dict[str, str]] = []
        self._environments: dict[int, cel.Env] = {}
        for variables in known:
            self._pool(variables)

    def __reduce__(self) -> tuple[type[Compiler], tuple[Calendar, list[dict[str, str]]]]:
        """As arguments of its own making: its variables are already pooled."""
        return Compiler, (self._calendar, self._pools)

    def compile(self, source: str, variables: Mapping[str, str], wanted: str) -> Guard:
        """Compile `source` with `variables` (name to type word) to a value of type `wanted`. Raises GuardError."""
        words = {word for match in _WORD.findall(source) for word in _prefixes(match)}
        used = {name: kind for name, kind in variables.items() if name in words}
        pool = self._pool(used)
        foreign = sorted(name for name in words if name in self._pools[pool] and name not in variables)
        if foreign:
            line, column = _position(source, foreign[0])
            message = f"undeclared reference to '{foreign[0]}'"
            raise GuardError(message, line, column)
        expression = self.expression(source, used)
        found = expression.return_type().name()
        if found not in (TYPES[wanted].name(), "DYN"):
            message = f"the expression gives {found.lower()}, but {wanted} is needed here"
            raise GuardError(message)
        return Guard(source, used, wanted, expression, self)

    def expression(self, source: str, used: Mapping[str, str]) -> cel.Expression:
        """What the library makes of an expression with these variables. Raises GuardError."""
        try:
            return self._environment(self._pool(used)).compile(source)
        except RuntimeError as error:
            raise _readable(str(error)) from error

    def _pool(self, variables: Mapping[str, str]) -> int:
        """The number of the pool that declares these variables, with these types."""
        for number, pool in enumerate(self._pools):
            if all(pool.get(name) == kind for name, kind in variables.items()):
                return number
        for number, pool in enumerate(self._pools):
            if all(pool.get(name, kind) == kind for name, kind in variables.items()):
                pool.update(variables)
                self._environments.pop(number, None)
                return number
        self._pools.append(dict(variables))
        return len(self._pools) - 1

    def _environment(self, pool: int) -> cel.Env:
        if pool not in self._environments:
            declared = {name: TYPES[kind] for name, kind in self._pools[pool].items()}
            self._environments[pool] = cel.NewEnv(variables=declared, functions=self._functions)
        return self._environments[pool]


def _position(source: str, name: str) -> tuple[int, int]:
    """Line and column of a name in an expression, both counted from 1."""
    before = source[: source.find(name)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _prefixes(word: str) -> list[str]:
    parts = word.split(".")
    return [".".join(parts[:count]) for count in range(1, len(parts) + 1)]


def _readable(text: str) -> GuardError:
    match = _ERROR.search(text)
    if match is None:
        return GuardError(text.splitlines()[0])
    return GuardError(match[3].split(" (in container")[0], int(match[1]), int(match[2]))


def _own(calendar: Calendar) -> list[Own]:
    """The functions that guards may call, beside CEL's own: name, types of parameters and result, and what they do."""
    day, number, text = cel.Type.TIMESTAMP, cel.Type.INT, cel.Type.STRING
    return [
        ("plus_days", [day, number], day, _back),
        ("plus_months", [day, number], day, lambda d, n: stamp(add_months(d.date(), n))),
        ("plus_years", [day, number], day, lambda d, n: stamp(add_years(d.date(), n))),
        ("plus_working_days", [day, number], day, lambda d, n: stamp(calendar.add(d.date(), n))),
        ("working_days", [day, day], number, lambda a, b: calendar.count(a.date(), b.date())),
        ("later", [day, day], day, max),
        ("earlier", [day, day], day, min),
        ("characters", [text], number, lambda s: len("".join(s.split()))),
    ]


@cache
def _matching() -> cel.Expression:
    return cel.NewEnv(variables={"text": cel.Type.STRING, "pattern": cel.Type.STRING}).compile("text.matches(pattern)")


def _matches(text: str, pattern: str) -> bool:
    """The `matches` of translated expressions is the library's own, because Python's patterns are others."""
    found = _matching().eval(data={"text": text, "pattern": pattern}).plain_value()
    if isinstance(found, bool):
        return found
    raise ValueError(pattern)


def _declared(name: str, parameters: list[cel.Type], result: cel.Type, work: Callable[..., Any]) -> cel.FunctionDecl:
    overload = cel.Overload(f"hefu_{name}", return_type=result, parameters=parameters, impl=work)
    return cel.FunctionDecl(name, [overload])
