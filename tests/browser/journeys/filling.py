"""Filling in a form as a person does: by the words beside each question, and something plausible where it must be.

`answers` says what matters to the story, by the words of the question (whole, or a part of them that no other has):
    text, number, day        "认证级别": "二级", "补充截止日期": "2025-03-15"
    yes or no                "具备第二阶段审核条件": False
    several of several       "暂停情形": ["违规使用"]
    a checklist              "评审内容": {"体系文件": "不符合"}
    a table                  "审核组": [{"姓名": "赵明", "职责": "审核组长"}]
    materials, files         "随附材料": ["营业执照"], "送达证据": "回执.pdf"
Words that no question on the page has fail the test: nobody may believe to have answered what nobody has asked.
Whatever else must be answered gets a sample by its type; what need not be is left as it stands.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from playwright.sync_api import Locator, Page

    Question = dict[str, Any]

QUESTIONS = Path(__file__).with_name("questions.js").read_text(encoding="utf-8")
ROUNDS = 6
"""An answer may bring further questions, and these others again; more often than that no form does."""
YES, NO = ("是", "yes"), ("否", "no")
LEAST = re.compile(r"(?:至少|不少于|不小于|at least|from|从|自)\s*(\d+)")
SAMPLES = {
    "信用代码": "91110000600037341L", "邮箱": "an@example.org", "邮件": "an@example.org", "邮编": "050000",
    "手机": "13900000000", "电话": "0311-00000000",
}  # fmt: skip
TEXT, NUMBER = "示例", "1"


class Filling:
    """The form before somebody, and what they have to say to it."""

    def __init__(self, page: Page, today: date, answers: Mapping[str, Any]) -> None:
        self.page, self.today, self.answers = page, today, answers
        self.used: set[str] = set()

    def fill(self) -> None:
        """Answer until nothing more is asked."""
        done: set[str] = set()
        for _ in range(ROUNDS):
            asked = [(one, said) for one, said in self._asked() if _name(one) not in done]
            if not asked:
                break
            # What is handed in comes last: the answers decide which of it is needed.
            asked = [pair for pair in asked if pair[0]["kind"] != "materials"] or asked
            done |= {_name(one) for one, _ in asked}
            self._answered(asked)
        left = set(self.answers) - self.used
        titles = ", ".join(_name(one) for one in self._questions())
        assert not left, f"nothing on {self.page.url} asks {sorted(left)}, only: {titles}"

    def _questions(self) -> list[Question]:
        found: list[Question] = self.page.evaluate(QUESTIONS)
        return found

    def _asked(self) -> list[tuple[Question, Any]]:
        """The questions to answer now, each with what is to be said; None for a sample."""
        found = []
        questions = self._questions()
        for one in questions:
            key = self._key(one, questions)
            if key is not None:
                self.used.add(key)
                found.append((one, self.answers[key]))
            elif not one["answered"] and (one["required"] or one["kind"] == "materials"):
                found.append((one, None))
        return found

    def _key(self, one: Question, questions: list[Question]) -> str | None:
        """The words of ours that mean this question."""
        name = _name(one)
        if name in self.answers:
            return name
        for key in self.answers:
            if key in name:
                same = [_name(other) for other in questions if key in _name(other)]
                if len(same) == 1:
                    return key
                assert key in same, f"{key} may mean any of {same}"
        return None

    def _answered(self, asked: list[tuple[Question, Any]]) -> None:
        """Give the answers; where others hang on them, let the page draw what follows."""
        for one, said in asked:
            self._answer(one, said)
        if not self.page.locator("#form [name=_state]").count():
            return
        if self._alive():
            self.page.evaluate("document.activeElement.blur()")
            self.page.evaluate("answered()")
        else:
            self.page.locator("#press-refresh").click()

    def _alive(self) -> bool:
        """Whether the page answers by itself: not in a browser without scripts."""
        alive: bool = self.page.evaluate("typeof answered !== 'undefined'")
        return alive

    def _answer(self, one: Question, said: Any) -> None:  # noqa: ANN401 - as `answers`
        match one["kind"]:
            case "radio":
                self._pick(one, _yes_or_no(said) if isinstance(said, bool) else said)
            case "checks":
                for title in said if said is not None else [one["options"][0]["title"]]:
                    self._pick(one, title)
            case "points":
                self._check(one, said or {})
            case "rows":
                self._table(one, said)
            case "materials":
                self._materials(one, said)
            case "file":
                self._attach(self._at(one["id"]), f"#{one['row']}", said or f"{one['label']}.txt")
            case _:
                self._write(one, one["kind"], said)

    def _pick(self, one: Question, said: Any) -> None:  # noqa: ANN401 - as `answers`
        """Press the button with these words, or the first that nothing stands against."""
        words = said if isinstance(said, tuple) else (said,)
        titles = [option["title"] for option in one["options"]]
        if said is None:
            index = 0
        else:
            index = next((n for n, title in enumerate(titles) if title in words), -1)
            index = index if index >= 0 else next((n for n, title in enumerate(titles) if str(said) in title), -1)
            assert index >= 0, f"{_name(one)} has no {said}, only: {titles}"
        if not one["options"][index]["chosen"]:
            self._press(one["options"][index]["id"])

    def _press(self, name: str) -> None:
        """Press a button or a box by the words that belong to it."""
        label = self.page.locator(f'label:has([id="{name}"]), label[for="{name}"]')
        label.first.click()

    def _check(self, one: Question, said: Mapping[str, str]) -> None:
        """A checklist: the words said, else the first of each point."""
        left = set(said)
        for point in one["rows"]:
            key = next((key for key in said if key in point["title"]), None)
            left.discard(key or "")
            if key is not None or not (point["optional"] or any(word["chosen"] for word in point["options"])):
                self._pick({"label": point["title"], "of": "", "options": point["options"]}, key and said[key])
        assert not left, f"{_name(one)} has no point {sorted(left)}, only {[row['title'] for row in one['rows']]}"

    def _table(self, one: Question, said: list[Mapping[str, Any]] | None) -> None:
        """A table: one row for each that is said, else one of samples."""
        wanted = said if said is not None else [{}]
        for _ in range(len(wanted) - len(one["rows"])):
            one = self._row_more(one)
        for row, values in zip(one["rows"], wanted, strict=False):
            unknown = [key for key in values if not any(key in title for title in one["columns"])]
            assert not unknown, f"{_name(one)} has no column {unknown}, only {one['columns']}"
            for title, must, cell in zip(one["columns"], one["must"], row, strict=True):
                key = next((key for key in values if key == title), None)
                key = key or next((key for key in values if key in title), None)
                if key is not None or (must and not cell["value"]):
                    self._write({**cell, "label": title, "of": "", "hint": ""}, cell["kind"], key and values[key])

    def _row_more(self, one: Question) -> Question:
        """The table with one row more."""
        box = self.page.locator(f'.field:has([id="{one["rows"][0][0]["id"]}"])')
        box.get_by_role("button", name="加一行").click()
        box.locator("table.rows tbody tr").nth(len(one["rows"])).wait_for()
        return next(other for other in self._questions() if _name(other) == _name(one))

    def _materials(self, one: Question, said: Any) -> None:  # noqa: ANN401 - titles, or titles with files
        """Materials: all of them, or those that are said, each with a file where one is named."""
        for row in one["rows"]:
            key = next((key for key in said if key in row["title"]), None) if said is not None else ""
            if key is None:
                continue
            if isinstance(said, dict) and key:
                place = f'[id="{row["row"]}"]'
                self._attach(self.page.locator(f"{place} input[type=file]"), place, said[key])
            if not self._at(row["id"]).is_checked():
                self._press(row["id"])

    def _attach(self, chooser: Locator, row: str, name: str) -> None:
        """Choose a file, and wait until it stands there: at once with scripts, with the form without."""
        chooser.set_input_files({"name": name, "mimeType": "text/plain", "buffer": f"{name}的内容".encode()})
        if self._alive():
            self.page.locator(row).locator("[data-up-file]").get_by_text(name).first.wait_for()

    def _write(self, one: Question, kind: str, said: Any) -> None:  # noqa: ANN401 - as `answers`
        if kind == "select":
            self._choose(one, said)
        else:
            self._at(one["id"]).fill(str(said) if said is not None else self._sample(one, kind))

    def _choose(self, one: Question, said: Any) -> None:  # noqa: ANN401 - as `answers`
        titles = one["options"]
        assert titles, f"{_name(one)} offers nothing to choose from"
        said = _yes_or_no(said) if isinstance(said, bool) else (said,)
        found = [title for title in titles if said[0] is None or title in said or str(said[0]) in title]
        assert found, f"{_name(one)} offers no {said[0]}, only: {titles}"
        self._at(one["id"]).select_option(label=found[0])

    def _sample(self, one: Question, kind: str) -> str:
        """Something plausible for a question of this kind."""
        if kind == "date":
            return self.today.isoformat()
        if one.get("numeric"):
            least = LEAST.search(one["hint"])
            return least[1] if least else NUMBER
        return next((sample for words, sample in SAMPLES.items() if words in one["label"]), TEXT)

    def _at(self, name: str) -> Locator:
        return self.page.locator(f'[id="{name}"]')


def _name(one: Question) -> str:
    """The words of a question, after those of the question that it is a part of."""
    return f"{one['of']} {one['label']}".strip()


def _yes_or_no(said: bool) -> tuple[str, ...]:
    return YES if said else NO
