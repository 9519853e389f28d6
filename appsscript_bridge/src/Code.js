/** What a menu or the sidebar calls. Every other function ends in `_`, which keeps it out of their reach. */

/** Builds the menu when the sheet is opened. */
function onOpen() {
  buildMenu_();
}

/** Builds the menu when the add-on has just been installed. */
function onInstall() {
  buildMenu_();
}

/** Menu: checks and tiers the whole register. */
function validateAndTier() {
  showRun_("validate-and-tier");
}

/** Menu: checks the rows that are selected at this moment. */
function checkSelectedRows() {
  const selected = selection_();
  if (selected) showRun_("check-rows", { arguments: selected });
  else SpreadsheetApp.getActiveSpreadsheet().toast(say_("fail-no-selection"), say_("menu-title"));
}

/** Menu: looks for customers that stand in the register twice. */
function findDuplicates() {
  showRun_("find-duplicates");
}

/** Menu: says what checking and tiering would write. */
function previewRun() {
  showRun_("validate-and-tier", { preview: true });
}

/** Menu: shows the last run, to be undone. */
function undoLastRun() {
  showSidebar_("undo");
}

/** Menu: shows the last runs and the card of the selected customer. */
function openSidebar() {
  showSidebar_("home");
}

/** Menu: shows how this sheet is connected, and where the team's rules stand. */
function openSettings() {
  showSidebar_("settings");
}

/** Menu: says what each item does, and offers the self-test. */
function openHelp() {
  showSidebar_("help");
}

/**
 * Sidebar: starts a run. The lock keeps a double click from starting two at once; the key of the click makes a
 * request that is sent again the same run.
 * @param {Click} click
 * @returns {Answer}
 */
function startRun(click) {
  const lock = LockService.getDocumentLock();
  if (!lock.tryLock(LOCK_WAIT_)) return failure_("start-busy", { passing: true });
  try {
    return call_("post", "/runs", {
      spreadsheet_id: SpreadsheetApp.getActiveSpreadsheet().getId(),
      job: click.job,
      preview: click.preview,
      arguments: click.arguments,
      idempotency_key: click.key,
    });
  } finally {
    lock.releaseLock();
  }
}

/**
 * Sidebar: asks how far a run is.
 * @param {string} runId
 * @returns {Answer}
 */
function lookAtRun(runId) {
  return call_("get", `/runs/${encodeURIComponent(runId)}`);
}

/**
 * Sidebar: asks for a run to be stopped.
 * @param {string} runId
 * @returns {Answer}
 */
function stopRun(runId) {
  return call_("post", `/runs/${encodeURIComponent(runId)}/cancel`, {});
}

/**
 * Sidebar: asks about this sheet's register and its last runs.
 * @returns {Answer}
 */
function readRegister() {
  return call_("get", registerPath_("summary"));
}

/**
 * Sidebar: gives the tab and the first of the rows that are selected.
 * @returns {Answer}
 */
function selectedRow() {
  const selected = selection_();
  if (!selected) return failure_("no-selection");
  return { ok: true, arguments: { sheet_id: selected.sheet_id, row: selected.rows[0] } };
}

/**
 * Sidebar: shows the tab with the team's settings.
 * @returns {boolean} whether there is one under its own name
 */
function openSettingsTab() {
  const spreadsheet = SpreadsheetApp.getActiveSpreadsheet();
  const names = Object.values(SETTINGS_TABS_);
  const tab = names.map((name) => spreadsheet.getSheetByName(name)).find(Boolean);
  if (tab) spreadsheet.setActiveSheet(tab);
  return Boolean(tab);
}

/**
 * Sidebar: gives the report of the self-test.
 * @returns {string}
 */
function runSelfTest() {
  return selfTest_();
}
