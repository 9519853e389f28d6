"""Checks on where a customer is: province, city, district, address, postcode and landline agree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backend.core.checks.area_codes import province_of_area_code
from backend.core.checks.found import at_cell, disagreements
from backend.core.fields.clean import key
from backend.core.fields.divisions import Level, by_full_name, by_short_name, simplified
from sheets_schema.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from backend.core.checks.facts import Facts, Table
    from backend.core.checks.found import Verdict
    from backend.core.fields.divisions import Division
    from backend.core.issues import Issue

_INNER_MONGOLIA = "内蒙古自治区"
_ACROSS_THE_BORDER = frozenset({"13", "16"})
"""First digits of a few places in the east of Inner Mongolia, served from Jilin and Heilongjiang."""


def find_cities_outside_their_province(facts: Facts) -> Iterator[Issue]:
    """Name cities that lie in another province than the row says."""
    yield from _outside(facts.customers, "city", "province", "city-elsewhere")


def find_districts_outside_their_city(facts: Facts) -> Iterator[Issue]:
    """Name districts that the city of the row does not have."""
    yield from _outside(facts.customers, "district", "city", "district-elsewhere")


def find_addresses_elsewhere(facts: Facts) -> Iterator[Issue]:
    """Name addresses that begin with another province or city than the row says."""
    table = facts.customers
    for column in table.bound(Kind.ADDRESS):
        blamed: set[int] = set()
        for level in ("province", "city"):
            if level in table.columns:
                inside = table.said(column.id, level)
                for row, params in disagreements((inside, table.value(level)), _same_place):
                    if row not in blamed:
                        blamed.add(row)
                        yield at_cell(table, row, column.id, "address-elsewhere", **params)


def find_postcodes_elsewhere(facts: Facts) -> Iterator[Issue]:
    """Name Chinese postcodes of another province than the row says."""
    table = facts.customers
    provinces = _provinces(table)
    if provinces is None:
        return
    for column in table.bound(Kind.POSTCODE):
        said = (table.said(column.id, "province"), provinces, table.value(column.id))
        for row, params in disagreements(said, _postcode_fits):
            yield at_cell(table, row, column.id, "postcode-elsewhere", **params)


def find_landlines_elsewhere(facts: Facts) -> Iterator[Issue]:
    """Name Chinese landlines whose area code belongs to another province than the row says."""
    table = facts.customers
    provinces = _provinces(table)
    if provinces is None:
        return
    for column in table.bound(Kind.PHONE):
        areas = table.said(column.id, "area_code")
        for row, params in disagreements((areas, provinces, table.value(column.id)), _landline_fits):
            yield at_cell(table, row, column.id, "landline-elsewhere", **params)


def _outside(table: Table, inner: str, outer: str, code: str) -> Iterator[Issue]:
    if not {inner, outer} <= set(table.columns):
        return
    for row, params in disagreements((table.value(inner), table.value(outer)), _lies_in):
        yield at_cell(table, row, inner, code, **params)


def _lies_in(inner: str, outer: str) -> Verdict:
    """Judge by the names alone: what is not known, or is known by two names, is not blamed."""
    here, there = _known(inner), _known(outer)
    if not here or not there:
        return None
    fits = any(one.name == other.name or one.is_within(other) for one in here for other in there)
    return None if fits else (("value", inner), ("where", outer))


def _same_place(inside: str, typed: str) -> Verdict:
    """Judge the full name an address says against a name somebody typed."""
    known = _known(typed)
    if not known or any(
        inside in (one.name, one.city, one.province if one.level is Level.PROVINCE else "") for one in known
    ):
        return None
    return (("value", inside), ("where", typed))


def _postcode_fits(province: str, typed: str, code: str) -> Verdict:
    known = {one.province for one in _known(typed)}
    mongolian = _INNER_MONGOLIA in known and code[:2] in _ACROSS_THE_BORDER
    return None if not known or province in known or mongolian else (("value", province), ("where", typed))


def _landline_fits(area: str, typed: str, number: str) -> Verdict:
    if not number.startswith("+86"):
        return None
    province, known = province_of_area_code(area), {one.province for one in _known(typed)}
    if not province or not known or province in known:
        return None
    return (("area", f"0{area}"), ("value", province), ("where", typed))


def _known(name: str) -> tuple[Division, ...]:
    """Give every division that goes by a name, full or short."""
    plain = simplified(key(str(name)).replace(" ", ""))
    return (*by_full_name().get(plain, ()), *by_short_name().get(plain, ()))


def _provinces(table: Table) -> pd.Series[Any] | None:
    """Give the province of each row: as typed, else as its address says; '' when unknown."""
    typed = table.value("province") if "province" in table.columns else None
    for column in table.bound(Kind.ADDRESS):
        inside = table.said(column.id, "province")
        typed = inside if typed is None else typed.where(typed != "", inside)
    return typed
