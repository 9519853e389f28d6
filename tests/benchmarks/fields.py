"""Benchmark of the fields: `make bench-fields`, some minutes. What is printed was measured just now.

First the short cuts of phone and e-mail against the libraries, and random texts as resident ids, a million
each; then how many distinct cells a second each kind reads, cold.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from backend.core.fields import NORMALISERS, email, phone, resident_id  # noqa: E402
from backend.core.fields.field import State  # noqa: E402
from sheets_schema.model import Kind  # noqa: E402
from tests.core.fields.made_up import (  # noqa: E402
    CONTEXT,
    addresses,
    library_address,
    library_phone,
    phones,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from backend.core.fields.field import Cell, Field

MILLION = 1_000_000
DISTINCT = 20_000
_OURS = frozenset({"placeholder", "email-domain-typo"})
"""Findings that go beyond the libraries."""
_ID_SIGNS = "0123456789Xx ×-十abc"


def main() -> None:
    """Compare with the libraries, then measure; exit 1 when one answer differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=MILLION, help="inputs to compare")
    count = parser.parse_args().count
    differing = (
        _compare("phone", phone.normalise, phones(count, seed=1), library_phone)
        + _compare("email", email.normalise, addresses(count, seed=2), library_address)
        + _survive(count)
    )
    for kind, cells in _cells().items():
        _measure(kind, cells)
    sys.exit(1 if differing else 0)


def _compare(
    name: str,
    normalise: Callable[..., Field],
    texts: Iterator[str],
    library: Callable[[str], str],
) -> int:
    """Count the texts that we and the library read in another form, or only one of the two reads."""
    ours = theirs = 0.0
    asked = different = 0
    for text in texts:
        start = time.perf_counter()
        field = normalise(text, CONTEXT)
        middle = time.perf_counter()
        expected = library(text)
        theirs += time.perf_counter() - middle
        ours += middle - start
        asked += 1
        said = field.value if field.state is State.VALID else ""
        different += said != expected and not _OURS.intersection(field.issues)
    print(
        f"{name:12} {asked:>9,} inputs  {different} differ"
        f"  ours {asked / ours:>9,.0f}/s  library {asked / theirs:>8,.0f}/s"
    )
    return different


def _survive(count: int) -> int:
    """Read random texts as resident ids: none may raise."""
    draw = random.Random(3)
    start = time.perf_counter()
    for _ in range(count):
        resident_id.normalise("".join(draw.choices(_ID_SIGNS, k=draw.randrange(22))), CONTEXT)
    seconds = time.perf_counter() - start
    print(f"{'resident id':12} {count:>9,} random texts, none raised, {count / seconds:,.0f}/s")
    return 0


def _measure(kind: Kind, cells: list[Cell]) -> None:
    normalise = NORMALISERS[kind]
    start = time.perf_counter()
    for cell in cells:
        normalise(cell, CONTEXT)
    seconds = time.perf_counter() - start
    print(f"{kind.value:12} {len(cells):>9,} distinct cells  {len(cells) / seconds:>9,.0f}/s")


def _cells() -> dict[Kind, list[Cell]]:
    """Distinct cells as they stand in a register."""
    draw = random.Random(4)
    numbers = [draw.randrange(10**9) for _ in range(DISTINCT)]
    days = [date(1950, 1, 1) + timedelta(days=number % 27_000) for number in numbers]
    streets = ("浙江省杭州市西湖区文三路{}号", "北京朝阳区建国路{}号", "深圳南山区科技园{}栋", "人民路{}号")
    return {
        Kind.PHONE: list(phones(DISTINCT, seed=5)),
        Kind.EMAIL: list(addresses(DISTINCT, seed=6)),
        Kind.DATE: [f"{day:%Y年%m月%d日}" if day.day % 2 else f"{day:%Y/%m/%d}" for day in days],
        Kind.NAME: [f"{draw.choice('张王李赵陈')}{chr(0x4E00 + n % 20_000)}" for n in numbers],
        Kind.COMPANY: [f"杭州{chr(0x4E00 + n % 20_000)}信科技{n % 97}有限公司" for n in numbers],
        Kind.ADDRESS: [draw.choice(streets).format(n) for n in numbers],
        Kind.POSTCODE: [f"{310_000 + n % 9_000}" for n in numbers],
        Kind.RESIDENT_ID: [_id(day, n) for day, n in zip(days, numbers, strict=True)],
        Kind.MONEY: [f"¥{n % 10**6:,}.50" if n % 2 else f"{n % 10**4}.{n % 10}万" for n in numbers],
        Kind.PERCENT: [f"{n % 10_000 / 100}%" for n in numbers],
        Kind.URL: [f"https://www.acme{n}.cn/about?id={n}" for n in numbers],
        Kind.WECHAT: [f"wxid_{n}" for n in numbers],
        Kind.TEXT: [f"备注 {n}" for n in numbers],
        Kind.NUMBER: [f"{n:,}" for n in numbers],
    }


def _id(day: date, number: int) -> str:
    digits = f"330106{day:%Y%m%d}{number % 1000:03d}"
    return digits + resident_id.check_character(digits)


if __name__ == "__main__":
    main()
