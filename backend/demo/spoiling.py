"""How one row is spoilt: the mistakes that teams make when they type customers in."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from backend.demo.people import serial

if TYPE_CHECKING:
    from datetime import date
    from random import Random

    from backend.demo.people import Cell, Row


class PlantedKind(StrEnum):
    """What can be planted."""

    PHONE_PLUS_86 = "phone with +86 and spaces"
    PHONE_DASHES = "phone with dashes"
    PHONE_FULL_WIDTH = "phone in full-width digits"
    PHONE_0086 = "phone with 0086"
    PHONE_AS_NUMBER = "phone typed as a number"
    PHONE_FLOAT_TEXT = "phone with .0 behind it"
    PHONE_10_DIGITS = "phone of 10 digits"
    PHONE_12_DIGITS = "phone of 12 digits"
    PHONE_LETTER_O = "phone with the letter O"
    PHONE_PLACEHOLDER = "placeholder phone"
    PHONE_SCIENTIFIC = "phone in scientific notation"
    PHONE_TWO_NUMBERS = "two phones in a cell"
    EMAIL_WITHOUT_AT = "e-mail without @"
    EMAIL_FULL_WIDTH_AT = "e-mail with a full-width @"
    EMAIL_TYPO_DOMAIN = "e-mail at a misspelt domain"
    EMAIL_SPACES = "e-mail with spaces"
    DATE_IMPOSSIBLE = "date that does not exist"
    DATE_CHINESE_TEXT = "date as Chinese text"
    DATE_AMBIGUOUS = "date that reads two ways"
    BIRTH_IN_FUTURE = "birth date in the future"
    NAME_BLANK = "blank name"
    NAME_TEST = "test name"
    NAME_TRAILING_SPACES = "name with spaces behind it"
    NAME_ZERO_WIDTH = "name with an invisible character"
    CHOICE_MISSPELT = "misspelt choice"
    DUPLICATE_PHONE = "same phone, name spelt another way"
    DUPLICATE_TYPO = "same person, typo in the phone"
    DUPLICATE_EMAIL = "same e-mail"
    ID_TWICE = "customer id used twice"
    UNKNOWN_CUSTOMER = "transaction of an unknown customer"
    NEGATIVE_AMOUNT = "negative amount not marked refunded"
    FUTURE_TRANSACTION = "transaction in the future"

    @property
    def is_harmless(self) -> bool:
        """Whether the value is right and only written in another way."""
        return self in _HARMLESS


_HARMLESS = (
    PlantedKind.PHONE_PLUS_86,
    PlantedKind.PHONE_DASHES,
    PlantedKind.PHONE_FULL_WIDTH,
    PlantedKind.PHONE_0086,
    PlantedKind.PHONE_AS_NUMBER,
    PlantedKind.PHONE_FLOAT_TEXT,
    PlantedKind.DATE_CHINESE_TEXT,
    PlantedKind.NAME_TRAILING_SPACES,
    PlantedKind.NAME_ZERO_WIDTH,
)
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_TRADITIONAL = str.maketrans(
    "张刘陈杨黄赵吴孙马罗郑梁谢许韩邓冯萧蒋苏吕卢钟谭陆贾伟强军华鹏国娟丽艳静敏玲莹倩",
    "張劉陳楊黃趙吳孫馬羅鄭梁謝許韓鄧馮蕭蔣蘇呂盧鍾譚陸賈偉強軍華鵬國娟麗艷靜敏玲瑩倩",
)
_MISSPELT = MappingProxyType({"个人": "个仁", "企业": "企页"})


def spoil(rng: Random, row: Row, kind: PlantedKind, today: date) -> str:
    """Plant one thing in a customer's row, in place, and give the field id of the cell."""
    field = kind.name.partition("_")[0]
    match field:
        case "PHONE":
            row["mobile"] = _spoilt_phone(str(row["mobile"]), kind)
            return "mobile"
        case "EMAIL":
            row["email"] = _spoilt_email(_with_email(row), kind)
            return "email"
        case "DATE":
            row["collected_at"] = _spoilt_date(rng, kind)
            return "collected_at"
        case "BIRTH":
            row["birth_date"] = serial(today) + rng.randrange(30, 3_000)
            return "birth_date"
        case "NAME":
            row["full_name"] = _spoilt_name(str(row["full_name"]), kind)
            return "full_name"
        case _:
            row["customer_type"] = _MISSPELT[str(row["customer_type"])]
            return "customer_type"


