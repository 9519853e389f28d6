"""The words the schema is written in: register, tab, column, kind, choice, severity."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Language(StrEnum):
    """A language people read the register in."""

    ZH = "zh"
    EN = "en"


class Severity(StrEnum):
    """How bad a finding is, the worst last."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """0 for info, 1 for warning, 2 for error."""
        return _RANKS[self]


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


class Preset(StrEnum):
    """A kind of business, which decides the tabs and columns a new register gets."""

    RETAIL = "retail"
    B2B = "b2b"
    ECOMMERCE = "ecommerce"


class Kind(StrEnum):
    """What sort of value a column holds; it decides how a cell is checked and normalised."""

    TEXT = "text"
    IDENTIFIER = "identifier"
    REFERENCE = "reference"
    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    DATE = "date"
    MONEY = "money"
    NUMBER = "number"
    INTEGER = "integer"
    CHOICE = "choice"
    BOOLEAN = "boolean"
    TAX_ID = "tax_id"
    COMPANY = "company"
    ADDRESS = "address"
    POSTCODE = "postcode"
    RESIDENT_ID = "resident_id"
    IBAN = "iban"
    PERCENT = "percent"
    AGE = "age"
    URL = "url"
    DOMAIN = "domain"
    WECHAT = "wechat"
    QQ = "qq"
    CONSENT = "consent"


class Owner(StrEnum):
    """Who writes a column: the team, or Steward."""

    TEAM = "team"
    STEWARD = "steward"


class Privacy(StrEnum):
    """How private a value is (register-schema.md, section 1)."""

    NONE = "none"
    COMPANY = "company"
    PERSONAL = "personal"
    CONTACT = "contact"
    DERIVED = "derived"
    FINANCIAL = "financial"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One text in the languages of the product."""

    zh: str
    en: str

    def to(self, language: Language) -> str:
        """Give the text in one language."""
        return self.zh if language is Language.ZH else self.en

    @property
    def both(self) -> str:
        """Give both languages, Chinese first; once where they are the same."""
        return self.zh if self.zh == self.en else f"{self.zh} / {self.en}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One value of a code list: its code, how it is shown, and how people also write it."""

    code: str
    label: Text
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a tab.

    Attributes:
        id: Field id, the contract: snake_case English, never renamed.
        label: Header text in Chinese and English.
        help: What it means, which form, one example; becomes the note on the header cell.
        aliases: Other header texts people use for the same field.
        required: Severity of the finding when a cell is blank; None when it may be.
        required_of: Code of the customer type whose rows need it; '' when it is no matter of type.
        unique: Whether two rows may not share a value.
        unique_in_store: Whether that holds within each store only, where the team says so in Settings.
        choices: The code list of a choice column.
        refers_to: `tab.column` that a reference points to.
        minimum: Smallest allowed number, inclusive.
        earliest: Oldest allowed date, ISO form.
        future_days: How many days after today a date may lie; None when any.
        follows: Dates it may not lie before: columns of the row, or `tab.column` of the customer it names.
        presets: Presets in which a new register gets the column; it is recognised in all.
        width: Column width in pixels.
        hidden: Whether the column is laid out hidden or in the collapsed group.
    """

    id: str
    label: Text
    kind: Kind
    help: Text
    aliases: tuple[str, ...] = ()
    required: Severity | None = None
    required_of: str = ""
    unique: bool = False
    unique_in_store: bool = False
    owner: Owner = Owner.TEAM
    privacy: Privacy = Privacy.NONE
    choices: tuple[Choice, ...] = ()
    refers_to: str = ""
    minimum: float | None = None
    earliest: str = ""
    future_days: int | None = None
    follows: tuple[str, ...] = ()
    presets: frozenset[Preset] = field(default_factory=lambda: frozenset(Preset))
    width: int = 120
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One tab of the register: its title, its columns in the order they are laid out.

    Attributes:
        id: Tab id, the contract: English, CamelCase, never renamed.
        one_of: Groups of column ids of which each row needs at least one.
    """

    id: str
    label: Text
    help: Text
    columns: tuple[Column, ...]
    aliases: tuple[str, ...] = ()
    owner: Owner = Owner.TEAM
    one_of: tuple[tuple[str, ...], ...] = ()
    _by_id: Mapping[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Note the columns by their id."""
        object.__setattr__(self, "_by_id", {column.id: column for column in reversed(self.columns)})

    def __hash__(self) -> int:
        """Hash the id alone: a tab is looked up for every header that is read."""
        return hash(self.id)

    def __iter__(self) -> Iterator[Column]:
        """Iterate over the columns."""
        return iter(self.columns)

    def column(self, column_id: str) -> Column:
        """Give the column with this field id.

        Raises:
            KeyError: The tab has no such column.
        """
        return self._by_id[column_id]

    @property
    def team_columns(self) -> tuple[Column, ...]:
        """Columns the team writes."""
        return tuple(column for column in self.columns if column.owner is Owner.TEAM)

    @property
    def block(self) -> tuple[Column, ...]:
        """Columns Steward writes: on Customers, the tool block."""
        return tuple(column for column in self.columns if column.owner is Owner.STEWARD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """The tabs of one preset."""

    preset: Preset
    tabs: tuple[Tab, ...]

    def tab(self, tab_id: str) -> Tab:
        """Give the tab with this id.

        Raises:
            KeyError: The register has no such tab.
        """
        for tab in self.tabs:
            if tab.id == tab_id:
                return tab
        raise KeyError(tab_id)


def column(column_id: str, zh: str, en: str, kind: Kind, help_zh: str, help_en: str, **rest: Any) -> Column:
    """Give a column with its label and help written inline; `rest` are attributes of `Column`."""
    return Column(
        id=column_id, label=Text(zh=zh, en=en), kind=kind, help=Text(zh=help_zh, en=help_en), **rest
    )


def choice(code: str, zh: str, en: str, *synonyms: str) -> Choice:
    """Give a value of a code list with its label written inline."""
    return Choice(code=code, label=Text(zh=zh, en=en), synonyms=synonyms)
