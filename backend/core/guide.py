"""The reference page: every column, kind, setting, problem and error, drawn from the product itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend import errors
from backend.core.team_settings import SETTINGS
from backend.core.wording import WORDS
from backend.core.wording.kinds import KINDS
from sheets_schema.model import Owner, Severity
from sheets_schema.presets import TABS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sheets_schema.model import Column

_INTRODUCTION = """# Reference / 参考

This page is written by `steward guide --out docs`; a test fails when it is out of date.
本页由 `steward guide --out docs` 生成；内容过期时测试会失败。
"""


def reference_page() -> str:
    """Give the whole page as Markdown."""
    return "\n".join([_INTRODUCTION, *_columns(), *_kinds(), *_settings(), *_problems(), *_errors()]) + "\n"


def _columns() -> Iterator[str]:
    yield "## Tabs and columns / 页和列\n"
    yield "Recognised by either header, by the other names, in any order. S: written by Steward.\n"
    for tab in TABS:
        yield f"### {tab.id} {tab.label.zh}\n"
        yield f"{tab.help.en}. {tab.help.zh}。\n"
        header = ("Field", "Header", "Kind", "", "Presets", "Other names", "Meaning")
        yield from _table(header, [_column(column) for column in tab.columns])


def _column(column: Column) -> Sequence[str]:
    marks = [
        "S" if column.owner is Owner.STEWARD else "",
        f"required ({column.required})" if column.required else "",
        "unique" if column.unique else "",
    ]
    return (
        f"`{column.id}`",
        column.label.both,
        column.kind.value,
        ", ".join(mark for mark in marks if mark),
        ", ".join(sorted(preset.value for preset in column.presets)) or "when present",
        ", ".join(column.aliases),
        f"{column.help.zh}。{column.help.en}.",
    )


def _kinds() -> Iterator[str]:
    yield "## Kinds of value / 内容类型\n"
    yield "How the cells of a column are checked, the right form, and other forms that are read too.\n"
    rows = [
        (
            kind.value,
            f"{words.meaning.zh}。{words.meaning.en}.",
            f"`{words.example}`",
            ", ".join(f"`{cell}`" for cell in words.also),
        )
        for kind, words in KINDS.items()
    ]
    yield from _table(("Kind", "What is taken", "Right form", "Read too"), rows)


def _settings() -> Iterator[str]:
    yield "## Settings / 设置\n"
    yield "Lines of the Settings tab. A blank value means the default; a line that cannot be read is named.\n"
    rows = [
        (f"`{setting.key}`", setting.default or "–", f"{setting.explanation.zh}。{setting.explanation.en}.")
        for setting in SETTINGS
    ]
    yield from _table(("Setting", "Default", "Meaning"), rows)


def _problems() -> Iterator[str]:
    yield "## Problems / 问题代码\n"
    yield "What the Issues tab and the column Issues may say; words in braces are filled in.\n"
    for severity in reversed(Severity):
        yield f"### {severity.value}\n"
        rows = [
            (f"`{code}`", words.zh, words.en)
            for code, words in sorted(WORDS.items())
            if words.severity is severity
        ]
        yield from _table(("Code", "中文", "English"), rows)


def _errors() -> Iterator[str]:
    yield "## Errors / 错误代码\n"
    yield "What a command says when it stops, and the exit code it leaves.\n"
    kinds = [getattr(errors, name) for name in errors.__all__]
    rows = [
        (f"`{kind.code}`", str(kind.exit_code), (kind.__doc__ or "").splitlines()[0])
        for kind in sorted(kinds, key=lambda kind: str(kind.code))
    ]
    yield from _table(("Code", "Exit", "Meaning"), rows)


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(header) + " |"
    yield "| " + " | ".join("---" for _ in header) + " |"
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |"
    yield ""
