"""How duplicates are found in a register, wherever they are looked for: by a run, a check or an import."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from backend.core.duplicates import Decisions, find_duplicates
from backend.core.duplicates.decisions import UNDECIDED
from backend.core.fields import email
from backend.core.match_rules import NO_LINES, MatchLines, parse_match_rules
from backend.core.pair_decisions import read_decisions

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    import pandas as pd

    from backend.core.duplicates import Duplicates, MatchRules, RowKey
    from backend.core.snapshot import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicatePolicy:
    """What a team decided about duplicates.

    Attributes:
        max_shared: A contact on more rows than this is no evidence, where no line says anything else.
        matches: What the MatchRules tab says.
        decisions: What people decided about pairs of rows, by sheet row.
    """

    max_shared: int
    matches: MatchLines = NO_LINES
    decisions: Decisions = UNDECIDED

    def rules(self, columns: Collection[str]) -> MatchRules:
        """Give the rules for rows that have these columns of Customers."""
        return self.matches.rules(columns, max_shared=self.max_shared)

    def for_arrivals(self, names: Mapping[RowKey, RowKey]) -> DuplicatePolicy:
        """Give the policy for rows that arrive, the register's rows called by other names.

        Two rows that people keep apart teach the weights, and do not keep a third row from being like both:
        such a row belongs to neither until somebody says so.
        """
        same, apart = (
            tuple((names[a], names[b]) for a, b in pairs if a in names and b in names)
            for pairs in (self.decisions.same, self.decisions.apart)
        )
        return replace(self, decisions=Decisions(same=same, lessons=apart))

    def search(self, values: pd.DataFrame) -> Duplicates:
        """Search rows for duplicates.

        Args:
            values: Normalised values of Customers, '' where there is none; columns = field ids.
        """
        rules = self.rules(values.columns)
        frame = values[[field.column for field in rules.fields]].copy()
        if "email" in frame:
            frame["email"] = frame["email"].map(email.key)
        return find_duplicates(frame, rules, self.decisions)


def read_policy(snapshot: Snapshot, max_shared: int, *, today: date) -> DuplicatePolicy:
    """Give the policy of a register; what cannot be read in its tabs is left out, and told by the next run.

    Args:
        snapshot: The register.
        max_shared: What its settings say.
        today: The day.
    """
    matches, _ = parse_match_rules(snapshot.get("MatchRules"), today=today)
    ids = snapshot["Customers"].cells("row_id").astype(str)
    carried = Counter(ids)
    named = zip(ids, ids.index.tolist(), strict=True)
    rows = {row_id: row for row_id, row in named if row_id and carried[row_id] == 1}
    decisions, _ = read_decisions(snapshot.get("Duplicates"), rows, today=today)
    return DuplicatePolicy(max_shared=max_shared, matches=matches, decisions=decisions)
