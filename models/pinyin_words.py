"""Which characters, words and surnames are read how, where a dictionary's first reading is not enough."""

from __future__ import annotations

# Surnames that are read otherwise than the word, and two-character surnames that matter for it.
SURNAMES = {
    "单": "shan",
    "曾": "zeng",
    "仇": "qiu",
    "解": "xie",
    "查": "zha",
    "区": "ou",
    "朴": "piao",
    "盖": "ge",
    "任": "ren",
    "华": "hua",
    "纪": "ji",
    "乐": "yue",
    "缪": "miao",
    "宁": "ning",
    "曲": "qu",
    "覃": "qin",
    "冼": "xian",
    "尉": "wei",
    "员": "yun",
    "翟": "zhai",
    "种": "chong",
    "秘": "bi",
    "折": "she",
    "召": "shao",
    "繁": "po",
    "洗": "xian",
    "哈": "ha",
    "葛": "ge",
    "尉迟": "yu chi",
    "万俟": "mo qi",
    "澹台": "tan tai",
    "长孙": "zhang sun",
    "单于": "chan yu",
    "令狐": "ling hu",
    "欧阳": "ou yang",
    "司马": "si ma",
    "上官": "shang guan",
    "诸葛": "zhu ge",
}


# Characters with several readings today, the one that is usual in names first. All others count as
# read in one way: a dictionary knows five hundred more, but no firm's name uses those.
_SEVERAL = """
    万wan,mo 乐le,yue 乘cheng,sheng 乾qian,gan 亲qin,qing 什shi,shen 仇chou,qiu 仔zi,zai 会hui,kuai
    传chuan,zhuan 似si,shi 伽jia,qie 佛fo,fu 侗dong,tong 便bian,pian 俞yu,shu 六liu,lu 兹zi,ci
    冯feng,ping 刨bao,pao 剥bo,bao 劲jin,jing 区qu,ou 单dan,shan,chan 卡ka,qia 厦xia,sha 参shen,can
    召zhao,shao 吁xu,yu 合he,ge 员yuan,yun 和he,huo 喳zha,cha 圈quan,juan 堡bao,bu,pu 塞sai,se
    壳ke,qiao 大da,dai 奇qi,ji 娜na,nuo 宓mi,fu 宿su,xiu 将jiang,qiang 尉wei,yu 屏ping,bing 属shu,zhu
    差cha,chai,ci 度du,duo 弄nong,long 弹dan,tan 强qiang,jiang 恶e,wu 扛gang,kang 折zhe,she 拓tuo,ta
    择ze,zhai 晟sheng,cheng 景jing,ying 曾zeng,ceng 朝chao,zhao 朴pu,piao 枞zong,cong 柏bai,bo
    柜gui,ju 查cha,zha 校xiao,jiao 模mo,mu 歙she,xi 汤tang,shang 沈shen,chen 没mei,mo 泊bo,po 泌mi,bi
    洗xi,xian 浒hu,xu 涡wo,guo 澄cheng,deng 牟mou,mu 率lv,shuai 番fan,pan 盖gai,ge 盛sheng,cheng
    省sheng,xing 石shi,dan 种zhong,chong 秘mi,bi 称cheng,chen 筠yun,jun 粘nian,zhan 系xi,ji 繁fan,po
    纤xian,qian 绿lv,lu 缪miao,miu,mou 翟zhai,di 脉mai,mo 臭chou,xiu 色se,shai 艾ai,yi 茜qian,xi
    荥xing,ying 莞guan,wan 蔓man,wan 蔚wei,yu 薄bo,bao 藏zang,cang 蚌bang,beng 蛤ha,ge 血xue,xie
    行xing,hang 覃qin,tan 见jian,xian 觉jue,jiao 角jiao,jue 解jie,xie 调diao,tiao 谌chen,shen
    贾jia,gu 车che,ju 还huan,hai 遗yi,wei 郇xun,huan 都du,dou 重zhong,chong 铅qian,yan 铛cheng,dang
    长chang,zhang 阿a,e 陆lu,liu 降jiang,xiang 隗wei,kui 雀que,qiao 露lu,lou 靓liang,jing 颤chan,zhan
    鹄hu,gu 長chang,zhang 樂le,yue 會hui,kuai 單dan,shan,chan 車che,ju
    參shen,can 傳chuan,zhuan 調diao,tiao
"""
SEVERAL = {one[0]: tuple(one[1:].split(",")) for one in _SEVERAL.split()}

# Words in which a character is read otherwise than by itself.
WORDS = {
    "重庆": "chong qing",
    "银行": "yin hang",
    "商行": "shang hang",
    "车行": "che hang",
    "行业": "hang ye",
    "大厦": "da sha",
    "高厦": "gao sha",
    "广厦": "guang sha",
    "音乐": "yin yue",
    "乐器": "yue qi",
    "会计": "kuai ji",
    "朝阳": "chao yang",
    "成长": "cheng zhang",
    "生长": "sheng zhang",
    "首长": "shou zhang",
    "校长": "xiao zhang",
    "六安": "lu an",
    "东莞": "dong guan",
    "番禺": "pan yu",
    "蚌埠": "beng bu",
    "乐清": "yue qing",
    "台州": "tai zhou",
    "调味": "tiao wei",
    "空调": "kong tiao",
    "重叠": "chong die",
    "收藏": "shou cang",
    "冷藏": "leng cang",
}
