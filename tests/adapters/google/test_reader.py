from typing import Any

import pytest

from backend.adapters.google.reader import Sheet, read_structure
from backend.adapters.google.unclear import block_places, refuse_too_large
from backend.errors import (
    BlockMissing,
    BlockTorn,
    ColumnDisagrees,
    ColumnTwice,
    HeadersMissing,
    NameColumnMissing,
    RegisterEmpty,
    ServiceUnreachable,
    SheetError,
    SheetTooLarge,
    SpreadsheetMissing,
    TabMissing,
)
from backend.localsheets.faults import Fault, Faults
from backend.localsheets.faulty import FaultyService
from sheets_schema.headers import HeaderLanguage
from sheets_schema.model import Preset


def names(read: Any) -> Any:
    return read.cells("full_name").tolist()


@pytest.fixture
def three(people: Any) -> Any:
    return people(3, {n: {"full_name": name} for n, name in ((1, "张三"), (2, "李四"), (3, "王五"))})


@pytest.mark.parametrize("language", HeaderLanguage)
@pytest.mark.parametrize("preset", Preset)
def test_what_was_laid_out_is_read_again(desk: Any, three: Any, language: Any, preset: Any) -> None:
    register = desk.make(three, preset=preset, language=language)

    snapshot = register.read()

    assert (names(snapshot["Customers"]), list(snapshot["Customers"].frame.index)) == (
        ["张三", "李四", "王五"],
        [2, 3, 4],
    )


def test_the_register_is_read_in_two_calls(desk: Any, three: Any) -> None:
    register = desk.make(three)

    register.read()

    assert [(sent.method, sent.path.rpartition("/")[2]) for sent in desk.wire.sent] == [
        ("GET", register.spreadsheet_id),
        ("POST", "values:batchGetByDataFilter"),
    ]


def test_a_renamed_header_is_found_by_the_columns_tag(desk: Any, three: Any) -> None:
    register = desk.make(three)
    person = desk.person(register)
    put_header(person, person.place("customer_id"), "Our number")
    put_header(person, person.place("full_name"), "谁")

    read = register.read()["Customers"]

    assert (names(read), read.cells("customer_id").tolist()) == (
        ["张三", "李四", "王五"],
        ["K00001", "K00002", "K00003"],
    )


def test_a_moved_column_is_found_by_its_tag(desk: Any, three: Any) -> None:
    register = desk.make(three)
    person = desk.person(register)
    person.move_column(person.place("full_name"), person.place("notes") + 1)

    read = register.read()["Customers"]

    assert (names(read), dict(read.binding.positions)["full_name"] > 20) == (["张三", "李四", "王五"], True)


def test_a_column_inserted_left_of_the_block_moves_everything_along(desk: Any, three: Any) -> None:
    register = desk.make(three)
    desk.person(register).insert("COLUMNS", 0)

    read = register.read()["Customers"]

    assert (names(read), block_places(read)) == (["张三", "李四", "王五"], tuple(range(1, 10)))


def untag(person: Any) -> None:
    """Take every tag of the columns away, as when a person copies the cells into a new tab."""
    lookup = {"metadataKey": "steward.column"}
    person.change(deleteDeveloperMetadata={"dataFilter": {"developerMetadataLookup": lookup}})


def test_without_tags_columns_are_found_by_their_headers(desk: Any, three: Any) -> None:
    register = desk.make(three)
    person = desk.person(register)
    untag(person)
    person.move_column(person.place("full_name"), person.place("notes") + 1)

    assert names(register.read()["Customers"]) == ["张三", "李四", "王五"]


def test_a_tab_is_found_by_its_tag_after_it_was_renamed(desk: Any, three: Any) -> None:
    register = desk.make(three)
    desk.person(register).rename_tab("大家的客户 2026")

    read = register.read()["Customers"]

    assert (read.title, names(read)) == ("大家的客户 2026", ["张三", "李四", "王五"])


def test_a_title_with_a_quote_and_a_bang_is_read(desk: Any, three: Any) -> None:
    register = desk.make(three)
    desk.person(register).rename_tab("A1!'B2'")

    assert names(register.read()["Customers"]) == ["张三", "李四", "王五"]


@pytest.mark.parametrize("rows", [1, 3, 8])
def test_title_rows_above_the_header_are_passed_over(desk: Any, three: Any, rows: Any) -> None:
    register = desk.make(three)
    person = desk.person(register)
    for _ in range(rows):
        person.insert("ROWS", 1)
    person.type_at("A1", "2026 年客户登记")

    read = register.read()["Customers"]

    assert (names(read), list(read.frame.index)) == (
        ["张三", "李四", "王五"],
        [rows + 2, rows + 3, rows + 4],
    )


def test_blank_rows_between_customers_are_no_customers(desk: Any, three: Any) -> None:
    register = desk.make([three[0], {}, three[1], {}, {}, three[2]])

    read = register.read()["Customers"]

    assert dict(zip(read.frame.index, names(read), strict=True)) == {2: "张三", 4: "李四", 7: "王五"}


def test_cells_come_as_they_stand(desk: Any, people: Any) -> None:
    cells = {"mobile": 13800138000, "notes": "=1+1", "full_name": "00123", "collected_at": 45000}
    register = desk.make(people(1, {1: cells}))

    read = register.read()["Customers"]

    assert {name: read.cells(name).iloc[0] for name in cells} == cells


