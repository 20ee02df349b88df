"""Guards as Python functions: what a checked expression says, written as one lambda.

Crossing over to the CEL library takes microseconds, and most guards are a handful of comparisons. Only what surely
means the same in both languages is written in Python; for everything else, and for every evaluation that raises one of
ERRORS, the caller asks the library. Errors need it because they are values in CEL: `error || true` is true.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from hefu.rules.checked import Node, tree

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Scope = dict[str, Callable[..., object]]
ERRORS = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
_PLAIN = frozenset({"boolean", "integer", "number", "text", "date"})
_ORDERED = _PLAIN - {"boolean"}
_NUMBERS = frozenset({"", "integer", "number"})
_LOOPS = {
    "all": "all({} for {} in {})", "exists": "any({} for {} in {})", "exists-one": "(sum({} for {} in {}) == 1)",
}  # fmt: skip
_LOGIC = {"_&&_": "({} and {})", "_||_": "({} or {})", "!_": "(not {})"}
_ORDER = {"_<_": "({} < {})", "_<=_": "({} <= {})", "_>_": "({} > {})", "_>=_": "({} >= {})"}
_WHOLE = {"_+_": "_whole({} + {})", "_-_": "_whole({} - {})", "_*_": "_whole({} * {})", "-_": "_whole(-{})"}
_LARGEST = 2**63 - 1


class _ForeignError(Exception):
    """A part that Python would not surely answer as CEL does."""


def translated(serialised: bytes, names: Sequence[str], scope: Scope) -> Callable[..., object] | None:
    """The function of the variables `names`, in their order, that an expression is; None where CEL itself is needed.

    It may only be called with variables of the types declared.
    """
    known = {name: f"v{number}" for number, name in enumerate(names)}
    try:
        code = _code(tree(serialised), known, scope)
    except _ForeignError:
        return None
    found: Callable[..., object] = eval(f"lambda {', '.join(known.values())}: {code}", scope)  # noqa: S307 - made above
    return found


def scope(functions: Mapping[str, Callable[..., object]]) -> Scope:
    """What translated expressions of one scheme share: the functions that guards may call beside CEL's own."""
    own = (_alike, _among, _list, _midnight, _number, _row, _whole, _yes_or_no)
    return {work.__name__: work for work in own} | dict(functions)


def _code(node: Node, known: Mapping[str, str], scope: Scope) -> str:  # noqa: PLR0911 - one return a kind of part
    """The Python of a part; `known` says how its variables are called there. Raises _ForeignError."""
    if node.word in _LOOPS:
        return _loop(node, known, scope)
    parts = [_code(part, known, scope) for part in node.parts]
    held = node.parts[0].type if node.parts else None
    match node.word:
        case "constant":
            return repr(node.value)
        case "name" if node.name in known:
            return known[node.name]
        case "member" if held and held.word in ("map", ""):
            return f"{_sure(held.word, '_row', parts[0])}[{node.name!r}]"
        case "has" if held and held.word in ("map", ""):
            return f"({node.name!r} in {_sure(held.word, '_row', parts[0])})"
        case "list":
            return f"[{', '.join(parts)}]"
        case "map" if len(set(parts[::2])) == len(parts) // 2:
            return f"{{{', '.join(map('{}: {}'.format, parts[::2], parts[1::2]))}}}"
        case "call" if node.name in scope and all(part.type.word for part in node.parts):
            return f"{node.name}({', '.join(parts)})"
        case "call":
            return _call(node, parts)
    raise _ForeignError


def _loop(node: Node, known: Mapping[str, str], scope: Scope) -> str:
    """`all`, `exists` and `exists_one` over the elements of a list or the keys of a map."""
    over, test = node.parts
    if over.type.word not in ("list", "map", ""):
        raise _ForeignError
    running = f"x{len(known)}"
    inside = _truth(test, _code(test, {**known, node.name: running}, scope))
    return _LOOPS[node.word].format(inside, running, _sure(over.type.word, "_list", _code(over, known, scope)))


