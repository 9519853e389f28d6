"""The root of the tree of errors and its branches."""

from __future__ import annotations


class StewardError(Exception):
    """The root of the tree: what is wrong, with which value, and what to do now, in two languages.

    Attributes:
        code: The kind of error in kebab-case: a contract with scripts and with the guide.
        exit_code: What the command line leaves behind: 1 failed, 2 usage, 3 refused, 4 partly done.
        en: The message in English.
        zh: The message in Chinese.
    """

    code = "steward-error"
    exit_code = 1

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.en = en
        self.zh = zh

    def to(self, language: str) -> str:
        """Give the message in a language: "zh", else English."""
        return self.zh if language == "zh" else self.en


class FileError(StewardError):
    """A file cannot be read or written; nothing of it was taken over."""

    code = "file-error"
    exit_code = 3


class SheetError(StewardError):
    """The spreadsheet is not as it must be."""

    code = "sheet-error"


class SettingsError(StewardError):
    """The settings of the process cannot be used."""

    code = "settings-error"
    exit_code = 2


class RunError(StewardError):
    """A run cannot start or cannot go on."""

    code = "run-error"
