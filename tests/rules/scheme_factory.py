"""A whole loadable scheme in a temporary folder, made from a tiny one and the YAML that a test lays over it.

    toy(tmp_path, initial="actions: {accept: {guards: […]}}")

Each keyword names a file (`scheme`, `certificate`, `forms`, or a process) and gives YAML that is merged into the tiny
scheme: mappings join, everything else replaces, null removes. The clause index is made from whatever clauses the
files name, so that a test only speaks of clauses when they are its point (keyword `clauses`, id to entry).
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML

from hefu.rules.load import home, load

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hefu.rules.model import Scheme

BASE = """
scheme:
  scheme: toy
  version: "1"
  kind: certification
  document: {id: TOY, title: {zh: 玩具规则, en: Toy rules}, issuer: {zh: 玩具, en: Toy}}
  in_force: {from: 2024-01-01}
  stages:
    - {id: application, title: {zh: 申请, en: Application}}
    - {id: assessment, title: {zh: 评价, en: Assessment}}
    - {id: decision, title: {zh: 决定, en: Decision}}
    - {id: certified, title: {zh: 获证, en: Certified}}
  roles:
    client: {title: {zh: 申请人, en: Applicant}}
    application-reviewer: {title: {zh: 受理员, en: Reviewer}}
    auditor: {title: {zh: 审核员, en: Auditor}}
    decision-maker: {title: {zh: 决定人员, en: Decision-maker}}
    director: {title: {zh: 负责人, en: Director}}
  parts: {evaluation: {zh: 评价, en: evaluation}, decision: {zh: 决定, en: decision}}
  separations:
    - id: evaluator-does-not-decide
      took: evaluation
      may_not: decision
      message: {zh: 评价人员不得决定, en: Who evaluated may not decide}
      clauses: [T/separation]
  subject: {}
  fees: {zh: 按公布标准, en: As published}
initial:
  process: initial
  kind: initial
  title: {zh: 初次认证, en: Initial certification}
  stages: [application, assessment, decision]
  grants: [granted]
  states:
    submitted: {stage: application, clauses: [T/submitted]}
    assessing: {stage: assessment}
    deciding: {stage: decision}
    granted: {stage: certified, end: granted}
    denied: {stage: decision, end: denied}
  actions:
    submit: {by: client, to: submitted, clauses: [T/submit]}
    accept: {by: application-reviewer, from: submitted, to: assessing, clauses: [T/accept]}
    report: {by: auditor, from: assessing, to: deciding, part: evaluation, clauses: [T/report]}
    grant:
      by: decision-maker
      from: deciding
      to: granted
      part: decision
      certificate:
        - to: valid
          new: true
          print: issue
          set: {valid_from: today, valid_to: "plus_days(plus_years(today, 3), -1)"}
          clauses: [T/grant]
      clauses: [T/grant]
    deny: {by: decision-maker, from: deciding, to: denied, part: decision, clauses: [T/deny]}
certificate:
  certificate: certificate
  title: {zh: 证书, en: Certificate}
  fields:
    - {id: valid_from, type: date, title: {zh: 起, en: From}}
    - {id: valid_to, type: date, title: {zh: 止, en: To}}
  states:
    valid: {title: {zh: 有效, en: valid}}
    suspended: {title: {zh: 暂停, en: suspended}, clauses: [T/suspended]}
    withdrawn: {title: {zh: 撤销, en: withdrawn}, end: withdrawn}
    expired: {title: {zh: 过期失效, en: expired}, end: expired}
  actions:
    suspend: {by: decision-maker, from: valid, to: suspended, clauses: [T/suspend]}
    restore: {by: decision-maker, from: suspended, to: valid, clauses: [T/restore]}
    withdraw: {by: decision-maker, from: [valid, suspended], to: withdrawn, clauses: [T/withdraw]}
    expire: {by: system, from: [valid, suspended], to: expired, clauses: [T/expire]}
  clocks:
    validity:
      title: {zh: 有效期, en: Validity}
      kind: validity
      due: certificate.valid_to
      starts: initial.grant
      owner: client
      breach: {automatic: certificate.expire}
      clauses: [T/validity]
forms: {}
"""


def toy(tmp_path: Path, **snippets: str) -> Scheme:
    """The tiny scheme with a test's own YAML laid over it, loaded."""
    return load(toy_folder(tmp_path, **snippets), home())


def toy_folder(tmp_path: Path, **snippets: str) -> Path:
    """The folder of the tiny scheme with a test's own YAML laid over it, as it would be shipped."""
    files = _yaml(BASE)
    index = _yaml(snippets.pop("clauses", "{}"))
    for name, snippet in snippets.items():
        key = name.replace("_", "-")
        files[key] = merged(files.get(key, {}), _yaml(snippet))
    clauses = {key: index.get(key) or _entry(key) for key in sorted({*_named(files), *index})}
    document = files["scheme"]["document"]
    document.setdefault("entries", len(clauses))
    document.setdefault("sha256", hashlib.sha256("\n".join(sorted(clauses)).encode()).hexdigest())
    files["clauses"] = [{"place": "1", "title": {"zh": "总则", "en": "General"}, "clauses": clauses}]
    folder = tmp_path / "toy" / "1"
    for key, data in files.items():
        inner = key in ("forms", "clauses")
        path = folder / (f"{key}/all.yaml" if inner else f"{key}.yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        # JSON is YAML, and puts one thing on each line, so that a test can ask for the line of a mistake.
        path.write_text(json.dumps(data, ensure_ascii=False, indent=1, default=date.isoformat), encoding="utf-8")
    return folder


def merged(old: Any, new: Any) -> Any:  # noqa: ANN401 - YAML data
    """Mappings join, everything else replaces, null removes."""
    if not isinstance(old, dict) or not isinstance(new, dict):
        return new
    result = dict(old)
    for key, value in new.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = merged(result.get(key), value)
    return result


def _yaml(text: str) -> Any:  # noqa: ANN401 - YAML data
    return YAML(typ="safe").load(text) or {}


def _entry(clause: str) -> dict[str, str]:
    return {"kind": "action", "treatment": "informative", "zh": clause, "en": clause}


def _named(data: Any) -> Iterator[str]:  # noqa: ANN401 - YAML data
    """Every clause id that is named somewhere."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "clauses" and isinstance(value, list):
                yield from value
            else:
                yield from _named(value)
    elif isinstance(data, list):
        for item in data:
            yield from _named(item)
