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
│   ├── HeadersMoved
│   ├── HeadersMerged
│   ├── NameColumnMissing
│   ├── ColumnTwice
│   ├── ColumnDisagrees
│   ├── BlockMissing
│   ├── BlockTorn
│   ├── BlockMerged
│   ├── ArchiveTorn
│   ├── RegisterEmpty
│   ├── SheetTooLarge
│   ├── SpreadsheetUnknown
│   ├── NotAdoptable         a spreadsheet that init cannot take over
│   ├── AccessDenied
│   ├── CellsProtected
│   ├── ApiDisabled
│   ├── RequestRefused
│   ├── ServiceBusy
│   ├── ServiceUnreachable
│   └── AnswerUnclear        a write that may or may not have been carried out
├── SettingsError            the settings of the process
│   ├── HomeUnusable
│   ├── StoreUnusable
│   ├── StoreDamaged
│   ├── StoreLocked
│   ├── StoreOnSand          SQLite where the disk does not last
│   ├── QueueUnusable
│   ├── CredentialsUnusable
│   ├── CredentialsRefused
│   ├── ClockWrong
│   ├── OptionUnreadable
│   ├── MappingUnreadable
│   ├── AudiencesMissing
│   ├── KeyOnSand
│   └── TokenNotOurs
├── CallError                a call to the service
│   ├── NotSignedIn
│   ├── ProofNeeded
│   ├── ProofWrong
│   ├── RoleMissing
│   ├── IdWrong
│   ├── PathUnknown
│   ├── MethodWrong
│   ├── BodyTooLarge
│   ├── ContentTypeWrong
│   ├── BodyUnreadable
│   ├── FieldsWrong
│   ├── TooManyCalls
│   ├── NotReady
│   ├── ServerFault
│   ├── CallerUnknown
│   └── AuditBroken
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
    ├── RunCancelled
    ├── RunHandedBack        a process that ends lets another one go on
    ├── WorkerDied
    ├── NoTierRules
    └── StoppedMidway

An error is raised only when the caller can act on it. Bad data is not an error: a check returns issues.
"""

from __future__ import annotations

from backend.errors.callers import (
    AudiencesMissing,
    AuditBroken,
    BodyTooLarge,
    BodyUnreadable,
    CallError,
    CallerUnknown,
    ContentTypeWrong,
    FieldsWrong,
    IdWrong,
    KeyOnSand,
    MethodWrong,
    NotReady,
    NotSignedIn,
    PathUnknown,
    ProofNeeded,
    ProofWrong,
    RoleMissing,
    ServerFault,
    TokenNotOurs,
    TooManyCalls,
)
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
    QueueUnusable,
    RegisterMade,
    RunCancelled,
    RunHandedBack,
    RunMissing,
    StoppedMidway,
    StoreDamaged,
    StoreLocked,
    StoreOnSand,
    StoreUnusable,
    WorkerDied,
)
from backend.errors.service import (
    AccessDenied,
    AnswerUnclear,
    ApiDisabled,
    CellsProtected,
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
    BlockMerged,
    BlockMissing,
    BlockTorn,
    ColumnDisagrees,
    ColumnTwice,
    HeadersMerged,
    HeadersMissing,
    HeadersMoved,
    NameColumnMissing,
    NotAdoptable,
    RegisterEmpty,
    RegisterExists,
    RegisterUnknown,
    SheetTooLarge,
    SpreadsheetUnknown,
    TabMissing,
)

__all__ = [
    "AccessDenied",
    "AlreadyRunning",
    "AnswerUnclear",
    "ApiDisabled",
    "ArchiveTorn",
    "AudiencesMissing",
    "AuditBroken",
    "BlockMerged",
    "BlockMissing",
    "BlockTorn",
    "BodyTooLarge",
    "BodyUnreadable",
    "CallError",
    "CallerUnknown",
    "CellHasNul",
    "CellTooLong",
    "CellsProtected",
    "ClockWrong",
    "ColumnDisagrees",
    "ColumnTwice",
    "ContentTypeWrong",
    "CredentialsRefused",
    "CredentialsUnusable",
    "EncodingUnknown",
    "ExportKindUnknown",
    "FieldsWrong",
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
    "HeadersMerged",
    "HeadersMissing",
    "HeadersMoved",
    "HomeUnusable",
    "IdWrong",
    "JobArgumentsWrong",
    "JobUnknown",
    "JournalUnreadable",
    "JournalUnwritable",
    "KeyOnSand",
    "LeaseLost",
    "MappingUnreadable",
    "MethodWrong",
    "NameColumnMissing",
    "NameNotInFile",
    "NoTierRules",
    "NotAdoptable",
    "NotReady",
    "NotSignedIn",
    "NothingToCompare",
    "NothingToUndo",
    "OptionUnreadable",
    "PathUnknown",
    "ProofNeeded",
    "ProofWrong",
    "QueueUnusable",
    "QuoteNotClosed",
    "RegisterEmpty",
    "RegisterExists",
    "RegisterMade",
    "RegisterUnknown",
    "RequestRefused",
    "RoleMissing",
    "RowTooLong",
    "RunCancelled",
    "RunError",
    "RunHandedBack",
    "RunMissing",
    "ServerFault",
    "ServiceBusy",
    "ServiceUnreachable",
    "SettingsError",
    "SheetError",
    "SheetTooLarge",
    "SpreadsheetMissing",
    "SpreadsheetUnknown",
    "StewardError",
    "StoppedMidway",
    "StoreDamaged",
    "StoreLocked",
    "StoreOnSand",
    "StoreUnusable",
    "TabMissing",
    "TabNotInFile",
    "TabsDiffer",
    "TokenNotOurs",
    "TooManyCalls",
    "WorkerDied",
]
