"""Files dropped on the page: edited Word files taken home, papers of last year, a round of forty units, a template."""

from __future__ import annotations

import base64
import sys
from pathlib import Path
from typing import Any

import pytest
from chromium import EXAMPLE, ROOT
from docx import Document
from test_access import violations
from word_edits import edit

from reportgen.application.build import BuildRequest, build, plan_build
from reportgen.application.workplace import Workplace

sys.path.insert(0, str(ROOT / "tests" / "web"))
from foreign_papers import project_form
from rounds_of import filled_form, renamed_form, roster, zipped

pytestmark = pytest.mark.browser
DROP = """([place, files]) => {
  const held = new DataTransfer();
  for (const [name, text] of files) {
    const bytes = Uint8Array.from(atob(text), one => one.charCodeAt(0));
    held.items.add(new File([bytes], name));
  }
  const target = document.querySelector(place);
  for (const kind of ["dragover", "drop"]) {
    const event = new DragEvent(kind, { dataTransfer: held, bubbles: true, cancelable: true });
    target.dispatchEvent(event);
  }
}"""


@pytest.fixture
def workplace() -> Workplace:
    return Workplace((ROOT / "templates",))


def drop(page: Any, place: str, files: dict[str, bytes]) -> None:
    """Drops the files on a place of the page."""
    coded = [
        [name, base64.b64encode(data).decode()] for name, data in files.items()
    ]
    page.wait_for_selector(place)
    page.evaluate(DROP, [place, coded])


def printed(folder: Path, workplace: Workplace) -> Path:
    """The form of the library as it was made."""
    request = BuildRequest((folder / "图书馆.yaml",), folder / "outputs")
    build(
        plan_build(request),
        workplace,
        on_unit=lambda _: None,
        stopped=lambda: False,
    )
    return next(folder.rglob("2 *.docx"))


def typed_over(file: Path, texts: dict[str, str]) -> bytes:
    """The document with other texts in its cells."""

    def change(document: Any) -> None:
        left = dict(texts)
        for one in document.element.body.iter("{*}t"):
            if one.text in left:
                one.text = left.pop(one.text)

    edit(file, change)
    return file.read_bytes()


def written(folder: Path) -> str:
    return (folder / "图书馆.yaml").read_text("utf-8")


def test_an_edited_word_file_is_dropped_and_taken_home(
    page: Any, folder: Path, workplace: Workplace, tmp_path: Path
) -> None:
    copy = tmp_path / "领导改.docx"
    copy.write_bytes(printed(folder, workplace).read_bytes())
    changed = {"636.20": "638.20", "0.9%": "0.8%"}
    data = typed_over(copy, changed)
    page.click("text=青禾县图书馆")
    page.click("nav.tabs >> text=Word 里改的")
    assert violations(page) == []
    drop(page, "[data-drop]", {"领导改.docx": data})
    page.wait_for_selector("ins >> text=8")
    assert violations(page) == []
    page.check("text=不带回，只留在这份 Word 里 >> nth=1")
    page.click("text=照上面选的办")
    page.wait_for_selector("text=已带回 1 处")
    assert violations(page) == []
    assert "全年执行数: 638.20" in written(folder)
    assert "实际值: 0.9%" in written(folder)
    page.click("text=撤销这次带回")
    page.wait_for_selector("text=已撤销")
    assert written(folder) == EXAMPLE.read_text("utf-8")


def test_a_conflict_is_chosen_with_the_keyboard_alone(
    page: Any, folder: Path, workplace: Workplace, tmp_path: Path
) -> None:
    copy = tmp_path / "改.docx"
    copy.write_bytes(printed(folder, workplace).read_bytes())
    data = typed_over(copy, {"636.20": "638.20"})
    text = written(folder).replace(
        "全年执行数: 636.20", "全年执行数: 637.00", 1
    )
    (folder / "图书馆.yaml").write_text(text, "utf-8")
    page.click("text=青禾县图书馆")
    page.click("nav.tabs >> text=Word 里改的")
    drop(page, "[data-drop]", {"改.docx": data})
    page.wait_for_selector("text=两边都改过，用哪一个？")
    page.focus(".scroll")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=已带回 1 处")
    assert "全年执行数: 638.20" in written(folder)


def test_last_years_word_is_dropped_on_the_list(
    page: Any, folder: Path
) -> None:
    drop(page, "[data-drop]", {"去年的表.docx": project_form()})
    page.wait_for_selector("text=读成一个新的单位")
    assert violations(page) == []
    page.check("text=是去年的，作为新一年的底稿")
    page.fill("#year", "2025")
    page.click('button:text-is("读入")')
    page.wait_for_selector("text=草稿已经写好", timeout=60_000)
    assert violations(page) == []
    page.click("text=去填报")
    page.wait_for_selector("#paper[data-ready]")
    text = (folder / "去年的表2025.yaml").read_text("utf-8")
    assert "整修渠道长度" in text
    assert "历年" in text


def test_forty_units_are_collected(
    page: Any, folder: Path, workplace: Workplace, tmp_path: Path
) -> None:
    names = [f"临水县第{number}中学" for number in range(1, 43)]
    page.click(".top >> text=收表")
    page.fill("#name", "2024年自评")
    assert violations(page) == []
    drop(page, "[data-drop]", {"名单.xlsx": roster(names)})
    page.wait_for_selector("text=名单上有 42 个单位")
    assert violations(page) == []
    first = filled_form(tmp_path / "填", names[0], workplace)
    forms = {
        f"{name}.xlsx": renamed_form(first, names[0], name)
        for name in names[:40]
    }
    drop(page, "[data-drop]", {"交来.zip": zipped(forms)})
    page.wait_for_selector("progress")
    page.wait_for_selector("text=三、情况", timeout=180_000)
    assert page.locator("text=已交 40 个、未交 2 个").count() == 1
    assert violations(page) == []
    page.select_option("#standing", "未交")
    page.click("text=筛选")
    page.wait_for_selector("text=各单位（2 个）")
    page.click("text=看全部")
    page.click("text=临水县第7中学 >> nth=0")
    page.wait_for_selector("h1 >> text=临水县第7中学")
    assert violations(page) == []
    page.click("text=看生成的文件")
    page.wait_for_selector("text=部门整体支出绩效自评报告.docx")


def test_a_template_is_restyled_and_its_fault_shown_at_its_place(
    page: Any, folder: Path, tmp_path: Path
) -> None:
    page.click(".top >> text=模板包")
    assert violations(page) == []
    page.fill("#name", "临水县")
    page.click('button:text-is("新建")')
    page.wait_for_selector("text=换成这一份 >> nth=0")
    assert violations(page) == []
    name = "项目支出绩效自评表.docx"
    document = Document(str(folder / "templates" / "临水县" / name))
    document.add_paragraph("{{ 资金.全年预算书 }}")
    document.save(str(tmp_path / name))
    place = f'.card:has(a:text-is("{name}")) [data-drop]'
    page.set_input_files(f"{place} input[type=file]", str(tmp_path / name))
    page.click(f"{place} button")
    page.wait_for_selector("text=新模板已经放进去")
    page.click("text=检查这个模板包")
    page.wait_for_selector("text=没有「资金.全年预算书」", timeout=60_000)
    assert violations(page) == []
    page.click(f"table.list >> text={name}")
    page.wait_for_selector(".marked-here")
    page.click("text=看这一处")
    assert "资金.全年预算书" in page.inner_text(".marked-here:target")
