"""A tiny scheme with one clock, `answer`, for the tests of clocks: each says only what is different."""
# ruff: noqa: E501 - as in the tests

from pathlib import Path

from tests.rules.desk import Desk
from tests.rules.personas import WANG
from tests.rules.scheme_factory import toy


def clock(**said: str) -> str:
    """The file `initial` with one clock `answer`: 5 working days from submitting to accepting, unless said otherwise."""
    parts = {
        "title": "{zh: 答复, en: Answer}", "length": "{working-days: 5}", "starts": "initial.submit", "stops": "initial.accept",
        "owner": "application-reviewer", "breach": "{flag: {zh: 逾期, en: late}}", "clauses": "[T/answer]",
    } | said  # fmt: skip
    lines = "".join(f"    {key}: {value}\n" for key, value in parts.items() if value)
    return f"{ASIDES}clocks:\n  answer:\n{lines}"


# Acts that only move clocks: two kinds of question, and an answer to each.
ASIDES = """
actions:
  ask: {title: {zh: 问, en: ask}, by: application-reviewer, from: submitted, clauses: [T/ask]}
  reply: {title: {zh: 答, en: reply}, by: client, from: submitted, clauses: [T/reply]}
  test: {title: {zh: 送检, en: test}, by: application-reviewer, from: submitted, clauses: [T/test]}
  result: {title: {zh: 结果, en: result}, by: client, from: submitted, clauses: [T/result]}
"""
PAUSES = "[{starts: initial.ask, ends: initial.reply, clauses: [T/stop-1]}, {starts: initial.test, ends: initial.result, clauses: [T/stop-2]}]"


def submitted(tmp_path: Path, on: str = "2025-01-06", **said: str) -> Desk:
    desk = Desk(toy(tmp_path, initial=clock(**said)))
    desk.do(on, WANG, "initial.submit")
    return desk


def days(desk: Desk) -> tuple[str, str]:
    run = desk.clock("answer")
    return run.due.isoformat(), run.status
