"""Every exception of Sheet Steward, as one tree.

StewardError
├── FileError                a file that comes in or goes out
│   ├── FileMissing
│   ├── FileIsFolder
│   ├── FileUnreadable
│   ├── FileUnwritable
│   ├── FileEmpty
│   ├── FileNotATable
│   ├── FileUnsafe           zip bomb, macros, links to other files
│   ├── FileTooLarge
│   ├── EncodingUnknown
│   ├── ExportKindUnknown
│   ├── TabNotInFile
│   ├── TabsDiffer
│   ├── QuoteNotClosed
│   ├── HeaderMissing
│   ├── HeaderTwice
│   ├── NameNotInFile
│   ├── NothingToCompare
│   ├── RowTooLong
│   ├── CellHasNul
│   └── CellTooLong
├── SheetError               the spreadsheet: its tabs, its columns, its service
│   ├── SpreadsheetMissing
│   ├── RegisterUnknown
│   ├── RegisterExists
│   ├── TabMissing
│   ├── HeadersMissing
│   ├── NameColumnMissing
│   ├── ColumnTwice
│   ├── ColumnDisagrees
│   ├── BlockMissing
│   ├── BlockTorn
│   ├── ArchiveTorn
│   ├── RegisterEmpty
│   ├── SpreadsheetUnknown
│   ├── NotAdoptable         a spreadsheet that init cannot take over
│   ├── AccessDenied
│   ├── ApiDisabled
│   ├── RequestRefused
│   ├── ServiceBusy
│   ├── ServiceUnreachable
│   └── AnswerUnclear        a write that may or may not have been carried out
├── SettingsError            the settings of the process
│   ├── HomeUnusable
│   ├── CredentialsUnusable
│   ├── CredentialsRefused
│   ├── ClockWrong
│   ├── OptionUnreadable
│   └── MappingUnreadable
└── RunError                 a run that cannot start or cannot go on
    ├── JobUnknown
    ├── JobArgumentsWrong
    ├── RunMissing
    ├── AlreadyRunning
    ├── JournalUnreadable
    ├── JournalUnwritable
    ├── NothingToUndo
    ├── RegisterMade
    ├── LeaseLost
    ├── NoTierRules
    └── StoppedMidway

An error is raised only when the caller can act on it. Bad data is not an error: a check returns issues.
"""

from __future__ import annotations

from backend.errors.files import (
    CellHasNul,
    CellTooLong,
    EncodingUnknown,
    ExportKindUnknown,
    FileEmpty,
    FileIsFolder,
    FileMissing,
    FileNotATable,
    FileTooLarge,
    FileUnreadable,
    FileUnsafe,
    FileUnwritable,
    HeaderMissing,
    HeaderTwice,
    NameNotInFile,
    NothingToCompare,
    QuoteNotClosed,
    RowTooLong,
    TabNotInFile,
    TabsDiffer,
)
from backend.errors.root import (
    FileError,
    RunError,
    SettingsError,
    SheetError,
    StewardError,
)
from backend.errors.runs import (
    AlreadyRunning,
    HomeUnusable,
    JobArgumentsWrong,
    JobUnknown,
    JournalUnreadable,
    JournalUnwritable,
    LeaseLost,
    MappingUnreadable,
    NothingToUndo,
    NoTierRules,
    OptionUnreadable,
    RegisterMade,
    RunMissing,
    StoppedMidway,
)
from backend.errors.service import (
    AccessDenied,
    AnswerUnclear,
    ApiDisabled,
    ClockWrong,
    CredentialsRefused,
    CredentialsUnusable,
    RequestRefused,
    ServiceBusy,
    ServiceUnreachable,
    SpreadsheetMissing,
)
from backend.errors.sheets import (
    ArchiveTorn,
    BlockMissing,
    BlockTorn,
    ColumnDisagrees,
    ColumnTwice,
    HeadersMissing,
    NameColumnMissing,
    NotAdoptable,
    RegisterEmpty,
    RegisterExists,
    RegisterUnknown,
    SpreadsheetUnknown,
    TabMissing,
)

__all__ = [
    "AccessDenied",
    "AlreadyRunning",
    "AnswerUnclear",
    "ApiDisabled",
    "ArchiveTorn",
    "BlockMissing",
    "BlockTorn",
    "CellHasNul",
    "CellTooLong",
    "ClockWrong",
    "ColumnDisagrees",
    "ColumnTwice",
    "CredentialsRefused",
    "CredentialsUnusable",
    "EncodingUnknown",
    "ExportKindUnknown",
    "FileEmpty",
    "FileError",
    "FileIsFolder",
    "FileMissing",
    "FileNotATable",
    "FileTooLarge",
    "FileUnreadable",
    "FileUnsafe",
    "FileUnwritable",
    "HeaderMissing",
    "HeaderTwice",
    "HeadersMissing",
    "HomeUnusable",
    "JobArgumentsWrong",
    "JobUnknown",
    "JournalUnreadable",
    "JournalUnwritable",
    "LeaseLost",
    "MappingUnreadable",
    "NameColumnMissing",
    "NameNotInFile",
    "NoTierRules",
    "NotAdoptable",
    "NothingToCompare",
    "NothingToUndo",
    "OptionUnreadable",
    "QuoteNotClosed",
    "RegisterEmpty",
    "RegisterExists",
    "RegisterMade",
    "RegisterUnknown",
    "RequestRefused",
    "RowTooLong",
    "RunError",
    "RunMissing",
    "ServiceBusy",
    "ServiceUnreachable",
    "SettingsError",
    "SheetError",
    "SpreadsheetMissing",
    "SpreadsheetUnknown",
    "StewardError",
    "StoppedMidway",
    "TabMissing",
    "TabNotInFile",
    "TabsDiffer",
]
