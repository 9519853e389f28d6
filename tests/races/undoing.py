"""Undo while people edit: a run, its undo, the undo of that, and what has to be true then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.races.trial import BLOCK, ROW_ID, SIG, Findings, Template, Trial

if TYPE_CHECKING:
    from collections.abc import Mapping

UNDOS = 3


def undone(made: Template, seed: int, rate: float, **options: Any) -> Findings:
    """One run in peace, then undo upon undo while people edit: what was wrong at any time.

    Blocks are compared by row id: after an undo each one that was settled is blank or as the first run left
    it, whichever the undo was to bring; a row that people made new or changed since may be either.
    """
    trial = Trial(made, seed, rate, **options)
    try:
        last = trial.run(trial.quiet)
        wrote = _blocks(trial)
        blank = dict.fromkeys(wrote, ("",) * (BLOCK - 2))
        for number in range(UNDOS):
            outcome = trial.undo(last.run_id)
            trial.note(outcome)
            trial.check_team_cells()
            if getattr(outcome, "state", "") != "done":
                break
            wanted = wrote if number % 2 else blank
            now = _blocks(trial)
            trial.found.wrong_at_the_end += sum(now[one] != wanted[one] for one in now if one in wanted)
            last = outcome
        trial.check_ids(trial.check_settles())
        trial.check_team_cells()
        return trial.counted()
    finally:
        trial.close()


def _blocks(trial: Trial) -> Mapping[str, tuple[str, ...]]:
    """Give the block beside each row id that stands once, but for id and signature."""
    rows = [
        [str(trial.people.sheet.cell(row, place)) for place in range(BLOCK)]
        for row in range(1, len(trial.people.sheet.rows))
    ]
    people = {row - 1 for row in range(1, len(trial.people.sheet.rows)) if trial.people.truth.row(row).cells}
    rows = [cells for place, cells in enumerate(rows) if place in people]
    ids = [cells[ROW_ID] for cells in rows]
    return {
        cells[ROW_ID]: tuple(cells[1:SIG])
        for cells in rows
        if cells[ROW_ID] and ids.count(cells[ROW_ID]) == 1
    }
