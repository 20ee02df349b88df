"""The tree of an expression as the CEL library has checked it, read from the library's own serialisation.

That is a CheckedExpr (cel.dev/expr/checked.proto) in the wire format of protocol buffers: numbered fields, of which
only those are named here that an expression of a scheme can have. Types are the words of guards.py.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PRIMITIVE = {1: "boolean", 2: "integer", 4: "number", 5: "text"}
_TIMESTAMP = 2
_WORDS = {3: "constant", 4: "name", 5: "member", 6: "call", 7: "list", 8: "map", 9: "loop"}
_MACROS = {"_&&_": "all", "_||_": "exists", "_?_:_": "exists-one"}
_SIGN, _WRAP = 2**63, 2**64


class Type(NamedTuple):
    """What the checker knows of a value: a word, empty where only the value itself will tell; `of`: its elements'."""

    word: str
    of: str = ""


class Node(NamedTuple):
    """A part of an expression.

    `word` is `constant`, `name`, `member` (of its part), `has` (whether its part has the member), `call`, `list`,
    `map` (keys and values in turn), `all`, `exists`, `exists-one` (the elements of its first part of which the second
    holds), or empty for what no
    scheme needs. `name` is the name, member, function or running variable; `value` that of a constant.
    """

    word: str
    type: Type
    name: str = ""
    parts: tuple[Node, ...] = ()
    value: object = None


def tree(serialised: bytes) -> Node:
    """The tree of a serialised expression."""
    held = _Message(_Message(serialised).inside(2))  # an Any: the name of its type, then the message
    types = {entry.number(1): _type(_Message(entry.inside(2))) for entry in held.messages(3)}
    return _node(_Message(held.inside(4)), types)


def _node(message: _Message, types: Mapping[int, Type]) -> Node:  # noqa: PLR0911 - one return a kind of part
    field = next((number for number in _WORDS if number in message.fields), 0)
    word, kind = _WORDS.get(field, ""), types.get(message.number(2), Type(""))
    inside = _Message(message.inside(field))

    def nodes(*numbers: int) -> tuple[Node, ...]:
        return tuple(_node(part, types) for number in numbers for part in inside.messages(number))

    match word:
        case "constant":
            return Node(word, kind, value=_constant(inside))
        case "name":
            return Node(word, kind, inside.text(1))
        case "member":
            return Node("has" if inside.number(3) else word, kind, inside.text(2), nodes(1))
        case "call":
            return Node(word, kind, inside.text(2), nodes(1, 3))
        case "list":
            return Node(word, kind, parts=nodes(1))
        case "map" if 1 not in inside.fields:
            parts = (_node(_Message(entry.inside(n)), types) for entry in inside.messages(2) for n in (3, 4))
            return Node(word, kind, parts=tuple(parts))
        case "loop":
            over, step = nodes(2, 6)
            test = step.parts[0 if step.name == "_?_:_" else 1 :][:1]
            return Node(
                _MACROS.get(step.name, "") if kind.word == "boolean" else "", kind, inside.text(1), (over, *test)
            )
    return Node("", kind)


def _constant(message: _Message) -> object:
    for field, values in message.fields.items():
        match field, values[0]:
            case 2, int(yes):
                return bool(yes)
            case 3, int(number):
                return number - _WRAP if number >= _SIGN else number
            case 5, bytes(double):
                return struct.unpack("<d", double)[0]
            case 6, bytes(text):
                return text.decode()
    return None


def _type(message: _Message) -> Type:
    for field in message.fields:
        match field:
            case 3:
                return Type(_PRIMITIVE.get(message.number(3), ""))
            case 5:
                return Type("date" if message.number(5) == _TIMESTAMP else "")
            case 6 | 7:  # the elements of a list, the values of a map
                inside = _Message(message.inside(field))
                return Type("list" if field == 6 else "map", _type(_Message(inside.inside(field - 5))).word)  # noqa: PLR2004
    return Type("")


class _Message:
    """A message: its fields by number, each with its values in their order."""

    def __init__(self, data: bytes) -> None:
        self.fields: dict[int, list[int | bytes]] = {}
        for number, value in _read(data):
            self.fields.setdefault(number, []).append(value)

    def number(self, field: int) -> int:
        value = self.fields.get(field, [0])[0]
        return value if isinstance(value, int) else 0

    def inside(self, field: int) -> bytes:
        value = self.fields.get(field, [b""])[0]
        return value if isinstance(value, bytes) else b""

    def text(self, field: int) -> str:
        return self.inside(field).decode()

    def messages(self, field: int) -> Iterator[_Message]:
        return (_Message(value) for value in self.fields.get(field, ()) if isinstance(value, bytes))


def _read(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    """The fields of a message, each with its number: whole numbers, and the bytes of everything else."""
    at = 0

    def varint() -> int:
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:  # noqa: PLR2004 - the last byte of a number has no high bit
                return value

    while at < len(data):
        tag = varint()
        if tag & 7 == 0:
            yield tag >> 3, varint()
            continue
        size = {1: 8, 5: 4}.get(tag & 7) or varint()
        yield tag >> 3, data[at : at + size]
        at += size
