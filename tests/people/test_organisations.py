"""organisations: one for each checked code; others join when a manager agrees; a claim is not yet a proof."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError

from hefu.people import organisations, registers
from hefu.people.models import Account, Joining, Organisation
from hefu.people.seeing import reach
from tests.people import town
from tests.people.town import BODY, CODES, DAY, ONE, OTHER, SCHEME

pytestmark = pytest.mark.usefixtures("sites")
NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)


def founder(name: str = "ke", code: str = CODES[1]) -> tuple[Account, Organisation]:
    account = town.person(name)
    return account, organisations.register(account, "甲公司", code, DAY)


def test_whoever_registers_an_organisation_manages_it_and_only_claims_its_code() -> None:
    ke, firm = founder(code=f" {CODES[1].lower()} ")
    assert organisations.is_manager(ke, firm, DAY)
    assert (firm.uscc, firm.proven) == (CODES[1], False)
    assert reach(ke, DAY).claimed == {CODES[1]}


@pytest.mark.parametrize("code", ["", "91130100MA0BANK01X", "91130100MA0BANK01", "I1130100MA0BANK01N", "银行"])
def test_a_text_that_is_no_credit_code_is_refused(code: str) -> None:
    with pytest.raises(ValidationError, match="no unified social credit code"):
        founder(code=code)


def test_a_code_with_letters_in_front_is_good() -> None:
    assert organisations.checked("Y1110000MA0BANK015"[:17] + _check("Y1110000MA0BANK01")).startswith("Y1")


def _check(body: str) -> str:
    from stdnum.cn import uscc  # noqa: PLC0415 - the check character of an invented code

    return str(uscc.calc_check_digit(body))


def test_a_code_is_registered_once() -> None:
    founder()
    with pytest.raises(ValidationError, match="Ask to join"):
        founder("lin")


def test_somebody_joins_when_a_manager_agrees() -> None:
    ke, firm = founder()
    lin = town.person("lin")
    asked = organisations.ask(lin, firm.uscc, NOW, DAY)
    assert organisations.belongs(lin, firm, DAY) is None
    organisations.answer(asked, ke, NOW, DAY, agreed=True)
    assert organisations.belongs(lin, firm, DAY) is not None
    assert not organisations.is_manager(lin, firm, DAY)


def test_somebody_who_is_turned_down_does_not_join_and_an_answer_is_given_once() -> None:
    ke, firm = founder()
    lin = town.person("lin")
    asked = organisations.ask(lin, firm.uscc, NOW, DAY)
    organisations.answer(asked, ke, NOW, DAY, agreed=False)
    assert organisations.belongs(lin, firm, DAY) is None
    with pytest.raises(ValidationError, match="answered already"):
        organisations.answer(asked, ke, NOW, DAY, agreed=True)


def test_nobody_asks_twice_at_a_time_nor_answers_for_themselves() -> None:
    _, firm = founder()
    lin = town.person("lin")
    asked = organisations.ask(lin, firm.uscc, NOW, DAY)
    with pytest.raises(ValidationError, match="asked already"):
        organisations.ask(lin, firm.uscc, NOW, DAY)
    assert Joining.objects.count() == 1
    with pytest.raises(ValidationError, match="Only a manager"):
        organisations.answer(asked, lin, NOW, DAY, agreed=True)


def test_there_is_nothing_to_ask_where_none_is_registered_or_one_belongs_already() -> None:
    ke, firm = founder()
    with pytest.raises(ValidationError, match="Register it"):
        organisations.ask(ke, CODES[2], NOW, DAY)
    with pytest.raises(ValidationError, match="already"):
        organisations.ask(ke, firm.uscc, NOW, DAY)


def test_becoming_a_manager_is_a_new_tie_from_today() -> None:
    ke, firm = founder()
    lin = town.person("lin")
    town.employ(lin, firm)
    organisations.join(lin, firm, DAY, ke, manager=True)
    assert organisations.is_manager(lin, firm, DAY)
    assert not organisations.is_manager(lin, firm, DAY - ONE)
    assert lin.employments.count() == 2


def test_the_last_manager_stays_while_others_are_there() -> None:
    ke, firm = founder()
    lin = town.person("lin")
    town.employ(lin, firm)
    tie = organisations.belongs(ke, firm, DAY)
    assert tie is not None
    with pytest.raises(ValidationError, match="last manager"):
        organisations.leave(tie, DAY, ke, DAY)
    organisations.join(lin, firm, DAY, ke, manager=True)
    organisations.leave(tie, DAY, ke, DAY)


def test_only_oneself_or_a_manager_ends_a_tie() -> None:
    ke, firm = founder()
    lin, wu = town.person("lin"), town.person("wu")
    tie = town.employ(lin, firm)
    town.employ(wu, firm)
    with pytest.raises(ValidationError, match="Only a manager"):
        organisations.leave(tie, DAY, wu, DAY)
    organisations.leave(tie, DAY - ONE, ke, DAY)
    assert organisations.belongs(lin, firm, DAY) is None


def test_an_operator_proves_an_organisation_for_all_bodies_and_nobody_else_does() -> None:
    body = town.body()
    ke, firm = founder()
    for other in (ke, town.administrator("an", body)):
        with pytest.raises(ValidationError, match="Only an operator"):
            organisations.prove(firm, other, DAY)
    organisations.prove(firm, town.person("op", operator=True), DAY)
    assert reach(ke, DAY).codes == {firm.uscc}


def test_a_body_that_knows_an_organisation_opens_its_own_dossiers_to_it_and_no_others() -> None:
    body = town.body()
    an = town.administrator("an", body)
    ke, firm = founder()
    registers.grant_standing(body, firm.uscc, "甲公司", registers.KNOWN, DAY, an)
    seen = reach(ke, DAY)
    assert seen.sees(BODY, SCHEME, [firm.uscc])
    assert not seen.sees(OTHER, SCHEME, [firm.uscc])


def test_an_operator_ends_a_wrong_claim_but_not_a_proven_managers_tie() -> None:
    op = town.person("op", operator=True)
    ke, firm = founder()
    tie = organisations.belongs(ke, firm, DAY)
    assert tie is not None
    organisations.prove(firm, op, DAY)
    with pytest.raises(ValidationError, match="Only a manager"):
        organisations.leave(tie, DAY - ONE, op, DAY)
    firm.proven = False
    firm.save()
    tie.refresh_from_db()
    organisations.leave(tie, DAY - ONE, op, DAY)
    assert organisations.belongs(ke, firm, DAY) is None


def test_the_body_lets_the_first_person_of_its_laboratory_in_and_no_second() -> None:
    body = town.body()
    an = town.administrator("an", body)
    lab = registers.grant_standing(body, CODES[2], "示例检测", (SCHEME, "lab"), DAY, an).organisation
    assert organisations.may_settle(an, lab, DAY)
    assert not organisations.may_settle(town.administrator("bo", town.body(OTHER)), lab, DAY)
    town.employ(town.person("ke"), lab)
    assert not organisations.may_settle(an, lab, DAY)