def _truth(part: Node, code: str) -> str:
    """A part that must be yes or no."""
    return _sure(part.type.word, "_yes_or_no", code)


def _sure(word: str, helper: str, code: str) -> str:
    """The code of a value that must be of one type; where only the value will tell, it is asked."""
    return code if word else f"{helper}({code})"


def _call(node: Node, parts: Sequence[str]) -> str:  # noqa: C901, PLR0911, PLR0912 - one table, one branch an operator
    """The Python of an operator or function of CEL."""
    words = [part.type.word for part in node.parts]
    same = len(set(words)) == 1
    match node.name:
        case "_&&_" | "_||_" | "!_":
            return _LOGIC[node.name].format(*map(_truth, node.parts, parts))
        case "_?_:_":
            return f"({parts[1]} if {_truth(node.parts[0], parts[0])} else {parts[2]})"
        case "_==_" | "_!=_" if "boolean" in words:  # an integer is never a yes
            return f"({parts[0]} {'is' if node.name == '_==_' else 'is not'} {parts[1]})"
        case "_==_" | "_!=_" if (same and words[0] in _PLAIN) or not {"text", "date"}.isdisjoint(words):
            return f"({parts[0]} {node.name[1:3]} {parts[1]})"
        case "_==_" | "_!=_" if words == ["", ""]:
            return f"({'' if node.name == '_==_' else 'not '}_alike({parts[0]}, {parts[1]}))"
        case "_<_" | "_<=_" | "_>_" | "_>=_" if same and words[0] in _ORDERED:
            return _ORDER[node.name].format(*parts)
        case "_<_" | "_<=_" | "_>_" | "_>=_" if _NUMBERS.issuperset(words):
            return _ORDER[node.name].format(*map("_number({})".format, parts))
        case "@in" if words in (["text", "list"], ["text", "map"]) or node.parts[1].type == ("list", "text"):
            return f"({parts[0]} in {parts[1]})"
        case "@in" if words == ["", ""]:
            return f"_among({parts[0]}, {parts[1]})"
        case "_[_]" if words in (["map", "text"], ["", "text"]):
            return f"{_sure(words[0], '_row', parts[0])}[{parts[1]}]"
        case "_+_" if same and words[0] in ("text", "list", "number"):
            return f"({parts[0]} + {parts[1]})"
        case "_+_" | "_-_" | "_*_" | "-_" if same and words[0] == "integer":
            return _WHOLE[node.name].format(*parts)
        case "size" if words[0] in ("text", "list", "map"):
            return f"len({parts[0]})"
        case "contains" if words == ["text", "text"]:
            return f"({parts[1]} in {parts[0]})"
        case "timestamp":
            return f"_midnight({parts[0]})"
    raise _ForeignError


def _yes_or_no(value: object) -> bool:
    if value is True or value is False:
        return value
    raise TypeError


def _list(value: object) -> list[object]:
    if type(value) is list:
        return value
    raise TypeError


def _row(value: object) -> dict[str, object]:
    if type(value) is dict:
        return value
    raise TypeError


def _number(value: float) -> float:
    if type(value) is int or type(value) is float:
        return value
    raise TypeError


def _alike(one: object, other: object) -> bool:
    """Whether two values are the same text; of anything else the library knows what is alike."""
    if type(one) is str and type(other) is str:
        return one == other
    raise TypeError


def _among(one: object, others: object) -> bool:
    if type(one) is str and type(others) is list:
        return one in others
    raise TypeError


def _whole(value: int) -> int:
    """CEL's integers have 64 bits."""
    if -_LARGEST <= value <= _LARGEST:
        return value
    raise OverflowError


def _midnight(text: str) -> datetime:
    """A day as view.py gives it inside rows; any other text is for the library to read."""
    if len(text) == len("2000-01-01T00:00:00Z") and text.endswith("T00:00:00Z") and text[4] == text[7] == "-":
        return datetime.fromisoformat(text)
    raise ValueError(text)
