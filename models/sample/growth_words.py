"""What the sample team says in feedback, talks and recognition, in both languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class GrowthWords:
    """Texts; ``{customer}`` is filled in.

    ``feedback``: kind, place of the skill, status of the deal, situation, behaviour, impact, next step.
    ``promises``: of the person, of the manager. ``awards``: title, reason, place of the value.
    """

    values: tuple[tuple[str, str], ...]
    feedback: tuple[tuple[str, int, str, str, str, str, str], ...]
    shared: tuple[str, ...]
    private: str
    promises: tuple[tuple[str, str], ...]
    awards: tuple[tuple[str, str, int], ...]


ZH = GrowthWords(
    values=(
        ("客户第一", "先问清客户的用途再推荐\n答应的回复时间做到"),
        ("说到做到", "承诺写下来并按期兑现\n做不到时提前说"),
        ("互相补位", "同事请假时主动接手\n把经验写进记录"),
    ),
    feedback=(
        ("strength", 2, "won", "拜访{customer}，讨论换型方案", "先用二十分钟问清产线节拍和停机成本，再谈型号", "客户当场确认了技术要求，省掉一轮往返", "下次拜访前把问题清单发给新同事"),
        ("growth", 3, "lost", "与{customer}谈价格", "客户提出降价时，在没有交换条件的情况下让了 6 个点", "客户继续要求降价，最后仍选择了对手", "谈价前写好三项交换条件，与主管过一遍"),
        ("strength", 1, "won", "给{customer}报价", "报价单按用途拆成三档，并写明每档的差别", "客户选了中间一档，毛利比底价高", "把三档报价做成模板"),
        ("growth", 2, "lost", "{customer}的需求调研", "只与采购沟通，没有见到使用部门", "方案到技术评审时才发现尺寸不符", "新商机在第二阶段前约见使用部门一次"),
        ("strength", 5, "won", "{customer}的回款", "到期前三天电话确认付款安排，并把对账单发给财务", "货款按期到账", "其他大客户也照此办理"),
        ("growth", 6, "won", "{customer}的交付", "交期变动后隔了两天才告诉客户", "客户改了安装计划，产生了一次投诉电话", "交期变动当天电话通知并记录"),
        ("strength", 3, "won", "与{customer}签约前的最后一轮谈判", "用加快付款换取了两个点的折扣", "成交且回款提前一个月", "在周会上讲一次这笔单"),
        ("growth", 0, "lost", "给{customer}选型", "沿用上一单的型号，没有核对新的工况", "客户试用后退回样品", "选型时填写工况表并请产品同事复核"),
        ("strength", 0, "won", "为{customer}选型", "发现客户图纸上的型号已停产，主动给出替代并附测试数据", "客户没有停线", "把替代表放到共享文件夹"),
        ("growth", 1, "lost", "{customer}的报价跟进", "报价发出后九天没有跟进", "客户先收到了对手的样品", "报价后三个工作日内打一次电话"),
    ),
    shared=("聊了本月的重点客户和下月安排，约定先把两个逾期任务清掉。", "回顾了丢单原因，商定谈价前先写交换条件。", "对节奏满意，希望多一些产品培训。"),
    private="注意其近期的工作负荷，下次谈是否需要调整区域。",
    promises=(("清掉逾期任务并更新状态", "申请一次产品培训"), ("下周约见两家老客户的使用部门", "一起拜访一次大客户"), ("把三档报价整理成模板", "三天内答复折扣审批")),
    awards=(("替代型号救急", "客户停产前一天找到替代型号并送到现场，没有让产线停下来。", 0), ("逾期回款清零", "连续三周每周对账，把拖了半年的货款收回来。", 1), ("主动带新人", "陪新同事拜访四次，并把问题清单写进了记录。", 2), ("谈判守住毛利", "用付款条件换折扣，签下合同且毛利没有下降。", 1)),
)  # fmt: skip

EN = GrowthWords(
    values=(
        ("Customers first", "Asks what it is for before proposing\nAnswers when it was promised"),
        ("Doing what we say", "Writes promises down and keeps them\nSays early when one can't be kept"),
        ("Standing in for each other", "Takes over when somebody is away\nWrites down what was learnt"),
    ),
    feedback=(
        ("strength", 2, "won", "Visit at {customer} about the new line", "Asked for twenty minutes about cycle times and the cost of a stop before naming a model", "The customer settled the requirements on the spot; a round of questions was saved", "Send the list of questions to the new colleague before the next visit"),
        ("growth", 3, "lost", "Talk about the price with {customer}", "Gave six points away when the customer asked, without asking for anything back", "The customer went on asking and chose the competitor", "Write down three conditions to trade before a talk about the price"),
        ("strength", 1, "won", "Quote for {customer}", "Split the quote into three levels and said what each one adds", "The customer took the middle one, above the floor price", "Make a template of the three levels"),
        ("growth", 2, "lost", "Finding out what {customer} needs", "Spoke to purchasing only and met nobody who uses the product", "The wrong size was noticed at the technical review", "Meet the users once before the second stage"),
        ("strength", 5, "won", "Payment of {customer}", "Called three days before it was due and sent the statement to their accountant", "It was paid on the day", "Do the same with the other large customers"),
        ("growth", 6, "won", "Delivery to {customer}", "Told the customer two days after the date had moved", "They had to plan the installation anew, and called to complain", "Call on the same day when a date moves, and log it"),
        ("strength", 3, "won", "The last round with {customer}", "Traded two points of discount for payment a month earlier", "Signed, and paid a month earlier", "Tell the team about it in the weekly meeting"),
        ("growth", 0, "lost", "Choosing a product for {customer}", "Took the model of the last order without checking the new conditions", "The customer sent the sample back", "Fill in the sheet of conditions and have it checked"),
        ("strength", 0, "won", "Choosing a product for {customer}", "Saw that the model on the drawing is no longer made and offered another with test data", "Their line did not stop", "Put the table of replacements into the shared folder"),
        ("growth", 1, "lost", "Following up the quote for {customer}", "Nine days passed after the quote without a call", "The customer had the competitor's sample first", "Call within three working days after a quote"),
    ),
    shared=("Talked about the main customers of the month; the two overdue tasks come first.", "Looked at why deals were lost; conditions to trade are written down before a talk about the price.", "The pace is right; more training on the products is wished for."),
    private="Watch the load of the last weeks; ask next time whether the region should change.",
    promises=(("Clear the overdue tasks", "Ask for a product training"), ("Meet the users at two old customers next week", "Visit a large customer together"), ("Make a template of the three levels", "Answer discount requests within three days")),
    awards=(("A replacement overnight", "Found a replacement the day before a stop and brought it to the site.", 0), ("No overdue payment left", "Went through the statements every week and brought half-year-old payments in.", 1), ("Brought a new colleague in", "Went along on four visits and wrote the questions down for everybody.", 2), ("Kept the margin", "Traded payment terms for the discount and signed without losing margin.", 1)),
)  # fmt: skip
