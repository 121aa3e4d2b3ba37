"""How the sample's people write about skills, help, projects and the pool, in both languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class WorkWords:
    """Words of one language.

    ``skills`` are (name, category, kinds of task that need it); ``templates`` are (title, kind,
    hours, due after, waits for, checklist, done means); ``purposes`` are (purpose, kind);
    ``suggestions`` are (kind, title, details, answer); ``helped`` and ``asked`` are (problem, tried, needed, answer).
    """

    skills: tuple[tuple[str, str, tuple[str, ...]], ...]
    evidence: tuple[str, ...]
    onboarding: str
    templates: tuple[tuple[str, str, int, int, int | None, str, str], ...]
    project: str
    steps: tuple[str, ...]
    helping: str
    asked: tuple[str, str, str]
    helped: tuple[str, str, str, str]
    purposes: tuple[tuple[str, str], ...]
    contract: str
    recycled: str
    picked: str
    claim: tuple[str, str]
    ruling: str
    chances: tuple[str, str]
    overridden: str
    handed: str
    notices: tuple[tuple[str, str], ...]
    reply: str
    suggestions: tuple[tuple[str, str, str, str | None], ...]


ZH = WorkWords(
    skills=(
        ("产品选型", "product", ("quote",)),
        ("报价核算", "product", ("quote",)),
        ("需求挖掘", "sales", ("visit",)),
        ("商务谈判", "sales", ("follow_up",)),
        ("招投标", "sales", ()),
        ("催收沟通", "service", ("collection",)),
        ("交付协调", "service", ("delivery",)),
        ("英语", "language", ()),
        ("医药行业", "industry", ()),
        ("机械制造行业", "industry", ()),
    ),
    evidence=("近半年三单独立完成", "主管陪访两次后评定", "内部考核 86 分", "带新人一名"),
    onboarding="新客户开户",
    templates=(
        (
            "收集{customer}开户资料",
            "internal",
            1,
            1,
            None,
            "营业执照\n开票信息\n收货地址",
            "资料齐全并归档",
        ),
        (
            "{customer}首次拜访",
            "visit",
            4,
            3,
            1,
            "确认决策人\n了解现用品牌\n约下次时间",
            "拜访记录已登记，有下一步",
        ),
        ("给{customer}报价", "quote", 3, 6, 2, "核对型号\n主管审核价格", "报价单已发送并确认收到"),
        ("{customer}报价回访", "follow_up", 1, 9, 3, "", "客户给出明确意见"),
    ),
    project="{customer}年度框架项目",
    steps=("核对客户名称与开票信息", "主管审核", "发送并确认收到"),
    helping="陪同客户技术交流",
    asked=("技术部未确认参数", "已发邮件两次、电话一次，无人答复", "请主管协调技术部，三天内答复"),
    helped=(
        "客户要求账期延长到 90 天",
        "按公司规定解释过 60 天",
        "财务是否同意分批付款",
        "财务同意首付 30%，余款 90 天；需附客户近一年回款记录。",
    ),
    purposes=(
        ("确认报价意见", "call"),
        ("了解新一季采购计划", "visit"),
        ("催办合同回签", "wechat"),
        ("回访使用情况", "call"),
        ("送样并介绍新品", "visit"),
    ),
    contract="{customer}年度供货合同",
    recycled="超过期限从未联系",
    picked="同城客户，有老同事介绍",
    claim=("去年 3 月首次拜访，有名片和报价单", "展会上加了采购经理微信，已两次沟通"),
    ruling="以首次拜访和报价为准；另一方转介绍按两成计入业绩。",
    chances=("官网询价，预算明确", "老客户转介绍"),
    overridden="客户点名要求",
    handed="请假期间照看，紧急情况电话联系",
    notices=(
        ("四季度价格表更新", "新价格表自下月 1 日起执行，之前已报价的商机按原价签约。"),
        ("年底回款安排", "请在本月 25 日前与各自客户确认年底付款计划，填在跟进记录里。"),
        ("新品培训", "下周三下午两点新品培训，拜访请避开这个时段。"),
    ),
    reply="有两家客户付款要到元月，已写在备注里。",
    suggestions=(
        (
            "suggestion",
            "报价单模板加上交货周期",
            "客户每次都单独来问交货周期，写在报价单里能少一轮沟通。",
            "采纳，新模板下周启用。",
        ),
        (
            "question",
            "样品运费由谁承担？",
            "客户要求寄样三次以上。",
            "三次以内公司承担，之后由客户承担。",
        ),
        ("suggestion", "每月汇总一次竞品价格", "大家零散听到的竞品价格可以集中记录。", None),
        ("question", "年度框架客户能否单独申请账期？", "客户希望由 30 天改为 60 天。", None),
    ),
)
EN = WorkWords(
    skills=(
        ("Choosing products", "product", ("quote",)),
        ("Costing quotes", "product", ("quote",)),
        ("Finding needs", "sales", ("visit",)),
        ("Negotiating", "sales", ("follow_up",)),
        ("Tenders", "sales", ()),
        ("Collecting payments", "service", ("collection",)),
        ("Managing deliveries", "service", ("delivery",)),
        ("Spanish", "language", ()),
        ("Health care", "industry", ()),
        ("Machinery", "industry", ()),
    ),
    evidence=(
        "Three deals alone in half a year",
        "Judged after two visits with the lead",
        "86 points in the test",
        "Trained a newcomer",
    ),
    onboarding="New customer",
    templates=(
        (
            "Papers of {customer}",
            "internal",
            1,
            1,
            None,
            "Licence\nTax data\nAddress",
            "Filed and complete",
        ),
        (
            "First visit to {customer}",
            "visit",
            4,
            3,
            1,
            "Who decides\nWhat is used now\nNext date",
            "Noted, with a next step",
        ),
        (
            "Quote for {customer}",
            "quote",
            3,
            6,
            2,
            "Check the models\nLead checks the price",
            "Sent and received",
        ),
        ("Ask {customer} about the quote", "follow_up", 1, 9, 3, "", "The customer has answered"),
    ),
    project="Framework of the year, {customer}",
    steps=("Check name and tax data", "Lead looks at it", "Sent and received"),
    helping="Comes along for the technical part",
    asked=(
        "Engineering has not confirmed the figures",
        "Two mails and a call, no answer",
        "The lead asks engineering for an answer within three days",
    ),
    helped=(
        "The customer wants 90 days to pay",
        "Explained our 60 days",
        "Whether finance agrees to parts",
        "Finance agrees to 30 % first and the rest in 90 days, with a year of receipts attached.",
    ),
    purposes=(
        ("Ask about the quote", "call"),
        ("Plans for the next season", "visit"),
        ("Ask for the signed contract", "email"),
        ("Ask how it works", "call"),
        ("Bring samples of the new series", "visit"),
    ),
    contract="Supply of the year, {customer}",
    recycled="Never contacted in the time that the rule allows",
    picked="Same city, known to a colleague",
    claim=(
        "First visit in March last year, card and quote at hand",
        "Met the buyer at the fair, two talks since",
    ),
    ruling="First visit and quote count; the other side has a fifth of the credit.",
    chances=("Asked on the web site, with a budget", "Sent by an old customer"),
    overridden="The customer asked for this person",
    handed="Look after them meanwhile; call me when it is urgent",
    notices=(
        (
            "New price list",
            "It holds from the first of next month; deals that were quoted before keep their price.",
        ),
        (
            "Payments before the year ends",
            "Please agree with your customers by the 25th when they pay, and note it in the visit log.",
        ),
        (
            "Training on the new products",
            "Wednesday next week at two; please plan no visits for that time.",
        ),
    ),
    reply="Two customers pay in January only; it is in their notes.",
    suggestions=(
        (
            "suggestion",
            "Put the delivery time on quotations",
            "Every customer asks for it; one round less if it stands there.",
            "Yes, the new form is used from next week.",
        ),
        (
            "question",
            "Who pays for sending samples?",
            "A customer wants them more than three times.",
            "We do, up to three times; then the customer.",
        ),
        (
            "suggestion",
            "Gather competitors' prices every month",
            "Everybody hears some; they could be kept in one place.",
            None,
        ),
        (
            "question",
            "May customers with a yearly contract ask for longer terms?",
            "One wants 60 days instead of 30.",
            None,
        ),
    ),
)
