/** The proof that the person may edit this sheet: they write into it what the backend made up a moment ago. */

/**
 * Gives the proof: asks for a nonce, leaves it in the document where people do not see it, and lets the backend look.
 * @returns {Answer}
 */
function prove_() {
  const asked = fetch_("post", registerPath_("proof"), {});
  if (!asked.ok) return asked;
  try {
    leaveMark_(asked.key, asked.nonce);
  } catch (problem) {
    return failure_("not-an-editor", { detail: String(problem) });
  }
  const checked = fetch_("post", registerPath_("proof/check"), { nonce: asked.nonce });
  if (!checked.ok) removeMark_(asked.key, asked.nonce);
  return checked;
}

/**
 * Writes a value into the document's metadata, at once.
 * @param {string} key
 * @param {string} value
 */
function leaveMark_(key, value) {
  const visibility = SpreadsheetApp.DeveloperMetadataVisibility.DOCUMENT;
  SpreadsheetApp.getActiveSpreadsheet().addDeveloperMetadata(key, value, visibility);
  SpreadsheetApp.flush();
}

/**
 * Takes a value out of the document's metadata again. The backend does so itself when the proof holds.
 * @param {string} key
 * @param {string} value
 */
function removeMark_(key, value) {
  SpreadsheetApp.getActiveSpreadsheet()
    .getDeveloperMetadata()
    .filter((mark) => mark.getKey() === key && mark.getValue() === value)
    .forEach((mark) => mark.remove());
}
