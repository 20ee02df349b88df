"""Who is a party to a case, and the line by which people know a dossier."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING

from hefu.rules.dossier import Case
from hefu.rules.parties import Party, Subject, parties, subject
from tests.rules.desk import Desk
from tests.rules.personas import WANG
from tests.rules.scheme_factory import toy

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2025, 3, 3)
WITH_PARTIES = {
    "scheme": """
        subject: {holder: [owner], unit: [thing]}
        roles: {client: {reach: organisation, open: true}}
    """,
    "initial": """
        actions:
          submit:
            fields:
              - {id: owner, type: organisation, role: client, title: {zh: 申请人, en: Applicant}}
              - {id: supplier, type: organisation, title: {zh: 供应商, en: Supplier}}
              - {id: thing, type: text, title: {zh: 产品, en: Product}}
    """,
}
OWNER = {"name": "青禾", "uscc": "91110000600037341L"}
ANSWERS = {"owner": OWNER, "supplier": {"name": "别家"}, "thing": "密钥 托管\n服务"}


def test_an_organisation_is_a_party_where_a_field_names_it_in_a_role(tmp_path: Path) -> None:
    desk = Desk(toy(tmp_path, **WITH_PARTIES))
    desk.do(DAY, WANG, "initial.submit", ANSWERS)
    case = desk.dossier.case("initial")
    assert case is not None
    assert parties(desk.scheme, case) == {
        Party(WANG.id, ""), Party(OWNER["uscc"], "client"), Party("青禾", "client"),
    }  # fmt: skip


def test_somebody_who_was_named_in_a_part_is_a_party_before_they_have_done_anything() -> None:
    case = Case("initial-1", "initial", "1", "open", date(2025, 3, 3), {}, {}, {"zhao": frozenset({"evaluation"})})
    desk_scheme = SimpleNamespace(parties={})
    assert parties(desk_scheme, case) == {Party("zhao", "")}  # type: ignore[arg-type]


def test_a_dossier_is_known_by_its_holder_and_unit_on_one_line(tmp_path: Path) -> None:
    desk = Desk(toy(tmp_path, **WITH_PARTIES))
    assert subject(desk.scheme, desk.dossier) == Subject("", "", "")
    desk.do(DAY, WANG, "initial.submit", ANSWERS)
    assert subject(desk.scheme, desk.dossier) == Subject("青禾", OWNER["uscc"], "密钥 托管 服务")
