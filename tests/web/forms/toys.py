"""A tiny scheme whose first act asks whatever a test wants to ask."""
# ruff: noqa: E501 - YAML stands as it would in a scheme, and Chinese signs count double

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.rules.scheme_factory import toy

if TYPE_CHECKING:
    from pathlib import Path

    from hefu.rules.model import Action, Scheme

ALL = """
      - {id: name, type: text, max_chars: 10, title: {zh: 名称, en: Name}, note: {zh: 按执照, en: As on the licence}, clauses: [T/1]}
      - {id: story, type: long-text, required: false, title: {zh: 经过, en: Story}}
      - {id: count, type: integer, minimum: 1, maximum: 9, title: {zh: 数量, en: Count}}
      - {id: price, type: money, required: false, title: {zh: 价格, en: Price}}
      - {id: since, type: date, title: {zh: 日期, en: Since}}
      - {id: outsourced, type: boolean, title: {zh: 外包, en: Outsourced}}
      - {id: partner, type: text, when: form.outsourced, title: {zh: 外包方, en: Partner}}
      - {id: kind, type: choice, options: {a: 甲, b: 乙}, title: {zh: 种类, en: Kind}}
      - {id: fields, type: multi-choice, required: false, options: {x: 子, y: 丑}, title: {zh: 领域, en: Fields}}
      - {id: brands, type: multi-choice, required: false, title: {zh: 品牌, en: Brands}}
      - {id: code, type: uscc, required: false, title: {zh: 代码, en: Code}}
      - {id: firm, type: organisation, required: false, title: {zh: 单位, en: Firm}}
      - {id: points, type: checklist, required: false, options: {one: 一, "7.2": 七二, "x y": 空格}, title: {zh: 检查, en: Points}}
      - {id: proof, type: file, required: false, title: {zh: 证据, en: Proof}}
      - id: papers
        type: materials
        required: false
        options:
          licence: {zh: 执照, en: Licence}
          contract: {zh: 合同, en: Contract, when: form.outsourced}
        title: {zh: 材料, en: Papers}
      - id: members
        type: rows
        required: false
        columns:
          - {id: who, type: text, title: {zh: 姓名, en: Who}}
          - {id: on, type: date, required: false, title: {zh: 日, en: On}}
          - {id: main, type: boolean, required: false, title: {zh: 主, en: Main}}
        title: {zh: 成员, en: Members}
"""


def asking(tmp_path: Path, fields: str = ALL, more: str = "", **files: str) -> tuple[Scheme, Action]:
    """The scheme, and the act that asks these fields; `more` is laid over the act."""
    initial = f"actions:\n  submit:\n    fields:\n{fields}{more}"
    scheme = toy(tmp_path, initial=initial, **files)
    action = scheme.action("initial.submit")
    assert action is not None
    return scheme, action
