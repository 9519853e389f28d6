"""What the menu shows, and what opening a sheet may do."""

from collections.abc import Callable
from typing import Any

import pytest

from backend.jobs.catalogue import JOBS
from tests.bridge.script import Script, sources

ENTRY_POINTS = {
    "checkSelectedRows",
    "findDuplicates",
    "lookAtRun",
    "onInstall",
    "onOpen",
    "openHelp",
    "openSettings",
    "openSettingsTab",
    "openSidebar",
    "previewRun",
    "readRegister",
    "runSelfTest",
    "selectedRow",
    "startRun",
    "stopRun",
    "undoLastRun",
    "validateAndTier",
}
CALLS = [
    "validateAndTier",
    "checkSelectedRows",
    "findDuplicates",
    "previewRun",
    "undoLastRun",
    "openSidebar",
    "openSettings",
    "openHelp",
]


@pytest.mark.parametrize(
    ("locale", "labels"),
    [
        (
            "en_GB",
            [
                "Validate & Tier",
                "Check selected rows",
                "Find duplicates",
                "Preview (writes nothing)",
                "Undo last run",
                "Open the sidebar",
                "Settings",
                "Help and self-test",
            ],
        ),
        (
            "zh_CN",
            [
                "检查并分级",
                "检查选中的行",
                "查找重复",
                "预览（不写入）",
                "撤销上次运行",
                "打开侧边栏",
                "设置",
                "帮助与自检",
            ],
        ),
    ],
)
def test_the_menu_speaks_the_persons_language(
    opened: Callable[..., Script], locale: str, labels: list[str]
) -> None:
    script = opened(locale=locale)

    script.call("onOpen")

    assert script.world("menu") == {
        "caption": None,
        "items": [list(pair) for pair in zip(labels, CALLS, strict=True)],
    }


@pytest.mark.parametrize(("locale", "caption"), [("en", "Steward"), ("zh_TW", "客户管家"), ("ja", "Steward")])
def test_a_script_bound_to_one_sheet_has_a_menu_at_the_top(
    opened: Callable[..., Script], locale: str, caption: str
) -> None:
    script = opened(locale=locale, bound=True)

    script.call("onOpen")

    assert script.world("menu.caption") == caption


@pytest.mark.parametrize("call", ["onOpen", "onInstall"])
def test_opening_a_sheet_builds_the_menu_and_needs_no_authorisation(script: Script, call: str) -> None:
    script.set(authorised=False)

    script.call(call)

    assert len(script.world("menu.items")) == 8
    assert (script.world("used"), script.world("sent"), script.world("sidebar")) == ([], [], None)


def test_every_item_calls_a_function_that_opens_something(script: Script) -> None:
    script.call("onOpen")

    for _, call in script.world("menu.items"):
        script.set(sidebar=None)
        script.call(call)
        assert script.world("sidebar.title") == "Steward", call
    assert script.world("sent") == []


def test_nothing_is_public_but_the_entry_points(script: Script) -> None:
    assert {name for name in script.own if not name.endswith("_")} == ENTRY_POINTS


def test_what_is_no_function_is_private_too() -> None:
    names = [
        line.split()[1]
        for text in sources().values()
        for line in text.splitlines()
        if line.startswith(("const ", "let ", "var ", "class "))
    ]

    assert len(names) > 5
    assert [name for name in names if not name.endswith("_")] == []


def clicked(script: Script, call: str) -> Any:
    script.call(call)
    click = script.boot["click"]
    key = click.pop("key")
    assert len(key) == 36
    return click


@pytest.mark.parametrize(
    ("call", "click"),
    [
        ("validateAndTier", {"job": "validate-and-tier", "preview": False, "arguments": {}}),
        ("previewRun", {"job": "validate-and-tier", "preview": True, "arguments": {}}),
        ("findDuplicates", {"job": "find-duplicates", "preview": False, "arguments": {}}),
        (
            "checkSelectedRows",
            {"job": "check-rows", "preview": False, "arguments": {"sheet_id": 7, "rows": [5, 9]}},
        ),
    ],
)
def test_a_click_asks_for_its_job(script: Script, call: str, click: object) -> None:
    assert clicked(script, call) == click
    assert script.boot["view"] == "run"


def test_every_click_has_a_key_of_its_own(script: Script) -> None:
    script.call("validateAndTier")
    first = script.boot["click"]["key"]
    script.call("validateAndTier")

    assert script.boot["click"]["key"] != first


def test_every_job_of_the_menu_is_in_the_catalogue(script: Script) -> None:
    asked = {clicked(script, call)["job"] for call in CALLS[:4]}

    assert asked | {"customer-card"} == {job.name for job in JOBS}


@pytest.mark.parametrize(
    ("call", "view"),
    [("undoLastRun", "undo"), ("openSidebar", "home"), ("openSettings", "settings"), ("openHelp", "help")],
)
def test_the_other_items_open_a_view(script: Script, call: str, view: str) -> None:
    script.call(call)

    assert (script.boot["view"], script.boot["click"]) == (view, None)


def test_without_a_selection_nothing_is_checked(opened: Callable[..., Script]) -> None:
    script = opened(locale="zh")
    script.set(selection=None)

    script.call("checkSelectedRows")

    assert script.world("toasts") == [["没有选中任何行。请先在表格里选中要看的行。", "客户管家"]]
    assert script.world("sidebar") is None
    assert script.call("selectedRow")["failure"]["code"] == "no-selection"


@pytest.mark.parametrize(
    ("tabs", "found", "active"),
    [
        (["客户", "设置"], True, "设置"),
        (["Customers", "Settings"], True, "Settings"),
        (["客户", "我的设置"], False, "客户"),
    ],
)
def test_the_settings_tab_is_opened_in_either_language(
    script: Script, tabs: list[str], found: object, active: str
) -> None:
    script.evaluate(f"Object.assign(world.spreadsheet, {{tabs: {tabs!r}, active: '客户'}})")

    assert script.call("openSettingsTab") is found
    assert script.world("spreadsheet.active") == active


@pytest.mark.parametrize("private", ["call_", "prove_", "include_"])
def test_a_page_cannot_call_what_is_private(private: str) -> None:
    script = Script()

    with pytest.raises(Exception, match="not found"):
        script.call(private)

    with pytest.raises(AssertionError):
        script.close()
