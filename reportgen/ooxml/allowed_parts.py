"""What a template may consist of: the kinds of parts and relations that Word and WPS write for an ordinary document."""

from reportgen.ooxml.names import MAIN_TYPE, RELATIONS_TYPE, WORKBOOK_MAIN_TYPE

_OFFICE = "application/vnd.openxmlformats-officedocument."
_WORD = (
    "styles settings webSettings fontTable numbering header footer footnotes endnotes comments commentsExtended "
    "commentsIds commentsExtensible people document.glossary"
)
_SHEET = "worksheet styles sharedStrings table calcChain comments sheetMetadata chartsheet"
_DRAWING = (
    "chart chartshapes diagramData diagramLayout diagramStyle diagramColors"
)
_MICROSOFT = (
    "chartstyle chartcolorstyle chartex drawingml.diagramDrawing classificationlabels intelligence2 "
    "documenttasks threadedcomments"
)
_IMAGES = (
    "png jpeg jpg gif bmp x-bmp tiff x-emf emf x-wmf wmf svg+xml vnd.ms-photo"
)
_FONTS = frozenset(
    (
        f"{_OFFICE}obfuscatedFont",
        "application/x-fontdata",
        "application/x-font-ttf",
    )
)

_ANYWHERE = frozenset(
    (
        RELATIONS_TYPE,
        "application/xml",
        "text/xml",
        "application/vnd.openxmlformats-package.core-properties+xml",
        f"{_OFFICE}extended-properties+xml",
        f"{_OFFICE}custom-properties+xml",
        f"{_OFFICE}customXmlProperties+xml",
        f"{_OFFICE}theme+xml",
        f"{_OFFICE}themeOverride+xml",
        f"{_OFFICE}drawing+xml",
        f"{_OFFICE}vmlDrawing",
        *(f"{_OFFICE}drawingml.{word}+xml" for word in _DRAWING.split()),
        *(
            f"application/vnd.ms-office.{word}+xml"
            for word in _MICROSOFT.split()
        ),
        *(f"image/{word}" for word in _IMAGES.split()),
    )
)
TYPES = _ANYWHERE | {
    MAIN_TYPE,
    "application/vnd.ms-word.stylesWithEffects+xml",
    f"{_OFFICE}wordprocessingml.printerSettings",
    f"{_OFFICE}spreadsheetml.sheet",
    *_FONTS,
    *(f"{_OFFICE}wordprocessingml.{word}+xml" for word in _WORD.split()),
}
WORKBOOK_TYPES = _ANYWHERE | {
    WORKBOOK_MAIN_TYPE,
    f"{_OFFICE}spreadsheetml.printerSettings",
    *(f"{_OFFICE}spreadsheetml.{word}+xml" for word in _SHEET.split()),
}

_LEADS_ANYWHERE = (
    "officeDocument core-properties extended-properties custom-properties thumbnail customXml customXmlProps "
    "styles theme themeOverride image hdphoto hyperlink comments printerSettings vmlDrawing "
    "chart chartUserShapes chartStyle chartColorStyle chartEx package "
    "diagramData diagramLayout diagramQuickStyle diagramColors diagramDrawing "
    "classificationlabels intelligence documenttasks"
)
_LEADS_FROM_WORD = (
    "stylesWithEffects settings webSettings fontTable numbering header footer footnotes endnotes "
    "commentsExtended commentsIds commentsExtensible people glossaryDocument font"
)
_LEADS_FROM_SHEETS = (
    "worksheet chartsheet sharedStrings calcChain table drawing sheetMetadata "
    "threadedComment person"
)
RELATIONS = frozenset((*_LEADS_ANYWHERE.split(), *_LEADS_FROM_WORD.split()))
WORKBOOK_RELATIONS = frozenset(
    (*_LEADS_ANYWHERE.split(), *_LEADS_FROM_SHEETS.split())
)

# What else is met, in words that people know; anything not named here is refused by its own name.
MET = {
    "aFChunk": "嵌入了外部格式的内容（altChunk）",
    "vbaProject": "含有宏程序（VBA）",
    "wordVbaData": "含有宏程序（VBA）",
    "control": "含有 ActiveX 控件",
    "activeXControlBinary": "含有 ActiveX 控件",
    "oleObject": "含有 OLE 对象，打开它会运行别的程序",
    "mailMergeSource": "连接了邮件合并的数据源",
    "mailMergeHeaderSource": "连接了邮件合并的数据源",
    "recipientData": "连接了邮件合并的数据源",
    "subDocument": "引用了子文档",
    "frame": "引用了框架网页",
    "webextension": "含有网络加载项",
    "webextensiontaskpanes": "含有网络加载项",
    "attachedToolbars": "含有自定义工具栏",
    "keyMapCustomizations": "含有自定义快捷键",
    "origin": "有数字签名，一填写就失效",
    "signature": "有数字签名，一填写就失效",
    "externalLink": "含有宏或外部链接",
    "connections": "含有宏或外部链接",
}
