from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from backend import errors
from backend.errors import StewardError

KINDS = [getattr(errors, name) for name in errors.__all__]
BRANCHES = {
    errors.StewardError,
    errors.FileError,
    errors.SheetError,
    errors.SettingsError,
    errors.RunError,
    errors.CallError,
}
LEAVES = [kind for kind in KINDS if kind not in BRANCHES]
TREE = re.findall(r"[├└]── (\w+)", errors.__doc__ or "")

# One value for each parameter by its name, so that a message that forgets it is found out.
VALUES = {
    "path": Path("/data/kunden.csv"), "why": "disk on fire", "tab": "Kunden", "found": ["Alpha", "Beta"],
    "what": ("it is a picture", "这是图片"), "position": 17, "byte": 0xFE, "tried": ["UTF-8", "GB18030"],
    "line": 4711, "row": 815, "header": "Telefon", "columns": ["Q", "R"], "cells": 77, "headers": 66,
    "first": "zuviel", "cell": "Q815", "length": 60_123, "name": "laden", "known": ["alt", "neu"],
    "column": "Handy", "answer": "Quota!", "reason": "no room", "option": "--area-code", "text": "abc",
    "en": "one to five digits", "zh": "应为 1 到 5 位数字", "run_id": "20261122-0700-a1b2",
    "account": "bot@acme.iam.gserviceaccount.com", "seconds": 1200,
    "since": "2026-11-22 07:00", "requested_by": "li", "minutes": 15,
    "title": "Kundenliste", "reasons_en": ["Cell A3 is merged."], "reasons_zh": ["A3 是合并单元格。"],
    "tabs": ["Nord", "West"], "here": ["Ort", "Land"], "there": ["Preis", "Ware"],
    "cause": errors.ServiceUnreachable("cable cut"), "register": "Stammkunden", "role": "approver",
    "platform": "Cloud Run", "job": "check-rows", "rows": 4_712, "most": 2_000_000,
}  # fmt: skip
LISTS = {("SheetTooLarge", "columns"): 18_278,
         ("CellsProtected", "cells"): "A1:F9", ("ColumnTwice", "cells"): ["A1", "F1"],
         ("NameColumnMissing", "headers"): ["Ort", "Land"],
         ("NameNotInFile", "headers"): ["Ort", "Land"],
         }  # fmt: skip
ONE_LANGUAGE = {"en", "zh", "what", "cause", "reasons_en", "reasons_zh"}


def made(kind: type[StewardError]) -> tuple[StewardError, dict[str, object]]:
    """Give an error of a kind, and what it was told."""
    names = [name for name in inspect.signature(kind.__init__).parameters if name != "self"]
    told = {name: LISTS.get((kind.__name__, name), VALUES[name]) for name in names}
    by_place = [
        told[one.name]
        for one in inspect.signature(kind.__init__).parameters.values()
        if one.name != "self" and one.kind is not one.KEYWORD_ONLY
    ]
    by_name = {
        one.name: told[one.name]
        for one in inspect.signature(kind.__init__).parameters.values()
        if one.kind is one.KEYWORD_ONLY
    }
    return kind(*by_place, **by_name), told


def shown(value: object) -> list[str]:
    """Give the forms of which one has to stand in a message."""
    if isinstance(value, int):
        return [str(value), f"{value:,}", f"0x{value:02X}"]
    if isinstance(value, Path):
        return [str(value), value.name]
    return [str(value)]


@pytest.mark.parametrize("kind", LEAVES, ids=lambda kind: kind.__name__)
def test_a_message_names_each_value_in_both_languages(kind: type[StewardError]) -> None:
    error, told = made(kind)

    for name, value in told.items():
        for one in value if isinstance(value, list) else [value]:
            for language in ("en", "zh"):
                if name not in ONE_LANGUAGE:
                    assert any(form in error.to(language) for form in shown(one)), (name, language)


@pytest.mark.parametrize("kind", LEAVES, ids=lambda kind: kind.__name__)
def test_a_message_says_what_is_wrong_and_what_to_do(kind: type[StewardError]) -> None:
    error, _ = made(kind)

    assert str(error) == error.en == error.to("en") == error.to("fr")
    assert error.zh == error.to("zh")
    assert re.search(r"[\u4e00-\u9fff]", error.zh)
    assert not re.search(r"[\u4e00-\u9fff]", error.en.replace("客户", ""))
    if kind not in (errors.MappingUnreadable, errors.OptionUnreadable):  # the caller says what to do
        assert len(re.findall(r"[.!?:;,]\s", error.en)) >= 1
        assert len(re.findall(r"[。；：，]", error.zh)) >= 2
        assert error.en.endswith(".")
        assert error.zh.endswith("。")


@pytest.mark.parametrize(
    ("error", "en", "zh"),
    [
        (errors.FileEmpty(Path("a.csv")), '"a.csv" is empty. Choose', "“a.csv”是空的。请选择"),
        (
            errors.TabNotInFile(Path("a.csv"), "x", []),
            "It has: no tabs, it is a CSV.",
            "现有：无（这是 CSV 文件）。",
        ),
        (
            errors.RegisterUnknown("x", []),
            "There is no register here yet. Make one",
            "这里还没有登记表。请先",
        ),
        (errors.NoTierRules(), "All are switched off. Correct", "所有行都已停用。请改正"),
    ],
)
def test_a_message_fits_when_there_is_nothing_to_name(error: StewardError, en: str, zh: str) -> None:
    assert en in error.en
    assert zh in error.zh


def test_codes_are_in_kebab_case_and_used_once() -> None:
    codes = [kind.code for kind in KINDS]

    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", code) for code in codes)


def test_exit_codes_are_those_of_the_command_line() -> None:
    assert {kind.exit_code for kind in KINDS} <= {1, 2, 3, 4}


def test_the_tree_in_the_docstring_names_every_class_once() -> None:
    assert sorted([*TREE, "StewardError"]) == sorted(errors.__all__)


def test_every_class_hangs_on_the_branch_it_is_drawn_on() -> None:
    branch = None
    for line in (errors.__doc__ or "").splitlines():
        if match := re.match(r"(│   |    )?[├└]── (\w+)", line):
            kind = getattr(errors, match[2])
            if match[1]:
                assert kind.__base__ is branch
            else:
                branch = kind
                assert kind.__base__ is StewardError
