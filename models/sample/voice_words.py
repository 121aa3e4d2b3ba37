"""How the sample's customers speak, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Said(NamedTuple):
    """What somebody said, and what it is about."""

    text: str
    theme: str


@dataclass(frozen=True)
class VoiceWords:
    """Words of one language; ``form`` names its quarter."""

    form: str
    questions: tuple[str, ...]
    glad: tuple[Said, ...]
    mixed: tuple[Said, ...]
    sad: tuple[Said, ...]
    complaints: tuple[Said, ...]
    settled: tuple[str, ...]
    sites: tuple[str, ...]


ZH = VoiceWords(
    form="客户满意度调查 {quarter}",
    questions=(
        "您对我们的总体满意度（1–5）",
        "您有多大可能向同行推荐我们（0–10）",
        "您的意见和建议",
    ),
    glad=(
        Said("交货很准时，比约定的还早了一天。", "交货"),
        Said("业务员很耐心，方案讲解得清楚。", "专业能力"),
        Said("微信上回复很及时，有问题当天就解决。", "响应速度"),
        Said("产品质量稳定，用了一年没有故障。", "质量"),
        Said("态度热情，上门安装的师傅也很专业。", "服务态度"),
        Said("性价比不错，会继续合作。", "价格"),
    ),
    mixed=(
        Said("产品可以，价格比同行贵了一些。", "价格"),
        Said("交期比说好的晚了两天，希望提前告知。", "交货"),
        Said("发票要催两次才寄过来。", "发票合同"),
        Said("换了业务员以后，回复没有以前及时。", "响应速度"),
    ),
    sad=(
        Said("送货延期一周，生产线都停了。", "交货"),
        Said("到货有两箱破损，退货流程太慢。", "质量"),
        Said("售后电话没人接，等了三天才有回复。", "售后"),
        Said("报价改了两次，最后还是太贵。", "价格"),
    ),
    complaints=(
        Said("送货延期一周未通知", "交货"),
        Said("到货有破损", "质量"),
        Said("报修三天没人上门", "售后"),
        Said("发票金额开错", "发票合同"),
        Said("承诺的折扣没有兑现", "价格"),
        Said("联系不上业务员", "响应速度"),
        Said("送错型号", "交货"),
    ),
    settled=(
        "已补发，运费由我方承担",
        "上门道歉并更换",
        "已重开发票",
        "维修完成，延长保修三个月",
        "已按承诺价格补差",
    ),
    sites=("大众点评", "1688 店铺评价", "企业微信群"),
)
EN = VoiceWords(
    form="Customer satisfaction {quarter}",
    questions=(
        "How satisfied are you with us overall (1–5)?",
        "How likely are you to recommend us (0–10)?",
        "What should we do better?",
    ),
    glad=(
        Said("Delivered on time, a day early even.", "Delivery time"),
        Said("Very patient, explained every option.", "Knowledge"),
        Said("Quick reply, solved the same day.", "Quick answers"),
        Said("Good quality, not one fault in a year.", "Quality"),
        Said("Friendly and polite on every visit.", "Service attitude"),
        Said("Fair price, we will come back.", "Price"),
    ),
    mixed=(
        Said("Fine product, but the price is above others.", "Price"),
        Said("Two days late; please tell us beforehand.", "Delivery time"),
        Said("We had to ask twice for the invoice.", "Invoices and contracts"),
        Said("Since the contact changed, replies take longer.", "Quick answers"),
    ),
    sad=(
        Said("A week late, our line stood still.", "Delivery time"),
        Said("Two boxes came broken, and the refund took weeks.", "Quality"),
        Said("Nobody answers at support; three days for a repair.", "After-sales"),
        Said("The quote changed twice and is still too expensive.", "Price"),
    ),
    complaints=(
        Said("Delivery a week late without notice", "Delivery time"),
        Said("Goods arrived broken", "Quality"),
        Said("Repair asked for, nobody came in three days", "After-sales"),
        Said("Wrong amount on the invoice", "Invoices and contracts"),
        Said("The promised discount was not given", "Price"),
        Said("The contact can't be reached", "Quick answers"),
        Said("Wrong model delivered", "Delivery time"),
    ),
    settled=(
        "Sent again at our cost",
        "Apology on site, goods replaced",
        "New invoice issued",
        "Repaired, three months more warranty",
        "The difference was paid back",
    ),
    sites=("Google reviews", "Trustpilot", "Marketplace shop"),
)
