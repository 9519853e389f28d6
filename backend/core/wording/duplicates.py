"""Sentences about duplicates: why two rows may be one customer."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from backend.core.wording.words import Words

if TYPE_CHECKING:
    from backend.core.wording.words import Catalogue

WORDS: Catalogue = MappingProxyType(
    {
        "match-same": Words(zh="{label}相同", en="same {label}"),
        "match-same-value": Words(zh="{label}相同 {value}", en="same {label} {value}"),
        "match-same-end": Words(zh="{label}尾号相同 {value}", en="{label} ends alike {value}"),
        "match-same-mailbox": Words(
            zh="{label}用户名相同 {value}", en="same {label} name at another domain {value}"
        ),
        "match-turned": Words(zh="{label}姓与名对调", en="{label} turned round"),
        "match-sound": Words(zh="{label}同音", en="{label} sounds alike"),
        "match-near": Words(zh="{label}相近", en="similar {label}"),
        "match-part": Words(zh="{label}大部分相同", en="{label} mostly the same"),
        "match-far": Words(zh="{label}略有相似", en="{label} a little alike"),
        "match-different": Words(zh="{label}不同", en="different {label}"),
        "match-shared": Words(
            zh="{label}相同 {value}，但有 {rows} 行共用，不计分",
            en="same {label} {value}, but {rows} rows share it, so it does not count",
        ),
        "match-prior": Words(zh="任意两行是同一客户的可能性", en="how likely any two rows are one customer"),
        "match-between": Words(zh="；", en="; "),
    }
)
