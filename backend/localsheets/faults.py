"""Which fault befalls which call: a closed list of kinds, a script, or a seed and a rate.

    adapter = LocalSheetsAdapter(FaultyService(server, Faults.seeded(seed=7, rate=0.1)))
    adapter = LocalSheetsAdapter(FaultyService(server, Faults.scripted({3: Fault.RESET_AFTER_APPLY})))

What a fault does is in `faulty`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random
from types import MappingProxyType
from urllib.parse import urlsplit

from backend.localsheets.transport import reads


class Fault(StrEnum):
    """A kind of fault. `BEFORE_APPLY`: the request was not carried out; `AFTER_APPLY`: it was."""

    TOO_MANY_REQUESTS = "too-many-requests"
    DRIVE_RATE_LIMIT = "drive-rate-limit"
    TOKEN_EXPIRED = "token-expired"  # noqa: S105 - a name, not a secret
    PERMISSION_REVOKED = "permission-revoked"
    INTERNAL_ERROR = "internal-error"
    INTERNAL_ERROR_AFTER_APPLY = "internal-error-after-apply"
    UNAVAILABLE = "unavailable"
    UNAVAILABLE_AFTER_APPLY = "unavailable-after-apply"
    BAD_GATEWAY_PAGE = "bad-gateway-page"
    BAD_GATEWAY_PAGE_AFTER_APPLY = "bad-gateway-page-after-apply"
    NOT_CONNECTED = "not-connected"
    RESET_BEFORE_APPLY = "reset-before-apply"
    RESET_AFTER_APPLY = "reset-after-apply"
    TIME_OUT_BEFORE_APPLY = "time-out-before-apply"
    TIME_OUT_AFTER_APPLY = "time-out-after-apply"
    LATE_APPLY = "late-apply"
    DUPLICATE_DELIVERY = "duplicate-delivery"
    CUT_SHORT = "cut-short"
    TRUNCATED_JSON = "truncated-json"
    GARBLED_JSON = "garbled-json"
    EMPTY_ANSWER = "empty-answer"
    FEWER_RANGES = "fewer-ranges"
    STALE_READ = "stale-read"
    SLOW = "slow"
    KILLED_BEFORE_APPLY = "killed-before-apply"
    KILLED_AFTER_APPLY = "killed-after-apply"


LASTING = frozenset({Fault.PERMISSION_REVOKED, Fault.KILLED_BEFORE_APPLY, Fault.KILLED_AFTER_APPLY})
"""After these the client cannot go on by itself; they happen only when they are named."""

PASSING: tuple[Fault, ...] = tuple(fault for fault in Fault if fault not in LASTING)
"""What a client has to live with."""

_WRITES_ONLY = frozenset({Fault.LATE_APPLY, Fault.DUPLICATE_DELIVERY})
_MOST_LATE = 4
_RANGED = ("batchGet", "batchGetByDataFilter", "batchUpdate", "batchUpdateByDataFilter")


def suits(fault: Fault, method: str, url: str) -> bool:
    """Tell whether a fault can befall a request: only a read is stale, only several ranges can be fewer."""
    if fault is Fault.STALE_READ:
        return reads(method, url)
    if fault is Fault.FEWER_RANGES:
        _, is_ranged, action = urlsplit(url).path.rpartition("/values:")
        return bool(is_ranged) and action in _RANGED
    return fault not in _WRITES_ONLY or not reads(method, url)


class FaultImpossibleError(Exception):
    """A script names what cannot befall the request; no ValueError, which clients take for bad JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Faults:
    """The faults of one run. The same script, or the same seed, rate and kinds, give the same faults again.

    Attributes:
        script: The fault of a call, by its number, counted from 1.
        seed: What chance starts from.
        rate: The part of the other calls that a fault befalls, 0 to 1.
        kinds: The kinds chance chooses from, all as likely.
    """

    script: Mapping[int, Fault] = field(default_factory=lambda: MappingProxyType({}))
    seed: int = 0
    rate: float = 0.0
    kinds: tuple[Fault, ...] = PASSING

    def __post_init__(self) -> None:
        """Refuse what cannot be: a rate outside 0 to 1, or none to choose from."""
        if not 0 <= self.rate <= 1:
            msg = f"The rate of faults is {self.rate}; it has to lie between 0 and 1."
            raise ValueError(msg)
        if self.rate and not self.kinds:
            msg = "There are to be faults, but no kinds are given."
            raise ValueError(msg)

    @classmethod
    def scripted(cls, script: Mapping[int, Fault]) -> "Faults":
        """Give the faults of the calls that are named, by number, and no others."""
        return cls(script=MappingProxyType(dict(script)))

    @classmethod
    def seeded(cls, seed: int, rate: float, kinds: Iterable[Fault] = PASSING) -> "Faults":
        """Give faults that befall a part of all calls, drawn by chance from a seed."""
        return cls(seed=seed, rate=rate, kinds=tuple(kinds))

    def befalling(self, number: int, method: str, url: str) -> Fault | None:
        """Give the fault of a call, or None; it depends on the number and the request alone.

        Raises:
            FaultImpossibleError: The script names a fault that cannot befall this request.
        """
        planned = self.script.get(number)
        if planned is not None and not suits(planned, method, url):
            msg = f"Call {number}, {method} {urlsplit(url).path}, cannot meet with {planned}."
            raise FaultImpossibleError(msg)
        if planned is not None or not self.rate:
            return planned
        chance = Random(f"{self.seed}/{number}")  # noqa: S311 - faults are drawn by chance on purpose
        if chance.random() >= self.rate:
            return None
        possible = [kind for kind in self.kinds if suits(kind, method, url)]
        return chance.choice(possible) if possible else None

    def lateness(self, number: int) -> int:
        """Give how many calls later a call that comes late is carried out, 1 to 4."""
        return Random(f"{self.seed}/{number}/late").randint(1, _MOST_LATE)  # noqa: S311 - the same
