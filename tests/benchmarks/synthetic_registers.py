"""Seeded registers whose duplicates are known: families, colleagues, shared phones, rows entered twice."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from backend.core.duplicates import FieldKind, MatchField, MatchRules
from backend.core.duplicates.chinese import pinyin

if TYPE_CHECKING:
    from collections.abc import Callable

TWICE = 0.16
"""Share of the rows that repeat a customer."""
FAMILY, COLLEAGUE, PHONE_ON_LOAN = 0.25, 0.3, 0.01
KINDS = {
    "name": FieldKind.PERSON_NAME,
    "phone": FieldKind.PHONE,
    "email": FieldKind.EMAIL,
    "birth_date": FieldKind.DATE,
    "company": FieldKind.COMPANY,
    "address": FieldKind.ADDRESS,
    "city": FieldKind.TEXT,
}
RULES = MatchRules(fields=tuple(MatchField(column=name, kind=kind) for name, kind in KINDS.items()))


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_GIVEN = _words(
    "James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard "
    "Susan Joseph Jessica Thomas Sarah Charles Karen Daniel Lisa Matthew Nancy Anthony Betty Mark "
    "Sandra Steven Ashley Paul Emily Andrew Kimberly Joshua Margaret Kenneth Donna Kevin Michelle "
    "Brian Carol George Amanda Edward Dorothy Ronald Melissa Timothy Deborah Jason Stephanie Jeffrey "
    "Rebecca Ryan Sharon Jacob Laura Gary Cynthia Eric Angela Oliver Amelia Harry Isla Jack Ava Noah "
    "Mia Leo Grace Oscar Freya Arthur Evelyn Theo Ivy Hugo Alice"
)
_ONSET = _words("B Br C Ch D F G Gr H J K L M N P R S St T Th V W")
_MIDDLE = _words("a e i o u ai ea oo ar or er al")
_END = _words("ll nd rt ck sson ley ton man field wood er ham by stone ford shaw")
_STREETS = _words(
    "Oak Elm Park Church Mill High Station Victoria Green King Queen School Bridge River Hill Lake Garden"
)
_WAYS = ("Street", "Road", "Avenue", "Lane", "Drive")
_CITIES = _words(
    "Leeds York Bristol Oxford Derby Exeter Bath Durham Lincoln Norwich Hull Preston Luton Poole Wells"
)
_TRADES = _words("Trading Engineering Foods Logistics Software Textiles Packaging Lighting Timber Optics")
_FORMS = ("Ltd", "Limited", "Ltd.", "", "Co. Ltd")

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
)
_CHARACTERS = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂华建国文斌晓宇欣怡梓涵浩然子轩雨泽俊佳嘉慧雪梅玲红波辉鹏飞"
    "志永春云龙凤琴玉珍瑞博思远海燕鑫晨阳诗婷琳莹倩颖凯旋健康宁安乐天一诺可心若溪语墨"
)
_ALIKE = {
    "晓": "小",
    "伟": "玮",
    "娜": "那",
    "丽": "莉",
    "杰": "洁",
    "明": "铭",
    "华": "桦",
    "静": "婧",
    "慧": "惠",
    "佳": "嘉",
    "俊": "军",
    "红": "宏",
    "玲": "铃",
    "志": "智",
    "欣": "心",
    "宇": "雨",
    "萧": "肖",
    "张": "章",
}
_TRADITIONAL = str.maketrans(
    "张刘陈杨黄赵吴马罗郑谢许韩冯邓萧蒋叶苏吕伟丽军艳杰涛兰刚华国晓泽怀红辉鹏飞龙凤诗颖凯宁乐语东广业贸电",
    "張劉陳楊黃趙吳馬羅鄭謝許韓馮鄧蕭蔣葉蘇呂偉麗軍艷傑濤蘭剛華國曉澤懷紅輝鵬飛龍鳳詩穎凱寧樂語東廣業貿電",
)
_REGIONS = _words("北京 上海 广州 深圳 杭州 南京 成都 武汉 西安 苏州 厦门 青岛")
_ROADS = _words("中山 人民 解放 建设 和平 文化 新华 长江 黄河 友谊 胜利 朝阳 滨江 学院 科技 育才")
_HEADS = "华信瑞博恒远天成东方盛世金源宏达泰和鼎新联创星辰云海启航正大永安通达嘉禾百川明德广业"
_ZH_TRADES = _words("科技 贸易 电子商务 信息技术 实业 物流 食品 建筑工程 文化传媒 医药")
_ZH_FORMS = ("有限公司", "有限责任公司", "股份有限公司", "公司", "")


@dataclass(frozen=True, slots=True)
class Customer:
    """One customer as first entered."""

    given: str
    family: str
    phone: str
    email: str
    birth_date: str
    company: str
    address: str
    city: str


@dataclass(frozen=True, slots=True)
class Register:
    """A made-up register.

    Attributes:
        frame: One row an entry, in an order drawn by lot.
        truth: Number of the customer of each row.
    """

    frame: pd.DataFrame
    truth: pd.Series


def _date(rng: random.Random) -> str:
    return f"{rng.randint(1945, 2005)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"


def _slip(text: str, rng: random.Random) -> str:
    """Type one letter wrong: leave it out, double it, swap it or strike another."""
    if len(text) < 3:  # shorter ones lose their meaning
        return text
    at = rng.randrange(1, len(text) - 1)
    left, here, right = text[:at], text[at], text[at + 1 :]
    return rng.choice(
        (
            left + right,
            left + here + here + right,
            left + right[:1] + here + right[1:],
            f"{left}{rng.choice('aeinrst')}{right}",
        )
    )


class _English:
    """Draws customers with English names."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._given_out: set[str] = set()

    def _family(self) -> str:
        rng = self._rng
        name = rng.choice(_ONSET) + rng.choice(_MIDDLE) + rng.choice(_END)
        return name if rng.random() < 0.6 else f"{name}{rng.choice(_END)}"

    def phone(self) -> str:
        return f"+447{self._rng.randrange(10**9):09d}"

    def address(self) -> tuple[str, str]:
        rng = self._rng
        street = f"{rng.choice(_STREETS)}{rng.choice(('', 'field', 'view', 'side'))} {rng.choice(_WAYS)}"
        return f"{rng.randint(1, 180)} {street}", rng.choice(_CITIES)

    def company(self) -> tuple[str, str]:
        head = f"{self._family()} {self._rng.choice(_TRADES)}"
        return f"{head} {self._rng.choice(_FORMS)}".strip(), f"{head.replace(' ', '').lower()}.example"

    def email(self, given: str, family: str, domain: str) -> str:
        rng = self._rng
        form = rng.choice(
            (
                f"{given}.{family}",
                f"{given[0]}{family}",
                f"{family}{rng.randint(1, 99)}",
                f"{given}{rng.randint(1, 999)}",
            )
        )
        return self._not_given_yet(form.lower(), domain)

    def _not_given_yet(self, mailbox: str, domain: str) -> str:
        """Give an address that nobody has: a number is put to the mailbox until it is free."""
        while f"{mailbox}@{domain}" in self._given_out:
            mailbox += str(self._rng.randint(0, 99))
        self._given_out.add(f"{mailbox}@{domain}")
        return f"{mailbox}@{domain}"

    def customer(self, family: str = "") -> Customer:
        rng = self._rng
        given, family = rng.choice(_GIVEN), family or self._family()
        street, city = self.address()
        email = self.email(given, family, rng.choice(("gmail.com", "outlook.com", "yahoo.com", "icloud.com")))
        return Customer(given, family, self.phone(), email, _date(rng), "", street, city)

    def name(self, customer: Customer) -> str:
        return f"{customer.given} {customer.family}"

    def written_otherwise(self, customer: Customer) -> str:
        given, family, rng = customer.given, customer.family, self._rng
        return rng.choice(
            (
                f"{family}, {given}",
                f"{given[0]}. {family}",
                f"{_slip(given, rng)} {family}",
                f"{given} {_slip(family, rng)}",
                f"{given.upper()} {family.upper()}",
            )
        )

    def phone_otherwise(self, phone: str) -> str:
        number = phone[3:]
        return self._rng.choice(
            (f"0{number}", f"0{number[:4]} {number[4:]}", f"+44 {number[:4]} {number[4:]}", f"0044{number}")
        )

    def company_otherwise(self, company: str) -> str:
        return self._rng.choice(
            (
                company.upper(),
                company.removesuffix("Ltd").strip(),
                f"{company.split(maxsplit=1)[0]} {company.split()[1]} Limited",
            )
        )


