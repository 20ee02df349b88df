"""The drawing of a life: everything of every scheme stands in it, readable, from the data alone."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.utils import translation

from hefu.rules.check.lifecycle import life
from hefu.rules.load import load
from hefu.web.schemes.drawing import drawn
from hefu.web.schemes.layout import place
from hefu.web.schemes.lettering import lines, width
from hefu.web.schemes.shapes import Arrow, Node
from tests.web.schemes.library import FOLDERS, named

SVG = "{http://www.w3.org/2000/svg}"
SLICE = Path(__file__).parents[3] / "src" / "hefu"
LANGUAGES = ("zh-hans", "en")


def said(svg: str) -> str:
    """All words of a drawing without spaces, so that a text is found however it is broken into lines."""
    root = ET.fromstring(svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))  # noqa: S314 - our own
    return re.sub(r"\s", "", "".join(text.text or "" for text in root.iter(f"{SVG}text")))


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("folder", FOLDERS, ids=named)
def test_every_state_act_and_clock_of_every_scheme_appears(folder: Path, language: str) -> None:
    scheme = load(folder)
    with translation.override(language):
        for machine in scheme.machines.values():
            picture = drawn(scheme, machine.name)
            words = said(picture.svg)
            under = {action.id for action, _ in picture.repeated}
            for state in machine.states.values():
                assert bare(state.title.get(language)) in words, state.id
            for action in machine.actions.values():
                assert bare(action.title.get(language)) in words or action.id in under, action.id
            for clock in life(scheme, machine).clocks:
                assert clock in [row.clock for row in picture.clocks]


@pytest.mark.parametrize("folder", FOLDERS, ids=named)
def test_the_tables_say_the_same_as_the_drawing(folder: Path) -> None:
    scheme = load(folder)
    with translation.override("en"):
        for machine in scheme.machines.values():
            picture = drawn(scheme, machine.name)
            assert {row.state.id for row in picture.states} == set(machine.states)
            own = {row.action.name for row in picture.acts if row.owner is None}
            assert own == set(machine.actions)
            for move, row in zip(life(scheme, machine).moves, picture.acts, strict=True):
                targets = {machine.states[target].title.en for _, target in move.ways}
                assert set(row.targets) == targets


@pytest.mark.parametrize("folder", FOLDERS, ids=named)
def test_a_drawing_is_as_wide_as_a_page_can_show(folder: Path) -> None:
    scheme = load(folder)
    with translation.override("zh-hans"):
        for machine in scheme.machines.values():
            root = ET.fromstring(drawn(scheme, machine.name).svg)  # noqa: S314 - our own
            assert float(root.attrib["width"]) < 1400, machine.name


@pytest.mark.parametrize("folder", FOLDERS, ids=named)
def test_it_needs_no_code_for_a_scheme(folder: Path) -> None:
    scheme = load(folder)
    files = [*SLICE.glob("web/schemes/**/*.*"), SLICE / "rules/check/lifecycle.py", SLICE / "rules/compare.py"]
    assert files
    for path in files:
        if path.suffix in (".py", ".html", ".css"):
            assert scheme.id not in path.read_text(encoding="utf-8"), path


def test_boxes_do_not_meet_and_words_of_a_channel_do_not_either() -> None:
    nodes = [Node(f"s{n}", f"g{n // 4}", f"state {n}") for n in range(14)]
    arrows = [Arrow(f"s{a}", f"s{b}", (f"from {a} to {b}",)) for a in range(14) for b in range(0, 14, 3) if a != b]
    arrows += [Arrow("", f"s{n}", (f"begin {n}",)) for n in range(5)]

    picture = place(nodes, arrows, {"g0": "first"})

    for number, one in enumerate(picture.boxes):
        for other in picture.boxes[number + 1 :]:
            apart = one.x + one.width <= other.x or other.x + other.width <= one.x
            assert apart or one.y + one.height <= other.y or other.y + other.height <= one.y
    assert len(picture.paths) == len(arrows)
    bent = [line for path in picture.paths if len(path.points) > 2 or path.start for line in path.words]
    spans = [_span(line.x, line.anchor, line.text) for line in bent]
    for number, (line, span) in enumerate(zip(bent, spans, strict=True)):
        for below, taken in list(zip(bent, spans, strict=True))[number + 1 :]:
            if abs(line.y - below.y) < 10:
                assert span[1] <= taken[0] or taken[1] <= span[0], (line, below)


def _span(x: float, anchor: str, text: str) -> tuple[float, float]:
    room = width(text, 12.5)
    left = {"start": x, "middle": x - room / 2, "end": x - room}[anchor]
    return left, left + room


def test_an_arrow_ends_at_the_edge_of_its_box() -> None:
    nodes = [Node(name, "", name) for name in "abcdefg"]
    arrows = [
        Arrow("a", "g", ("far",)),
        Arrow("g", "a", ("back",)),
        Arrow("a", "b", ("near",)),
        Arrow("", "c", ("in",)),
    ]

    picture = place(nodes, arrows, {})

    boxes = {box.id: box for box in picture.boxes}
    ends = {path.words[0].text: path.points[-1] for path in picture.paths}
    for word, target in (("far", "g"), ("back", "a"), ("near", "b"), ("in", "c")):
        x, y = ends[word]
        box = boxes[target]
        assert box.x <= x <= box.x + box.width
        assert box.y <= y <= box.y + box.height


def test_a_text_is_broken_between_words_and_between_han_characters() -> None:
    assert lines("report checked, under review", 15, 130) == ("report checked,", "under review")
    assert lines("决定阶段整改待确认", 15, 75) == ("决定阶段整", "改待确认")
