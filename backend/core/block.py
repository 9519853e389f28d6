"""The tool block as it is to be: for each customer its id, tier, status, issues, duplicate and reasons."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from backend.core import signature
from backend.core.fields import date
from backend.core.ownership import DOUBTED, assign
from backend.core.tiers.explain import explain_override, explain_tier, tier_label
from backend.core.wording import say
from sheets_schema.choices import STATUSES, TIERS
from sheets_schema.headers import plain
from sheets_schema.model import Language, Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from backend.core.checks.facts import Facts
    from backend.core.issues import Issue
    from backend.core.ownership import Identities
    from backend.core.snapshot import TabRead
    from backend.core.tiers.override import Override
    from backend.core.tiers.tiering import Figures
    from sheets_schema.model import Column

LONGEST_TEXT = 1_000
"""Most characters of a text of ours in a cell (faults.md, 46)."""

_SHORT = (30, 10, 0)
"""Most characters of a problem in the cell `issues`: fewer where there are many problems."""

STATUS_LABELS = {choice.code: choice.label for choice in STATUSES}
_TIER_CODES = {
    plain(text): choice.code for choice in TIERS for text in (choice.code, choice.label.zh, choice.label.en)
}


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What was decided about each customer, by sheet row.

    Attributes:
        figures: `Figures` of each row.
        overrides: Tiers set by hand that are in force.
        duplicate_of: Row id of the suggested survivor, for rows that may be a duplicate of it.
    """

    figures: Mapping[int, Figures]
    overrides: Mapping[int, Override]
    duplicate_of: Mapping[int, str]

    def tier(self, row: int) -> str:
        """Give the code of a row's tier."""
        override = self.overrides.get(row)
        return override.tier if override is not None else self.figures[row].tier


def marks(column: Column) -> tuple[str, str]:
    """Give how the cell `issues` names a column, in Chinese and in English."""
    return f"【{column.label.zh}】", f"[{column.label.en}]"


def build_block(
    facts: Facts, issues: Sequence[Issue], answers: Answers, *, signs: bool = True
) -> pd.DataFrame:
    """Give the tool block of every row that may be written, as `build_lines`, and a blank one for each ghost.

    Args:
        facts: The register.
        issues: Everything that was found.
        answers: Tiers and duplicates.
        signs: Whether the rows are signed; where nothing is written, no signature is asked for.
    """
    rows = facts.identities.ids
    lines = build_lines(facts, issues, answers, rows=rows, signs=signs)
    return block_frame(facts.customers.read, facts.identities, lines)


def build_lines(
    facts: Facts, issues: Sequence[Issue], answers: Answers, *, rows: Collection[int], signs: bool = True
) -> dict[int, tuple[object, ...]]:
    """Give the tool block of those of some rows that may be written.

    Args:
        facts: The register.
        issues: Everything that was found.
        answers: Tiers and duplicates.
        rows: Which rows.
        signs: As in `build_block`.

    Returns:
        The cells of the block by row, in the order of its columns; `sig` without the run's id. A row whose id
        is unclear is not there, or, when it alone carries that id, without a tier and marked.
    """
    read = facts.customers.read
    language = facts.rules.settings.language
    hashes = hashes_of(read, rows) if signs else {}
    by_row = by_customer(issues)
    since = _since(read, answers, facts, rows)
    lines: dict[int, tuple[object, ...]] = {}
    for row, row_id in facts.identities.ids.items():
        if row not in rows:
            continue
        found = by_row.get(row, ())
        if row in facts.identities.doubted:
            lines[row] = doubted_line(read, facts.identities.doubted[row], found, language)
        if row_id == "":
            continue
        short, full = texts_of(read, found, language)
        block = (
            row_id,
            tier_label(answers.tier(row), language),
            STATUS_LABELS[worst(found)].to(language),
            short,
            answers.duplicate_of.get(row, ""),
            full,
            _cut(reason(facts, answers, row, language), LONGEST_TEXT),
            since[row],
        )
        sig = signature.unsigned(row_id, hashes[row], signature.block_hash(block[1:])) if signs else ""
        lines[row] = (*block, sig)
    return lines


def hashes_of(read: TabRead, rows: Collection[int]) -> Mapping[int, tuple[str, str, str]]:
    """Give the hashes of some rows (see `signature.hashes`), by row."""
    some = replace(read, frame=read.frame[read.frame.index.isin(list(rows))])
    hashes = signature.hashes(some)
    return dict(zip(hashes.index, hashes.itertuples(index=False, name=None), strict=True))


