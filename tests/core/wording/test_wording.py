from __future__ import annotations

import re
from itertools import chain
from pathlib import Path
from string import Formatter

import pytest

from backend.core import wording
from backend.core.wording import WORDS, say, severity_of
from backend.core.wording.words import Words
from sheets_schema.model import Language, Severity

CORE = Path(wording.__file__).parent.parent
SOURCES = {
    path: path.read_text(encoding="utf-8")
    for path in chain(
        CORE.rglob("*.py"), (CORE.parent / "jobs").rglob("*.py"), (CORE.parent / "cli").rglob("*.py")
    )
}
SAID = "\n".join(text for path, text in SOURCES.items() if "wording" not in path.parts)
PUT_TOGETHER = {
    *("required-error", "required-warning", "required-info"),
    *("phone-mobile-too-short", "phone-mobile-too-long", "phone-too-short"),
}
"""Codes with a part filled in: a severity, a kind of number."""


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("code", WORDS)
def test_both_languages_have_the_same_places(code: str) -> None:
    names = {name.removesuffix("_zh").removesuffix("_en") for name in places(WORDS[code].zh)}

    assert names == {name.removesuffix("_zh").removesuffix("_en") for name in places(WORDS[code].en)}
    assert not any(name.endswith("_en") for name in places(WORDS[code].zh))
    assert not any(name.endswith("_zh") for name in places(WORDS[code].en))


@pytest.mark.parametrize("code", WORDS)
def test_a_sentence_stands_in_both_languages_under_a_code_in_kebab_case(code: str) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z0-9_]+)*", code)
    assert WORDS[code].zh
    assert WORDS[code].en


@pytest.mark.parametrize("code", sorted(code for code in WORDS if WORDS[code].severity is not None))
def test_every_issue_that_is_worded_can_be_found(code: str) -> None:
    assert f'"{code}"' in SAID or code in PUT_TOGETHER


def test_every_issue_that_can_be_found_is_worded() -> None:
    given = re.findall(
        r"(?:finding|invalid|_doubtful|_possible|Finding|_cell|_about|_issue)\([^)]*?\"([a-z]+(?:-[a-z0-9]+)+)\"",
        SAID,
    )
    named = re.findall(r"code=\"([a-z]+(?:-[a-z0-9]+)+)\"", SAID)

    assert len(given) > 40
    assert {code for code in (*given, *named) if code not in WORDS} == set()


@pytest.mark.parametrize("code", re.findall(r"say\(\s*\"([a-z_-]+)\"", SAID))
def test_every_sentence_that_is_said_is_worded(code: str) -> None:
    assert code in WORDS


def test_a_sentence_is_filled_in_either_language() -> None:
    assert say("date-in-future", Language.ZH, date="2027-01-01") == "2027-01-01 还没有到"
    assert say("date-in-future", Language.EN, date="2027-01-01") == "2027-01-01 lies in the future"


def test_braces_in_a_cell_are_no_places() -> None:
    assert say("reference-unknown", Language.EN, value="{x}") == "there is no {x} in the Customers tab"


def test_the_severity_of_an_issue_stands_beside_its_words() -> None:
    assert severity_of("date-in-future") is Severity.ERROR


@pytest.mark.parametrize("code", ["tier-and", "no-such-code"])
def test_what_is_no_issue_has_no_severity(code: str) -> None:
    with pytest.raises(KeyError, match=code):
        severity_of(code)


def test_a_code_worded_twice_is_refused() -> None:
    room = {"x": Words(zh="一", en="one")}

    with pytest.raises(ValueError, match="codes worded twice: x"):
        wording._merge((room, room))  # noqa: SLF001  # runs on import; two rooms that quarrel cannot be imported
