"""冀金协〔2023〕15号 from the call for filings to the removal from the list, alone and jointly: through the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.browser.journeys.town import Town

LIST = "金融科技企业和产品清单"
PRODUCT = "智能信贷风险控制平台"
BANK, VENDOR = "冀州示例银行股份有限公司", "恒通支付技术有限公司"
BANK_CODE, CODE = "91130102MA1HU49D4Q", "91330106MA3J9HTM5D"
FILED = {
    "申报主体": "省级",
    "产品名称": PRODUCT,
    "企业字号与产品品牌": "恒通",
    "单位名称与统一社会信用代码 单位名称": VENDOR,
    "单位名称与统一社会信用代码 统一社会信用代码": CODE,
}

WHOLE = {
    "办公地址与注册地址不同": True,
    "办公地址": "石家庄市乙路2号",
    "已获专利、认证和奖项": [{"名称": "发明专利"}, {"名称": "科技进步奖"}],
    "辅助申报材料清单": [
        {"材料名称": "发明专利", "种类": "专利证书"}, {"材料名称": "科技进步奖", "种类": "获奖证书"},
    ],
    "运行场景提供方 单位名称": BANK,
    "运行场景提供方 统一社会信用代码": BANK_CODE,
    "报告出具单位 单位名称": BANK,
    "报告出具单位 统一社会信用代码": BANK_CODE,
    "关键技术": ["大数据", "人工智能"],
    "主要应用场景": ["风险管理", "反欺诈反洗钱"],
}  # fmt: skip


def call_is_open(town: Town) -> None:
    """The office opens a call from its own pages; on the first day members may file, and not before."""
    ban, lin = town.person("ban"), town.person("lin")
    ban.opens("/home/")
    ban.follows("新建案卷")
    days = {"开始日期": "2025-03-10", "截止日期": "2025-04-30", "下次征集不晚于": "2026-03-02"}
    ban.begins(LIST, "开启征集", {"征集批次": "2025年第一批", **days})
    lin.opens("/my/begin/")
    lin.sees("现在不在征集期内")
    town.it_is("2025-03-10")


def test_a_product_is_listed_after_an_objection_and_leaves_the_list(town: Town) -> None:
    call_is_open(town)
    ban, wei, lin, ke = (town.person(name) for name in ("ban", "wei", "lin", "ke"))
    visitor = town.anybody()

    product = lin.begins(LIST, "申报", {"申报方式": "独立", **FILED, "持有金融牌照情况": "金融许可证"})
    lin.does(product, "签署承诺书")
    ban.does(product, "遴选")
    wei.does(product, "复核")
    ban.does(product, "公示", {"公示截止日期": "2025-03-17"})

    visitor.opens("/announcements/")
    visitor.sees("公示", PRODUCT, VENDOR, "2025年3月17日")
    visitor.follows("提出异议", within="main")
    visitor.sees("异议")
    ban.does(product, "提出异议", {"异议人": "某用户", "异议内容与依据": "投运日期似有出入"})
    town.it_is("2025-03-18")
    wei.cannot(product, "纳入清单", "异议")
    ban.cannot(product, "处理异议", "提出异议的人不得处理异议")
    wei.does(product, "处理异议", {"处理结果": "不成立"})
    wei.does(product, "纳入清单")

    visitor.opens("/")
    visitor.sees("在列", PRODUCT)
    visitor.follows(PRODUCT, within="main table")
    visitor.sees(VENDOR, "在列")
    ke.does(product, "申请退出清单", {"退出原因": "产品停止销售"})
    wei.does(product, "移出清单", {"依据": ["自愿"]})
    visitor.page.reload()
    visitor.sees("移出")


def test_a_joint_nomination_with_the_whole_form(town: Town) -> None:
    call_is_open(town)
    ban, lin = town.person("ban"), town.person("lin")
    partner = {
        "序号": 1, "机构名称": VENDOR, "统一社会信用代码": CODE, "主要分工": "系统开发", "分工权重": 40,
        "单位性质": "企业", "重要实质性工作": True, "牵头": False,
    }  # fmt: skip

    product = lin.begins(LIST, "申报", {**FILED, **WHOLE, "申报方式": "联合", "其他参与机构信息清单": [partner]})
    lin.does(product, "签署承诺书")

    ban.opens(f"{product}answers/")
    ban.sees(VENDOR, "联合申报", "石家庄市乙路2号", "科技进步奖", "反欺诈反洗钱")
    lin.opens("/my/")
    lin.sees_nothing_of("草稿")
