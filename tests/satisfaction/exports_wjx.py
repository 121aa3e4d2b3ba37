"""Exports of 问卷星."""

from __future__ import annotations

from datetime import datetime

from tests.satisfaction.export_shape import TIAN, YUAN, Answer, Export

_WJX = ["序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP"]


def _wjx(number: int, day: int) -> list[object]:
    return [
        number,
        f"2026/11/{day} 13:04:22",
        f"{60 + number}秒",
        "手机提交",
        "直接访问",
        "114.2.1.2(江苏-南京)",
    ]


WJX: dict[str, Export] = {
    "wjx_text": Export(
        "303123456_按文本_2026年客户满意度调查_3_3.xlsx",
        [
            [*_WJX, "1、您对我们的总体满意度是？", "2、您有多大可能把我们推荐给朋友或同事？", "3、贵公司名称", "4、您的意见和建议", "总分"],
            [*_wjx(1, 2), "非常满意", "10(非常愿意)", YUAN, "发货很快", 15],
            [*_wjx(2, 2), "不满意", "0(完全不愿意)", TIAN, "(空)", 2],
            [*_wjx(3, 25), "一般", "(跳过)", "(空)", "价格偏高", 3],
        ],
        (
            Answer(2, YUAN, 5, 1, 10, "发货很快", "1"),
            Answer(2, TIAN, 2, 0.25, 0, None, "2"),
            Answer(25, None, 3, 0.5, None, "价格偏高", "3"),
        ),
        "2026年客户满意度调查",
    ),
    "wjx_by_place": Export(
        "303123456_按序号_客户满意度_2_2.xlsx",
        [
            [*_WJX, "1、您对我们的总体满意度", "2、您的公司名称", "3、您看重什么(质量)", "3、您看重什么(价格)", "4、您的建议"],
            [*_wjx(1, 2), 1, YUAN, 1, 0, "-3"],
            [*_wjx(2, 3), -3, TIAN, 0, 1, -2],
        ],
        (Answer(2, YUAN, 1, 0, number="1"), Answer(3, TIAN, number="2")),
        "客户满意度",
        kept=("3、您看重什么(质量)", "3、您看重什么(价格)"),
        said=("by the places of the options",),
    ),
    "wjx_by_points": Export(
        "303123456_按分数_回访_2_2.xlsx",
        [
            [*_WJX, "总分", "1、您对本次服务满意吗？", "2、您的单位"],
            [*_wjx(1, 2), 5, 5, YUAN],
            [*_wjx(2, 3), 4, 4, TIAN],
        ],
        (Answer(2, YUAN, 5, 1, number="1"), Answer(3, TIAN, 4, 0.75, number="2")),
        "回访",
    ),
    "wjx_matrix_without_whole": Export(
        "303123456_按文本_矩阵_2_2.xlsx",
        [
            [*_WJX, "1、您的公司名称", "2、请对以下各项的满意程度进行评价—产品质量", "2、请对以下各项的满意程度进行评价—交货速度", "2、请对以下各项的满意程度进行评价—服务态度", "3、其他建议"],
            [*_wjx(1, 2), YUAN, "非常满意", "满意", "一般", "无"],
            [*_wjx(2, 3), TIAN, "满意", "(跳过)", "满意", "再快一点"],
        ],
        (Answer(2, YUAN, 4, 0.75, comment="无", number="1"), Answer(3, TIAN, 4, 0.75, comment="再快一点", number="2")),
        "矩阵",
        kept=(
            "2、请对以下各项的满意程度进行评价—产品质量",
            "2、请对以下各项的满意程度进行评价—交货速度",
            "2、请对以下各项的满意程度进行评价—服务态度",
        ),
        said=("mean",),
    ),
    "wjx_matrix_and_whole": Export(
        "303123456_按文本_矩阵二_2_2.xlsx",
        [
            [*_WJX, "1、您的公司名称", "2、您对下列方面是否满意—产品质量", "2、您对下列方面是否满意—交货速度", "3、总体而言，您对我们的满意程度", "4、您对哪些方面不满意", "5、您的建议"],
            [*_wjx(1, 2), YUAN, "非常满意", "满意", "一般", "价格┋其他〖包装〗", "包装"],
            [*_wjx(2, 3), TIAN, "满意", "满意", "非常满意", "(空)", "(空)"],
        ],
        (Answer(2, YUAN, 3, 0.5, comment="包装", number="1"), Answer(3, TIAN, 5, 1, number="2")),
        "矩阵二",
        kept=("2、您对下列方面是否满意—产品质量", "2、您对下列方面是否满意—交货速度", "4、您对哪些方面不满意"),
    ),
    "wjx_choices_first": Export(
        "303123456_按文本_渠道_2_2.xlsx",
        [
            [*_WJX, "1、您是通过哪些渠道了解我们的？", "2、您购买过我们的哪些产品？", "3、您对我们的整体满意度", "4、您的公司名称是？", "5、您给出上述评分的主要原因是什么？", "6、您希望我们在哪些方面改进？"],
            [*_wjx(1, 2), "朋友介绍┋展会", "泵┋阀", "满意", YUAN, "态度好", "物流"],
            [*_wjx(2, 3), "网络", "泵", "很满意", TIAN, "质量稳定", "(空)"],
        ],
        (Answer(2, YUAN, 4, 0.75, comment="物流", number="1"), Answer(3, TIAN, 5, 1, number="2")),
        "渠道",
        kept=("1、您是通过哪些渠道了解我们的？", "2、您购买过我们的哪些产品？", "5、您给出上述评分的主要原因是什么？"),
    ),
    "wjx_nps_only": Export(
        "303123456_按文本_NPS_3_3.csv",
        [
            [*_WJX, "1、您愿意向同行推荐我们吗？（0分：完全不愿意，10分：非常愿意）", "2、打分原因", "3、公司全称"],
            [*_wjx(1, 2), "10", "质量好", YUAN],
            [*_wjx(2, 3), "6分", "交期长", TIAN],
            [*_wjx(3, 4), "(空)", "没用过", "(空)"],
        ],
        (
            Answer(2, YUAN, recommends=10, comment="质量好", number="1"),
            Answer(3, TIAN, recommends=6, comment="交期长", number="2"),
            Answer(4, None, comment="没用过", number="3"),
        ),
        "NPS",
        encoding="gb18030",
    ),
    "wjx_ten_points": Export(
        "303123456_按文本_十分制_3_3.csv",
        [
            [*_WJX, "1、请为我们的服务打分，您的满意度是（1-10分）", "2、公司名称"],
            [*_wjx(1, 2), "5", YUAN],
            [*_wjx(2, 3), "4", TIAN],
            [*_wjx(3, 4), "3", TIAN],
        ],
        (
            Answer(2, YUAN, 5, 0.444444, number="1"),
            Answer(3, TIAN, 4, 0.333333, number="2"),
            Answer(4, TIAN, 3, 0.222222, number="3"),
        ),
        "十分制",
        scale=(1, 10),
        encoding="utf-8-sig",
    ),
    "wjx_three_words": Export(
        "303123456_按文本_三档_3_3.xlsx",
        [
            [*_WJX, "1、您对这次交货满意吗", "2、公司名称"],
            [*_wjx(1, 2), "A.满意", YUAN],
            [*_wjx(2, 3), "B.一般", TIAN],
            [*_wjx(3, 4), "C.不满意", TIAN],
        ],
        (
            Answer(2, YUAN, 4, 0.75, number="1"),
            Answer(3, TIAN, 3, 0.5, number="2"),
            Answer(4, TIAN, 2, 0.25, number="3"),
        ),
        "三档",
    ),
    "wjx_stars_and_phone": Export(
        "303123456_按文本_星级_2_2 (1).xlsx",
        [
            [*_WJX, "1、您的手机号", "2、您对服务的满意度评价", "3、您的建议"],
            [*_wjx(1, 2), "139 1111 2222", "★★★★★", "好"],
            [*_wjx(2, 3), 13633334444, "★★★☆☆", "(空)"],
        ],
        (
            Answer(2, YUAN, 5, 1, comment="好", number="1", contact="赵敏"),
            Answer(3, TIAN, 3, 0.5, number="2", contact="钱进"),
        ),
        "星级",
    ),
    "wjx_code": Export(
        "303123456_按文本_编号_2_2.xlsx",
        [
            [*_WJX, "1、请输入您的客户编号", "2、您对我们满意吗？"],
            [*_wjx(1, 2), "C-001", "5分"],
            [*_wjx(2, 3), "C-002", "4分（满意）"],
        ],
        (Answer(2, YUAN, 5, 1, number="1"), Answer(3, TIAN, 4, 0.75, number="2")),
        "编号",
    ),
    "wjx_person": Export(
        "303123456_按文本_姓名_2_2.xlsx",
        [
            [*_WJX, "1、您的姓名", "2、您对我们的满意度"],
            [*_wjx(1, 2), "赵敏", "非常满意"],
            [*_wjx(2, 3), "钱进", "比较不满意"],
        ],
        (
            Answer(2, YUAN, 5, 1, number="1", contact="赵敏"),
            Answer(3, TIAN, 2, 0.25, number="2", contact="钱进"),
        ),
        "姓名",
    ),
    "wjx_titled": Export(
        "汇总.xlsx",
        [
            ["2026年第四季度客户满意度调查结果"],
            ["导出时间：2026-11-05  共2份答卷"],
            [*_WJX, "1、您对我们的总体满意度", "2、公司名称"],
            [*_wjx(1, 2), "非常满意", YUAN],
            [*_wjx(2, 3), "很不满意", TIAN],
        ],
        (Answer(2, YUAN, 5, 1, number="1"), Answer(3, TIAN, 1, 0, number="2")),
        "汇总",
    ),
    "wjx_real_moments_and_old_heads": Export(
        "120_120_0.xlsx",
        [
            [*_WJX, "1 您的单位", "2 您对我们的总体满意程度", "3 您还有什么建议"],
            [1, datetime(2026, 11, 2, 9, 15, 22), "65秒", "手机提交", "直接访问", "114.2.1.2(江苏-南京)", YUAN, "非常满意", "多联系"],
            [2, datetime(2026, 11, 3, 9, 15, 22), "65秒", "手机提交", "直接访问", "114.2.1.2(江苏-南京)", TIAN, "满意", "(空)"],
        ],
        (Answer(2, YUAN, 5, 1, comment="多联系", number="1"), Answer(3, TIAN, 4, 0.75, number="2")),
        "Sheet",
    ),
    "wjx_custom_field": Export(
        "303123456_按文本_定向发放_2_2.xlsx",
        [
            [*_WJX, "自定义字段", "1、您对我们满意吗？"],
            [*_wjx(1, 2), "C-001", "满意"],
            [*_wjx(2, 3), "C-002", "不满意"],
        ],
        (Answer(2, YUAN, 4, 0.75, number="1"), Answer(3, TIAN, 2, 0.25, number="2")),
        "定向发放",
    ),
}  # fmt: skip
