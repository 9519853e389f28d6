"""What the columns of a foreign file are: as somebody says, else by their headers, else by their cells."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from backend.core.duplicates.chinese import has_cjk
from backend.core.duplicates.guess_cells import SAMPLE, fits, kind_of, who_and_where
from backend.core.duplicates.normalise import fold
from backend.core.duplicates.rules import FieldKind, MatchField
from backend.core.duplicates.schema_rules import KINDS
from backend.errors import MappingUnreadable
from sheets_schema import headers as schema_headers
from sheets_schema.headers import LEFT_ALONE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from sheets_schema.model import Tab

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
_NAMING = frozenset(
    {
        FieldKind.NAME,
        FieldKind.PERSON_NAME,
        FieldKind.GIVEN_NAME,
        FieldKind.FAMILY_NAME,
        FieldKind.COMPANY,
    }
)
_PARTS = frozenset({FieldKind.GIVEN_NAME, FieldKind.FAMILY_NAME})
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
        (r"\b(dob|born|birth|birthday|birthdate)\b|出生|生日", FieldKind.DATE),
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
    kinds: dict[str, FieldKind] = {}
    untold: list[str] = []
    for header in frame.columns.difference(list(said), sort=False):
        texts = [text for cell in frame[header].head(SAMPLE).unique() if (text := fold(str(cell)))]
        told, kind = _by_header(texts, header, customers)
        kind = kind or (None if told else _by_cells(frame[header], texts))
        if kind:
            kinds[header] = kind
        elif not told:
            untold.append(header)
    named = [header for header, kind in kinds.items() if kind in _NAMING]
    kinds.update(who_and_where(frame[[*named, *untold]], named))
    return _one_name(frame, {header: kinds[header] for header in frame.columns if header in kinds})


def _by_header(texts: Sequence[str], header: str, customers: Tab) -> tuple[bool, FieldKind | None]:
    """Say whether a header tells what its column is, and the kind, where cells and kind go together."""
    plain = _plain(header)
    fields = schema_headers.columns_of(customers, header)
    kinds = [KINDS[field] for field in fields if field in KINDS]
    kinds += [kind for pattern, kind in _BY_HEADER if pattern.search(plain)][:1]
    kinds += [kind for name, kind in _KIND_NAMES.items() if name == plain.replace(" ", "")]
    fitting = [kind for kind in kinds if texts and fits(texts, kind)]
    return bool(fields or kinds), fitting[0] if fitting else None


def _by_cells(cells: pd.Series, texts: Sequence[str]) -> FieldKind | None:
    filled = sum(cell != "" for cell in cells) / len(cells)
    return kind_of(texts) if filled >= _LEAST_FILLED and len(texts) >= _LEAST_VALUES else None


def _plain(header: str) -> str:
    return re.sub(r"[\W_]+", " ", header.casefold()).strip()


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
    """Keep one column of full names, that with most values; beside parts of names only one that holds them.

    A column of companies beside other names is one of companies.
    """
    kinds = _companies(kinds)
    names = [header for header, kind in kinds.items() if kind is FieldKind.NAME]
    parts = {kind: header for header, kind in kinds.items() if kind in _PARTS}
    if len(parts) == len(_PARTS):
        given = parts[FieldKind.GIVEN_NAME]
        names = [header for header in names if _tells(frame[header], frame[given])]
    kept = max(names, key=lambda header: frame[header].nunique(), default="")
    return tuple(
        MatchField(column=header, kind=kind)
        for header, kind in kinds.items()
        if kind is not FieldKind.NAME or header == kept
    )


def _tells(whole: pd.Series, part: pd.Series) -> bool:
    """Say whether names in one column mostly hold what another column says of them."""
    rows = [
        (fold(str(name)), fold(str(piece)))
        for name, piece in zip(whole.head(SAMPLE), part.head(SAMPLE), strict=True)
        if name != "" and piece != ""
    ]
    held = sum(piece in (name if has_cjk(name) else _plain(name).split()) for name, piece in rows)
    return held > len(rows) / 2
