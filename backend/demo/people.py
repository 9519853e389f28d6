"""Clean customers of the made-up register: every value is well formed, no two share one they should not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from backend.demo import words

if TYPE_CHECKING:
    from random import Random

Cell = str | int | float
Row = dict[str, Cell]

_FIRST_DAY = date(1899, 12, 30)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Person:
    name: str
    pinyin: str
    gender: str = ""


def serial(day: date) -> int:
    """Give the serial number a sheet knows a date by: days since 1899-12-30."""
    return (day - _FIRST_DAY).days


def chance(rng: Random, percent: int) -> bool:
    """Say yes in so many of a hundred cases."""
    return rng.random() * 100 < percent


def customers(rng: Random, count: int, today: date) -> list[Row]:
    """Give well-formed customers, one dict of field id to cell each, in the order of their numbers."""
    tails = rng.sample(range(10**8), count)
    return [_customer(rng, number, tails[number - 1], today) for number in range(1, count + 1)]


def _customer(rng: Random, number: int, tail: int, today: date) -> Row:
    company = chance(rng, 8)
    place = rng.choice(words.PLACES)
    person = _company(rng, place, number) if company else _person(rng)
    mail = f"{person.pinyin}{number:05d}@{rng.choice(words.MAIL_DOMAINS)}"
    born = serial(today) - rng.randrange(18 * 366, 78 * 365)
    return {
        "customer_id": f"K{number:05d}",
        "customer_type": "企业" if company else "个人",
        "full_name": person.name,
        "gender": person.gender,
        "birth_date": "" if company or chance(rng, 30) else born,
        "mobile": f"{rng.choice(words.MOBILE_PREFIXES)}{tail:08d}",
        "phone_2": f"{place.area}-8{rng.randrange(10**6, 10**7)}" if chance(rng, 15) else "",
        "email": mail if chance(rng, 65) else "",
        "wechat_id": f"wx_{person.pinyin[:10]}{number:05d}" if chance(rng, 40) else "",
        **_address(rng, place),
        "member_no": f"M{20_000_000 + number}" if chance(rng, 80) else "",
        "source": rng.choice(words.SOURCES),
        "owner": rng.choice(words.STAFF),
        "store": rng.choice(words.STORES),
        "collected_at": serial(today) - rng.randrange(30, 1200),
        "consent_marketing": rng.choice(("是", "是", "否", "")),
        "notes": rng.choice(words.NOTES) if chance(rng, 12) else "",
    }


def _address(rng: Random, place: words.Place) -> Row:
    street = f"{rng.choice(words.STREETS)}{rng.randrange(1, 400)}号"
    flat = f"{rng.randrange(1, 30)}幢{rng.randrange(101, 2800)}室"
    return {
        "province": place.province,
        "city": place.city,
        "district": rng.choice(place.districts),
        "address_line": street + flat,
        "postal_code": f"{place.postal}{rng.randrange(10, 60)}",
    }


def _company(rng: Random, place: words.Place, number: int) -> _Person:
    brand, pinyin = rng.choice(words.BRANDS)
    second, _ = rng.choice(words.BRANDS)
    city = place.city.removesuffix("市")
    middle = brand if number % 2 else brand[:1] + second[-1:]
    return _Person(name=f"{city}{middle}{rng.choice(words.TRADES)}有限公司", pinyin=pinyin)


def _person(rng: Random) -> _Person:
    female = chance(rng, 50)
    gender = "" if chance(rng, 33) else "女" if female else "男"
    if chance(rng, 5):
        first, last = rng.choice(words.LATIN_GIVEN), rng.choice(words.LATIN_FAMILY)
        return _Person(name=f"{first} {last}", pinyin=f"{first}{last}".lower(), gender=gender)
    if chance(rng, 1):
        name = f"{rng.choice(words.MIDDLE_DOT_GIVEN)}·{rng.choice(words.MIDDLE_DOT_FAMILY)}"
        return _Person(name=name, pinyin="user", gender=gender)
    (surname,) = rng.choices(words.SURNAMES, words.SURNAME_WEIGHTS)
    characters = words.GIVEN_FEMALE if female else words.GIVEN_MALE
    given = rng.sample(characters, 1 if chance(rng, 15) else 2)
    name = surname[0] + "".join(han for han, _ in given)
    return _Person(name=name, pinyin=surname[1] + "".join(latin for _, latin in given), gender=gender)
