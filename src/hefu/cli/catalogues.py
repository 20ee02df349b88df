"""The texts of the product: found in Python and in templates, kept in each app's locale folder, compiled for Django.

A text belongs to the nearest app (a folder with apps.py) above the file that says it. The files are sorted and carry
neither dates nor line numbers, so that two people who add texts do not meet in them.
"""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGE = "zh_Hans"
SOURCE = Path(__file__).parents[1]
HEADER = f"""msgid ""
msgstr ""
"Language: {LANGUAGE}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
BLANK = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
HAN = re.compile(r"[㐀-鿿]")
Key = tuple[str, str]
"""The context of a text (usually empty) and the text itself."""


class Said(NamedTuple):
    """A text as the code says it: with its plural, if it has one, and the files that say it."""

    plural: str
    files: tuple[str, ...]


class Fault(NamedTuple):
    """What is wrong with a text, and in which file."""

    file: Path
    text: str
    what: str

    def __str__(self) -> str:
        return f"{self.file}: {self.what}: {self.text!r}"


def apps(source: Path = SOURCE) -> list[Path]:
    """The folders of our apps, the deepest first."""
    found = [path.parent for path in source.rglob("apps.py")]
    return sorted(found, key=lambda path: (-len(path.parts), path))


def catalogue(app: Path) -> Path:
    """The file with an app's texts."""
    return app / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def said(source: Path = SOURCE) -> dict[Path, dict[Key, Said]]:
    """Every text of every app, found in Python files and templates. Raises ValueError for one that no app takes up."""
    homes = apps(source)
    found: dict[Path, dict[Key, Said]] = {}
    for path in sorted((*source.rglob("*.py"), *source.rglob("templates/**/*"))):
        if not path.is_file() or path.suffix not in (".py", ".html", ".txt"):
            continue
        name = path.relative_to(source.parent).as_posix()
        for key, plural in _texts(path):
            home = next((app for app in homes if app in path.parents), None)
            if home is None:
                raise ValueError(f"{name} says {key[1]!r}, but no app is above it")
            held = found.setdefault(home, {})
            before = held.get(key, Said("", ()))
            held[key] = Said(before.plural or plural, tuple(dict.fromkeys((*before.files, name))))
    return found


def _texts(path: Path) -> Iterator[tuple[Key, str]]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        from django.utils.translation.template import templatize

        # The lines lose their indentation, which means nothing in a template and something in Python.
        source = "\n".join(line.strip() for line in templatize(source, origin=str(path)).splitlines())
    for _line, text, _comments, context in extract("python", io.BytesIO(source.encode()), KEYWORDS):
        one, plural = (text[0], text[1]) if isinstance(text, tuple) else (text, "")
        if one:
            yield (context or "", one), plural


def kept(path: Path) -> dict[Key, Message]:
    """The texts of a file as they are kept, with their translations."""
    if not path.exists():
        return {}
    with path.open("rb") as file:
        read = read_po(file, locale=LANGUAGE)
    return {_key(message): message for message in (*read, *read.obsolete.values()) if message.id}


def _key(message: Message) -> Key:
    one = message.id[0] if isinstance(message.id, (list, tuple)) else message.id
    return str(message.context or ""), str(one)


def write(app: Path, texts: dict[Key, Said]) -> bool:
    """Bring an app's file up to date, keeping translations of texts that are still said. Whether it changed."""
    path, before = catalogue(app), kept(catalogue(app))
    made = Catalog(locale=LANGUAGE)
    for key, text in texts.items():
        translated = before[key].string if key in before else ""
        if isinstance(translated, (list, tuple)) and not text.plural:
            translated = translated[0]
        ident = (key[1], text.plural) if text.plural else key[1]
        made.add(ident, translated, [(file, 0) for file in text.files], context=key[0] or None)
    file = io.BytesIO()
    write_po(file, made, width=120, omit_header=True, sort_output=True, include_lineno=False)
    content = (HEADER + file.getvalue().decode()).rstrip() + "\n" if texts else ""
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    if content == old:
        return False
    if content:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    else:
        path.unlink()
    return True


def faults(found: dict[Path, dict[Key, Said]], source: Path = SOURCE) -> list[Fault]:
    """Texts that are missing, no longer said, without translation, unsure, or not the same in two apps."""
    wrong: list[Fault] = []
    seen: dict[Key, object] = {}
    for app in apps(source):
        texts, path = found.get(app, {}), catalogue(app)
        have = kept(path)
        short = path.relative_to(source.parent)
        wrong += [Fault(short, key[1], "no longer said anywhere") for key in have if key not in texts]
        wrong += [Fault(short, key[1], "is not in the file") for key in texts if key not in have]
        wrong += [Fault(short, key[1], "has Chinese in the English text") for key in texts if HAN.search(key[1])]
        for key in texts.keys() & have.keys():
            message = have[key]
            wrong += [Fault(short, key[1], what) for what in _wrong(message)]
            if seen.setdefault(key, message.string) != message.string:
                wrong.append(Fault(short, key[1], "is translated otherwise in another app"))
    return sorted(wrong)


def _wrong(message: Message) -> Iterator[str]:
    strings = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
    ids = message.id if isinstance(message.id, (list, tuple)) else (message.id,)
    if not all(strings):
        yield "is not translated"
    elif message.fuzzy:
        yield "is marked as unsure"
    elif set(BLANK.findall(strings[0])) != set(BLANK.findall(ids[-1])):
        yield "does not fill the same blanks in Chinese"


def compile_all(source: Path = SOURCE, *, stale_only: bool = False) -> int:
    """Write the compiled form of every file; how many were written."""
    count = 0
    for app in apps(source):
        path = catalogue(app)
        target = path.with_suffix(".mo")
        if not path.exists():
            target.unlink(missing_ok=True)
            continue
        if stale_only and target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
            continue
        with path.open("rb") as file:
            read = read_po(file, locale=LANGUAGE)
        made = io.BytesIO()
        write_mo(made, read)
        fresh = target.with_suffix(".new")
        fresh.write_bytes(made.getvalue())
        fresh.replace(target)
        count += 1
    return count
