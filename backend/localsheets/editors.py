"""How often people do what to a tab: a seed, a rate and kinds of edits. What they do to it is in `edited`."""

from dataclasses import dataclass
from math import exp
from random import Random

from backend.localsheets.edits import ON_ROWS, Edit, Typist, type_text

_MOST = 20.0


@dataclass(frozen=True, slots=True)
class Editors:
    """People at a sheet. The same seed, rate and kinds, and the same calls, give the same edits again.

    Attributes:
        seed: What chance starts from.
        rate: Edits before each call of the tool, on average; their number has a Poisson distribution.
        kinds: The kinds chance chooses from, all as likely; what cannot be done just then is left undone.
        types: Gives what people type.
        caller: The account the people are signed in with; the server's own when left out.
    """

    seed: int
    rate: float
    kinds: tuple[Edit, ...] = ON_ROWS
    types: Typist = type_text
    caller: str | None = None

    def __post_init__(self) -> None:
        """Refuse a rate nobody can keep up, and people who know nothing to do."""
        if not 0 <= self.rate <= _MOST:
            msg = f"The rate of edits is {self.rate}; it has to lie between 0 and {_MOST:g}."
            raise ValueError(msg)
        if not self.kinds:
            msg = "There are to be edits, but no kinds are given."
            raise ValueError(msg)

    def edits_before_a_call(self, chance: Random) -> int:
        """Draw how many edits happen before the next call.

        Source: D. E. Knuth, The Art of Computer Programming, volume 2, section 3.4.1, algorithm Q.
        """
        limit, count, product = exp(-self.rate), 0, chance.random()
        while product > limit:
            count += 1
            product *= chance.random()
        return count
