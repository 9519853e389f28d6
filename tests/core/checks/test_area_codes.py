from __future__ import annotations

import pytest
from phonenumbers.geodata import GEOCODE_DATA

from backend.core.checks.area_codes import province_of_area_code

# libphonenumber's own table of places: of 86 and an area code, the place in Chinese.
PLACES = {
    prefix[2:]: names["zh"]
    for prefix, names in GEOCODE_DATA.items()
    if prefix.startswith("86") and "zh" in names
}


def test_every_area_code_libphonenumber_knows_belongs_to_the_same_province() -> None:
    areas = {code: place for code, place in PLACES.items() if not code.startswith("1") or code == "10"}
    areas = {code: place for code, place in areas.items() if 2 <= len(code) <= 3}

    wrong = {
        code: (place, province_of_area_code(code))
        for code, place in areas.items()
        if not province_of_area_code(code) or not place.startswith(province_of_area_code(code)[:2])
    }

    assert len(areas) > 200
    assert wrong == {}


@pytest.mark.parametrize("code", ["", "1", "400", "800", "138"])
def test_what_is_no_area_code_belongs_nowhere(code: str) -> None:
    assert province_of_area_code(code) == ""