class _Chinese(_English):
    """Draws customers with Chinese names."""

    def _family(self) -> str:
        return _SURNAMES[min(int(self._rng.expovariate(0.08)), len(_SURNAMES) - 1)]

    def phone(self) -> str:
        return f"+861{self._rng.choice('35789')}{self._rng.randrange(10**9):09d}"

    def address(self) -> tuple[str, str]:
        rng = self._rng
        city = rng.choice(_REGIONS)
        flat = f"{rng.randint(1, 30)}号楼{rng.randint(1, 6)}单元{rng.randint(1, 33)}{rng.randint(0, 9):02d}室"
        road = f"{rng.choice(_ROADS)}{rng.choice(('', '东', '西', '南', '北'))}路"
        return f"{city}市{road}{rng.randint(1, 400)}号{flat}", city

    def company(self) -> tuple[str, str]:
        rng = self._rng
        head = "".join(rng.sample(_HEADS, rng.choice((2, 2, 3))))
        name = f"{rng.choice(_REGIONS)}{head}{rng.choice(_ZH_TRADES)}{rng.choice(_ZH_FORMS[:3])}"
        return name, f"{pinyin(head)}{rng.randint(1, 99)}.cn"

    def email(self, given: str, family: str, domain: str) -> str:
        rng = self._rng
        latin = rng.choice(
            (pinyin(family + given), f"{pinyin(given)}.{pinyin(family)}", f"{rng.randrange(10**8, 10**10)}")
        )
        return self._not_given_yet(f"{latin}{rng.choice(('', str(rng.randint(1, 99))))}", domain)

    def customer(self, family: str = "") -> Customer:
        rng = self._rng
        family = family or self._family()
        given = "".join(rng.choice(_CHARACTERS) for _ in range(2 if rng.random() < 0.75 else 1))
        street, city = self.address()
        email = self.email(given, family, rng.choice(("qq.com", "163.com", "126.com", "sina.com")))
        return Customer(given, family, self.phone(), email, _date(rng), "", street, city)

    def name(self, customer: Customer) -> str:
        return customer.family + customer.given

    def written_otherwise(self, customer: Customer) -> str:
        rng, name = self._rng, self.name(customer)
        alike = "".join(_ALIKE.get(character, character) for character in name)
        latin = f"{pinyin(customer.given)} {pinyin(customer.family)}".title()
        return rng.choice(
            (alike, name.translate(_TRADITIONAL), f"{name}先生", latin, f"{customer.family} {customer.given}")
        )

    def phone_otherwise(self, phone: str) -> str:
        number = phone[3:]
        return self._rng.choice(
            (number, f"{number[:3]} {number[3:7]} {number[7:]}", f"86-{number}", f"0086{number}")
        )

    def company_otherwise(self, company: str) -> str:
        bare = company.removesuffix("股份有限公司").removesuffix("有限责任公司").removesuffix("有限公司")
        return self._rng.choice(
            (bare + "公司", bare + "有限责任公司", company.translate(_TRADITIONAL), bare[2:])
        )


