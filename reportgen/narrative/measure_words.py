"""Units of measure as prose has them behind a number, and the words that only begin like one."""

from __future__ import annotations

import re

_MEASURES = (
    "平方公里 平方千米 平方米 平方 平米 ㎡ m² M² m2 M2 立方米 立方 m³ 公顷 公里 千米 km 厘米 毫米 英里 米 "
    "千瓦时 千瓦 兆瓦 kWh 吨 公斤 千克 kg 毫升 升 GB TB MB Mbps 兆 G M "
    "人次 户次 家次 车次 辆次 台次 架次 场次 班次 批次 件次 条次 册次 篇次 项次 趟次 轮次 频次 人天 人日 "
    "工作日 个工作日 个月 个小时 个季度 小时 分钟 课时 学时 台时 秒 天 周 "
    "个 人 名 位 户 家 项 条 件 次 场 套 台 辆 部 架 艘 只 头 羽 株 棵 盆 亩 度 所 处 座 栋 幢 间 盏 幅 卷 册 本 张 枚 "
    "块 篇 份 期 款 种 类 样 批 起 宗 例 案 届 轮 遍 倍 成 村 站 网点 点位 分 字 页 段 道 席 床 桌 盒 瓶 箱 袋 包 桶 "
    "罐 笔 单 票 节 堂 班 组 队 支 门 门次 口 扇 樘"
)
MEASURES = frozenset(_MEASURES.split()) | {"元", "%", "‰", "瓦时"}
# words that begin like a measure: 3项目标, 5名, but not 5部门
_NOT_AFTER = {
    "人": "均民大代社才员民",
    "分": "之别公局类期项部布配档值析管馆钟",
    "度": "假过量",
    "周": "年边期末转",
    "成": "立果功本员效为年人都",
    "部": "门分队委署位级长",
    "组": "织成长合建",
    "本": "级单部年局中区县市次项科地着",
    "起": "草步来到用",
    "期": "间限末初刊",
    "节": "约省能日点假",
    "台": "账风阶",
    "户": "外籍型",
    "家": "庭具长属电",
    "处": "理置罚级长于",
    "支": "出付持部行",
    "批": "复准示",
    "条": "件例",
    "款": "项",
    "次": "年月日要数性",
    "场": "地馆所站景",
    "单": "位项独",
    "口": "岸径头",
    "门": "面户诊",
    "块": "钱",
    "类": "似别型",
    "种": "子植养",
    "站": "点位",
    "案": "件",
    "段": "时",
    "天": "然气",
    "位": "于",
    "点": "位",
    "名": "称录单",
    "米": "粉",
    "包": "括含",
    "席": "位",
}
_MEASURE = "|".join(
    f"{re.escape(one)}(?![{_NOT_AFTER[one]}])" if one in _NOT_AFTER else re.escape(one)
    for one in sorted(_MEASURES.split(), key=len, reverse=True)
)
MEASURE = re.sub(r"(?<![A-Za-z])(G|M)(?=\||$)", r"\1(?![A-Za-z0-9])", _MEASURE)
