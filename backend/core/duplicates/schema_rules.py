"""The default rules for a register of the schema: which of its columns say what about a customer."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from backend.core.duplicates.rules import FieldKind, MatchField, MatchRules

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

KINDS: Mapping[str, FieldKind] = MappingProxyType(
    {
        "full_name": FieldKind.NAME,
        "mobile": FieldKind.PHONE,
        "phone_2": FieldKind.PHONE,
        "email": FieldKind.EMAIL,
        "wechat_id": FieldKind.IDENTIFIER,
        "uscc": FieldKind.IDENTIFIER,
        "tax_id": FieldKind.IDENTIFIER,
        "member_no": FieldKind.IDENTIFIER,
        "birth_date": FieldKind.DATE,
        "address_line": FieldKind.ADDRESS,
        "postal_code": FieldKind.POSTCODE,
    }
)
"""What each column of Customers is evidence of; the others say nothing about who a customer is."""


def default_rules(columns: Collection[str], *, max_shared: int) -> MatchRules:
    """Give the rules for a register that has these columns.

    Args:
        columns: Field ids of Customers that the sheet has.
        max_shared: A contact on more rows than this is no evidence.
    """
    fields = tuple(MatchField(column=name, kind=kind) for name, kind in KINDS.items() if name in columns)
    return MatchRules(fields=fields, max_shared=max_shared)
