/** The menu in the sheet, and the sidebar that each of its items opens. */

/**
 * The items, in order: a code of the words or the name of a job, and the function it calls.
 * @returns {[string, string][]}
 */
function menuItems_() {
  return [
    [job_("validate-and-tier"), "validateAndTier"],
    [job_("check-rows"), "checkSelectedRows"],
    [job_("find-duplicates"), "findDuplicates"],
    [say_("menu-preview"), "previewRun"],
    [say_("menu-undo"), "undoLastRun"],
    [say_("menu-open"), "openSidebar"],
    [say_("menu-settings"), "openSettings"],
    [say_("menu-help"), "openHelp"],
  ];
}

/** Builds the menu, and nothing else: at this moment the person may not have authorised the script. */
function buildMenu_() {
  const ui = SpreadsheetApp.getUi();
  const menu = INSTALL_.bound ? ui.createMenu(say_("menu-title")) : ui.createAddonMenu();
  menuItems_().forEach(([label, call]) => menu.addItem(label, call));
  menu.addToUi();
}

/**
 * Opens the sidebar and tells it what was clicked. It does the rest, so that the person sees it begin.
 * @param {View} view
 * @param {Click} [click]
 */
function showSidebar_(view, click) {
  const language = language_();
  const boot = {
    view,
    click: click || null,
    language,
    words: WORDS_[language],
    jobs: JOBS_[language],
    settingsTab: SETTINGS_TABS_[language],
    backend: INSTALL_.backend,
  };
  const page = Object.assign(HtmlService.createTemplateFromFile("Sidebar"), { language, boot: JSON.stringify(boot) });
  SpreadsheetApp.getUi().showSidebar(page.evaluate().setTitle(say_("menu-title")));
}

/**
 * Opens the sidebar on a run that it is to start.
 * @param {string} job
 * @param {{preview?: boolean, arguments?: Record<string, unknown>}} [how]
 */
function showRun_(job, how = {}) {
  showSidebar_("run", {
    job,
    preview: how.preview || false,
    arguments: how.arguments || {},
    key: Utilities.getUuid(),
  });
}

/**
 * Gives the content of a file of the page.
 * @param {string} name
 * @returns {string}
 */
function include_(name) {
  return HtmlService.createHtmlOutputFromFile(name).getContent();
}

/**
 * Gives the tab and the rows that are selected; null when nothing is.
 * @returns {{sheet_id: number, rows: [number, number]} | null}
 */
function selection_() {
  const range = SpreadsheetApp.getActiveSpreadsheet().getActiveRange();
  if (!range) return null;
  return { sheet_id: range.getSheet().getSheetId(), rows: [range.getRow(), range.getLastRow()] };
}