def put_header(person: Any, place: Any, text: Any) -> None:
    person.change(
        updateCells={
            "start": {"sheetId": person.sheet_id(), "rowIndex": 0, "columnIndex": place},
            "rows": [{"values": [{"userEnteredValue": {"stringValue": text}}]}],
            "fields": "userEnteredValue",
        }
    )


def header_says_another_column(person: Any) -> None:
    put_header(person, person.place("mobile"), "电子邮箱")


def name_column_gone(person: Any) -> None:
    person.delete("COLUMNS", person.place("full_name"))


def column_inside_the_block(person: Any) -> None:
    person.insert("COLUMNS", 4)


def column_moved_into_the_block(person: Any) -> None:
    person.move_column(person.place("notes"), 3)


def block_column_gone(person: Any) -> None:
    person.delete("COLUMNS", person.place("sig"))


def name_twice(person: Any) -> None:
    untag(person)
    person.insert("COLUMNS", 9)
    put_header(person, 9, "姓名")


def headers_gone(person: Any) -> None:
    person.delete("ROWS", 1)


def customers_gone(person: Any) -> None:
    for _ in range(3):
        person.delete("ROWS", 2)


def tab_gone(person: Any) -> None:
    person.delete_tab()


def tab_is_something_else(person: Any) -> None:
    person.change(
        deleteDeveloperMetadata={"dataFilter": {"developerMetadataLookup": {"metadataKey": "steward.tab"}}}
    )
    person.rename_tab("Notes of 2026")


REFUSED = {
    header_says_another_column: (ColumnDisagrees, ["手机号 / Mobile", "电子邮箱", "1 of tab"]),
    name_column_gone: (NameColumnMissing, ["客户 Customers", "手机号 / Mobile"]),
    column_inside_the_block: (BlockTorn, ["E1"]),
    column_moved_into_the_block: (BlockTorn, ["D1"]),
    block_column_gone: (BlockMissing, ["签名 / Signature"]),
    name_twice: (ColumnTwice, ["J1", "客户名称 / Customer name"]),
    headers_gone: (HeadersMissing, ["客户 Customers"]),
    customers_gone: (RegisterEmpty, ["no customers"]),
    tab_gone: (TabMissing, ["交易 Transactions"]),
    tab_is_something_else: (TabMissing, ["Notes of 2026"]),
}


@pytest.mark.parametrize("edit", REFUSED, ids=lambda edit: edit.__name__)
def test_a_register_that_is_not_clear_is_refused_with_its_place(desk: Any, three: Any, edit: Any) -> None:
    register = desk.make(three)
    edit(desk.person(register))
    kind, places = REFUSED[edit]

    with pytest.raises(SheetError) as caught:
        register.read()

    missing = [place for place in places if place not in caught.value.en]
    assert (type(caught.value), caught.value.exit_code, missing) == (kind, 3, [])


def test_a_spreadsheet_that_is_gone_is_named_so(desk: Any, three: Any) -> None:
    register = desk.make(three)
    desk.client.request("delete", f"https://www.googleapis.com/drive/v3/files/{register.spreadsheet_id}")

    with pytest.raises(SpreadsheetMissing):
        register.read()


def test_a_column_that_nobody_reads_may_be_there_twice(desk: Any, three: Any) -> None:
    register = desk.make(three)
    person = desk.person(register)
    for _ in range(2):
        person.insert("COLUMNS", person.place("notes") + 1)
        put_header(person, person.place("notes") + 1, "内部")

    assert [text for text, _ in register.read()["Customers"].binding.unknown] == ["内部", "内部"]


def test_the_structure_holds_tabs_tags_and_the_block(desk: Any, three: Any) -> None:
    register = desk.make(three)

    structure = read_structure(desk.client, register.spreadsheet_id)

    assert [sheet.tab_tag for sheet in structure.sheets] == [
        "Customers",
        "Transactions",
        "Issues",
        "Duplicates",
        "Settings",
        "TierRules",
        "MatchRules",
        "Mappings",
        "Runs",
    ]
    assert structure.sheets[0].block["endColumnIndex"] == 9
    assert {place: structure.sheets[0].tags[place] for place in (0, 8)} == {0: "row_id", 8: "sig"}


def test_a_read_whose_answer_lacks_a_tab_is_made_again(desk: Any, three: Any) -> None:
    register = desk.make(three)
    desk.wire.server = FaultyService(
        desk.server, Faults.scripted({2: Fault.FEWER_RANGES, 3: Fault.FEWER_RANGES})
    )

    assert names(register.read()["Customers"]) == ["张三", "李四", "王五"]
    assert desk.wire.server.calls == 4


def test_a_service_that_never_gives_all_tabs_is_said_to_be_unreachable(desk: Any, three: Any) -> None:
    register = desk.make(three)
    desk.wire.server = FaultyService(desk.server, Faults.seeded(seed=1, rate=1, kinds=[Fault.FEWER_RANGES]))

    with pytest.raises(ServiceUnreachable, match=r"\(\d+ of \d+ ranges\)"):
        register.read()


def grid(title: str, rows: int, columns: int) -> Sheet:
    return Sheet(sheet_id=0, title=title, rows=rows, columns=columns)


def test_a_large_register_is_read_and_a_too_large_one_is_not() -> None:
    customers = grid("Customers", 100_200, 33)

    refuse_too_large([customers, grid("Transactions", 150_000, 11)])
    with pytest.raises(SheetTooLarge, match='The largest is "Customers" with 100,200 rows and 33 columns'):
        refuse_too_large([customers, grid("Transactions", 154_000, 11)])
