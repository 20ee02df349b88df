"""What a browser would send of a page: the successful controls of its form, in their order."""

from __future__ import annotations

from html.parser import HTMLParser

from django.http import QueryDict


class _Form(HTMLParser):
    """Collects the inputs of a page as the HTML standard says which of them are sent."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str]] = []
        self.area: str | None = None
        self.text = ""
        self.select: str | None = None
        self.chosen: list[str] = []
        self.first: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "textarea":
            self.area, self.text = name, ""
        elif tag == "select":
            self.select, self.chosen, self.first = name, [], None
        elif tag == "option" and self.select is not None:
            self.first = given.get("value", "") if self.first is None else self.first
            if "selected" in given:
                self.chosen.append(given.get("value", ""))
        elif tag == "input" and name and "disabled" not in given:
            kind = given.get("type", "text")
            if kind in ("radio", "checkbox"):
                if "checked" in given:
                    self.found.append((name, given.get("value", "on")))
            elif kind != "file":
                self.found.append((name, given.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.area is not None:
            text = self.text.removeprefix("\n")
            self.found.append((self.area, text.replace("\n", "\r\n")))
            self.area = None
        elif tag == "select" and self.select is not None:
            if self.chosen or self.first is not None:
                self.found.append((self.select, self.chosen[-1] if self.chosen else self.first or ""))
            self.select = None

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            self.text += data


def pairs(page: str) -> list[tuple[str, str]]:
    """Every control of a page that would be sent, without the button."""
    form = _Form()
    form.feed(page)
    return form.found


def sent(page: str, press: str | None = "", **changed: str | list[str] | None) -> QueryDict:
    """What pressing a button of a page sends, after somebody has changed some inputs (None: emptied)."""
    query = QueryDict(mutable=True)
    for name, value in pairs(page):
        query.appendlist(name, value)
    for name, values in changed.items():
        if values is None:
            query.pop(name, None)
        else:
            query.setlist(name, values if isinstance(values, list) else [values])
    if press is not None:
        query["_press"] = press
    return query