def _households(draw: _English, count: int, rng: random.Random) -> list[Customer]:
    """Draw customers: alone, in families of one address and landline, in companies of one reception."""
    found: list[Customer] = []
    while len(found) < count:
        first, lot = draw.customer(), rng.random()
        if lot < FAMILY * 0.4:
            home = draw.phone()
            given: set[str] = set()
            for _ in range(rng.randint(2, 4)):
                one = draw.customer(first.family)
                if one.given in given:
                    continue
                given.add(one.given)
                phone = home if rng.random() < 0.4 else one.phone
                found.append(replace(one, address=first.address, city=first.city, phone=phone))
        elif lot < FAMILY * 0.4 + COLLEAGUE * 0.3:
            (company, domain), desk = draw.company(), draw.phone()
            for _ in range(rng.randint(2, 8)):
                one = draw.customer()
                phone = desk if rng.random() < 0.3 else one.phone
                email = draw.email(one.given, one.family, domain)
                found.append(
                    replace(
                        one, company=company, address=first.address, city=first.city, phone=phone, email=email
                    )
                )
        else:
            found.append(first)
    return found[:count]


def _row(draw: _English, customer: Customer) -> dict[str, str]:
    filled = {"phone": 0.95, "email": 0.8, "birth_date": 0.5, "company": 1.0, "address": 0.8, "city": 0.9}
    rng = draw._rng  # noqa: SLF001  # the same lot for the whole register
    cells = {name: getattr(customer, name) if rng.random() < share else "" for name, share in filled.items()}
    return {"name": draw.name(customer), **cells}


def _again(draw: _English, customer: Customer) -> dict[str, str]:
    """Enter a customer a second time: as another person would, or after a change."""
    rng = draw._rng  # noqa: SLF001  # the same
    row = _row(draw, customer)
    changes: tuple[tuple[str, float, Callable[[str], str]], ...] = (
        ("phone", 0.5, draw.phone_otherwise),
        ("phone", 0.15, lambda _: draw.phone()),
        ("phone", 0.05, lambda phone: _slip(phone, rng)),
        ("email", 0.12, lambda email: _slip(email, rng)),
        ("email", 0.15, lambda _: draw.email(customer.given, customer.family, "mail.example")),
        ("birth_date", 0.08, lambda _: _date(rng)),
        ("company", 0.5, draw.company_otherwise),
        ("address", 0.15, lambda _: draw.address()[0]),
    )
    if rng.random() < 0.4:
        row["name"] = draw.written_otherwise(customer)
    for column, share, change in changes:
        if row[column] and rng.random() < share:
            row[column] = change(row[column])
    if not (row["phone"] or row["email"]):
        row["phone"] = customer.phone
    return row


def register(rows: int, *, chinese: bool = False, seed: int = 1) -> Register:
    """Make up a register with known duplicates.

    Args:
        rows: How many entries.
        chinese: Whether names, companies and addresses are Chinese.
        seed: The same seed gives the same register.
    """
    rng = random.Random(seed)
    draw = (_Chinese if chinese else _English)(rng)
    customers = _households(draw, round(rows * (1 - TWICE)), rng)
    entries = [(_row(draw, customer), number) for number, customer in enumerate(customers)]
    while len(entries) < rows:
        number = rng.randrange(len(customers))
        entries.append((_again(draw, customers[number]), number))
    rng.shuffle(entries)
    frame = pd.DataFrame([row for row, _ in entries], columns=list(KINDS))
    return Register(frame=frame, truth=pd.Series([number for _, number in entries]))
