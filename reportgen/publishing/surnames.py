"""Which Chinese words are names of persons: by the surname that they begin with."""

from __future__ import annotations

import re

_SINGLE = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
    "酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧肖尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞"
    "熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱丘骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓"
    "郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁"
    "仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦"
    "雍却璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎闫充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利"
    "蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公岳帅缑亢况郈有琴商牟佘佴伯赏墨哈谯笪"
    "年爱阳佟言福涂覃辜揭佘占仝付代苟晋楚覃邸肇逢迟楼苑战粟问麦练原侍粱官兰区冼咸仉"
)
_TWO = (
    "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 夏侯 端木 南宫 独孤 宇文 长孙 闻人 申屠 呼延 澹台 淳于 "
    "轩辕 钟离 鲜于 司空 赫连 万俟 百里 东郭"
)
_DOUBLE = frozenset(_TWO.split())
# words of offices that begin like names: 管理科, 计财股, 项目部, 于涛 is none
_OFFICES = re.compile(
    "(?:主任|科长|局长|股长|所长|院长|校长|馆长|站长|处长|部长|组长|镇长|书记|会计|出纳|老师|同志|经理|秘书)$|"
    "[科股室处局部办组所站队馆院校厅会司署厂店乡镇村区县市省]$|"
    "管理|计财|项目|文化|安全|全体|全部|应急|经办|时间|年度|公开|家庭|车辆|成本|程序|农业|教育|国家|平时|"
    "常务|经费|强化|有关|相关|通过|符合|都已"
)
_OF_FORMS = re.compile(
    "(?:情况|职能|概述|任务|总体|名称|内容|时间|日期|学历|年月|年龄|性别|民族|职称|职务|籍贯|金额|合计|说明|备注|意见|要求|标准|单位|部门|"
    "电话|手机|号码|签字|签名|盖章|填报|填表|审核|复核|评价)$"
)
_SAID_INSTEAD = (
    "同上 签字 盖章 签名 签章 公章 详见 见附件 附件 暂缺 空缺 "
    "电话 手机 职务 职称 日期 性别 单位 部门 科室 合计"
)
_NO_NAMES = frozenset(_SAID_INSTEAD.split())
NAME_SIGN = "\u3400-\u9fff"  # the characters of names, and of all else
_HAN = re.compile(f"[{NAME_SIGN}]{{2,4}}(?:·[{NAME_SIGN}]{{1,6}})?")


def surname_of(name: str) -> str:
    """The surname that a word begins with; "" where it begins with none."""
    if name[:2] in _DOUBLE and len(name) > 2:
        return name[:2]
    return name[:1] if name[:1] in _SINGLE else ""


def is_name(word: str) -> bool:
    """Whether a word may be the name of a person: a surname and one or two characters, or a name with a dot."""
    if "·" in word:
        return True
    surname = surname_of(word)
    given = word[len(surname) :]
    is_long_enough = surname and 1 <= len(given) <= 2
    return bool(is_long_enough and may_be_name(word))


def may_be_name(word: str) -> bool:
    """Whether a word that stands where a name belongs may be one, whatever it begins with."""
    is_other = (
        _OFFICES.search(word) or _OF_FORMS.search(word) or word in _NO_NAMES
    )
    return bool(_HAN.fullmatch(word)) and not is_other


def masked_name(name: str) -> str:
    """A name as it is published: 张**, 欧阳*."""
    shown = surname_of(name) or name[:1]
    return shown + "*" * (len(name) - len(shown))