def block_frame(
    read: TabRead, identities: Identities, lines: Mapping[int, tuple[object, ...]]
) -> pd.DataFrame:
    """Give the blocks to write as a frame: those given, and those that are taken away.

    Args:
        read: Customers as read.
        identities: Which row has data.
        lines: Blocks by row, cells in the order of the block's columns.
    """
    return framed(read, {**lines, **cleared_lines(read, identities)})


def cleared_lines(read: TabRead, identities: Identities) -> dict[int, tuple[object, ...]]:
    """Give blank lines for ghosts, and the lines of rows that carry the id of another row, without it."""
    lines: dict[int, tuple[object, ...]] = dict.fromkeys(
        ghosts(read, identities), ("",) * len(read.tab.block)
    )
    for row in identities.borrowed:
        _, *answers, sig = (read.cells(column.id).at[row] for column in read.tab.block)
        lines[row] = ("", *answers, signature.without_run(sig))
    return lines


def framed(read: TabRead, lines: Mapping[int, tuple[object, ...]]) -> pd.DataFrame:
    """Give blocks by row as a frame: index = sheet row, columns = the block's columns."""
    columns = [column.id for column in read.tab.block]
    return pd.DataFrame(
        [lines[row] for row in sorted(lines)], index=sorted(lines), columns=columns, dtype=object
    )


