"""The only procedure with effects: lock, read, plan, guard, write, verify, record."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from backend.core.block import unsettled_rows
from backend.core.journal import entries_of
from backend.core.rules import read_rules, read_settings
from backend.core.standing import unsettled_of
from backend.core.tool_tabs import run_line
from backend.errors import AnswerUnclear, NothingToUndo, NoTierRules, RunMissing
from backend.jobs.catalogue import UNDO, find_job, load_plan
from backend.jobs.job import Task
from backend.jobs.recording import Progress, Recorder
from backend.jobs.rounds import Attempt, Memory, line_cells, outcome_of_rounds
from sheets_schema.model import Language

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from backend.core.journal import JournalEntry
    from backend.core.snapshot import Snapshot
    from backend.jobs.job import Job, Outcome, PlanFunction
    from backend.ports import Clock, Journal, Register, RunLedger, RunRecord

ROUNDS = 24
"""How often rows that people moved under a write are read, planned and written again.

In a sheet nobody edits one is enough; with an edit before every second request, a round settles all in one of
five cases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Runner:
    """Carries out jobs on registers.

    Attributes:
        draw: Gives so many bytes nobody can guess, for new row ids.
    """

    ledger: RunLedger
    journal: Journal
    clock: Clock
    draw: Callable[[int], bytes] = secrets.token_bytes

    def run(
        self,
        job: Job,
        register: Register,
        *,
        requested_by: str,
        arguments: Mapping[str, object] = MappingProxyType({}),
        preview: bool = False,
        progress: Progress | None = None,
    ) -> Outcome:
        """Run a job on a register, from the lock to the record.

        Args:
            job: What to do.
            register: Where.
            requested_by: Who asked, for the ledger.
            arguments: What the job is to work on.
            preview: Stop before anything is written, and say what would be.
            progress: Who is told how far it is.

        Raises:
            JobArgumentsWrong: The job does not take these arguments, or the sheet has no such row.
            AlreadyRunning: Another run holds the register.
            StoppedMidway: Something ended the run after it had begun to write.
            StewardError: The run was refused or failed; the ledger says which, and why.
        """
        job.read_arguments(arguments)
        record = self._recorder.new_record(
            job.name,
            register.spreadsheet_id,
            register.name,
            requested_by=requested_by,
            preview=preview,
            arguments=arguments,
        )
        return self.carry_out(self.ledger.begin(record), register, progress, job=job)

    def undo(
        self,
        run_id: str,
        register: Register,
        *,
        requested_by: str,
        preview: bool = False,
        progress: Progress | None = None,
    ) -> Outcome:
        """Take back what a run wrote, where it still stands; a run of its own, which can be undone as well.

        Args:
            run_id: The run.
            register: Where it ran.
            requested_by: Who asked, for the ledger.
            preview: Stop before anything is written, and say what would be.
            progress: Who is told how far it is.

        Raises:
            NothingToUndo: The journal has nothing of this run.
            JournalUnreadable: The key is not the one the journal was written with.
            AlreadyRunning, StoppedMidway, StewardError: As `run`.
        """
        if not self.journal.knows(run_id):
            raise NothingToUndo(run_id)
        record = self._recorder.new_record(
            UNDO.name,
            register.spreadsheet_id,
            register.name,
            requested_by=requested_by,
            preview=preview,
            arguments={"run_id": run_id},
        )
        return self.carry_out(self.ledger.begin(record), register, progress)

    def carry_out(
        self,
        record: RunRecord,
        register: Register,
        progress: Progress | None = None,
        *,
        job: Job | None = None,
        must_leave: Callable[[], bool] = bool,
        result_of: Callable[[Outcome], Mapping[str, object]] | None = None,
    ) -> Outcome:
        """Carry out a run that was taken from the ledger, whatever its job.

        Args:
            record: The run, with the token it was taken with.
            register: Where.
            progress: Who is told how far it is.
            job: What to do; without it, the job of the name that the record says.
            must_leave: Whether this process has to leave; asked at each stage and after each write.
            result_of: Gives what the run shows to who asked for it, which is kept for some hours.

        Raises:
            RunHandedBack: This process has to leave; what was written is right, and another one goes on.
            LeaseLost: Another process has taken the run.
            RunCancelled: It was cancelled before anything was written.
            JobUnknown, JobArgumentsWrong, RunMissing, NothingToUndo: It cannot be carried out.
            StoppedMidway, StewardError: As `run`.
        """
        progress = progress or Progress()
        with self._recorder.recording(record, progress, must_leave=must_leave):
            progress.wrote = record.token > 1 and self.journal.knows(record.run_id)
            outcome = self._outcome_of(record, register, progress, job)
            if result_of is not None:
                self.ledger.keep_result(record.run_id, record.token, result_of(outcome))
            self._recorder.end(
                record,
                state=outcome.state,
                counts=outcome.counts,
                plan_hash=outcome.plan_hash,
                rules_hash=outcome.rules_hash,
            )
        return outcome

    def _outcome_of(
        self, record: RunRecord, register: Register, progress: Progress, job: Job | None
    ) -> Outcome:
        if record.job != UNDO.name:
            job = job or find_job(record.job)
            job.read_arguments(record.arguments)
            plan_of = with_arguments(load_plan(job), record.arguments)
            return self._carry_out(plan_of, register, record, progress)
        entries = self._entries_to_undo(record)
        if any(entry.is_by_hand for entry in entries):
            from backend.jobs.undo_import import ImportUndo  # noqa: PLC0415 - few undos need it

            return ImportUndo(journal=self.journal).carry_out(entries, register, record, progress)
        from backend.jobs.undo import plan as undo_plan  # noqa: PLC0415 - the same

        plan_of = partial(undo_plan, entries=entries)
        return self._carry_out(plan_of, register, record, progress)

    def _entries_to_undo(self, record: RunRecord) -> Sequence[JournalEntry]:
        """Give what a run changed that is to be undone; a run of another spreadsheet is as good as none."""
        run_id = str(record.arguments.get("run_id", ""))
        if self.ledger.find(run_id).spreadsheet_id != record.spreadsheet_id:
            raise RunMissing(run_id)
        entries = self.journal.entries(run_id)
        if not entries:
            raise NothingToUndo(run_id)
        return entries

    @property
    def _recorder(self) -> Recorder:
        return Recorder(ledger=self.ledger, clock=self.clock)

    def _carry_out(
        self, plan_of: PlanFunction, register: Register, record: RunRecord, progress: Progress
    ) -> Outcome:
        """Read, plan and write until what was planned stands in the sheet, at most `ROUNDS` times."""
        calls_before = register.api_calls
        memory = Memory()
        last = first = self._plan(plan_of, register, record, progress, memory)
        unsettled = () if record.preview else self._write(register, first, record, progress)
        for _ in range(ROUNDS - 1):
            if record.preview or not (unsettled or last.may_make_more_clear):
                break
            if not unsettled:
                memory.known.clear()
            last = self._plan(plan_of, register, record, progress, memory)
            unsettled = self._write(register, last, record, progress)
        progress.begin("")
        conflicts = last.plan.counts["conflicts"]
        return outcome_of_rounds(
            record, first, unsettled, conflicts, register.api_calls - calls_before, progress
        )

    def _plan(
        self,
        plan_of: PlanFunction,
        register: Register,
        record: RunRecord,
        progress: Progress,
        memory: Memory,
    ) -> Attempt:
        """Read and plan, and remember what was read and what is going to be written."""
        progress.begin("stage-read")
        snapshot = register.read(hidden=memory.first is None)
        if memory.first is None and not record.preview and register.settle():
            snapshot = register.read(hidden=True)
        task = task_for(snapshot, self.clock, tell=progress.begin, draw=self.draw)
        known = MappingProxyType(dict(memory.known))
        task = replace(task, known=known, placed=frozenset(memory.placed))
        plan = plan_of(snapshot, replace(task, first=memory.first, chosen=memory.chosen))
        memory.remember(snapshot, plan)
        return Attempt(snapshot=snapshot, rules_hash=task.rules.hash, plan=plan, remembers=bool(known))

    def _write(
        self, register: Register, attempt: Attempt, record: RunRecord, progress: Progress
    ) -> tuple[int, ...]:
        """Write a plan and look at what stands there; give the rows that are not settled.

        The echo tells which rows were missed, whoever they belong to by now; a second look tells which rows
        people changed meanwhile.
        """
        runs = attempt.snapshot["Runs"]
        logged = record.run_id in set(runs.cells("run_id"))
        if attempt.plan.is_empty and (logged or not progress.wrote):
            return ()
        progress.begin("stage-write")
        self.journal.intend(record.run_id, list(entries_of(attempt.plan, attempt.snapshot)))
        line = run_line(runs, **line_cells(record, attempt))
        try:
            missed = register.write(
                attempt.plan,
                run_id=record.run_id,
                run_line=line.iloc[:0] if logged else line,
                told=progress.count,
            )
        except AnswerUnclear:
            progress.wrote = True
            return tuple(attempt.plan.after.index) or (0,)
        progress.begin("stage-verify")
        customers = register.read_customers()
        if attempt.plan.only is None:
            unclear = attempt.plan.counts["conflicts"]
            return tuple(sorted({*missed, *unsettled_rows(customers, unclear)}))
        before = attempt.snapshot["Customers"]
        return tuple(sorted({*missed, *unsettled_of(attempt.plan, customers, before)}))


def with_arguments(plan_of: PlanFunction, arguments: Mapping[str, object]) -> PlanFunction:
    """Give a plan function that is told what to work on."""
    return lambda snapshot, task: plan_of(snapshot, replace(task, arguments=arguments))


def task_for(
    snapshot: Snapshot,
    clock: Clock,
    *,
    tell: Callable[[str], None],
    draw: Callable[[int], bytes] = secrets.token_bytes,
) -> Task:
    """Give what a plan function needs besides a snapshot: the rules in it, the day, a seed nobody knows.

    Raises:
        NoTierRules: The TierRules tab has lines, and none can be used.
    """
    settings, _ = read_settings(snapshot)
    today = clock.today(settings.time_zone)
    rules, rule_issues = read_rules(snapshot, today=today)
    if not rules.tiers:
        first = next((issue for issue in rule_issues if issue.tab == "TierRules"), None)
        raise NoTierRules(*(first.message(language) for language in (Language.EN, Language.ZH) if first))
    return Task(
        today=today,
        rules=rules,
        rule_issues=rule_issues,
        seed=draw(16),
        tell=tell,
    )
