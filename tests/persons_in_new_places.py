# ruff: noqa: E501  XML as it stands in documents
"""More documents as people leave them, with persons where only few of them put one. Every person is made up."""

from __future__ import annotations

from collections.abc import Callable

import docx
from persons_in_documents import (
    WORD,
    Edited,
    changed,
    package,
    paragraph,
    run,
    saved,
    with_body,
    with_part,
)

from reportgen.ooxml.package import PartKind

WHO, SECOND = "尉迟明远", "黎小满"
CELL, NUMBER = "15973380246", "430211199106254037"
TAIL = "</w:body>"
KNOWN = f"经办人：{WHO}"
PLACES: list[Callable[[], Edited]] = []
DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def place(make: Callable[[], Edited]) -> Callable[[], Edited]:
    PLACES.append(make)
    return make


def known(*fragments: str) -> bytes:
    """A document that names the person behind a label, and these paragraphs."""
    return with_body(paragraph(run(KNOWN)), *fragments)


def key_of(data: bytes, kind: str) -> str:
    return next(
        one.key
        for one in package(data).relations("word/document.xml")
        if one.kind == kind
    )


@place
def in_a_control_bound_to_data() -> Edited:
    control = (
        '<w:sdt><w:sdtPr><w:dataBinding w:prefixMappings="xmlns:n=\'urn:n\'" w:xpath="/n:f/n:who" w:storeItemID="{A1}"/>'
        f'<w:placeholder><w:docPart w:val="{WHO}"/></w:placeholder><w:date w:fullDate="2024-03-01T00:00:00Z"><w:dateFormat w:val="yyyy"/></w:date></w:sdtPr>'
        f"<w:sdtContent>{run(WHO)}</w:sdtContent></w:sdt>"
    )
    data = known(paragraph(run("由"), control, run("汇总")))
    data = with_part(
        data,
        "customXml/item1.xml",
        f'<n:f xmlns:n="urn:n"><n:who>{WHO}</n:who><n:tel>{CELL}</n:tel></n:f>',
        "application/xml",
        "customXml",
    )
    held = package(data).with_part(
        "customXml/itemProps1.xml",
        f'<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml" ds:itemID="{WHO}"/>'.encode(),
        "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
    )
    kind = PartKind(
        "customXmlProps",
        "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
    )
    held = held.with_relation(
        "customXml/item1.xml", kind, "customXml/itemProps1.xml"
    )
    return Edited("bound control", held.written(), (WHO, CELL), "汇总")


@place
def in_smart_art() -> Edited:
    points = (
        f'<dgm:dataModel xmlns:dgm="{DIAGRAM}" xmlns:a="{DRAWING}"><dgm:ptLst><dgm:pt modelId="1"><dgm:prSet presName="{WHO}"/><dgm:t><a:bodyPr/>'
        f"<a:p><a:r><a:t>组长{WHO[:2]}</a:t></a:r><a:r><a:t>{WHO[2:]}</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst><dgm:cxnLst/></dgm:dataModel>"
    )
    data = with_part(
        known(),
        "word/diagrams/data1.xml",
        points,
        "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml",
        "diagramData",
    )
    shown = (
        f'<dsp:drawing xmlns:dsp="http://schemas.microsoft.com/office/drawing/2008/diagram" xmlns:a="{DRAWING}"><dsp:spTree><dsp:sp modelId="1">'
        f'<dsp:nvSpPr><dsp:cNvPr id="0" name="{WHO}"/><dsp:cNvSpPr/></dsp:nvSpPr><dsp:txBody><a:bodyPr/><a:p><a:r><a:t>{WHO} {CELL}</a:t></a:r></a:p></dsp:txBody>'
        "</dsp:sp></dsp:spTree></dsp:drawing>"
    )
    data = with_part(
        data,
        "word/diagrams/drawing1.xml",
        shown,
        "application/vnd.ms-office.drawingml.diagramDrawing+xml",
        "diagramDrawing",
    )
    frame = (
        f'<w:p xmlns:r="{R}" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="{DRAWING}"><w:r><w:drawing><wp:inline>'
        f'<wp:extent cx="900" cy="900"/><wp:docPr id="7" name="{WHO}"/><a:graphic><a:graphicData uri="{DIAGRAM}"><dgm:relIds xmlns:dgm="{DIAGRAM}" '
        f'r:dm="{key_of(data, "diagramData")}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
    )
    data = changed(data, "word/document.xml", "<w:sectPr", f"{frame}<w:sectPr")
    return Edited("smart art", data, (WHO, CELL), "组长")


@place
def in_a_box_of_old_word() -> Edited:
    box = (
        f'<w:r><w:pict><v:group id="{WHO}" alt="{WHO}"><v:shape style="width:90pt;height:20pt" o:spid="_x0000_s1"><v:textbox><w:txbxContent>'
        f"{paragraph(run('值班 '), run(WHO[:1]), run(WHO[1:]), run(CELL))}</w:txbxContent></v:textbox></v:shape></v:group></w:pict></w:r>"
    )
    return Edited("vml box", known(paragraph(box)), (WHO, CELL), "值班")


@place
def in_art_letters_and_the_title_of_a_shape() -> Edited:
    shape = f'<w:r><w:pict><v:shape><v:textpath on="t" string="{WHO}签"/><v:imagedata o:title="{WHO}"/></v:shape></w:pict></w:r>'
    return Edited(
        "word art", known(paragraph(shape, run("如上"))), (WHO,), "如上"
    )