def differing(read: TabRead, block: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give the rows of the block that have to be written, as they are and as they are to be.

    A row is written when its planned block differs from the block read, or its signature does not prove
    this id, these inputs and this block.
    """
    before = pd.DataFrame({name: read.cells(name) for name in block.columns}).loc[block.index]
    answers = [name for name in block.columns if name != "sig"]
    same = (before[answers] == block[answers]).all(axis=1)
    signed = before["sig"].map(signature.without_run) == block["sig"]
    changed = ~(same & signed)
    return before[changed], block[changed]


def unproven_rows(read: TabRead) -> tuple[int, ...]:
    """Give the rows that carry an id but whose signature does not prove id, inputs and block together."""
    names = [column.id for column in read.tab.block if column.id not in ("row_id", "sig")]
    hashes = signature.hashes(read).itertuples(index=False)
    blocks = zip(*(read.cells(name).tolist() for name in names), strict=True)
    rows = zip(read.frame.index, read.cells("row_id"), read.cells("sig"), hashes, blocks, strict=True)
    return tuple(
        row
        for row, row_id, sig, found, block in rows
        if row_id != ""
        and signature.without_run(sig) != signature.unsigned(row_id, found, signature.block_hash(block))
    )


def foreign_rows(read: TabRead) -> tuple[int, ...]:
    """Give rows beside whose id the block of another stands: a write that people moved rows under."""
    return tuple(row for row, row_id, sig, _ in _signed_blocks(read) if sig and sig.row_id != row_id)


def unsigned_rows(read: TabRead) -> tuple[int, ...]:
    """Give rows beside whose id the block of another stands: people moved rows under a write."""
    return tuple(
        row
        for row, row_id, sig, block in _signed_blocks(read)
        if not sig or sig.row_id != row_id or sig.block != signature.block_hash(block)
    )


def _signed_blocks(
    read: TabRead,
) -> Iterator[tuple[int, str, signature.Signature | None, tuple[object, ...]]]:
    """Give row, id, signature and answers of each row that carries an id."""
    names = [column.id for column in read.tab.block if column.id not in ("row_id", "sig")]
    blocks = zip(*(read.cells(name).tolist() for name in names), strict=True)
    rows = zip(read.frame.index, read.cells("row_id"), read.cells("sig"), blocks, strict=True)
    return ((row, row_id, signature.parse(sig), block) for row, row_id, sig, block in rows if row_id != "")


def unsettled_rows(read: TabRead, unclear: int | None = None) -> tuple[int, ...]:
    """Give the rows that need another write: new ones, copies, ghosts, and those that are not proven.

    A row of which it is not clear whose it is needs a person, not a write; but it has to be said.

    Args:
        read: Customers as read.
        unclear: Of how many rows it was said that it is not clear whose they are; with more of them now, all
            are given. Without it none is.
    """
    identities = assign(read, seed=b"looking")
    wanted = identities.ids
    ids = read.cells("row_id").to_dict()
    unsettled = {row for row, row_id in wanted.items() if row_id and row_id != ids[row]}
    unsettled |= {row for row in unproven_rows(read) if wanted.get(row)}
    if unclear is not None and len(identities.unclear) > unclear:
        unsettled |= set(identities.unclear)
    return tuple(sorted(unsettled | set(cleared_lines(read, identities))))


def doubted_line(
    read: TabRead, sig: signature.Signature, issues: Sequence[Issue], language: Language
) -> tuple[object, ...]:
    """Give the block of a row that may be somebody else's: no answer, the signature kept but marked."""
    marked = signature.unsigned(sig.row_id, (sig.inputs, sig.name, sig.contact), DOUBTED)
    short, full = texts_of(read, issues, language)
    return (sig.row_id, "", STATUS_LABELS[worst(issues)].to(language), short, "", full, "", "", marked)


def worst(issues: Sequence[Issue]) -> str:
    """Give the status that issues amount to: a note alone leaves a row in order."""
    ranks = [issue.severity for issue in issues]
    if Severity.ERROR in ranks:
        return "error"
    return "warning" if Severity.WARNING in ranks else "ok"


def texts_of(read: TabRead, issues: Sequence[Issue], language: Language) -> tuple[str, str]:
    """Give the problems of a row in short, and problems and notes in full with what the cell could hold.

    In short each has a few words behind the mark of its column. The colours of the team's cells hang on the
    marks, so the words give way where there are many problems.
    """
    if not issues:
        return "", ""
    said = [(_mark(read, issue, language), issue.message(language), issue) for issue in issues]
    full = (
        mark + message + (say("suggested", language, suggestion=issue.suggestion) if issue.suggestion else "")
        for mark, message, issue in said
    )
    problems = [(mark, message) for mark, message, issue in said if issue.severity is not Severity.INFO]
    short = (
        _joined(dict.fromkeys(mark + _cut(message, most) for mark, message in problems), language)
        for most in _SHORT
    )
    fitting = next((text for text in short if len(text) <= LONGEST_TEXT), "")
    return fitting, _cut(_joined(full, language), LONGEST_TEXT)


def _mark(read: TabRead, issue: Issue, language: Language) -> str:
    if not issue.column:
        return ""
    zh, en = marks(read.tab.column(issue.column))
    return zh if language is Language.ZH else f"{en} "


def _joined(said: Iterable[str], language: Language) -> str:
    return say("problem-and", language).join(said)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"[:most]


def reason(facts: Facts, answers: Answers, row: int, language: Language) -> str:
    """Give the words and numbers behind the tier of a row."""
    override = answers.overrides.get(row)
    if override is not None:
        return explain_override(override, language)
    currency = facts.rules.settings.base_currency
    return explain_tier(answers.figures[row], language, currency=currency, today=facts.today)


def by_customer(issues: Sequence[Issue]) -> dict[int, list[Issue]]:
    """Give the issues of each customer row, the worst first, else in the order they were found."""
    by_row: dict[int, list[Issue]] = {}
    for issue in sorted(issues, key=lambda issue: -issue.severity.rank):
        if issue.tab == "Customers" and issue.row:
            by_row.setdefault(issue.row, []).append(issue)
    return by_row


def _since(read: TabRead, answers: Answers, facts: Facts, rows: Collection[int]) -> Mapping[int, object]:
    """Give the day since when each customer has been in its tier: as it stands, as long as the tier does.

    It stands beside the customer's id, wherever a sort has left that.
    """
    now = date.to_serial(facts.today.isoformat())
    tiers, days = read.cells("tier").to_dict(), read.cells("tier_since").to_dict()
    homes = {row_id: row for row, row_id in read.cells("row_id").items()}
    since: dict[int, object] = {}
    for row in rows:
        home = homes.get(facts.identities.ids[row], row)
        day = days[home]
        dated = isinstance(day, int | float) and not isinstance(day, bool)
        same = _TIER_CODES.get(plain(tiers[home])) == answers.tier(row)
        since[row] = day if dated and same else now
    return since


def ghosts(read: TabRead, identities: Identities) -> list[int]:
    """Give rows in which Steward's cells are left and the team's are gone."""
    rows = [row for row in read.frame.index if row not in identities.ids]
    names = [column.id for column in read.tab.block if read.has(column.id)]
    return [row for row in rows if (read.frame.loc[row, names] != "").any()]
