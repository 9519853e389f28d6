"""What came of a run, in sentences of both languages: the command line says them, a sidebar shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.core.issues import count_by_field
from backend.core.wording import both
from backend.jobs.catalogue import UNDO, find_job
from backend.jobs.showing import problem_text
from sheets_schema.choices import TIERS
from sheets_schema.model import Severity, Text
from sheets_schema.presets import TABS
from sheets_schema.tabs.customers import CUSTOMERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from backend.core.card import Card
    from backend.core.quality import Quality
    from backend.jobs.job import Outcome
    from sheets_schema.model import Tab

_WEAKEST = 3
_FULL_SCORE = 100
_HEADLINES = {"find-duplicates": "result-duplicates", "check-rows": "result-rows"}


def is_undo(outcome: Outcome) -> bool:
    """Say whether a run took another back; its job is then called `undo RUN`."""
    return outcome.job.partition(" ")[0] == UNDO.name


def headline(outcome: Outcome) -> Text:
    """Say in one line what was done to which register."""
    counts = outcome.counts
    if is_undo(outcome):
        return undone(outcome, outcome.job.partition(" ")[2])[0]
    if outcome.job == "customer-card":
        return both("result-customer", row=outcome.cards[0].spot, name=outcome.cards[0].name)
    return both(
        _HEADLINES.get(outcome.job, "run-title"),
        job=find_job(outcome.job).label,
        register=outcome.register,
        rows=f"{counts.get('checked', 0):,}",
        customers=f"{counts['read']:,}",
        transactions=f"{counts['transactions']:,}",
    )


def undone(outcome: Outcome, run_id: str) -> list[Text]:
    """Say how much of a run was taken back, or would be, and what stays."""
    counts = outcome.counts
    said = [
        both(
            "undo-would" if outcome.preview else "undo-done",
            run_id=run_id,
            register=outcome.register,
            cells=f"{counts['undone']:,}",
            rows=f"{counts['changed']:,}",
        )
    ]
    for name, code in (("taken_out", "undo-rows-out"), ("brought_back", "undo-rows-back")):
        if counts.get(name):
            said.append(both(code, rows=f"{counts[name]:,}"))
    for name, code in (("edited", "undo-edited"), ("gone", "undo-gone")):
        if counts[name]:
            said.append(both(code, cells=f"{counts[name]:,}"))
    return [*said, *unsettled(outcome)]


def found(outcome: Outcome) -> Iterator[Text]:
    """Say how many problems there are, how good the register is, who is in which tier, who may be twice."""
    if outcome.job == "validate-and-tier":
        yield _problems(outcome)
        yield from quality(outcome.quality)
        yield _tiers(outcome)
    groups, pairs = outcome.counts["duplicate_groups"], outcome.counts["duplicate_pairs"]
    yield both("result-pairs", groups=f"{groups:,}", pairs=f"{pairs:,}") if pairs else both("no-duplicates")


def aside(outcome: Outcome) -> Iterator[Text]:
    """Say what people should know besides: rows that are hidden, ids put right, pairs not compared."""
    counts = outcome.counts
    if counts.get("hidden") and "checked" not in counts:
        yield both("run-hidden", rows=f"{counts['hidden']:,}")
    if counts["restored"]:
        yield both("run-restored", rows=f"{counts['restored']:,}")
    if counts["not_compared"]:
        yield both("run-not-compared", pairs=f"{counts['not_compared']:,}")


def written(outcome: Outcome) -> Text:
    """Say what was written, or would be."""
    counts = outcome.counts
    code = "run-nothing-changed"
    if outcome.preview:
        code = "run-would-write"
    elif counts["changed"] or counts["lines"]:
        code = "run-written"
    return both(
        code,
        rows=f"{counts['changed']:,}",
        cells=f"{counts['cells']:,}",
        lines=f"{counts['lines']:,}",
        calls=outcome.api_calls,
        seconds=f"{sum(outcome.seconds.values()):.1f}",
        run_id=outcome.run_id,
    )


def unsettled(outcome: Outcome) -> Iterator[Text]:
    """Say how many rows a person, or another run, has to see to."""
    if outcome.unsettled:
        yield both("run-unsettled", rows=len(outcome.unsettled))
    if outcome.counts["conflicts"]:
        yield both("run-conflicts", rows=outcome.counts["conflicts"])


def quality(measured: Quality | None) -> Iterator[Text]:
    """Say how good the register is, and which columns are the weakest; of its other tabs, where they are."""
    if measured is None:
        return
    yield _points("quality", CUSTOMERS, measured)
    for tab in TABS:
        if tab.id in measured.others and _weakest(measured.others[tab.id]):
            yield _points("quality-of-tab", tab, measured.others[tab.id])


def _weakest(measured: Quality) -> list[str]:
    below = [name for name, one in measured.columns.items() if one.score < _FULL_SCORE]
    return below[:_WEAKEST]


def _points(code: str, tab: Tab, measured: Quality) -> Text:
    points = both(code, tab=tab.label, score=measured.score, filled=f"{measured.filled:.0%}")
    weakest = [
        both(
            "quality-column",
            column=tab.column(name).label,
            score=measured.columns[name].score,
            filled=f"{measured.columns[name].filled:.0%}",
        )
        for name in _weakest(measured)
    ]
    if not weakest:
        return points
    said = both("quality-weakest", columns=_joined("quality-comma", weakest))
    return Text(zh=points.zh + said.zh, en=points.en + said.en)


def customers(cards: Sequence[Card], most: int) -> Iterator[Text]:
    """Say of each customer its tier and why, its problems, and whose duplicate it may be."""
    for card in cards[:most]:
        if card.row_id:
            yield both("result-in-tier", row=card.spot, name=card.name, tier=card.reason)
        else:
            yield both("result-untiered", row=card.spot, name=card.name)
        said = [*problems(card), *alike(card)] or [both("result-no-problem")]
        yield from (Text(zh=f"· {one.zh}", en=f"· {one.en}") for one in said)
    if len(cards) > most:
        yield both("result-more-customers", customers=len(cards) - most)


def problems(card: Card) -> Iterator[Text]:
    """Say what is wrong with a customer."""
    return map(problem_text, card.problems)


def alike(card: Card) -> Iterator[Text]:
    """Say whose duplicate a customer may be."""
    for one in card.alike:
        yield both("result-alike", row=one.spot, name=one.name, strength=one.strength, evidence=one.evidence)


def orders(card: Card) -> Iterator[Text]:
    """Say what a customer ordered last."""
    for one in card.orders:
        zh, en = (
            " · ".join(part for part in (one.day, one.amount, status) if part)
            for status in (one.status.zh, one.status.en)
        )
        yield Text(zh=zh, en=en)


def parts(card: Card) -> list[tuple[Text, list[Text]]]:
    """Give a whole card as parts with a title, each of at least one line."""
    tier = card.reason if card.row_id else both("result-untiered", row=card.spot, name=card.name)
    return [
        (both("result-part-tier"), [tier]),
        (both("result-part-problems"), list(problems(card)) or [both("result-no-problem")]),
        (both("result-part-alike"), list(alike(card)) or [both("result-no-alike")]),
        (both("result-part-orders"), list(orders(card)) or [both("result-no-orders")]),
    ]


def _problems(outcome: Outcome) -> Text:
    if not outcome.issues:
        return both("no-problems")
    by_severity = count_by_field(outcome.issues).values()
    errors, warnings, notes = (
        sum(one.get(severity, 0) for one in by_severity) for severity in reversed(Severity)
    )
    return both("result-problems", errors=f"{errors:,}", warnings=f"{warnings:,}", notes=f"{notes:,}")


def _tiers(outcome: Outcome) -> Text:
    said = [
        both("result-tier", tier=choice.label, customers=f"{outcome.tiers.get(choice.code, 0):,}")
        for choice in TIERS
    ]
    return both("result-tiers", tiers=_joined("quality-comma", said))


def _joined(code: str, texts: Iterable[Text]) -> Text:
    between, said = both(code), list(texts)
    return Text(zh=between.zh.join(one.zh for one in said), en=between.en.join(one.en for one in said))
