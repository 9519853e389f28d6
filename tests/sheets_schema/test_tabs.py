from __future__ import annotations

import re
from datetime import date

import pytest

from sheets_schema import choices, headers
from sheets_schema.headers import HeaderLanguage
from sheets_schema.model import Kind, Tab
from sheets_schema.presets import TABS

COLUMNS = [(tab, column) for tab in TABS for column in tab]
LISTS = {name: value for name, value in vars(choices).items() if name.isupper()}


@pytest.mark.parametrize("tab", TABS, ids=lambda tab: tab.id)
def test_field_ids_are_snake_case_and_used_once(tab: Tab) -> None:
    ids = [column.id for column in tab]

    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", column_id) for column_id in ids)


@pytest.mark.parametrize("language", HeaderLanguage)
@pytest.mark.parametrize("tab", TABS, ids=lambda tab: tab.id)
def test_the_headers_we_write_bind_every_column_to_itself(tab: Tab, language: HeaderLanguage) -> None:
    binding = headers.bind(tab, [[headers.header_text(column.label, language) for column in tab]])

    assert binding == headers.Binding(
        header_row=1, positions=tuple((column.id, place) for place, column in enumerate(tab))
    )


def test_every_tab_and_column_says_what_it_means_in_both_languages() -> None:
    for text in (
        text for tab, column in COLUMNS for text in (tab.label, tab.help, column.label, column.help)
    ):
        assert text.zh.strip()
        assert text.en.strip()


def test_tab_titles_are_told_apart() -> None:
    for tab in TABS:
        titles = [
            tab.id,
            *tab.aliases,
            *(headers.tab_title(tab.label, language) for language in HeaderLanguage),
        ]
        assert [other.id for other in TABS for title in titles if headers.is_tab(other, title)] == [
            tab.id
        ] * len(titles)


def test_a_column_of_choices_has_some_and_a_reference_leads_somewhere() -> None:
    for _, column in COLUMNS:
        assert bool(column.choices) == (column.kind is Kind.CHOICE), column.id
        assert bool(column.refers_to) == (column.kind is Kind.REFERENCE), column.id
        if column.refers_to:
            tab_id, _, column_id = column.refers_to.partition(".")
            assert next(tab for tab in TABS if tab.id == tab_id).column(column_id).unique


def test_the_earliest_dates_are_dates() -> None:
    for _, column in COLUMNS:
        assert not column.earliest or date.fromisoformat(column.earliest)


def test_the_least_of_money_is_nought_so_that_minor_units_do_not_matter() -> None:
    assert {column.minimum for _, column in COLUMNS if column.kind is Kind.MONEY} == {None, 0}


@pytest.mark.parametrize("name", LISTS)
def test_a_spelling_means_one_choice_of_its_list(name: str) -> None:
    meanings = {}
    for one in LISTS[name]:
        for spelling in (one.code, one.label.zh, one.label.en, *one.synonyms):
            assert meanings.setdefault(spelling.casefold(), one.code) == one.code, spelling
