"""WAL-QP-21 from the public page to the withdrawal of a certificate, and one that lapses: through the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.browser.journeys.hand import Hand
    from tests.browser.journeys.town import Town

SERVICE = "网络空间安全服务资质认证"
COMPANY = "安信风控科技有限公司"
SCOPE = "安全运维服务"
NUMBER = "WAL-2025-0047"
TEAM = {"审核组": [{"姓名": "赵明", "组内职务": "审核组长"}, {"姓名": "孙细", "组内职务": "审核员"}]}
ON_SITE = {"采用远程方式": False}


def applied_and_accepted(town: Town) -> str:
    """A client finds the rules in public, applies, supplements, and is accepted; the address of the dossier."""
    visitor = town.anybody()
    visitor.opens("/rules/")
    visitor.follows(SERVICE, within="main")
    visitor.sees("提交申请")
    wang, li, mei, he = (town.person(name) for name in ("wang", "li", "mei", "he"))
    answers = {"认证级别": "二级", "认证范围": SCOPE, "随附材料": {"": "营业执照.txt"}}
    dossier = wang.begins(SERVICE, "初次认证：提交申请", answers)
    li.does(dossier, "通知补充材料", {"补充截止日期": "2025-03-13"})

    town.it_is("2025-03-10")
    wang.does(dossier, "补充材料")
    li.does(dossier, "申请评审", {"审核人天": 5, "人工核定的理由": "人日表尚未录入，按同类项目核定"})
    li.has_no(dossier, "受理")
    mei.does(dossier, "审批")
    he.does(dossier, "受理")
    return dossier


def audited(town: Town, dossier: str) -> None:
    """Contract, team, stage 1, stage 2 with a nonconformity that the client corrects, report and review."""
    wang, he, pan, zhao, sun, fan, yu = (town.person(one) for one in ("wang", "he", "pan", "zhao", "sun", "fan", "yu"))
    he.does(dossier, "确认报价", {"认证报价": 50000, "年度监督审核报价": 20000})
    he.does(dossier, "签订合同", {"合同截止日期": "2028-03-09"})

    town.it_is("2025-03-17")
    pan.does(dossier, "组建审核组", TEAM)
    zhao.does(dossier, "签署公正性与保密承诺")
    yu.cannot(dossier, "移交案卷", "承诺")
    sun.does(dossier, "签署公正性与保密承诺")
    yu.does(dossier, "移交案卷")
    zhao.does(dossier, "策划")
    zhao.does(dossier, "给出第一阶段结论", {"具备第二阶段审核条件": True})
    pan.does(dossier, "通知", {"审核开始日期": "2025-03-24"})

    town.it_is("2025-03-24")
    zhao.does(dossier, "召开首次会议", ON_SITE)
    zhao.does(dossier, "开具不符合项", {"不符合事实": "未保存应急演练记录", "整改回复截止日期": "2025-04-24"})
    zhao.does(dossier, "召开末次会议")
    zhao.does(dossier, "出具报告", {"审核组的意见建议": "验证"})
    zhao.does(dossier, "确认证书信息", {"证书上的组织名称": COMPANY, "认证范围": SCOPE, "认证级别": "二级"})
    fan.does(dossier, "复查审核报告")
    fan.cannot(dossier, "复核", "不符合")

    town.it_is("2025-04-08")
    wang.does(dossier, "提交整改", {"原因分析": "演练后没有归档"})
    zhao.does(dossier, "验证")
    fan.does(dossier, "复核")


def certified(town: Town, dossier: str) -> None:
    """Decision, certificate and upload; whoever audited may not decide."""
    zhao, qian, yu = (town.person(name) for name in ("zhao", "qian", "yu"))
    zhao.has_no(dossier, "准予认证")
    qian.does(dossier, "准予认证", {"决定的级别": "二级", "决定的范围": SCOPE})
    yu.does(dossier, "颁发证书", {"证书编号": NUMBER})
    yu.does(dossier, "上报证书信息")


def looked_up(town: Town) -> Hand:
    """Somebody looks the number up on the public page, and has the entry before them."""
    visitor = town.anybody()
    visitor.opens("/")
    visitor.page.locator("main form input[name=q]").fill(NUMBER)
    visitor.page.keyboard.press("Enter")
    visitor.sees("共1条")
    visitor.follows(SCOPE, within="main table")
    visitor.sees(NUMBER, COMPANY)
    return visitor


def test_a_certificate_from_the_first_page_to_its_withdrawal(town: Town) -> None:
    pan, zhao, sun, fan, qian, yu = (town.person(name) for name in ("pan", "zhao", "sun", "fan", "qian", "yu"))
    wang = town.person("wang")
    dossier = applied_and_accepted(town)
    audited(town, dossier)
    certified(town, dossier)
    visitor = looked_up(town)
    visitor.sees("二级", "有效期至2028年4月7日")

    town.it_is("2026-03-09")
    pan.does(dossier, "监督审核：策划")
    pan.does(dossier, "组建审核组", TEAM)
    zhao.does(dossier, "签署公正性与保密承诺")
    sun.does(dossier, "签署公正性与保密承诺")
    pan.does(dossier, "通知", {"审核开始日期": "2026-03-16"})
    town.it_is("2026-03-16")
    zhao.does(dossier, "召开首次会议", ON_SITE)
    zhao.does(dossier, "召开末次会议")
    zhao.does(dossier, "出具报告")
    fan.does(dossier, "复查审核报告")
    qian.does(dossier, "保持认证资格")

    town.it_is("2026-09-07")
    yu.does(dossier, "登记违规使用证书", {"造成不良影响": False})
    suspended = {"依据": ["违规使用"], "暂停起始日期": "2026-09-07", "暂停截止日期": "2026-12-07"}
    qian.does(dossier, "暂停", suspended)
    visitor.page.reload()
    visitor.sees("暂停")

    town.it_is("2026-10-12")
    wang.does(dossier, "恢复：提交申请", {"整改情况": "宣传册已收回"})
    zhao.does(dossier, "核查暂停期间情况", {"已消除的暂停情形": ["违规使用"], "与监督审核同时进行": False})
    qian.does(dossier, "审批")
    yu.does(dossier, "恢复")
    visitor.page.reload()
    visitor.sees("有效期至2028年4月7日")

    town.it_is("2026-12-01")
    yu.does(dossier, "登记违规使用证书", {"造成不良影响": True})
    qian.does(dossier, "撤销", {"依据": ["不良影响"]})
    visitor.page.reload()
    visitor.sees("撤销")
    wang.opens("/my/")
    wang.sees("撤销")
    wang.sees_nothing_of("草稿")


def test_a_certificate_that_nobody_renews_lapses_for_everybody_to_see(town: Town) -> None:
    dossier = applied_and_accepted(town)
    audited(town, dossier)
    certified(town, dossier)
    visitor = looked_up(town)

    town.it_is("2028-04-07")
    visitor.page.reload()
    visitor.sees_nothing_of("过期失效", "到期失效于")
    town.it_is("2028-04-08")

    visitor.page.reload()
    visitor.sees("过期")
    yu = town.person("yu")
    yu.does(dossier, "注销", {"依据": ["届满"]})
    visitor.page.reload()
    visitor.sees("注销")