@place
def in_document_variables_and_their_field() -> Edited:
    field = (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DOCVARIABLE {WHO} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(WHO)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    data = changed(
        known(paragraph(field, run("填"))),
        "word/settings.xml",
        "</w:settings>",
        f'<w:docVars><w:docVar w:name="{WHO}" w:val="{CELL}"/></w:docVars></w:settings>',
    )
    return Edited("variables", data, (WHO, CELL), "填")


@place
def in_building_blocks() -> Edited:
    blocks = (
        '<w:glossaryDocument xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docParts><w:docPart><w:docPartPr>'
        f'<w:name w:val="{WHO}签名"/></w:docPartPr><w:docPartBody>{paragraph(run(CELL))}</w:docPartBody></w:docPart></w:docParts></w:glossaryDocument>'
    )
    data = with_part(
        known(paragraph(run("正文"))),
        "word/glossary/document.xml",
        blocks,
        f"{WORD}.document.glossary+xml",
        "glossaryDocument",
    )
    return Edited("building blocks", data, (WHO, CELL), "正文")


@place
def in_comments_of_today() -> Edited:
    document = docx.Document()
    told = document.add_paragraph(KNOWN)
    document.add_comment(told.runs, text=f"请{SECOND}再核", author=SECOND)
    data = saved(document)
    word15 = "http://schemas.microsoft.com/office/word/2012/wordml"
    extras = {
        "commentsExtended": f'<w15:commentsEx xmlns:w15="{word15}"><w15:commentEx w15:paraId="00000001" w15:done="0"/><!--{SECOND}--></w15:commentsEx>',
        "people": f'<w15:people xmlns:w15="{word15}"><w15:person w15:author="{SECOND}"><w15:presenceInfo w15:providerId="AD" w15:userId="{SECOND}@x.cn"/></w15:person></w15:people>',
        "commentsExtensible": f'<c xmlns="http://schemas.microsoft.com/office/word/2018/wordml/cex" who="{SECOND}"/>',
    }
    for name, xml in extras.items():
        data = with_part(
            data, f"word/{name}.xml", xml, f"{WORD}.{name}+xml", name
        )
    return Edited("comments", data, (WHO, SECOND), "经办人")


@place
def in_the_names_of_styles_and_fonts() -> Edited:
    document = docx.Document()
    document.styles.add_style(f"{WHO}正文", 1)
    document.add_paragraph(KNOWN, style=f"{WHO}正文")
    return Edited("style", saved(document), (WHO,), "经办人")


@place
def in_the_description_of_a_table() -> Edited:
    table = (
        f'<w:tbl><w:tblPr><w:tblCaption w:val="{WHO}的表"/><w:tblDescription w:val="{CELL}"/></w:tblPr><w:tblGrid><w:gridCol/></w:tblGrid>'
        f"<w:tr><w:tc>{paragraph(run('表内'))}</w:tc></w:tr></w:tbl>"
    )
    return Edited("table words", known(table, paragraph()), (WHO, CELL), "表内")


@place
def over_a_word_as_its_reading() -> Edited:
    ruby = f"<w:r><w:ruby><w:rubyPr/><w:rt>{run(WHO)}</w:rt><w:rubyBase>{run('读')}</w:rubyBase></w:ruby></w:r>"
    return Edited("ruby", known(paragraph(ruby, run("音"))), (WHO,), "音")


@place
def a_sign_in_each_cell() -> Edited:
    document = docx.Document()
    table = document.add_table(1, 1 + len(NUMBER))
    for cell, sign in zip(
        table.rows[0].cells, ("身份证号", *NUMBER), strict=True
    ):
        cell.text = sign
    document.add_paragraph("以上属实")
    return Edited("boxes", saved(document), (NUMBER,), "以上属实")


@place
def a_name_written_downwards() -> Edited:
    document = docx.Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "经办人"
    table.cell(0, 1).text = "\n".join(WHO)
    table.cell(0, 1).add_paragraph(WHO[:2])
    table.cell(0, 1).add_paragraph(WHO[2:])
    document.add_paragraph(f"现场由{WHO}拍照")
    return Edited("downwards", saved(document), (WHO,), "拍照")


@place
def with_signs_that_nobody_sees() -> Edited:
    hidden = "\u200b".join(WHO)
    soft = f"<w:r><w:t>{CELL[:3]}</w:t><w:softHyphen/><w:t>{CELL[3:7]}</w:t><w:noBreakHyphen/><w:t>{CELL[7:]}</w:t></w:r>"
    data = known(paragraph(run(hidden), run("请拨"), soft))
    return Edited("unseen signs", data, (WHO, CELL, hidden), "请拨")


@place
def in_a_bookmark_and_what_leads_to_it() -> Edited:
    mark = f'<w:bookmarkStart w:id="9" w:name="_Toc{WHO}"/>{run("标题")}<w:bookmarkEnd w:id="9"/>'
    link = f'<w:hyperlink w:anchor="_Toc{WHO}" w:tooltip="{WHO}">{run("见前")}</w:hyperlink>'
    return Edited(
        "anchor", known(paragraph(mark), paragraph(link)), (WHO,), "见前"
    )
