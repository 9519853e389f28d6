from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from backend.core.duplicates import FieldKind as K
from backend.core.duplicates import MatchField, MatchRules, find_duplicates
from backend.core.duplicates.guess import guess_fields
from sheets_schema.model import Preset
from sheets_schema.presets import register

if TYPE_CHECKING:
    from collections.abc import Iterable

TRUTH = Path(__file__).parents[4] / "shared" / "truth" / "duplicates"
PEOPLE = {
    "given_name": K.GIVEN_NAME,
    "surname": K.FAMILY_NAME,
    "street_number": K.TEXT,
    "address_1": K.ADDRESS,
    "address_2": K.TEXT,
    "suburb": K.TEXT,
    "postcode": K.POSTCODE,
    "state": K.CHOICE,
    "date_of_birth": K.DATE,
    "soc_sec_id": K.IDENTIFIER,
}
SITES = {"Site name": K.NAME, "Address": K.ADDRESS, "Zip": K.POSTCODE, "Phone": K.PHONE}
MAILS = {
    "first_name": K.GIVEN_NAME,
    "surname": K.FAMILY_NAME,
    "dob": K.DATE,
    "city": K.TEXT,
    "email": K.EMAIL,
}
TABLES = {"name": K.COMPANY, "addr": K.ADDRESS, "city": K.TEXT, "phone": K.PHONE, "type": K.CHOICE}
SETS = (
    ("febrl3.csv", PEOPLE, 0.998),
    ("fake_1000.csv", MAILS, 0.92),
    ("chicago_childcare.csv", SITES, 0.88),
    ("chicago_childcare.csv", {**SITES, "Site name": K.COMPANY}, 0.88),
    ("fodors_zagats_phone.csv", TABLES, 0.96),
)


def pairs_of(groups: Iterable[Iterable[int]]) -> set[tuple[int, ...]]:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def labelled(file: str) -> pd.DataFrame:
    if not (TRUTH / file).exists():
        pytest.skip(f"the labelled set {file} is not beside the repository, in ../shared/truth/duplicates")
    return pd.read_csv(TRUTH / file, dtype=str, keep_default_na=False)


@pytest.mark.parametrize(("file", "kinds", "least"), SETS, ids=[f"{s[0]}-{i}" for i, s in enumerate(SETS)])
def test_groups_match_the_labels_unseen(file: str, kinds: dict[str, K], least: float) -> None:
    fields = tuple(MatchField(column=name, kind=kind) for name, kind in kinds.items())

    assert_groups_match(labelled(file), fields, least)


@pytest.mark.parametrize(("file", "least"), {(file, least) for file, _, least in SETS})
@pytest.mark.parametrize("named", [True, False], ids=["headers", "no headers"])
def test_groups_match_the_labels_where_nobody_says_what_the_columns_are(
    file: str, least: float, *, named: bool
) -> None:
    frame = labelled(file)
    given = frame.drop(columns=["cluster_id", "rec_id", "id", "source"], errors="ignore")
    plain = given if named else given.set_axis([f"c{i}" for i in range(len(given.columns))], axis=1)

    fields = guess_fields(plain, {}, register(Preset.RETAIL).tab("Customers"))

    told = plain.assign(cluster_id=frame["cluster_id"])
    assert_groups_match(told, fields, least - (0 if named else 0.01), surely=0.97 if named else 0.95)


def assert_groups_match(
    frame: pd.DataFrame, fields: tuple[MatchField, ...], least: float, surely: float = 0.97
) -> None:
    truth = pairs_of(frame.groupby("cluster_id").groups.values())

    found = find_duplicates(frame, MatchRules(fields=fields))

    grouped = pairs_of(found.groups)  # type: ignore[arg-type]
    certain = found.pairs[found.pairs.strength == "certain"]
    right = sum(pair in truth for pair in zip(certain.a, certain.b, strict=True))
    assert 2 * len(grouped & truth) / (len(grouped) + len(truth)) >= least
    assert right / len(certain) >= surely
