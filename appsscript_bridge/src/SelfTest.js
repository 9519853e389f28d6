/** A look at everything the bridge stands on, as a report that can be pasted into a message. */

/** How long a lock is waited for, in milliseconds. */
const LOCK_WAIT_ = 10000;

/**
 * Gives the report, one line a check. It names no person and no customer.
 * @returns {string}
 */
function selfTest_() {
  return [
    `${say_("menu-title")} ${new Date().toISOString()}`,
    `${say_("side-backend")}: ${INSTALL_.backend}`,
    ...tokenLines_(),
    checkLine_("test-metadata", tryMetadata_),
    checkLine_("test-lock", tryLock_),
    checkLine_("test-selection", () => JSON.stringify(selection_())),
    checkLine_("test-backend", tryBackend_),
  ].join("\n");
}

/**
 * Gives the line of a check: what it found, or why it failed.
 * @param {string} code
 * @param {() => string} check
 * @returns {string}
 */
function checkLine_(code, check) {
  try {
    return `${say_(code)}: ${say_("test-ok")} ${check()}`.trim();
  } catch (problem) {
    return `${say_(code)}: ${say_("test-bad")} ${problem instanceof Error ? problem.message : String(problem)}`;
  }
}

/**
 * Gives what the identity token says, without the address and the number of the person.
 * @returns {string[]}
 */
function tokenLines_() {
  const token = ScriptApp.getIdentityToken();
  if (!token) return [`${say_("test-identity")}: ${say_("test-bad")}`];
  const claims = JSON.parse(Utilities.newBlob(Utilities.base64DecodeWebSafe(token.split(".")[1])).getDataAsString());
  return [
    `${say_("test-identity")}: ${say_("test-ok")} ${claims.iss}`,
    `${say_("test-audience")}: ${claims.aud}`,
    `${say_("test-lifetime")}: ${Math.round((claims.exp * 1000 - Date.now()) / 60000)}`,
    `${say_("test-verified")}: ${claims.email_verified}`,
    `${say_("test-domain")}: ${claims.hd || "-"}`,
  ];
}

/**
 * Leaves a mark in the document and takes it out again, as the proof does.
 * @returns {string}
 */
function tryMetadata_() {
  const value = Utilities.getUuid();
  leaveMark_("steward.self-test", value);
  removeMark_("steward.self-test", value);
  return "";
}

/**
 * Takes the lock and gives it back.
 * @returns {string}
 */
function tryLock_() {
  const lock = LockService.getDocumentLock();
  if (!lock.tryLock(LOCK_WAIT_)) throw new Error(say_("fail-start-busy"));
  lock.releaseLock();
  return "";
}

/**
 * Asks the backend about this sheet.
 * @returns {string} how long it took
 */
function tryBackend_() {
  const begun = Date.now();
  const answer = fetch_("get", registerPath_("summary"));
  if (!answer.ok) throw new Error(`${answer.failure.code}: ${answer.failure.text}`);
  return `${Date.now() - begun} ms, ${answer.register.role}`;
}
