"""The foundation of the journeys: a form is filled in by its words, time passes, and complaints are heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.browser.journeys.town import Town

SERVICE = "网络空间安全服务资质认证"


def test_an_application_is_filled_in_by_its_words_and_stands_in_the_dossier(town: Town) -> None:
    wang = town.person("wang")

    dossier = wang.begins(SERVICE, "提交申请", {"认证级别": "二级", "物理位置": "石家庄市示例路1号"})

    wang.opens(f"{dossier}answers/")
    wang.sees("二级", "石家庄市示例路1号")


def test_words_that_no_question_has_are_not_believed(town: Town) -> None:
    wang = town.person("wang")
    wang.opens_beginning(SERVICE, "提交申请")

    with pytest.raises(AssertionError, match="营业额"):
        wang.fills({"营业额": "1"})


def test_time_passes_with_its_daily_round(town: Town) -> None:
    wang, li = town.person("wang"), town.person("li")
    dossier = wang.begins(SERVICE, "提交申请")
    li.does(dossier, "通知补充材料", {"补充截止日期": "2025-03-10"})

    town.it_is("2025-03-11")

    li.opens(dossier)
    li.sees("逾期")
