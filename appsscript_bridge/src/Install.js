/** What differs from one installation to the next. `npm run build` fills it in; see README.md. */
const INSTALL_ = Object.freeze({
  /** Where the backend answers; the manifest's urlFetchWhitelist names the same address and no other. */
  backend: "https://steward.example.com",
  /** Whether this script is bound to one sheet: the menu then stands at the top, under the person's own language. */
  bound: false,
});
