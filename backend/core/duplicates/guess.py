"""What the columns of a foreign file are: as somebody says, else by their headers, else by their cells."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from backend.core.duplicates.chinese import has_cjk
from backend.core.duplicates.normalise import fold, looks_like_company, normalise
from backend.core.duplicates.rules import FieldKind, MatchField
from backend.core.duplicates.schema_rules import KINDS
from backend.errors import MappingUnreadable
from sheets_schema import headers as schema_headers
from sheets_schema.headers import LEFT_ALONE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from sheets_schema.model import Tab

_SAMPLE = 2_000
_MOSTLY, _PARTLY = 0.6, 0.3
_LEAST_VALUES = 2
_LEAST_FILLED = 0.1
"""Share of filled cells from which a column speaks for itself."""

_KIND_NAMES: Mapping[str, FieldKind] = MappingProxyType(
    {
        **{kind.value.replace("_", ""): kind for kind in FieldKind},
        "person": FieldKind.PERSON_NAME,
        "fullname": FieldKind.PERSON_NAME,
        "given": FieldKind.GIVEN_NAME,
        "firstname": FieldKind.GIVEN_NAME,
        "forename": FieldKind.GIVEN_NAME,
        "family": FieldKind.FAMILY_NAME,
        "lastname": FieldKind.FAMILY_NAME,
        "surname": FieldKind.FAMILY_NAME,
        "companyname": FieldKind.COMPANY,
        "organisation": FieldKind.COMPANY,
        "organization": FieldKind.COMPANY,
        "mobile": FieldKind.PHONE,
        "telephone": FieldKind.PHONE,
        "mail": FieldKind.EMAIL,
        "birthdate": FieldKind.DATE,
        "id": FieldKind.IDENTIFIER,
        "zip": FieldKind.POSTCODE,
        "postalcode": FieldKind.POSTCODE,
        "city": FieldKind.TEXT,
    }
)
_COMPANY = re.compile(r"\b(company|organi[sz]ation|employer|firm|business)\b|公司|单位|企业")
_BY_HEADER: tuple[tuple[re.Pattern[str], FieldKind], ...] = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        (r"\b(first|given) (name )?and (sur|last|family) ?names?\b", FieldKind.NAME),
        (r"\b(birth ?place|place of birth)\b|籍贯", FieldKind.TEXT),
        (r"\b(given|first|fore) ?names?\b|^名$|^名字$", FieldKind.GIVEN_NAME),
        (r"\b(sur|last|family) ?names?\b|^姓$|^姓氏$", FieldKind.FAMILY_NAME),
        (r"\be ?mails?\b|邮箱|邮件|郵箱", FieldKind.EMAIL),
        (r"\b(phone|mobile|tel|telephone|cell)\b|手机|电话|手機|電話", FieldKind.PHONE),
        (r"\b(dob|birth|birthday|birthdate)\b|出生|生日", FieldKind.DATE),
        (r"\b(soc sec|social|tax|passport|member|national)\b.* (id|no|number)\b", FieldKind.IDENTIFIER),
        (r"\b(ssn|vat|uscc)\b|身份证|证件|税号|信用代码|会员号", FieldKind.IDENTIFIER),
        (r"\b(zip|postcode|postal|post code|zipcode)\b|邮编|郵編", FieldKind.POSTCODE),
        (r"\b(address|addr|street)\b|地址|住址", FieldKind.ADDRESS),
        (_COMPANY.pattern, FieldKind.COMPANY),
        (r"\b(city|town|suburb|district|locality|occupation)\b|城市|区县|职业", FieldKind.TEXT),
        (r"\b(state|province|sex|gender)\b|省份|^省$|性别", FieldKind.CHOICE),
        (r"\bname\b|^contact( person)?$|姓名|名称|联系人|客户", FieldKind.NAME),
    )
)
_PHONE = re.compile(r"\+?[\d\s()./-]{7,20}(?:\s*(?:ext|x|转).*)?")
_WRITTEN_PHONE = re.compile(r"\+|.*\d[ -]\d|1[3-9]\d{9}$")
"""What tells a phone number from any other number: a sign, a gap, or the shape of a mobile in China."""
_STREET = re.compile(
    r"\d.*\b(?:st|street|rd|road|ave?|avenue|blvd|lane|ln|dr|drive|way|court|ct|place|pl)\b|[路街巷弄].*\d+号"
)


def parse_kinds(texts: Sequence[str], file_headers: Sequence[str]) -> Mapping[str, FieldKind | None]:
    """Read `COLUMN=KIND` pairs; `-` for a column that takes no part.

    Raises:
        MappingUnreadable: A pair has no `=`, the file has no such column, or there is no such kind.
    """
    found: dict[str, FieldKind | None] = {}
    for text in texts:
        header, mark, name = (part.strip() for part in text.rpartition("="))
        if not mark or header not in file_headers:
            there = ", ".join(file_headers)
            raise MappingUnreadable(
                text, f"the file has these columns: {there}.", f"文件里有这些列：{there}。"
            )
        kind = _KIND_NAMES.get(re.sub(r"[\W_]", "", name.casefold()))
        if kind is None and name != LEFT_ALONE:
            known = ", ".join(FieldKind)
            raise MappingUnreadable(text, f"the kinds are: {known}, -.", f"可用的类别：{known}, -。")
        found[header] = kind
    return found


def guess_fields(
    frame: pd.DataFrame, said: Mapping[str, FieldKind | None], customers: Tab
) -> tuple[MatchField, ...]:
    """Decide which columns take part and as what.

    Where anybody says what a column is, the columns named are all that take part.

    Args:
        frame: The file; its columns are the headers.
        said: Kinds by header, from `parse_kinds`; None for a column that takes no part.
        customers: Tab of the schema whose headers are known.
    """
    if any(said.values()):
        return tuple(MatchField(column=header, kind=kind) for header, kind in said.items() if kind)
    kinds = {
        header: _guess(frame[header], header, customers) for header in frame.columns if header not in said
    }
    return _one_name(frame, {header: kind for header, kind in kinds.items() if kind})


def _guess(cells: pd.Series, header: str, customers: Tab) -> FieldKind | None:
    texts = [text for cell in cells.head(_SAMPLE).unique() if (text := fold(str(cell)))]
    if not texts:
        return None
    for field in schema_headers.columns_of(customers, header):
        if field in KINDS and _fits(texts, KINDS[field]):
            return KINDS[field]
    plain = _plain(header)
    for pattern, kind in _BY_HEADER:
        if pattern.search(plain):
            return kind if _fits(texts, kind) else None
    filled = sum(cell != "" for cell in cells) / len(cells)
    return _by_cells(texts) if filled >= _LEAST_FILLED and len(texts) >= _LEAST_VALUES else None


def _plain(header: str) -> str:
    return re.sub(r"[\W_]+", " ", header.casefold()).strip()


def _share(texts: Sequence[str], kind: FieldKind) -> float:
    """Give the share of the cells that look like a kind."""
    if kind is FieldKind.EMAIL:
        fitting = sum("@" in text for text in texts)
    elif kind is FieldKind.PHONE:
        fitting = sum(_PHONE.fullmatch(text) is not None and normalise(text, kind) != "" for text in texts)
    elif kind is FieldKind.ADDRESS:
        fitting = sum(_STREET.search(text) is not None for text in texts)
    elif kind is FieldKind.DATE:
        return float(_dates(texts))
    else:
        fitting = len(texts)
    return fitting / len(texts)


def _fits(texts: Sequence[str], kind: FieldKind) -> bool:
    return kind is FieldKind.ADDRESS or _share(texts, kind) >= _PARTLY


def _by_cells(texts: Sequence[str]) -> FieldKind | None:
    for kind in (FieldKind.EMAIL, FieldKind.ADDRESS):
        if _share(texts, kind) >= _MOSTLY:
            return kind
    written = sum(_WRITTEN_PHONE.match(text) is not None for text in texts)
    if min(_share(texts, FieldKind.PHONE), written / len(texts)) >= _MOSTLY and not _dates(texts):
        return FieldKind.PHONE
    if sum(map(_chinese_name, texts)) >= _MOSTLY * len(texts):
        return FieldKind.NAME
    return None


def _dates(texts: Sequence[str]) -> bool:
    days = [normalise(text, FieldKind.DATE) for text in texts]
    return sum(re.fullmatch(r"\d{4}-\d\d-\d\d", day) is not None for day in days) >= _PARTLY * len(texts)


def _chinese_name(text: str) -> bool:
    short = has_cjk(text) and 2 <= len(text) <= 4  # noqa: PLR2004  # the length of a Chinese name
    return short or (has_cjk(text) and looks_like_company(text) and "公司" in text)


def _companies(kinds: Mapping[str, FieldKind]) -> Mapping[str, FieldKind]:
    """Tell companies from persons where the names stand in several columns."""
    named = {header for header, kind in kinds.items() if kind in {FieldKind.NAME, FieldKind.FAMILY_NAME}}
    firms = {
        header for header in named if _COMPANY.search(_plain(header)) and kinds[header] is FieldKind.NAME
    }
    if firms == named:
        return kinds
    return {header: FieldKind.COMPANY if header in firms else kind for header, kind in kinds.items()}


def _one_name(frame: pd.DataFrame, kinds: Mapping[str, FieldKind]) -> tuple[MatchField, ...]:
    """Keep one column of full names, the one with most values; none beside given and family names.

    A column of companies beside other names is one of companies.
    """
    kinds = _companies(kinds)
    names = [header for header, kind in kinds.items() if kind is FieldKind.NAME]
    split = {FieldKind.GIVEN_NAME, FieldKind.FAMILY_NAME} <= set(kinds.values())
    kept = "" if split or not names else max(names, key=lambda header: frame[header].nunique())
    return tuple(
        MatchField(column=header, kind=kind)
        for header, kind in kinds.items()
        if kind is not FieldKind.NAME or header == kept
    )
