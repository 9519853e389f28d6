"""The words in the script are the product's words, and the script knows no rule."""

import json
import re

import pytest

from backend.cli.bridge_words import bridge_words
from backend.core.team_settings import SETTINGS
from backend.core.wording import WORDS
from backend.core.wording.menu import WORDS as MENU_WORDS
from sheets_schema.choices import TIERS
from sheets_schema.model import Owner
from sheets_schema.presets import TABS
from tests.bridge.script import SRC, Script, pages, sources

OWN = "\n".join(text for name, text in {**sources(), **pages()}.items() if name != "I18n.js")
PLACE = re.compile(r"{(\w+)}")


def test_the_words_are_what_the_product_says_today() -> None:
    assert (SRC / "I18n.js").read_text(encoding="utf-8") == bridge_words(), (
        "run: steward guide --bridge appsscript_bridge/src"
    )


@pytest.mark.parametrize("code", MENU_WORDS)
def test_both_languages_have_the_same_places(code: str) -> None:
    words = MENU_WORDS[code]

    assert sorted(PLACE.findall(words.zh)) == sorted(PLACE.findall(words.en))
    assert words.zh
    assert words.en


def said_codes() -> set[str]:
    literal = set(re.findall(r"""(?:say_?|checkLine_)\(["'`]([\w-]+)["'`]""", OWN))
    offered = set(re.findall(r'"(side-try-again|side-look-again)"', OWN))
    failures = {f"fail-{code}" for code in re.findall(r'failure_\("([\w-]+)"', OWN)}
    chosen = set(re.findall(r'\? "((?:side|test)-[\w-]+)" : "(?:side|test)-[\w-]+"', OWN))
    chosen |= set(re.findall(r'\? "(?:side|test)-[\w-]+" : "((?:side|test)-[\w-]+)"', OWN))
    return literal | offered | failures | chosen | set(re.findall(r'data-say="([\w-]+)"', OWN))


def test_every_code_the_script_says_is_worded() -> None:
    assert len(said_codes()) > 50
    assert said_codes() - WORDS.keys() == set()


def test_no_words_are_handed_over_in_vain() -> None:
    by_answer = {code for code in MENU_WORDS if code.startswith(("fail-", "role-"))}

    assert set(MENU_WORDS) - said_codes() - by_answer == set()


def test_every_failure_by_status_is_worded(script: Script) -> None:
    codes = script.value("Object.values(CODE_OF_STATUS_)")

    assert {f"fail-{code}" for code in codes} <= MENU_WORDS.keys()


def quoted(text: str) -> bool:
    return re.search(rf"""["'`]{re.escape(text)}["'`]""", OWN) is not None


def test_no_column_stands_in_the_script() -> None:
    columns = [column for tab in TABS for column in tab]
    headers = {text for column in columns for text in (column.label.zh, column.label.en)}

    assert len(headers) > 100
    assert [text for text in sorted(headers) if quoted(text)] == []
    team = [column.id for column in columns if column.owner is Owner.TEAM and "_" in column.id]
    assert len(team) > 30
    assert [column for column in team if column in OWN] == []


def test_no_tier_and_no_setting_stands_in_the_script() -> None:
    rules = [*(tier.code for tier in TIERS), *(setting.key for setting in SETTINGS)]

    assert [rule for rule in rules if quoted(rule)] == []


def test_the_words_are_plain_data() -> None:
    text = bridge_words()
    blocks = re.findall(r"Object\.freeze\((\{.*?\n\})\);", text, flags=re.DOTALL)

    assert [set(json.loads(block)) for block in blocks] == [{"zh", "en"}] * 3
