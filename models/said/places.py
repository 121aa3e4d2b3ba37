"""Places that stand at the start of Chinese companies' names: 江苏单氏机械 is called 单氏机械."""

from __future__ import annotations

import re

_PROVINCES = """
北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州
云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门 中国
"""
_CITIES = """
石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 太原 大同 长治 晋中 临汾 运城 呼和浩特 包头 赤峰 鄂尔多斯
沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 辽阳 盘锦 长春 吉林 四平 通化 延边 哈尔滨 齐齐哈尔 大庆 牡丹江 佳木斯
南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁 昆山 江阴 常熟 张家港 宜兴 太仓
杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水 义乌 慈溪 余姚 永康 诸暨 合肥 芜湖 蚌埠 淮南 马鞍山 安庆 滁州 阜阳 六安
福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德 晋江 南昌 景德镇 九江 赣州 吉安 宜春 上饶
济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 滨州 菏泽 郑州 开封 洛阳 平顶山 安阳 新乡 焦作 许昌 南阳 商丘 信阳
武汉 黄石 十堰 宜昌 襄阳 荆州 荆门 孝感 黄冈 长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 郴州 永州 怀化
广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 清远 东莞 中山 潮州 揭阳 顺德 南宁 柳州 桂林 梧州 北海 玉林 海口 三亚
成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 宜宾 达州 贵阳 遵义 昆明 曲靖 玉溪 大理 西安 铜川 宝鸡 咸阳 渭南 汉中 榆林
兰州 天水 西宁 银川 乌鲁木齐 拉萨
"""
_PLACE = re.compile(
    rf"(?:(?:{'|'.join(dict.fromkeys((_PROVINCES + _CITIES).split()))})(?:省|市|自治区)?)+"
)


def without_place(name: str) -> str:
    """A name without the places that it begins with; the whole name where nothing else is left."""
    found = _PLACE.match(name)
    rest = name[found.end() :] if found else name
    return rest if len(rest) > 1 else name
