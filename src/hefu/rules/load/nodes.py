"""YAML nodes to plain data: the one module that knows the YAML library, which takes a twentieth of a start to import.

Aliases, tags and keys that come twice are refused here, each with its place.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.resolver import VersionedResolver

from hefu.rules.load.source import MAX_DEPTH, BadSourceError, Place, Problem, Source

if TYPE_CHECKING:
    from ruamel.yaml.tag import Tag

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FIRST = frozenset("+-.0123456789")
"""How a number or a day begins."""
_TAGS = frozenset(
    f"tag:yaml.org,2002:{kind}" for kind in ("map", "seq", "str", "int", "float", "bool", "null", "timestamp")
)
_PLAIN = {
    ScalarNode: VersionedResolver.DEFAULT_SCALAR_TAG,
    SequenceNode: VersionedResolver.DEFAULT_SEQUENCE_TAG,
    MappingNode: VersionedResolver.DEFAULT_MAPPING_TAG,
}
_WORDS: dict[str, object] = {"": None, "~": None, "null": None, "true": True, "false": False}


def build(text: str, name: str) -> Source:
    """The data of YAML text whose size and depth have been looked at. Raises BadSourceError."""
    try:
        reader = YAML(typ="safe")
        reader.Resolver = _Unresolved
        root = reader.compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name, 1, 1)
        message = error.problem or str(error.context)
        raise BadSourceError([Problem(place, message, zh="此处不符合 YAML 语法")]) from error
    except (YAMLError, ValueError, RecursionError) as error:
        start = Place(name, 1, 1)
        raise BadSourceError([Problem(start, f"the file is not YAML: {error}", zh="内容不是 YAML")]) from error
    builder = _Builder(name)
    data = builder.build(root, ()) if root is not None else None
    if builder.problems:
        raise BadSourceError(builder.problems)
    return Source(name, data, builder.places)


class _Unresolved(VersionedResolver):
    """Leaves every plain scalar a text: _scalar reads it, so the library need not try its own patterns on it before."""

    def resolve(self, kind: type[Node], _value: object, _implicit: object) -> Tag:
        return _PLAIN[kind]


class _Builder:
    """Turns YAML nodes into data, gathering places and problems."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.places: dict[tuple[str | int, ...], tuple[int, int]] = {}
        self.problems: list[Problem] = []
        self._seen: set[int] = set()

    def build(self, node: Node, path: tuple[str | int, ...]) -> Any:  # noqa: ANN401 - YAML data is of any type
        self.places.setdefault(path, _at(node))
        if len(path) > MAX_DEPTH:
            return self._refuse(node, f"nested deeper than {MAX_DEPTH} levels", f"嵌套超过 {MAX_DEPTH} 层")
        if id(node) in self._seen:
            return self._refuse(node, "aliases are not allowed: write the value again", "不能使用别名，请把值再写一遍")
        self._seen.add(id(node))
        if str(node.tag) not in _TAGS:
            return self._refuse(node, f"tags such as {node.tag} are not allowed", f"不能使用标签 {node.tag}")
        if isinstance(node, MappingNode):
            return self._mapping(node, path)
        if isinstance(node, SequenceNode):
            return [self.build(child, (*path, number)) for number, child in enumerate(node.value)]
        return self._scalar(node) if isinstance(node, ScalarNode) else None

    def _mapping(self, node: MappingNode, path: tuple[str | int, ...]) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode):
                self._refuse(key_node, "a key must be a word", "键应为单词")
                continue
            key = key_node.value
            if key in result:
                self._refuse(key_node, f"the key {key!r} stands here a second time", f"键“{key}”重复")
                continue
            here = (*path, key)
            self.places[here] = _at(key_node)
            result[key] = self.build(value_node, here)
        return result

    def _scalar(self, node: ScalarNode) -> object:  # noqa: PLR0911 - one return a kind of scalar
        text = str(node.value)
        if node.style:
            return text
        if text in _WORDS:
            return _WORDS[text]
        if text[0] not in _FIRST:
            return text
        if _INTEGER.fullmatch(text):
            return int(text) if len(text) < 19 else self._refuse(node, "the number is too large", "数字过大")  # noqa: PLR2004
        if _FLOAT.fullmatch(text):
            return float(text)
        if _DATE.fullmatch(text):
            try:
                return date.fromisoformat(text)
            except ValueError:
                return self._refuse(node, f"{text} is not a day of the calendar", f"没有 {text} 这一天")
        return text

    def _refuse(self, node: Node, message: str, zh: str) -> object:
        """Note a problem; gives None, the value of what is refused."""
        line, column = _at(node)
        self.problems.append(Problem(Place(self.name, line + 1, column + 1), message, zh=zh))
        return None


def _at(node: Node) -> tuple[int, int]:
    return node.start_mark.line, node.start_mark.column
