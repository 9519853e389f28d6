"""What a person sees: sentences, tables and progress; plain text where there is no terminal."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table
from rich.text import Text

from backend.core.wording import say
from backend.settings import spoken

if TYPE_CHECKING:
    from backend.errors import StewardError
    from sheets_schema.model import Language
    from sheets_schema.model import Text as Bilingual

Told = Callable[[str, int, int], None]
"""Called with the code of a stage, steps done and steps to do (0 where they are not counted)."""

_PLAIN_WIDTH = 118
_ROWS_NAMED = 20

_STAGES = (
    "stage-read",
    "stage-check",
    "stage-tier",
    "stage-duplicates",
    "stage-plan",
    "stage-write",
    "stage-verify",
)
"""Stages of a run, in their order."""

_LONG_LIST = 1_000
"""Elements from which a list of an answer is written one element a line: a tenth of the time and memory."""
_REFUSED = 3
"""Exit code of errors that are found before anything is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """Standard output and error, in one language.

    Attributes:
        language: What is said.
        as_json: Whether only one JSON object goes to standard output.
    """

    language: Language
    as_json: bool = False
    out: Console = field(default_factory=lambda: _console(stderr=False))
    err: Console = field(default_factory=lambda: _console(stderr=True))

    def say(self, code: str, **params: object) -> None:
        """Say a sentence, unless only JSON is wanted."""
        if not self.as_json:
            self.out.print(say(code, self.language, **params), markup=False, highlight=False, soft_wrap=True)

    def say_line(self, text: str) -> None:
        """Say a line that is worded already, unless only JSON is wanted."""
        if not self.as_json:
            self.out.print(_plain(text), markup=False, highlight=False, soft_wrap=True)

    def say_text(self, text: Bilingual) -> None:
        """Say a sentence that is worded in both languages already, unless only JSON is wanted."""
        self.say_line(text.to(self.language))

    def say_aside(self, code: str, **params: object) -> None:
        """Say a sentence on standard error."""
        self.err.print(say(code, self.language, **params), markup=False, highlight=False, soft_wrap=True)

    def table(self, title: str, columns: Mapping[str, bool], rows: Sequence[Sequence[str]]) -> None:
        """Show a table.

        Args:
            title: Its title, as text.
            columns: Code of each column's heading, and whether it holds numbers.
            rows: Texts.
        """
        if self.as_json:
            return
        table = Table(
            title=title, title_justify="left", title_style="bold", header_style="bold", box=box.SIMPLE_HEAD
        )
        for code, numbers in columns.items():
            table.add_column(
                say(code, self.language), justify="right" if numbers else "left", no_wrap=numbers
            )
        for row in rows:
            table.add_row(*(Text(_plain(text)) for text in row))
        self.out.print(table)

    def give(self, answer: Mapping[str, object]) -> None:
        """Print the one JSON object, when that is wanted."""
        if self.as_json:
            self.out.file.writelines(pieces(answer))

    def fail(self, problem: StewardError) -> None:
        """Say what went wrong, on standard error; as JSON on standard output when that is wanted."""
        self.give({"ok": False, "error": {"code": problem.code, "message": problem.to(self.language)}})
        self.err.print(_plain(problem.to(self.language)), markup=False, highlight=False, soft_wrap=True)
        if problem.exit_code == _REFUSED:
            self.say_aside("nothing-written")

    @contextmanager
    def progress(self) -> Iterator[Told]:
        """Show how far something is: a bar on a terminal, else a line a stage, on standard error."""
        if self.as_json:
            yield lambda _stage, _done, _total: None
        elif self.err.is_terminal:
            yield from self._bar()
        else:
            yield self._line

    def _bar(self) -> Iterator[Told]:
        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=self.err, transient=True) as bar:
            task = bar.add_task("", total=None)

            def told(stage: str, done: int, total: int) -> None:
                before = _STAGES.index(stage) if stage in _STAGES else 0
                stages = len(_STAGES) if stage in _STAGES else 1
                share = done / total if total else 0.0
                words = say(stage, self.language)
                bar.update(task, description=words, completed=before + share, total=stages)

            yield told

    def _line(self, stage: str, done: int, _total: int) -> None:
        if done == 0:
            self.say_aside(stage)


def open_screen(language: Language | None = None, *, as_json: bool = False) -> Screen:
    """Give the screen of this process, in the language of the environment unless another is named."""
    return Screen(language=language or spoken(os.environ), as_json=as_json)


def some_rows(rows: Iterable[int], named: Callable[[int], object] = int) -> str:
    """Give rows as they stand in a sentence, the first of many, each as it is named."""
    numbers = sorted(rows)
    first = ", ".join(str(named(number)) for number in numbers[:_ROWS_NAMED])
    return first + (", …" if len(numbers) > _ROWS_NAMED else "")


def _console(*, stderr: bool) -> Console:
    console = Console(stderr=stderr)
    return console if console.is_terminal else Console(stderr=stderr, width=_PLAIN_WIDTH)


def _plain(text: str) -> str:
    """Give a text without what moves the cursor, breaks the line or cannot be encoded."""
    return "".join(char if char.isprintable() else " " for char in text)


def pieces(answer: Mapping[str, object]) -> Iterator[str]:
    """Give the text of a JSON object piece by piece; of a long list each element is a line of its own."""
    if not any(isinstance(value, list) and len(value) > _LONG_LIST for value in answer.values()):
        yield json.dumps(answer, ensure_ascii=False, indent=2) + "\n"
        return
    for number, (name, value) in enumerate(answer.items()):
        yield f"{',' if number else '{'}\n  {json.dumps(name, ensure_ascii=False)}: "
        if isinstance(value, list) and len(value) > _LONG_LIST:
            for place, element in enumerate(value):
                yield f"{',' if place else '['}\n    {json.dumps(element, ensure_ascii=False)}"
            yield "\n  ]"
        else:
            yield json.dumps(value, ensure_ascii=False)
    yield "\n}\n"
