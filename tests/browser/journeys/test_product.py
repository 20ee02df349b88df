"""Products under NFCC-IR-000-01: application, type test, inspection, certificate, and what can become of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.browser.journeys.town import Town

pytestmark = pytest.mark.usefixtures("site")

RULES = "金融科技技术通用安全产品"
PRODUCT, MODEL = "安信交易哨兵", "V3.2"
NUMBER, HOLDER = "NFCC01-2025-0101", "91310115MAY4CL12TM"
LABORATORY = "示例检测技术有限公司"
FIELDS = ["个人金融信息保护", "网络安全"]
APPLICATION = {
    "产品名称": PRODUCT,
    "型号（版本号）": MODEL,
    "申请方与受评价方不一致": False,
    "多个型号合并申请": False,
    "产品形态": ["软件产品"],
    "投运日期": "2025-01-15",
    "近一年内投诉情况": "无",
    "涉及的技术领域": FIELDS,
    "有外包": False,
    "已完成型式试验": False,
    "需要送样": True,
    "运行于专用终端硬件设备": False,
}
SAMPLE = {"样品的产品名称": PRODUCT, "生产企业信息与申请一致": True, "对样品有疑义": False}
STATUS = ".verdict"


def test_a_product_is_tested_inspected_certified_and_its_certificate_withdrawn_in_the_end(town: Town) -> None:
    # given that nothing is public of it, when a client applies, then papers are asked for until all are there
    town.it_is("2025-07-07")
    public = town.anybody()
    public.opens(f"/?q={NUMBER}")
    public.sees_nothing_of(PRODUCT)
    dossier = applied_for_without_papers(town)
    accepted(town, dossier)

    # when another version is sent to the laboratory, then the laboratory does not take it as the sample
    jian = town.person("jian")
    jian.opens("/my/")
    jian.sees(PRODUCT, "接收样品")
    jian.refused(dossier, "接收样品", "不一致", {**SAMPLE, "样品的型号（版本号）": "V3.1"})
    has_its_test(town, dossier)

    # when a nonconformity is found, then there is no report before it is rectified and verified
    town.it_is("2025-09-15")
    inspected(town, dossier, {"不符合的要求": "JR/T 0199", "不符合事实": "未保存风险处置演练记录"})
    town.person("cha").cannot(dossier, "出具报告", "未关闭")
    rectified(town, dossier)

    # when others have reviewed and decided, then the certificate is on the public page
    town.it_is("2025-10-16")
    certified(town, dossier)
    public.opens(f"/?q={NUMBER}")
    public.follows(PRODUCT)
    public.sees("有效", "有效期至2028年10月15日", within=STATUS)

    # when the surveillance comes out well, then the certificate stays; misuse suspends it, until the holder restores it
    town.it_is("2026-08-10")
    watched(town, dossier, on="2026-09-15")
    town.it_is("2026-11-02")
    suspended_for_misuse(town, dossier)
    public.page.reload()
    public.sees("暂停", "自2026年11月2日起", "未按规定使用证书和标志", "§7.3.2", within=STATUS)
    town.it_is("2026-12-01")
    restored(town, dossier)
    public.page.reload()
    public.sees("有效", within=STATUS)
    public.sees("证书恢复")

    # when an incident cannot be remedied soon, then the certificate is withdrawn and taken back, and cannot be restored
    town.it_is("2027-03-01")
    ground = "重大安全事故短期内无法消除影响"
    withdrawn(town, dossier, ground)
    public.page.reload()
    public.sees("撤销", "自2027年3月1日起", ground, "§7.3.3", within=STATUS)
    town.person("wang").cannot(dossier, "恢复证书：提交申请", "证书状态为撤销")


def test_a_suspended_certificate_can_expire_and_is_then_beyond_renewal(town: Town) -> None:
    # given a certificate that is suspended at its holder's wish in its last weeks
    town.it_is("2025-07-07")
    wang, public = town.person("wang"), town.anybody()
    dossier = wang.begins(RULES, "初次认证：提交申请", APPLICATION)
    accepted(town, dossier)
    has_its_test(town, dossier)
    inspected(town, dossier)
    certified(town, dossier)
    town.it_is("2028-05-10")
    wang.does(dossier, "请求暂停")
    suspended(town, dossier, "获证机构主动请求暂停", until="2028-08-10")
    public.opens(f"/?q={NUMBER}")
    public.follows(PRODUCT)
    public.sees("暂停", within=STATUS)

    # when its last day has passed, then it has expired by itself, the public page says so, and renewal is over
    town.it_is("2028-07-07")
    public.page.reload()
    public.sees("过期失效", within=STATUS)
    public.sees("§8", within=STATUS)
    wang.cannot(dossier, "证书续期：提交申请", "不在有效期内")
    wang.opens(dossier)
    wang.sees("初次认证：提交申请", within="#can")


def applied_for_without_papers(town: Town) -> str:
    """An application with one paper of many; the rest is asked for, and found and handed in from the first page."""
    wang, ping = town.person("wang"), town.person("ping")
    dossier = wang.begins(RULES, "初次认证：提交申请", {**APPLICATION, "申请材料": {"认证申请书": "申请书.txt"}})
    town.it_is("2025-07-09")
    ping.cannot(dossier, "受理", "缺少材料")
    ping.does(dossier, "通知补充材料", {"补充期限": "2025-07-24"})
    wang.opens("/my/")
    wang.sees(PRODUCT, "待您办理")
    wang.follows("补充材料", within="main")
    wang.hands_in()
    town.it_is("2025-07-15")
    return dossier


def rectified(town: Town, dossier: str) -> None:
    """The client rectifies in time, from their first page; the team verifies it."""
    wang, cha = town.person("wang"), town.person("cha")
    cha.does(dossier, "要求限期整改", {"需整改的内容": "补做演练并保存记录", "整改期限": "2025-10-15"})
    wang.opens("/my/")
    wang.sees("待您办理", "检查发现的整改期限")
    wang.follows("提交整改结果", within="main")
    wang.hands_in({"整改措施及证据": "已补做演练"})
    town.person("yan").does(dossier, "验证")
    cha.does(dossier, "确认整改结果")


def suspended_for_misuse(town: Town, dossier: str) -> None:
    """Misuse is verified; to suspend is then a duty of the decision-maker, who does it."""
    jue = town.person("jue")
    town.person("su").does(dossier, "登记证书和标志使用问题", {"问题类型": "误导", "已经核实": True})
    jue.opens("/duties/")
    jue.sees("暂停：未按规定使用证书和标志", PRODUCT)
    suspended(town, dossier, "未按规定使用证书和标志", until="2027-02-02")


def restored(town: Town, dossier: str) -> None:
    """The holder applies for restoration from their first page; it is reviewed before it is granted."""
    wang, jue = town.person("wang"), town.person("jue")
    wang.opens("/my/")
    wang.sees("待您办理")
    wang.follows("恢复证书：提交申请", within="main")
    wang.hands_in({"针对每项暂停情形采取的措施": "官网已更正"})
    jue.cannot(dossier, "恢复", "没有审查通过的恢复申请")
    town.person("cha").does(dossier, "审查恢复申请", {"每项暂停情形均已消除": True})
    jue.does(dossier, "恢复")


def withdrawn(town: Town, dossier: str, ground: str) -> None:
    """An incident is recorded, the certificate withdrawn, and its taking back found in the work list."""
    zheng = town.person("zheng2")
    incident = {"类型": "重大安全事故", "发生单位的统一社会信用代码": HOLDER, "短期内能够采取有效措施": False}
    town.person("su").does(dossier, "登记严重问题或安全事故", incident)
    town.person("jue").does(dossier, "撤销", {"依据的情形": [ground], "短期内能否采取有效措施": "不能"})
    zheng.opens("/work/")
    zheng.sees("收回证书", PRODUCT)
    zheng.does(dossier, "收回证书", {"已收回": True})


def accepted(town: Town, dossier: str) -> None:
    """The application is accepted, the contract signed, the type test ordered."""
    town.person("ping").does(dossier, "受理")
    town.person("yue").does(dossier, "签订合同", {"认证合同编号": "HT-2025-031"})
    scope = ["JR/T 0199", "JR/T 0200", "JR/T 0171", "JR/T 0071"]
    order = {"检测机构": LABORATORY, "检测类别": "型式试验", "检测范围": scope}
    town.person("ji").does(dossier, "下达检测任务", order)


def has_its_test(town: Town, dossier: str) -> None:
    """The laboratory has had the sample and has sent its report."""
    jian = town.person("jian")
    jian.does(dossier, "接收样品", {**SAMPLE, "样品的型号（版本号）": MODEL})
    jian.does(dossier, "提交检测报告", {"报告编号": "JC-2025-0088"})


def inspected(town: Town, dossier: str, finding: dict[str, str] | None = None) -> None:
    """A team of two has declared itself impartial and inspected, and found something or nothing."""
    ji, cha, yan = town.person("ji"), town.person("cha"), town.person("yan")
    ji.does(dossier, "组建检查组", {"检查组": [{"人员": "查实"}, {"人员": "严谨"}]})
    for member in (cha, yan):
        member.does(dossier, "签署公正性与保密承诺")
    visit = {"计划检查日期": town.today.isoformat(), "检查方式": "现场", "文件审查人员": "查实"}
    cha.does(dossier, "策划", visit)
    cha.does(dossier, "召开首次会议")
    if finding:
        yan.does(dossier, "开具不符合项", finding)
        left = {"检查项涉及的技术领域": FIELDS[1:]}
        cha.refused(dossier, "召开末次会议", f"检查项未覆盖产品涉及的技术领域：{'、'.join(FIELDS)}", left)
    cha.does(dossier, "召开末次会议", {"检查项涉及的技术领域": FIELDS})


def certified(town: Town, dossier: str) -> None:
    """Reported, reviewed, decided and issued, by four people."""
    town.person("cha").does(dossier, "出具报告", {"评价结论为合格": True})
    town.person("cha").has_no(dossier, "复核")
    town.person("fu").does(dossier, "复核", {"复核通过": True})
    town.person("jue").does(dossier, "准予认证")
    town.person("zheng2").does(dossier, "颁发证书", {"证书编号": NUMBER})


def watched(town: Town, dossier: str, on: str) -> None:
    """One surveillance, announced a month before, maintained in the end."""
    ji, cha = town.person("ji"), town.person("cha")
    ji.does(dossier, "获证后监督：策划", {"计划监督日期": on, "检查方式": "现场", "不事先通知": False})
    ji.does(dossier, "通知")
    ji.does(dossier, "组建检查组", {"检查组": [{"人员": "查实"}]})
    cha.does(dossier, "签署公正性与保密承诺")
    town.it_is(on)
    cha.does(dossier, "召开首次会议")
    cha.does(dossier, "召开末次会议", {"产品变更影响先前检测结果": False})
    cha.does(dossier, "出具报告", {"监督审查合格": True})
    town.person("jue").does(dossier, "保持认证资格")


def suspended(town: Town, dossier: str, ground: str, until: str) -> None:
    """The decision-maker suspends from today on."""
    term = {"暂停生效日期": town.today.isoformat(), "暂停期满日期": until}
    town.person("jue").does(dossier, "暂停", {"依据的情形": [ground], "情形发生在": "获证机构", **term})