def repeat(twin: Row, row: Row, kind: PlantedKind) -> str:
    """Make a row repeat its twin, in place, and give the field id that gives it away."""
    if kind is PlantedKind.ID_TWICE:
        row["customer_id"] = twin["customer_id"]
        return "customer_id"
    email = _with_email(twin)
    shared = ("customer_type", "full_name", "gender", "birth_date", "province", "city", "district")
    row.update({field: twin[field] for field in (*shared, "address_line", "postal_code")})
    row.update(phone_2="", wechat_id="", member_no="", email="")
    match kind:
        case PlantedKind.DUPLICATE_PHONE:
            row.update(mobile=twin["mobile"], full_name=_spelt_otherwise(str(twin["full_name"])))
            return "mobile"
        case PlantedKind.DUPLICATE_TYPO:
            row["mobile"] = _with_typo(str(twin["mobile"]))
            return "full_name"
        case _:
            row["email"] = email
            return "email"


def _spoilt_phone(phone: str, kind: PlantedKind) -> Cell:
    forms: dict[PlantedKind, Cell] = {
        PlantedKind.PHONE_PLUS_86: f"+86 {phone[:3]} {phone[3:7]} {phone[7:]}",
        PlantedKind.PHONE_DASHES: f"{phone[:3]}-{phone[3:7]}-{phone[7:]}",
        PlantedKind.PHONE_FULL_WIDTH: phone.translate(_FULL_WIDTH),
        PlantedKind.PHONE_0086: f"0086{phone}",
        PlantedKind.PHONE_AS_NUMBER: int(phone),
        PlantedKind.PHONE_FLOAT_TEXT: f"{phone}.0",
        PlantedKind.PHONE_10_DIGITS: phone[:10],
        PlantedKind.PHONE_12_DIGITS: f"{phone}6",
        PlantedKind.PHONE_LETTER_O: f"{phone[:4]}O{phone[5:]}",
        PlantedKind.PHONE_PLACEHOLDER: "13800138000",
        PlantedKind.PHONE_SCIENTIFIC: f"{int(phone):.2E}",
        PlantedKind.PHONE_TWO_NUMBERS: f"{phone} / {_with_typo(phone)}",
    }
    return forms[kind]


def _spoilt_email(email: str, kind: PlantedKind) -> str:
    local, _, domain = email.partition("@")
    forms = {
        PlantedKind.EMAIL_WITHOUT_AT: f"{local}{domain}",
        PlantedKind.EMAIL_FULL_WIDTH_AT: f"{local}＠{domain}",
        PlantedKind.EMAIL_TYPO_DOMAIN: f"{local}@qq.con",
        PlantedKind.EMAIL_SPACES: f"{local} @ {domain}",
    }
    return forms[kind]


def _spoilt_date(rng: Random, kind: PlantedKind) -> str:
    month, day = rng.randrange(1, 12), rng.randrange(1, 12)
    forms = {
        PlantedKind.DATE_IMPOSSIBLE: "2024-02-30",
        PlantedKind.DATE_CHINESE_TEXT: f"2024年{month}月{day}日",
        PlantedKind.DATE_AMBIGUOUS: f"{month:02d}/{month % 12 + 1:02d}/2024",
    }
    return forms[kind]


def _spoilt_name(name: str, kind: PlantedKind) -> str:
    forms = {
        PlantedKind.NAME_BLANK: "",
        PlantedKind.NAME_TEST: "测试",
        PlantedKind.NAME_TRAILING_SPACES: f"{name}  ",
        PlantedKind.NAME_ZERO_WIDTH: f"{name[:1]}\u200b{name[1:]}",
    }
    return forms[kind]


def _with_email(row: Row) -> str:
    if not row["email"]:
        row["email"] = f"user.{str(row['customer_id']).lower()}@163.com"
    return str(row["email"])


def _with_typo(phone: str) -> str:
    """Give the phone with two of its last digits swapped, or with another last digit."""
    swapped = phone[:8] + phone[9] + phone[8] + phone[10]
    return swapped if swapped != phone else f"{phone[:10]}{(int(phone[10]) + 1) % 10}"


def _spelt_otherwise(name: str) -> str:
    """Give a name in traditional characters, else in capitals, else with a space in it."""
    for other in (name.translate(_TRADITIONAL), name.upper()):
        if other != name:
            return other
    return f"{name[:1]} {name[1:]}"
