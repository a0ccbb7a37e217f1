"""What the form says on its own: the sheet that tells how to fill it in, the headings of the sheets."""

from functools import cache

from reportgen.workbooks.collection.form import PROJECTS, form_sheets

GUIDE_TITLE = "绩效自评采集表填写说明"
GUIDE = (
    "一、从左到右一张表一张表填：先填“单位和资金”“整体自评表”，每个项目填一张“项目”表。只填白色和浅黄色的格子。",
    "二、浅黄色的格子是预先填好的（模板规定的行、上年的数、年初目标），请核对，不对的直接改。",
    "三、灰色的格子自动计算，不用填；左边填的数与它不一样时，填的格子变红，请核对。",
    "四、金额单位为万元。要按元填的，在数后面写“元”，如 997561.26元；也可以写 1.2亿元。",
    "五、指标值、实际值照写：≥95%、12次、高质量完成。百分数要写百分号。",
    "六、有几条内容的，在同一格里按 Alt+Enter 换行，一行一条，不写序号。",
    "七、项目不止一个：右键单击“项目1”的标签，选“移动或复制”，勾选“建立副本”，再填。没有项目的，“项目1”空着。",
    "八、行不够时在表中间插入行；多余的行空着或删去。可以排序、可以改表名，不要删去带【】的标题行和它下面的一行。",
    "九、执行率、占比、合计、得分、总分、等级可以不填，由程序计算；填了就照填的印，并核对是否相符。",
    "十、下属单位、本级、长期目标、豁免等在“其他内容”里，用不到的空着。表都可以撤销保护，没有密码。",
    "十一、填完保存为 .xlsx 交回。自己检查：reportgen check 采集表.xlsx；生成文件：reportgen build 采集表.xlsx。",
)
OF_PROJECT = "项目支出绩效自评（每个项目一张表，右键复制本表填下一个项目）"


def heading_of(sheet: str) -> str:
    """What stands above the blocks of a sheet."""
    return OF_PROJECT if sheet == PROJECTS else f"绩效自评采集表：{sheet}"


@cache
def form_texts() -> frozenset[str]:
    """Every text that the form prints outside its blocks."""
    headings = (heading_of(one.name) for one in form_sheets())
    return frozenset((GUIDE_TITLE, *GUIDE, *headings))
