"""The Settings tab: what a team can set, what each line means, its default, and how it is read."""

from __future__ import annotations

import re
import zoneinfo
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from backend.core.fields.clean import halfwidth
from backend.core.fields.field import Context, DateOrder
from sheets_schema.headers import columns_of
from sheets_schema.model import Language, Preset, Text
from sheets_schema.presets import TABS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

_DEFAULT_PLACEHOLDERS = (
    "无, 没有, 未知, 不详, 待定, 待补充, 暂无, 空, "
    "n/a, na, none, null, nil, unknown, tbd, -, --, /, ?, x, xx, xxx, test@test.com"
)
_DEFAULT_EMAIL_DOMAINS = (
    "qq.com, 163.com, 126.com, gmail.com, outlook.com, hotmail.com, sina.com, foxmail.com"
)
_COUNTRY = re.compile(r"[A-Z]{2}")
_CURRENCY = re.compile(r"[A-Z]{3}")
_AREA_CODE = re.compile(r"\d{1,5}")
_SHORT_NUMBER = re.compile(r"[0-9]{1,9}")
_WEIGHT = re.compile(r"100|[0-9]{1,2}")
_COLUMNS = frozenset(column.id for tab in TABS for column in tab.team_columns)
_LIST_MARK = re.compile(r"[,，;；、\n]+")
_MOST_LINES = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamSettings:
    """What the team decided about its register; see `SETTINGS` for the meaning of each.

    Attributes:
        rates: Pairs of (currency, units of the base currency one unit is worth).
        placeholders: Texts, casefolded, that stand for "nothing".
        quality_required: What a required cell weighs; any other weighs 1.
        quality_warning: Percent that is left of a cell with a warning.
        quality_weights: Pairs of (field id, weight) of columns that weigh something else; 0 leaves one out.
    """

    preset: Preset = Preset.RETAIL
    language: Language = Language.ZH
    time_zone: str = "Asia/Shanghai"
    default_country: str = "CN"
    area_code: str = ""
    base_currency: str = "CNY"
    rates: tuple[tuple[str, float], ...] = ()
    date_order: DateOrder = DateOrder.UNKNOWN
    placeholders: frozenset[str] = frozenset()
    email_domains: tuple[str, ...] = ()
    shared_contact_rows: int = 5
    unique_within: str = ""
    issue_lines: int = 20_000
    quality_required: int = 3
    quality_warning: int = 50
    quality_weights: tuple[tuple[str, int], ...] = ()

    def context(self, *, today: date) -> Context:
        """Give the context in which cells of the register are read."""
        return Context(
            today=today,
            country=self.default_country,
            area_code=self.area_code,
            currency=self.base_currency,
            date_order=self.date_order,
            placeholders=self.placeholders,
            email_domains=self.email_domains,
        )


