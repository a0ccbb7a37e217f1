// A Word document shown in the page. docx-preview writes <style> elements, which the policy of the page forbids: it
// writes them into a holder that is not part of the page, and their rules are adopted as style sheets.
"use strict";
(async () => {
  const place = document.getElementById("preview");
  const state = document.getElementById("preview-state");
  try {
    const answer = await fetch(place.dataset.file);
    if (!answer.ok) throw new Error(String(answer.status));
    const holder = document.createElement("div");
    await window.docx.renderAsync(await answer.blob(), place, holder, {
      inWrapper: true,
      breakPages: true,
      ignoreLastRenderedPageBreak: false,
      renderChanges: false,
      renderComments: false,
      useBase64URL: true,
    });
    const sheets = [...holder.querySelectorAll("style")].map((one) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(one.textContent);
      return sheet;
    });
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, ...sheets];
    for (const table of place.querySelectorAll("table")) table.setAttribute("role", "presentation");
    for (const image of place.querySelectorAll("img:not([alt])")) image.alt = "";
    state.textContent = "样子与 Word 里大致相同，分页以 Word 为准。";
  } catch {
    state.textContent = "这份文件在页面里显示不出来，请下载后用 Word 或 WPS 打开。";
  }
})();
