# ruff: noqa: E501  XML as it stands in documents
"""Documents as people leave them: in each a person stands somewhere, in the text or where only programs look.

Every person and number is made up.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from reportgen.ooxml.names import CONTENT_TYPES, PartKind
from reportgen.ooxml.package import Package, read_package, relations_part

NAME, OTHER = "欧阳雪梅", "张建国"
PHONE, LANDLINE = "13907334521", "0733-28461357"
IDENTITY = "430202198507123219"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
VML = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
MC = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


@dataclass(frozen=True)
class Edited:
    """A document, what must not be left of it, and what must be."""

    name: str
    data: bytes
    secrets: tuple[str, ...]
    stays: str = ""


CASES: list[Callable[[], Edited]] = []


def case(make: Callable[[], Edited]) -> Callable[[], Edited]:
    CASES.append(make)
    return make


def saved(document: Document) -> bytes:
    held = BytesIO()
    document.save(held)
    return held.getvalue()


def package(data: bytes) -> Package:
    return read_package(data, "a.docx")


def with_body(*fragments: str) -> bytes:
    """A document with these paragraphs and tables, as XML with the prefix w."""
    document = docx.Document()
    document.add_paragraph(f"填报人：{NAME}  联系电话：{PHONE}")
    section = document.element.body[-1]
    for one in fragments:
        head, _, rest = one.partition(
            " " if " " in one.partition(">")[0] else ">"
        )
        rest = (" " if " " in one.partition(">")[0] else ">") + rest
        section.addprevious(
            parse_xml(f"{head} {nsdecls('w')} {MC} {VML}{rest}")
        )
    return saved(document)


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*content: str) -> str:
    return f"<w:p>{''.join(content)}</w:p>"


def with_part(
    data: bytes,
    part: str,
    content: bytes | str,
    content_type: str,
    relation: str = "",
) -> bytes:
    held = package(data)
    content = content.encode() if isinstance(content, str) else content
    held = held.with_part(part, content, content_type)
    if relation:
        held = held.with_relation(
            held.main, PartKind(relation, content_type), part
        )
    return held.written()


def changed(data: bytes, part: str, old: str, new: str) -> bytes:
    held = package(data)
    text = held.parts[part].decode()
    assert old in text, (part, old)
    return held.with_part(part, text.replace(old, new, 1).encode()).written()


@case
def in_split_runs() -> Edited:
    data = with_body(paragraph(run("由欧"), run("阳雪"), run("梅牵头办理")))
    return Edited("split runs", data, (NAME,), "牵头办理")


@case
def with_blanks_between() -> Edited:
    data = with_body(paragraph(run("欧 阳　雪 梅负责现场")))
    return Edited("blanks", data, (NAME,), "负责现场")


@case
def told_by_its_label() -> Edited:
    data = with_body(
        paragraph(run(f"审核人：{OTHER}　　2024年3月")),
        paragraph(run(f"项目由{OTHER}验收")),
    )
    return Edited("label", data, (OTHER,), "2024年3月")


@case
def several_behind_one_label() -> Edited:
    data = with_body(paragraph(run("评价人员：王小满、赵一鸣，李 想")))
    return Edited("several", data, ("王小满", "赵一鸣", "李想"))


@case
def in_a_cell_beside() -> Edited:
    document = docx.Document()
    table = document.add_table(2, 4)
    row = ("项目负责人", OTHER, "联系电话", "28461357")
    for cell, text in zip(table.rows[0].cells, row, strict=True):
        cell.text = text
    document.add_paragraph(f"{OTHER}每周检查一次，电话28461357")
    return Edited(
        "cell beside", saved(document), (OTHER, "28461357"), "每周检查"
    )


@case
def in_a_column_below() -> Edited:
    document = docx.Document()
    rows = (
        ("序号", "姓名", "手机"),
        ("1", "钱多多", "13877665544"),
        ("2", "孙小圣", "1387766 5545"),
    )
    table = document.add_table(3, 3)
    for held, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(held.cells, texts, strict=True):
            cell.text = text
    return Edited(
        "column",
        saved(document),
        ("钱多多", "孙小圣", "13877665544", "13877665545"),
    )


@case
def numbers_of_all_shapes() -> Edited:
    texts = (
        "手机１３９０７３３４５２１",
        "电话 139-0733-4522",
        "139 0733 4523",
        "+86 13907334524",
        f"座机{LANDLINE}",
        "（0733）2846 1358",
        "办公室 010-62345678-801",
        "热线400-820-1234",
        f"身份证{IDENTITY}",
        "证件号 43020219850712321X",
        "邮箱 xuemei.ouyang@example.cn",
        "微信：xuemei_1985",
        "QQ 123456789",
        "账号：6222 0212 0200 1234 567",
    )
    secrets = (
        "13907334521",
        "13907334522",
        "13907334523",
        "13907334524",
        "28461357",
        "28461358",
        "62345678",
        "8201234",
        IDENTITY,
        "43020219850712321X",
        "xuemei.ouyang",
        "xuemei_1985",
        "123456789",
        "622202120200",
    )
    data = with_body(*(paragraph(run(text)) for text in texts))
    return Edited("numbers", data, secrets, "热线")


@case
def a_number_in_split_runs() -> Edited:
    data = with_body(paragraph(run("139"), run("0733"), run("4521转告")))
    return Edited("split number", data, (PHONE,), "转告")


@case
def in_a_header_and_footer() -> Edited:
    document = docx.Document()
    document.add_paragraph("正文")
    section = document.sections[0]
    section.header.paragraphs[0].text = f"联系人：{OTHER}"
    section.footer.paragraphs[0].text = f"{OTHER} {PHONE}"
    return Edited("margins", saved(document), (OTHER, PHONE), "正文")


NOTE = (
    '<w:{kind}s {ns}><w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
    '<w:{kind} w:id="2"><w:p><w:r><w:t>据{name}提供，电话{phone}</w:t></w:r></w:p></w:{kind}></w:{kind}s>'
)


def noted(kind: str) -> bytes:
    data = with_body(
        paragraph(run("总数"), f'<w:r><w:{kind}Reference w:id="2"/></w:r>')
    )
    text = NOTE.format(kind=kind, ns=nsdecls("w"), name=NAME, phone=PHONE)
    part = f"word/{kind}s.xml"
    return with_part(data, part, text, f"{WORD}.{kind}s+xml", f"{kind}s")


@case
def in_a_footnote() -> Edited:
    return Edited("footnote", noted("footnote"), (NAME, PHONE), "提供")


@case
def in_an_endnote() -> Edited:
    return Edited("endnote", noted("endnote"), (NAME, PHONE), "提供")


@case
def in_a_comment() -> Edited:
    document = docx.Document()
    held = document.add_paragraph("数据已核对").runs[0]
    document.add_comment(
        held, text=f"请{OTHER}再看，{PHONE}", author=OTHER, initials="ZJG"
    )
    return Edited(
        "comment", saved(document), (OTHER, PHONE, "ZJG"), "数据已核对"
    )


BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wp:extent cx="900000" cy="300000"/>'
    '<wp:docPr id="7" name="文本框 欧阳雪梅" descr="欧阳雪梅的签名"/><a:graphic><a:graphicData '
    'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr>'
    '<a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="300000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    "</wps:spPr><wps:txbx><w:txbxContent><w:p><w:r><w:t>制表：欧阳</w:t></w:r><w:r><w:t>雪梅</w:t></w:r></w:p></w:txbxContent></wps:txbx>"
    "<wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict>"
    '<v:shape style="width:70pt;height:20pt" alt="欧阳雪梅"><v:textbox><w:txbxContent><w:p><w:r><w:t>制表：欧阳雪梅</w:t></w:r></w:p>'
    "</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


@case
def in_a_text_box() -> Edited:
    return Edited("text box", with_body(paragraph(BOX)), (NAME,), "制表")


@case
def in_a_watermark() -> Edited:
    mark = '<w:r><w:pict><v:shape style="width:100pt;height:40pt"><v:textpath string="内部 欧阳雪梅"/></v:shape></w:pict></w:r>'
    return Edited("watermark", with_body(paragraph(mark)), (NAME,))


@case
def in_the_words_of_a_picture() -> Edited:
    document = docx.Document(BytesIO(with_body()))
    document.add_picture(BytesIO(png("")))
    shown = next(document.element.iter("{*}docPr"))
    shown.set("descr", "联系人：沈一鸣")
    shown.set("title", "沈一鸣")
    return Edited("alternative", saved(document), ("沈一鸣",))


@case
def right_before_their_numbers() -> Edited:
    said = f"已反馈各科室（沈一鸣，{PHONE}；司马山川，{LANDLINE}），工程由周正 {PHONE} 负责。"
    return Edited(
        "before",
        with_body(paragraph(run(said))),
        ("沈一鸣", "司马山川", "周正"),
    )


@case
def in_the_properties() -> Edited:
    document = docx.Document()
    document.add_paragraph("正文")
    told = document.core_properties
    told.author, told.last_modified_by = OTHER, NAME
    told.title, told.subject = f"{OTHER}经办的自评表", PHONE
    told.keywords, told.comments = NAME, NAME
    data = saved(document)
    app = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Manager>{NAME}</Manager><Company>{NAME}工作室</Company><Template>D:\\{NAME}\\a.dotx</Template></Properties>"
    )
    held = package(data)
    part = held.related("", "extended-properties")
    data = held.with_part(part, app.encode()).written()
    return Edited("properties", data, (OTHER, NAME, PHONE), "正文")


@case
def in_custom_properties() -> Edited:
    custom = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property '
        'fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="经办人">'
        f"<vt:lpwstr>{NAME}</vt:lpwstr></property></Properties>"
    )
    kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    held = package(with_body())
    held = held.with_part("docProps/custom.xml", custom.encode(), kind)
    held = held.with_relation(
        "", PartKind("custom-properties", kind), "docProps/custom.xml"
    )
    return Edited("custom properties", held.written(), (NAME,))


MADE = f'w:id="90" w:author="{OTHER}" w:date="2024-03-01T08:00:00Z"'


@case
def in_tracked_changes() -> Edited:
    data = with_body(
        paragraph(
            run("完成率为"),
            f"<w:del {MADE}><w:r><w:delText>（{PHONE}）九成</w:delText></w:r></w:del>",
            f"<w:ins {MADE}>{run('百分之九十五')}</w:ins>",
        )
    )
    return Edited("changes", data, (OTHER, PHONE, "九成"), "百分之九十五")


@case
def in_a_deleted_row_and_paragraph() -> Edited:
    gone = f"<w:tr><w:trPr><w:del {MADE}/></w:trPr><w:tc><w:p><w:del {MADE}><w:r><w:delText>{NAME}</w:delText></w:r></w:del></w:p></w:tc></w:tr>"
    kept = "<w:tr><w:tc><w:p><w:r><w:t>留下的行</w:t></w:r></w:p></w:tc></w:tr>"
    table = f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>{gone}{kept}</w:tbl>"
    mark = f"<w:p><w:pPr><w:rPr><w:del {MADE}/></w:rPr></w:pPr><w:del {MADE}><w:r><w:delText>{OTHER}说</w:delText></w:r></w:del></w:p>"
    data = with_body(table, mark, paragraph(run("最后一段")))
    return Edited("deleted row", data, (OTHER, "说"), "留下的行")


@case
def in_moved_text_and_old_formats() -> Edited:
    moved = (
        f'<w:moveFromRangeStart w:id="91" w:name="{OTHER}1" w:author="{OTHER}"/><w:moveFrom {MADE}>{run("移走的")}</w:moveFrom>'
        f'<w:moveFromRangeEnd w:id="91"/><w:r><w:rPr><w:rPrChange {MADE}><w:rPr><w:b/></w:rPr></w:rPrChange></w:rPr><w:t>原处</w:t></w:r>'
    )
    return Edited(
        "moved", with_body(paragraph(moved)), (OTHER, "移走的"), "原处"
    )


@case
def in_hidden_runs() -> Edited:
    data = with_body(
        paragraph(run("看得见"), run(f"藏着{OTHER}的意见", "<w:vanish/>")),
        f"<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>{run('整段都藏着', '<w:vanish/>')}</w:p>",
    )
    return Edited("hidden", data, ("藏着", OTHER), "看得见")


@case
def hidden_by_a_style() -> Edited:
    document = docx.Document()
    style = document.styles.add_style("内部", 2)
    style.font.hidden = True
    held = document.add_paragraph("看得见")
    held.add_run(f"{OTHER}批示", style="内部")
    return Edited("hidden style", saved(document), (OTHER, "批示"), "看得见")


@case
def in_a_hidden_row() -> Edited:
    row = f"<w:tr><w:trPr><w:hidden/></w:trPr><w:tc><w:p>{run('隐藏行' + OTHER)}</w:p></w:tc></w:tr>"
    kept = f"<w:tr><w:tc><w:p>{run('显示行')}</w:p></w:tc></w:tr>"
    table = f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>{row}{kept}</w:tbl>"
    return Edited("hidden row", with_body(table), ("隐藏行", OTHER), "显示行")


@case
def in_bookmarks_and_marks_of_editing() -> Edited:
    marks = (
        f'<w:bookmarkStart w:id="5" w:name="{NAME}"/>{run("文字")}<w:bookmarkEnd w:id="5"/>'
        '<w:bookmarkStart w:id="6" w:name="_rg_ab12"/><w:bookmarkEnd w:id="6"/><w:proofErr w:type="spellStart"/>'
        f'<w:permStart w:id="7" w:ed="{OTHER}@example.cn"/><w:permEnd w:id="7"/>'
    )
    text = f'<w:p w:rsidR="00AB12CD" w:rsidRDefault="00AB12CE">{marks}</w:p>'
    return Edited(
        "bookmarks", with_body(text), (NAME, OTHER, "_rg_", "00AB12CD"), "文字"
    )


def field(code: str, shown: str) -> str:
    sign = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return (
        sign.format("begin")
        + f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        + sign.format("separate")
        + run(shown)
        + sign.format("end")
    )


@case
def in_fields() -> Edited:
    data = with_body(
        paragraph(run("作者"), field("AUTHOR", "zhoumm")),
        paragraph(run("您好"), field("MERGEFIELD 收件人姓名", "Zhou Miaomiao")),
        paragraph(field("FILENAME \\p", f"D:\\{NAME}\\自评.docx")),
        paragraph(
            '<w:fldSimple w:instr=" USERNAME "><w:r><w:t>zhou.mm</w:t></w:r></w:fldSimple>'
        ),
        paragraph(run("第"), field("PAGE", "1"), run("页")),
    )
    secrets = (
        "zhoumm",
        "Zhou Miaomiao",
        "zhou.mm",
        "USERNAME",
        "MERGEFIELD",
        NAME,
    )
    return Edited("fields", data, secrets, "您好")


@case
def in_a_form_field() -> Edited:
    data = f'<w:ffData><w:name w:val="经办"/><w:enabled/><w:textInput><w:default w:val="{OTHER}"/></w:textInput></w:ffData>'
    text = f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'
    rest = field("FORMTEXT", OTHER).partition("</w:r>")[2]
    return Edited(
        "form field",
        with_body(paragraph(run("经办人："), text, rest)),
        (OTHER,),
    )


@case
def in_content_controls() -> Edited:
    control = (
        f'<w:sdt><w:sdtPr><w:alias w:val="{OTHER}"/><w:tag w:val="{PHONE}"/><w:dropDownList><w:listItem '
        f'w:displayText="{NAME}" w:value="{NAME}"/></w:dropDownList></w:sdtPr><w:sdtContent>{run("已选")}</w:sdtContent></w:sdt>'
    )
    return Edited(
        "controls", with_body(paragraph(control)), (OTHER, PHONE, NAME), "已选"
    )


@case
def in_smart_tags() -> Edited:
    tag = (
        f'<w:smartTag w:uri="urn:x" w:element="person"><w:smartTagPr><w:attr w:name="who" w:val="{OTHER}"/></w:smartTagPr>'
        f"{run('有关人员')}</w:smartTag>"
    )
    return Edited("smart tag", with_body(paragraph(tag)), (OTHER,), "有关人员")


@case
def in_a_link() -> Edited:
    held = package(with_body())
    rels = relations_part(held.main)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    links = "".join(
        f'<Relationship Id="rIdL{n}" Type="{kind}" Target="{target}" TargetMode="External"/>'
        for n, target in enumerate(
            (
                f"mailto:{OTHER}@example.cn",
                f"file:///D:/{OTHER}/a.docx",
                "https://www.example.cn/",
            )
        )
    )
    data = changed(
        held.written(), rels, "</Relationships>", f"{links}</Relationships>"
    )
    body = "".join(
        f'<w:hyperlink r:id="rIdL{n}">{run(f"链接{n}")}</w:hyperlink>'
        for n in range(3)
    )
    data = changed(
        data,
        "word/document.xml",
        "<w:sectPr",
        f'<w:p xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">{body}</w:p><w:sectPr',
    )
    return Edited("links", data, (OTHER, "mailto"), "链接1")


@case
def in_settings() -> Edited:
    data = with_body()
    held = package(data)
    rels = "word/_rels/settings.xml.rels"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    link = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{kind}" Target="file:///D:/{OTHER}/n.dotm" TargetMode="External"/></Relationships>'
    data = held.with_part(rels, link.encode()).written()
    told = f'<w:docVars><w:docVar w:name="经办" w:val="{NAME}"/></w:docVars><w:rsids><w:rsidRoot w:val="00C0FFEE"/></w:rsids>'
    data = changed(
        data, "word/settings.xml", "</w:settings>", f"{told}</w:settings>"
    )
    return Edited("settings", data, (OTHER, NAME, "00C0FFEE"))


@case
def in_parts_that_only_programs_read() -> Edited:
    data = with_body(paragraph(run("正文")))
    people = f'<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"><w15:person w15:author="{OTHER}"/></w15:people>'
    data = with_part(
        data, "word/people.xml", people, f"{WORD}.people+xml", "people"
    )
    data = with_part(
        data,
        "customXml/item1.xml",
        f"<a>{NAME}</a>",
        "application/xml",
        "customXml",
    )
    data = with_part(
        data,
        "word/printerSettings/p.bin",
        f"{NAME}的打印机".encode(),
        f"{WORD}.printerSettings",
        "printerSettings",
    )
    glossary = f"<w:glossaryDocument {nsdecls('w')}><w:docParts><w:docPart><w:docPartBody><w:p>{run(OTHER)}</w:p></w:docPartBody></w:docPart></w:docParts></w:glossaryDocument>"
    data = with_part(
        data,
        "word/glossary/document.xml",
        glossary,
        f"{WORD}.document.glossary+xml",
        "glossaryDocument",
    )
    held = package(data).with_part(
        "docProps/thumbnail.jpeg", jpeg(OTHER), "image/jpeg"
    )
    held = held.with_relation(
        "",
        PartKind("metadata/thumbnail", "image/jpeg"),
        "docProps/thumbnail.jpeg",
    )
    return Edited("parts", held.written(), (OTHER, NAME), "正文")


def jpeg(remark: str) -> bytes:
    told = b"Exif\0\0" + remark.encode()
    segment = b"\xff\xe1" + struct.pack(">H", len(told) + 2) + told
    size = bytes.fromhex("ffc0000b080001000101011100")
    return (
        b"\xff\xd8"
        + segment
        + size
        + b"\xff\xda\0\x08\x01\x01\0\0\x3f\0\x7f\xff\xd9"
    )


def png(remark: str) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        crc = zlib.crc32(kind + content)
        return (
            struct.pack(">I", len(content))
            + kind
            + content
            + struct.pack(">I", crc)
        )

    head = struct.pack(">IIBBBBB", 4, 4, 8, 0, 0, 0, 0)
    pixels = zlib.compress((b"\0" + b"\xd0" * 4) * 4)
    told = b"Author\0" + remark.encode()
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        chunk(*one)
        for one in (
            (b"IHDR", head),
            (b"tEXt", told),
            (b"IDAT", pixels),
            (b"IEND", b""),
        )
    )


@case
def in_a_picture() -> Edited:
    document = docx.Document()
    document.add_paragraph("见图")
    document.add_picture(BytesIO(png(OTHER)))
    document.core_properties.author = OTHER
    held = document.element.body.xpath(".//wp:docPr")[0]
    held.set("descr", f"{OTHER}签收，{PHONE}")
    held.set("name", f"C:\\Users\\{OTHER}\\sign.png")
    inner = document.element.body.xpath(".//pic:cNvPr")[0]
    inner.set("name", f"{OTHER}.png")
    return Edited("picture", saved(document), (OTHER, PHONE), "见图")


@case
def in_an_embedded_file() -> Edited:
    data = with_part(
        with_body(),
        "word/embeddings/o.bin",
        f"{OTHER}".encode(),
        "application/vnd.openxmlformats-officedocument.oleObject",
        "oleObject",
    )
    key = next(
        one.key
        for one in package(data).relations("word/document.xml")
        if one.kind == "oleObject"
    )
    found = f'<w:p {VML} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:r><w:t>附件</w:t></w:r><w:r><w:object><v:shape id="s1" style="width:50pt;height:20pt"/><o:OLEObject Type="Embed" ProgID="Excel.Sheet.12" ShapeID="s1" DrawAspect="Icon" ObjectID="_1" r:id="{key}"/></w:object></w:r></w:p>'
    data = changed(data, "word/document.xml", "<w:sectPr", f"{found}<w:sectPr")
    return Edited("embedded", data, (OTHER,), "附件")


@case
def in_text_of_another_format() -> Edited:
    data = with_part(
        with_body(),
        "word/chunk.html",
        f"<p>{OTHER}</p>",
        "text/html",
        "aFChunk",
    )
    key = next(
        one.key
        for one in package(data).relations("word/document.xml")
        if one.kind == "aFChunk"
    )
    found = f'<w:altChunk xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="{key}"/>'
    return Edited(
        "chunk",
        changed(data, "word/document.xml", "<w:sectPr", f"{found}<w:sectPr"),
        (OTHER,),
    )


@case
def in_a_number_format() -> Edited:
    document = docx.Document()
    document.add_paragraph("条目", style="List Number")
    held = package(saved(document))
    part = held.related(held.main, "numbering")
    text = held.parts[part].decode()
    old = 'w:lvlText w:val="%1."'
    assert old in text
    data = held.with_part(
        part, text.replace(old, f'w:lvlText w:val="{OTHER}%1."').encode()
    ).written()
    data = changed(data, "word/document.xml", "条目", f"条目 经办人：{OTHER}")
    return Edited("numbering", data, (OTHER,), "条目")


@case
def of_a_people_without_common_surnames() -> Edited:
    data = with_body(
        paragraph(run("联系人：古丽娜尔·买买提")),
        paragraph(run("古丽娜尔·买买提入户走访")),
        paragraph(run("经办人：巴特尔")),
    )
    return Edited("long names", data, ("古丽娜尔·买买提", "巴特尔"), "入户走访")


@case
def spoken_of_with_respect() -> Edited:
    data = with_body(
        paragraph(run(f"感谢{OTHER}同志的支持，{OTHER}多次到现场"))
    )
    return Edited("respect", data, (OTHER,), "多次到现场")


CHART = (
    '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><c:chart><c:title><c:tx><c:rich><a:bodyPr/>'
    "<a:p><a:r><a:t>欧阳</a:t></a:r><a:r><a:t>雪梅经办数</a:t></a:r></a:p></c:rich></c:tx></c:title><c:plotArea><c:layout/>"
    '<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:ser><c:idx val="0"/><c:order val="0"/><c:tx><c:strRef>'
    '<c:f>张建国!$B$1</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>张建国</c:v></c:pt></c:strCache></c:strRef></c:tx>'
    '<c:val><c:numRef><c:f>张建国!$B$2</c:f><c:numCache><c:ptCount val="1"/><c:pt idx="0"><c:v>5</c:v></c:pt></c:numCache></c:numRef></c:val>'
    '</c:ser><c:axId val="1"/><c:axId val="2"/></c:barChart><c:catAx><c:axId val="1"/><c:scaling/><c:delete val="0"/><c:axPos val="b"/>'
    '<c:crossAx val="2"/></c:catAx><c:valAx><c:axId val="2"/><c:scaling/><c:delete val="0"/><c:axPos val="l"/><c:crossAx val="1"/></c:valAx>'
    '</c:plotArea></c:chart><c:externalData r:id="rId1"/></c:chartSpace>'
)


@case
def in_a_chart_and_its_workbook() -> Edited:
    kind = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
    book = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    data = with_part(
        with_body(paragraph(run(f"审核人：{OTHER}"))),
        "word/charts/chart1.xml",
        CHART,
        kind,
        "chart",
    )
    held = package(data).with_part(
        "word/embeddings/b.xlsx", f"{OTHER}{PHONE}".encode(), book
    )
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/package"
    rels = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{relation}" Target="../embeddings/b.xlsx"/></Relationships>'
    data = held.with_part(
        "word/charts/_rels/chart1.xml.rels", rels.encode()
    ).written()
    key = next(
        one.key
        for one in package(data).relations("word/document.xml")
        if one.kind == "chart"
    )
    frame = (
        f'<w:p {MC}><w:r><w:drawing><wp:inline><wp:extent cx="3000000" cy="2000000"/><wp:docPr id="1" name="图表 1"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart '
        f'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="{key}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
    )
    data = changed(data, "word/document.xml", "<w:sectPr", f"{frame}<w:sectPr")
    return Edited("chart", data, (NAME, OTHER, PHONE), "经办数")


def every_case() -> Iterator[Edited]:
    yield from (make() for make in CASES)


__all__ = ["CONTENT_TYPES", "Edited", "every_case"]
