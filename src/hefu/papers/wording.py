"""The official wording of a body's own document, loaded by the body at run time and shown to its people only.

The product itself carries no sentence of a document. A file names clauses by their ids and gives the text of each, as
YAML or JSON; it may hold some clauses only. What is loaded later replaces what was loaded before, which stays as a row.
"""

from __future__ import annotations

from functools import lru_cache
from typing import IO, TYPE_CHECKING

from hefu.papers.models import Wording
from hefu.rules.load.source import BadSourceError, parse
from hefu.rules.model import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from hefu.rules.model import Scheme

LARGEST = 2_000_000
"""Bytes of a file; the longest document has 40,000 characters."""
LONGEST = 20_000
"""Characters of one clause."""
SHOWN = 10
"""Problems that are told at once."""


def load_wording(body: str, scheme: Scheme, file: IO[bytes], account: str) -> Wording | tuple[Text, ...]:
    """Load the wording of a scheme version for a body, or say everything that is wrong with the file."""
    content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        return (Text("文件超过 2 MB。", "The file is larger than 2 MB."),)
    try:
        texts = parse(content.decode("utf-8-sig"), "").data
    except UnicodeDecodeError:
        return (Text("文件不是 UTF-8 编码的文本。", "The file is not UTF-8 text."),)
    except BadSourceError as error:
        return tuple(
            Text(f"第 {item.place.line} 行：{item.message}", f"line {item.place.line}: {item.message}")
            for item in error.problems[:SHOWN]
        )
    if not isinstance(texts, dict) or not texts:
        return (Text("文件里应当是“条款编号: 条款原文”的列表。", "The file must hold clause ids, each with its text."),)
    problems = tuple(_problems(scheme, texts))
    if problems:
        return problems[:SHOWN]
    return Wording.objects.create(body=body, scheme=scheme.ref, texts=texts, account=account)


def wording(body: str, scheme: str) -> Mapping[str, str]:
    """The official text of each clause that a body has loaded for a scheme version (`id@version`); often none."""
    newest = Wording.objects.filter(body=body, scheme=scheme).order_by("-pk").values_list("pk", "loaded").first()
    return _texts(*newest) if newest is not None else {}


def _problems(scheme: Scheme, texts: Mapping[object, object]) -> Iterator[Text]:
    for clause, text in texts.items():
        if clause not in scheme.clauses:
            yield Text(f"{scheme.ref} 没有条款 {clause}", f"{scheme.ref} has no clause {clause}")
        elif not isinstance(text, str) or not text.strip():
            yield Text(f"条款 {clause} 没有文字", f"the clause {clause} has no text")
        elif len(text) > LONGEST:
            yield Text(f"条款 {clause} 超过 {LONGEST} 字", f"the clause {clause} is longer than {LONGEST} characters")


@lru_cache(maxsize=64)
def _texts(pk: int, loaded: datetime) -> Mapping[str, str]:  # noqa: ARG001 - another database has other rows
    """A row never changes, so it is read once a process."""
    texts: dict[str, str] = Wording.objects.values_list("texts", flat=True).get(pk=pk)
    return texts
