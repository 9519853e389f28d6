"""The sidebar's page: how it is put together and what it never does."""

import re
from collections.abc import Callable

import pytest

from tests.bridge.script import Script, pages

SCRIPTS = "\n".join(text for name, text in pages().items() if text.startswith("<script>"))
UNSAFE = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "srcdoc")


@pytest.mark.parametrize("unsafe", UNSAFE)
def test_text_never_becomes_markup(unsafe: str) -> None:
    assert unsafe not in "\n".join(pages().values())


def test_nothing_is_printed_unescaped_but_the_files_of_the_page() -> None:
    raw = re.findall(r"<\?!=(.*?)\?>", "\n".join(pages().values()))

    assert [code.strip().split("(")[0] for code in raw] == ["include_"] * 4


def test_every_part_the_scripts_touch_is_on_the_page() -> None:
    touched = set(re.findall(r'(?:part|write|fill|showPairs|showRuns)\("([\w-]+)"', SCRIPTS))
    on_page = set(re.findall(r'\bid="([\w-]+)"', pages()["Sidebar"]))

    assert len(touched) > 30
    assert touched - on_page == set()


def test_every_call_of_the_page_has_its_function(script: Script) -> None:
    called = set(re.findall(r'server\("(\w+)"', SCRIPTS))

    assert len(called) == 7
    assert called <= script.own


@pytest.mark.parametrize(
    ("locale", "language", "title"), [("zh_HK", "zh", "客户管家"), ("fr", "en", "Steward")]
)
def test_the_page_is_told_its_language_and_its_words(
    opened: Callable[..., Script], locale: str, language: str, title: str
) -> None:
    script = opened(locale=locale)

    script.call("openHelp")

    html = script.world("sidebar.html")
    assert f'<html lang="{language}">' in html
    assert f"<title>{title}</title>" in html
    assert "<?" not in html
    assert script.boot["language"] == language
    assert script.boot["words"]["menu-title"] == title
    assert script.boot["settingsTab"] == {"zh": "设置", "en": "Settings"}[language]


def test_what_the_page_is_told_cannot_leave_its_attribute(script: Script) -> None:
    nasty = "\"><script>alert('x')</script>&amp;"

    script.evaluate(f"showSidebar_('run', {{job: {nasty!r}, preview: false, arguments: {{}}, key: 'k'}})")

    assert script.boot["click"]["job"] == nasty
    assert "alert('x')" not in script.world("sidebar.html")
