"""Seeded registers that are hard to search: families in one house, and people of the past told many times."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from backend.core.duplicates import FieldKind as K

if TYPE_CHECKING:
    from collections.abc import Callable


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


HOUSEHOLD = {
    "given": K.GIVEN_NAME,
    "family": K.FAMILY_NAME,
    "born": K.DATE,
    "street": K.ADDRESS,
    "town": K.TEXT,
    "phone": K.PHONE,
    "email": K.EMAIL,
}
PAST = {
    "full_name": K.PERSON_NAME,
    "given": K.GIVEN_NAME,
    "family": K.FAMILY_NAME,
    "born": K.DATE,
    "town": K.TEXT,
    "code": K.POSTCODE,
    "sex": K.CHOICE,
    "trade": K.CHOICE,
}
_MEN = {
    "James": "Jim Jamie",
    "Robert": "Bob Rob",
    "John": "Jack Johnny",
    "William": "Bill Will",
    "Thomas": "Tom Tommy",
    "Richard": "Dick Rick",
    "Edward": "Ted Ned",
    "Henry": "Harry Hal",
    "Mark": "Marc",
    "David": "Dave",
}
_WOMEN = {
    "Mary": "Molly Polly",
    "Margaret": "Peggy Maggie",
    "Elizabeth": "Liz Betsy",
    "Anne": "Annie",
    "Susan": "Sue",
    "Catherine": "Kate Kitty",
    "Dorothy": "Dolly",
    "Sarah": "Sally",
    "Jane": "Janey",
    "Alice": "Ally",
}
_SYLLABLES = "bar den hol mor wick ton fen gar sel lin rud ast ock per wel dray"
_STREETS = _words("Oak Elm Park Church Mill High Station Victoria Green King Queen School Bridge River")
_TRADES = _words("painter poet judge actor banker lawyer surgeon botanist composer engineer historian")


@dataclass(frozen=True, slots=True)
class _Person:
    given: str
    family: str
    born: str
    man: bool


class _Lots:
    """What is drawn by lot."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        syllables = _SYLLABLES.split()
        self.families = sorted({a + b for a in syllables for b in syllables if a != b})
        self.towns = [f"{a}{b}ham" for a, b in zip(syllables, reversed(syllables), strict=True)]

    def happens(self, share: float) -> bool:
        return self.rng.random() < share

    def one_of(self, names: list[str]) -> str:
        """Draw a name; the first ones are the common ones."""
        return names[min(int(self.rng.expovariate(4 / len(names))), len(names) - 1)]

    def given(self, *, man: bool) -> str:
        return self.one_of(list(_MEN if man else _WOMEN))

    def day(self, first: int, last: int) -> str:
        month, day = self.rng.randint(1, 12), self.rng.randint(1, 28)
        return f"{self.rng.randint(first, last)}-{month:02d}-{day:02d}"

    def phone(self) -> str:
        return f"+447{self.rng.randrange(10**9):09d}"

    def slip(self, text: str) -> str:
        at = self.rng.randrange(max(len(text) - 1, 1))
        return text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]

    def short(self, given: str) -> str:
        return self.rng.choice((_MEN | _WOMEN)[given].split()) if given in _MEN | _WOMEN else given

    def changed(self, text: str, *changes: tuple[float, Callable[[str], str]]) -> str:
        """Change a text with the first of the changes whose lot falls."""
        for share, change in changes:
            if text and self.happens(share):
                return change(text)
        return text


def _family(lots: _Lots) -> list[_Person]:
    """Draw parents and children: some sons have the father's name, some children are twins."""
    family, members = lots.one_of(lots.families).title(), []
    for number in range(lots.rng.choice((1, 2, 3, 4, 4, 5))):
        man = number == 0 or (number > 1 and lots.happens(0.5))
        years = (1945, 1975) if number < 2 else (1985, 2008)  # the parents
        given, born = lots.given(man=man), lots.day(*years)
        if man and number > 1 and lots.happens(0.12):
            given = f"{members[0].given} Jr"
        if number > 2 and lots.happens(0.1):  # the second child
            born = members[-1].born
        if given not in {member.given for member in members}:
            members.append(_Person(given, family, born, man))
    return members


