/** What people read, in the language of their Google account. */

/**
 * Gives the language of the person at the sheet. Works before they authorised anything.
 * @returns {Language}
 */
function language_() {
  return Session.getActiveUserLocale().startsWith("zh") ? "zh" : "en";
}

/**
 * Gives the sentence of a code, its places filled.
 * @param {string} code
 * @param {Record<string, string | number>} [places]
 * @returns {string}
 */
function say_(code, places = {}) {
  return WORDS_[language_()][code].replace(/\{(\w+)\}/g, (/** @type {string} */ _, /** @type {string} */ name) => String(places[name]));
}

/**
 * Gives what people call a job.
 * @param {string} name
 * @returns {string}
 */
function job_(name) {
  return JOBS_[language_()][name];
}
