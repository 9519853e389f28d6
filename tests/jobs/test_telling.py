from __future__ import annotations

from types import MappingProxyType

from backend.core.quality import ColumnQuality, Quality
from backend.jobs.telling import quality


def points(score: int, *others: tuple[str, Quality], **columns: int) -> Quality:
    return Quality(
        score=score,
        filled=score / 100,
        rows={},
        columns={name: ColumnQuality(filled=one / 100, score=one) for name, one in columns.items()},
        others=MappingProxyType(dict(others)),
    )


def test_the_weakest_columns_are_named_and_those_that_lack_nothing_are_not() -> None:
    said = [one.en for one in quality(points(90, city=40, gender=70, email=100))]

    weakest = "City 40 (40% filled), Gender 70 (70% filled)"
    assert said == [f"Quality 90 of 100; 90% of what should be filled is. Weakest: {weakest}."]


def test_another_tab_is_told_of_where_something_in_it_is_weak() -> None:
    weak, whole = points(80, amount=60), points(100, amount=100)

    told = [one.zh for one in quality(points(100, ("Transactions", weak)))]

    assert told == [
        "数据质量 100 分（满分 100），该填的填了 100%。",
        "“交易”页 80 分，该填的填了 80%。最弱：金额 60 分（填了 60%）。",
    ]
    assert len(list(quality(points(100, ("Transactions", whole))))) == 1