class SettingUnreadable(ValueError):
    """A value of the Settings tab that cannot be read; the text says what is expected."""

    def __init__(self, expected: Text) -> None:
        super().__init__(expected.en)
        self.expected = expected


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One line of the Settings tab.

    Attributes:
        key: Its name in the tab, and the attribute of `TeamSettings` it fills.
        default: The text a new register gets.
        explanation: What it means, for the third column.
        read: Text -> value. Raises SettingUnreadable.
    """

    key: str
    default: str
    explanation: Text
    read: Callable[[str], Any]


def _one_of(kind: type[Preset | Language]) -> Callable[[str], Any]:
    allowed = ", ".join(kind)

    def read(text: str) -> object:
        try:
            return kind(text.casefold())
        except ValueError:
            raise SettingUnreadable(Text(zh=f"应为 {allowed} 之一", en=f"one of {allowed}")) from None

    return read


def _matching(pattern: re.Pattern[str], zh: str, en: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if not pattern.fullmatch(text.upper()):
            raise SettingUnreadable(Text(zh=zh, en=en))
        return text.upper()

    return read


def _time_zone(text: str) -> str:
    try:
        return zoneinfo.ZoneInfo(text).key
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        expected = Text(
            zh="应为时区名，例如 Asia/Shanghai", en="the name of a time zone, such as Asia/Shanghai"
        )
        raise SettingUnreadable(expected) from None


def _rates(text: str) -> tuple[tuple[str, float], ...]:
    rates: list[tuple[str, float]] = []
    for piece in _list(text):
        currency, _, number = piece.partition("=")
        try:
            rate = float(number)
        except ValueError:
            rate = 0.0
        if not _CURRENCY.fullmatch(currency.strip().upper()) or not 0 < rate < float("inf"):
            raise SettingUnreadable(Text(zh="写法：USD=7.1, HKD=0.92", en="written as USD=7.1, HKD=0.92"))
        rates.append((currency.strip().upper(), rate))
    return tuple(rates)


_DATE_ORDERS: Mapping[str, DateOrder] = MappingProxyType(
    {
        "auto": DateOrder.UNKNOWN,
        "自动": DateOrder.UNKNOWN,
        "month first": DateOrder.MONTH_FIRST,
        "先月后日": DateOrder.MONTH_FIRST,
        "day first": DateOrder.DAY_FIRST,
        "先日后月": DateOrder.DAY_FIRST,
    }
)


def _date_order(text: str) -> DateOrder:
    try:
        return _DATE_ORDERS[text.casefold()]
    except KeyError:
        expected = Text(zh="应为 自动、先月后日 或 先日后月", en="auto, month first or day first")
        raise SettingUnreadable(expected) from None


def _whole_number(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        number = text.removesuffix(".0")
        if not (_SHORT_NUMBER.fullmatch(number) and least <= int(number) <= most):
            expected = Text(zh=f"应为 {least} 到 {most} 的整数", en=f"a whole number from {least} to {most}")
            raise SettingUnreadable(expected)
        return int(number)

    return read


def _scope(text: str) -> str:
    if text.casefold() not in {"store", "门店"}:
        raise SettingUnreadable(Text(zh="应为 store 或留空", en="store, or blank"))
    return "store"


def _weights(text: str) -> tuple[tuple[str, int], ...]:
    weights: list[tuple[str, int]] = []
    for piece in _list(text):
        name, _, number = halfwidth(piece).partition("=")
        column_ids = [
            one for tab in TABS for one in (name.strip(), *columns_of(tab, name)) if one in _COLUMNS
        ]
        if not column_ids or not _WEIGHT.fullmatch(number.strip()):
            expected = Text(
                zh=f"“{piece}”看不懂；写法：手机=5, 备注=0，列名后面是 0 到 100 的整数",
                en=f"“{piece}” is no column with a number from 0 to 100; written as Mobile=5, Notes=0",
            )
            raise SettingUnreadable(expected)
        weights.append((column_ids[0], int(number)))
    return tuple(weights)


def _list(text: str) -> tuple[str, ...]:
    return tuple(piece.strip() for piece in _LIST_MARK.split(text) if piece.strip())


def _folded_list(text: str) -> frozenset[str]:
    return frozenset(piece.casefold() for piece in _list(text))


SETTINGS: tuple[Setting, ...] = (
    Setting(
        key="preset",
        default="retail",
        explanation=Text(
            zh="业务类型：retail 零售、b2b 企业客户、ecommerce 电商；决定哪些列必填",
            en="Kind of business: retail, b2b or ecommerce; decides which columns are required",
        ),
        read=_one_of(Preset),
    ),
    Setting(
        key="language",
        default="zh",
        explanation=Text(zh="管家写入表格的语言：zh 或 en", en="Language Steward writes in: zh or en"),
        read=_one_of(Language),
    ),
    Setting(
        key="time_zone",
        default="Asia/Shanghai",
        explanation=Text(zh="“今天”按哪个时区算", en="The time zone that decides what today is"),
        read=_time_zone,
    ),
    Setting(
        key="default_country",
        default="CN",
        explanation=Text(
            zh="没写国家的行按哪国的号码规则检查，两个字母",
            en="Country of rows that name none, two letters; decides how phones are read",
        ),
        read=_matching(_COUNTRY, "应为两个字母的国家代码，例如 CN", "a two-letter country code such as CN"),
    ),
    Setting(
        key="area_code",
        default="",
        explanation=Text(
            zh="座机没写区号时用的区号，例如 010；留空则只提醒",
            en="Area code of local numbers without one, such as 312; blank only warns",
        ),
        read=_matching(_AREA_CODE, "应为 1 到 5 位数字", "one to five digits"),
    ),
    Setting(
        key="base_currency",
        default="CNY",
        explanation=Text(
            zh="金额默认的币种，三个字母", en="Currency of amounts that name none, three letters"
        ),
        read=_matching(
            _CURRENCY, "应为三个字母的币种代码，例如 CNY", "a three-letter currency code such as CNY"
        ),
    ),
    Setting(
        key="rates",
        default="",
        explanation=Text(
            zh="其他币种折合默认币种，例如 USD=7.1, HKD=0.92",
            en="What other currencies are worth in the base currency, such as USD=7.1, HKD=0.92",
        ),
        read=_rates,
    ),
    Setting(
        key="date_order",
        default="auto",
        explanation=Text(
            zh="03/04/2024 这样的日期怎么读：自动、先月后日、先日后月",
            en="How dates such as 03/04/2024 are read: auto, month first, day first",
        ),
        read=_date_order,
    ),
    Setting(
        key="placeholders",
        default=_DEFAULT_PLACEHOLDERS,
        explanation=Text(
            zh="这些内容等于没填，逗号分隔", en="Texts that stand for nothing, separated by commas"
        ),
        read=_folded_list,
    ),
    Setting(
        key="email_domains",
        default=_DEFAULT_EMAIL_DOMAINS,
        explanation=Text(
            zh="常用邮箱域名，用来发现 qq.con 这类笔误",
            en="Common mail domains, to notice slips such as qq.con",
        ),
        read=_list,
    ),
    Setting(
        key="shared_contact_rows",
        default="5",
        explanation=Text(
            zh="一个电话或邮箱出现在超过这么多行时，不再当作重复的证据",
            en="A phone or e-mail on more rows than this no longer counts as evidence of a duplicate",
        ),
        read=_whole_number(2, 1000),
    ),
    Setting(
        key="unique_within",
        default="",
        explanation=Text(
            zh="会员号、信用代码、税号在什么范围内唯一：留空为整个登记表，store 为每家门店",
            en="Where a member number or tax id is unique: blank for the register, store for each store",
        ),
        read=_scope,
    ),
    Setting(
        key="issue_lines",
        default="20000",
        explanation=Text(zh="“问题清单”最多写多少行", en="Most lines the Issues tab may hold"),
        read=_whole_number(100, _MOST_LINES),
    ),
    Setting(
        key="quality_required",
        default="3",
        explanation=Text(
            zh="算数据质量时，必填的格子抵其他格子几个",
            en="How many other cells a required cell is worth in the quality score",
        ),
        read=_whole_number(1, 100),
    ),
    Setting(
        key="quality_warning",
        default="50",
        explanation=Text(
            zh="算数据质量时，有提醒的格子还剩百分之几；有错误的为 0",
            en="Percent that is left of a cell with a warning in the quality score; an error leaves nothing",
        ),
        read=_whole_number(0, 100),
    ),
    Setting(
        key="quality_weights",
        default="",
        explanation=Text(
            zh="算数据质量时某些列另有分量，例如 手机=5, 门店=0；0 表示不算",
            en="Columns of another weight in the quality score, such as Mobile=5, Store=0; 0 leaves one out",
        ),
        read=_weights,
    ),
)
"""Every setting of a register, in the order of the tab."""


def defaults(**texts: str) -> TeamSettings:
    """Give the settings of a new register; `texts` replace defaults, as a person would type them.

    Raises:
        SettingUnreadable: A text cannot be read.
    """
    settings = TeamSettings()
    for setting in SETTINGS:
        text = texts.get(setting.key, setting.default)
        if text:
            settings = replace(settings, **{setting.key: setting.read(text)})
    return settings


def check_text(key: str, text: str) -> Text | None:
    """Say what a setting should be when a text cannot be read as one; None when it can, or is blank."""
    if text:
        try:
            next(setting for setting in SETTINGS if setting.key == key).read(text)
        except SettingUnreadable as problem:
            return problem.expected
    return None