def households(rows: int, *, seed: int = 1) -> tuple[pd.DataFrame, pd.Series]:
    """Make up a register of families: one address, one landline, often one mailbox.

    Returns:
        The rows, and the number of the person of each.
    """
    lots, found, people = _Lots(seed), [], 0
    while len(found) < rows:
        street = f"{lots.rng.randint(1, 180)} {lots.rng.choice(_STREETS)} Road"
        town, home = lots.one_of(lots.towns).title(), lots.phone()
        mailbox = f"{lots.one_of(lots.families)}{lots.rng.randint(1, 99)}@mail.example"
        for person in _family(lots):
            people += 1
            own = f"{person.given.split()[0].lower()}{lots.rng.randint(1, 9999)}@mail.example"
            mobile, email = lots.phone(), lots.rng.choice((mailbox, own))
            for copy in range(1 + lots.happens(0.3) + lots.happens(0.1)):
                again = float(copy > 0)
                found.append(
                    {
                        "given": lots.changed(
                            person.given, (0.2 * again, lots.short), (0.1 * again, lots.slip)
                        ),
                        "family": lots.changed(person.family, (0.1 * again, lots.slip)),
                        "born": ""
                        if lots.happens(0.15)
                        else lots.changed(person.born, (0.1 * again, lots.slip)),
                        "street": "" if lots.happens(0.1) else street,
                        "town": town,
                        "phone": lots.rng.choice((home, mobile, "")),
                        "email": lots.rng.choice((email, email, "")),
                        "person": str(people),
                    }
                )
    return _shuffled(found, rows, lots)


def people_of_the_past(rows: int, *, seed: int = 1) -> tuple[pd.DataFrame, pd.Series]:
    """Make up a register of people who died long ago, each told ten times by different sources.

    Returns:
        The rows, and the number of the person of each.
    """
    lots, found, people = _Lots(seed), [], 0
    while len(found) < rows:
        people, man, town = people + 1, lots.happens(0.8), lots.rng.randrange(len(lots.towns))
        person = _Person(lots.given(man=man), lots.one_of(lots.families), lots.day(1600, 1950), man)
        middle, trade, year = lots.given(man=man).lower(), lots.rng.choice(_TRADES), person.born[:4]
        born = f"{year}-01-01" if lots.happens(0.25) else person.born
        for _ in range(1 + int(lots.rng.expovariate(1 / 9))):
            given = lots.changed(
                person.given, (0.25, lots.short), (0.05, lambda name: name[0]), (0.05, lots.slip)
            )
            family = lots.changed(
                person.family, (0.05, lots.slip), (0.03, lambda _: lots.one_of(lots.families))
            )
            day = lots.changed(born, (0.06, lots.slip), (0.05, lambda text: f"{text[:4]}-01-01"))
            names = [given.lower(), *[middle] * lots.happens(0.4), family]
            letters = "".join(lots.rng.choices("abdefg", k=2)) if lots.happens(0.3) else "hj"
            found.append(
                {
                    "full_name": " ".join(["sir"] * lots.happens(0.1) + names),
                    "given": "" if lots.happens(0.03) else names[0],
                    "family": "" if lots.happens(0.03) else family,
                    "born": "" if lots.happens(0.08) else day,
                    "town": "" if lots.happens(0.1) else lots.towns[town],
                    "code": "" if lots.happens(0.15) else f"t{town} {people % 10}{letters}",
                    "sex": "" if lots.happens(0.2) else "male" if man else "female",
                    "trade": "" if lots.happens(0.2) else trade,
                    "person": str(people),
                }
            )
    return _shuffled(found, rows, lots)


def _shuffled(found: list[dict[str, str]], rows: int, lots: _Lots) -> tuple[pd.DataFrame, pd.Series]:
    lots.rng.shuffle(found)
    frame = pd.DataFrame(found[:rows])
    return frame.drop(columns="person"), frame["person"]
