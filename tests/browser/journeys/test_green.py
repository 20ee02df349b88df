"""A green product under NFCC-IR-000-02: first refused, then certified, changed, withdrawn, banned, and back again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.browser.journeys.town import Town

pytestmark = pytest.mark.usefixtures("site")

RULES = "绿色金融科技创新产品"
PRODUCT, NUMBER = "青岚碳账本", "NFCC-02-2025-0101"
HOLDER, HOLDER_CODE = "青岚云安全科技有限公司", "91330106MA3BJ1XG6C"
STATUS = ".verdict"
APPLICATION = {
    "产品（系统）名称": PRODUCT,
    "型号（版本号）": "V2.1",
    "本单元包含的名称和型号数": "1",
    "产品形态": "软件产品",
    "采用标准的最新版本": True,
    "适用 T/CQJR 001-2022": False,
    "外包": False,
    "送检样品": False,
    "需提交适用性声明": False,
    "适用标准符合性证明": False,
    "近一年投诉情况": "未涉及投诉",
}


def test_a_green_product_is_certified_changed_withdrawn_and_back_when_the_ban_is_over(town: Town) -> None:
    # given an application that the body cannot take on, when it is refused in time, then the applicant reads why
    town.it_is("2025-07-07")
    gao, public = town.person("gao"), town.anybody()
    refused_in_time(town)

    # when another one is accepted within five working days, then its design is assessed before anybody inspects
    dossier = gao.begins(RULES, "初次认证：提交申请", APPLICATION)
    town.it_is("2025-07-14")
    accepted_in_time(town, dossier)
    assessed(town, dossier)
    town.it_is("2025-08-25")
    inspected(town, dossier)

    # when others have reviewed and decided, then the certificate is on the public page
    town.it_is("2025-09-01")
    certified(town, dossier)
    public.opens(f"/?q={NUMBER}")
    public.follows(PRODUCT)
    public.sees("有效", "2028年8月31日", within=STATUS)

    # when the holder has a new name, then that is reviewed on paper and the certificate says the new name
    town.it_is("2025-11-10")
    renamed(town, dossier)
    public.page.reload()
    public.sees(HOLDER)

    # when an incident cannot be dealt with soon, then the certificate is withdrawn
    town.it_is("2026-03-02")
    withdrawn(town, dossier)
    public.page.reload()
    public.sees("撤销", "自2026年3月2日起", "§7.3.3", within=STATUS)

    # when the unit is applied for again on the last day of six months, then the applicant is told which clause says no
    town.it_is("2026-09-02")
    gao.opens_beginning(RULES, "初次认证：提交申请")
    gao.fills(APPLICATION)
    with gao.expecting("status of 422"):
        gao.presses()
        gao.sees("禁止申请的期间尚未届满", "§7.3.3", "届满次日", within="[data-errors]")

    # when it is the day after, then the same form is taken
    town.it_is("2026-09-03")
    again = gao.begins(RULES, "初次认证：提交申请", APPLICATION)
    gao.sees("已提交")
    assert again != dossier


def refused_in_time(town: Town) -> None:
    """An application that is refused two working days later, with a ground and a reason that its applicant reads."""
    gao = town.person("gao")
    refused = gao.begins(RULES, "初次认证：提交申请", {**APPLICATION, "产品（系统）名称": "青岚绿券系统"})
    gao.sees("受理期限", "剩5个工作日", "§6.2.3")
    town.it_is("2025-07-09")
    reason = {"依据的情形": ["不具备认证的基本条件"], "不受理原因": "产品尚未投入运行"}
    town.person("ping").does(refused, "不予受理", reason)
    gao.opens(refused)
    gao.sees("不予受理", "§6.2.3")
    gao.opens(f"{refused}papers/")
    gao.sees("不予受理")


def accepted_in_time(town: Town, dossier: str) -> None:
    """The reviewer finds it in the work list with the working days that are left, and accepts it; then the contract."""
    ping = town.person("ping")
    ping.opens("/work/")
    ping.sees(PRODUCT, "剩2个工作日")
    ping.does(dossier, "受理")
    ping.sees("已受理")
    town.person("yue").does(dossier, "签订合同", {"合同编号": "HT-2025-058"})


def assessed(town: Town, dossier: str) -> None:
    """The design is assessed once the whole team has declared itself; before that nobody inspects."""
    ji, cha, yan = town.person("ji"), town.person("cha"), town.person("yan")
    ji.does(dossier, "组建检查组", {"检查组": [{"人员": "查实"}, {"人员": "严谨"}]})
    cha.does(dossier, "签署公正性与保密承诺")
    cha.cannot(dossier, "给出评估结论", "尚未签署公正性与保密声明")
    yan.does(dossier, "签署公正性与保密承诺")
    ji.does(dossier, "策划", {"检查日期": "2025-08-25", "检查方式": "现场"})
    cha.has_no(dossier, "召开首次会议")
    cha.does(dossier, "给出评估结论", {"设计评估符合": True})


def inspected(town: Town, dossier: str) -> None:
    """The team goes out, finds nothing against it, and reports."""
    cha = town.person("cha")
    cha.does(dossier, "召开首次会议")
    cha.does(dossier, "召开末次会议", {"检查结束日期": town.today.isoformat()})
    cha.does(dossier, "出具报告", {"评价合格": True})


def certified(town: Town, dossier: str) -> None:
    """Reviewed, decided and issued, by three people."""
    town.person("fu").does(dossier, "复核", {"复核通过": True})
    town.person("jue").does(dossier, "准予认证")
    town.person("zheng2").does(dossier, "颁发证书", {"证书编号": NUMBER})


def renamed(town: Town, dossier: str) -> None:
    """A change of the registered name alone needs no visit."""
    ji = town.person("ji")
    new = {"变更后的证书持有者 单位名称": HOLDER, "变更后的证书持有者 统一社会信用代码": HOLDER_CODE}
    change = {"变更情形": ["仅注册名称、注册地址"], **new, "发证方式": "换发认证证书"}
    town.person("gao").does(dossier, "变更：提交申请", change)
    ji.does(dossier, "给出评估结论", {"属于重大变更": False, "需要现场检查": False})
    ji.does(dossier, "出具报告", {"评价合格": True})
    town.person("jue").does(dossier, "准予变更")
    town.person("zheng2").does(dossier, "颁发证书")


def withdrawn(town: Town, dossier: str) -> None:
    """An incident is recorded, which makes looking at it a duty; the decision-maker withdraws."""
    jue = town.person("jue")
    town.person("su").does(dossier, "登记严重问题或事故", {"涉及的单位": "获证机构", "事项": "重大安全事故"})
    jue.opens("/duties/")
    jue.sees("核查暂停和撤销情形", PRODUCT)
    jue.does(dossier, "撤销", {"依据的情形": ["重大安全事故"], "短期内能采取有效措施": False})
