"""What the script may do at most: its manifest, and what would leave the sheet."""

import re

from tests.bridge.script import Script, manifest, pages, sources

AUTH = "https://www.googleapis.com/auth/"
SCOPES = [
    "openid",
    AUTH + "userinfo.email",
    AUTH + "spreadsheets.currentonly",
    AUTH + "script.container.ui",
    AUTH + "script.external_request",
]
SERVICES = {
    "HtmlService",
    "LockService",
    "ScriptApp",
    "Session",
    "SpreadsheetApp",
    "UrlFetchApp",
    "Utilities",
}


def test_the_manifest_asks_for_these_scopes_and_no_others() -> None:
    assert manifest() == {
        "timeZone": "Etc/UTC",
        "runtimeVersion": "V8",
        "exceptionLogging": "NONE",
        "oauthScopes": SCOPES,
        "urlFetchWhitelist": ["https://steward.example.com/"],
    }


def test_the_one_address_is_the_backends(script: Script) -> None:
    assert manifest()["urlFetchWhitelist"] == [script.value("INSTALL_.backend") + "/"]


def test_no_scope_is_asked_for_in_vain(script: Script) -> None:
    """What the script really needs, seen by doing everything it can do."""
    script.evaluate('world.fetch = () => ({status: 200, text: \'{"ok": true, "register": {}}\'})')
    for call in ("validateAndTier", "readRegister", "runSelfTest"):
        script.call(call)

    assert sorted(script.world("used")) == sorted(SCOPES)


def test_the_script_uses_no_service_nobody_thought_of() -> None:
    used = {
        name
        for text in sources().values()
        for name in re.findall(r"\b(?!GoogleAppsScript)([A-Z]\w+(?:App|Service)|Session|Utilities)\.", text)
    }

    assert used == SERVICES


def test_no_other_address_stands_in_the_script() -> None:
    addresses = {
        address
        for text in [*sources().values(), *pages().values()]
        for address in re.findall(r"https?://[^\s\"'`<)]+", text)
    }

    assert addresses == {"https://steward.example.com"}
