"""Units of measure as prose has them behind a number, and the words that only begin like one."""

import re

SCALES = {
    "亿": 10**8,
    "千万": 10**7,
    "百万": 10**6,
    "十万": 10**5,
    "万": 10**4,
    "千": 10**3,
    "百": 10**2,
    "": 1,
}
_MEASURES = (
    "平方公里 平方千米 平方米 平方 平米 ㎡ m² M² m2 M2 立方米 立方 m³ 公顷 公里 千米 km 厘米 毫米 英里 米 "
    "千瓦时 千瓦 兆瓦 kWh 吨 公斤 千克 kg 毫升 升 GB TB MB Mbps 兆 G M "
    "人次 户次 家次 车次 辆次 台次 架次 场次 班次 批次 件次 条次 册次 篇次 项次 趟次 轮次 频次 人天 人日 "
    "工作日 个工作日 个月 个小时 个季度 小时 分钟 课时 学时 台时 秒 天 周 "
    "个 人 名 位 户 家 项 条 件 次 场 套 台 辆 部 架 艘 只 头 羽 株 棵 盆 亩 度 所 处 座 栋 幢 间 盏 幅 卷 册 本 张 枚 "
    "块 篇 份 期 款 种 类 样 批 起 宗 例 案 届 轮 遍 倍 成 村 站 网点 点位 分 字 页 段 道 席 床 桌 盒 瓶 箱 袋 包 桶 "
    "剂次 剂 台套 头次 人份 例次 罐 笔 单 票 节 堂 班 组 队 支 门 门次 口 扇 樘"
)
MEASURES = frozenset(_MEASURES.split()) | {"元", "%", "‰", "瓦时"}
# words that begin like a measure: 3项目标, 5名, but not 5部门
_WORDS = (
    "人均 人民 人大 人代 人社 人才 人员 人民 分之 分别 分公 分局 分类 分期 分项 分部 "
    "分布 分配 分档 分值 分析 分管 分馆 分钟 度假 度过 度量 周年 周边 周期 周末 周转 "
    "成立 成果 成功 成本 成员 成效 成为 成年 成人 成都 部门 部分 部队 部委 部署 部位 "
    "部级 部长 组织 组成 组长 组合 组建 本级 本单 本部 本年 本局 本中 本区 本县 本市 "
    "本次 本项 本科 本地 本着 起草 起步 起来 起到 起用 期间 期限 期末 期初 期刊 节约 "
    "节省 节能 节日 节点 节假 台账 台风 台阶 户外 户籍 户型 家庭 家具 家长 家属 家电 "
    "处理 处置 处罚 处级 处长 处于 支出 支付 支持 支部 支行 批复 批准 批示 条件 条例 "
    "款项 次年 次月 次日 次要 次数 次性 场地 场馆 场所 场站 场景 单位 单项 单独 口岸 "
    "口径 口头 门面 门户 门诊 块钱 类似 类别 类型 种子 种植 种养 站点 站位 案件 段时 "
    "剂量 剂型 天然 天气 位于 点位 名称 名录 名单 米粉 包括 包含 席位"
)


def _measure(name: str) -> str:
    """The measure, where it does not begin one of those words."""
    behind = "".join(word[1] for word in _WORDS.split() if word[0] == name)
    return re.escape(name) + (f"(?![{behind}])" if behind else "")


_MEASURE = "|".join(
    map(_measure, sorted(_MEASURES.split(), key=len, reverse=True))
)
MEASURE = re.sub(r"(?<![A-Za-z])(G|M)(?=\||$)", r"\1(?![A-Za-z0-9])", _MEASURE)
