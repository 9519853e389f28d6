"""Where each case of faults.md about sheet, network and process is tested; a case without a test fails.

Cases with words of their own are in `test_faults.CASES`, by number, in English and Chinese. The table names
the tests of the rest, and of what these words rest on.
"""

import ast
from pathlib import Path

import pytest

from tests.end_to_end.test_faults import CASES

ROOT = Path(__file__).parents[2]
FIRST, LAST = 1, 45

PROCESS = "tests/end_to_end/test_faults_of_the_process.py"
RESULT = "tests/end_to_end/test_faults_in_the_result.py"
STORE = "tests/cli/test_store_faults.py"
GOOGLE = "tests/end_to_end/test_google_mode.py"
CLIENT = "tests/adapters/google/test_client.py"
LEDGER = "tests/adapters/store/test_ledger.py"
SESSION = "tests/adapters/google/test_session.py"
WORKER = "tests/end_to_end/test_steward_worker.py"
RACES = "tests/races/test_interleavings.py"
KILLS = "tests/races/test_kills.py"

NOT_BUILT = {27: "Steward sends no mail: there is no report that could be lost or sent twice."}

TABLE: dict[int, tuple[str, ...]] = {
    1: (f"{CLIENT}::test_patience_ends_by_tries_or_by_seconds",
        "tests/adapters/google/test_pace.py::test_a_long_day_in_google_mode_never_meets_a_429"),
    2: (f"{CLIENT}::test_a_write_that_may_have_been_carried_out_is_unclear_and_sent_once",),
    3: (f"{CLIENT}::test_a_page_of_html_is_not_in_the_message",),
    4: (f"{CLIENT}::test_a_final_answer_is_not_tried_again",),
    5: (f"{CLIENT}::test_a_write_that_never_gets_through_ends",),
    6: ("tests/jobs/test_runner.py::test_a_write_whose_answer_is_lost_is_repaired_by_reading_again",),
    7: ("tests/jobs/test_runner.py::test_a_write_whose_answer_is_lost_is_repaired_by_reading_again",),
    8: (f"{CLIENT}::test_reads_wait_a_minute_for_an_answer_and_writes_longer_than_the_service_works",
        "tests/adapters/google/test_fenced.py::test_a_batch_is_carried_out_once_or_never"),
    9: (f"{RACES}::test_a_faulty_line_and_people_at_once",),
    10: (f"{KILLS}::test_a_killed_run_is_finished_by_the_next",),
    11: ("tests/adapters/google/test_reader.py::test_a_read_whose_answer_lacks_a_tab_is_made_again",),
    12: ("tests/web/test_runs.py::test_how_far_a_run_is_is_said_in_the_language_of_who_asks",),
    13: (f"{CLIENT}::test_a_permanent_fault_ends_a_read_after_eight_tries",),
    14: (f"{RACES}::test_a_faulty_line_and_people_at_once",),
    15: (f"{KILLS}::test_a_killed_run_is_finished_by_the_next",
         f"{KILLS}::test_after_a_killed_import_or_undo_any_run_makes_the_sheet_whole"),
    16: ("tests/web/test_runs.py::test_a_run_that_is_asked_for_waits_for_a_worker",),
    17: ("tests/web/test_runs.py::test_the_same_click_twice_is_one_run",
         f"{LEDGER}::test_twenty_equal_requests_at_once_are_one_run"),
    18: (f"{LEDGER}::test_one_run_at_a_time_works_on_a_spreadsheet",),
    19: (f"{PROCESS}::test_case_19_a_run_that_lost_its_lease_stops_and_says_so",
         "tests/jobs/test_runner.py::test_a_run_whose_lease_ran_out_is_taken_over"),
    20: ("tests/jobs/test_undo.py::test_nothing_is_written_when_the_journal_cannot_be",),
    21: (f"{STORE}::test_a_damaged_database_is_found_at_the_start_and_the_sheet_is_the_truth",
         f"{STORE}::test_a_locked_database_refuses_a_run_before_anything_is_read",
         f"{STORE}::test_a_database_that_is_locked_midway_stops_the_run_and_the_next_one_finishes_it"),
    22: (f"{PROCESS}::test_case_22_a_wrong_clock_is_named_with_how_far_it_is_off",),
    23: ("tests/adapters/google/test_reader.py::test_a_large_register_is_read_and_a_too_large_one_is_not",),
    24: (f"{PROCESS}::test_case_24_a_token_that_ran_out_is_renewed_and_a_key_that_was_replaced_is_refused",
         f"{SESSION}::test_a_web_page_from_the_token_service_is_passing_and_a_write_is_sent_once_it_is_over"),
    25: (f"{GOOGLE}::test_a_share_taken_back_while_writing_stops_the_run_and_the_next_one_finishes_it",),
    26: (f"{PROCESS}::test_case_26_a_key_file_that_is_gone_is_refused_at_the_start",
         f"{PROCESS}::test_case_26_a_journal_key_that_is_none_is_refused_at_the_start",
         f"{PROCESS}::test_case_26_a_journal_key_that_is_missing_on_a_disk_that_goes_away_is_refused",
         f"{PROCESS}::test_case_26_a_journal_key_that_was_replaced_is_named_by_an_undo_and_changes_nothing"),
    28: (f"{PROCESS}::test_case_28_a_process_that_is_told_to_end_finishes_its_request_and_hands_the_run_back",
         f"{WORKER}::test_a_run_outlives_the_workers_that_left_it_and_is_taken_back"),
    36: ("tests/adapters/google/test_reader.py::test_title_rows_above_the_header_are_passed_over",),
    37: (f"{RESULT}::test_case_37_merged_cells_of_the_team_are_named_and_stay_as_they_are",
         "tests/jobs/test_importer.py::test_nothing_is_written_inside_merged_cells"),
    38: (f"{RESULT}::test_case_38_hidden_rows_are_processed_and_counted",
         f"{RESULT}::test_case_38_a_filter_view_hides_rows_from_one_person_alone"),
    39: (f"{GOOGLE}::test_protected_cells_refuse_the_run_before_it_writes_and_are_named",
         f"{GOOGLE}::test_protected_cells_nothing_is_written_into_stop_nobody"),
    40: (f"{GOOGLE}::test_protected_cells_refuse_the_run_before_it_writes_and_are_named",),
    41: ("tests/adapters/google/test_arrivals.py::test_a_sheet_without_a_spare_row_grows",),
    43: (f"{GOOGLE}::test_a_sheet_shared_for_reading_alone_can_be_previewed",),
    44: (f"{RACES}::test_a_run_among_people_ends_right",),
    45: (f"{RACES}::test_a_run_among_people_ends_right",),
}  # fmt: skip


def with_words_of_its_own() -> set[int]:
    return {int(name.split(" ")[0]) for name in CASES}


@pytest.mark.parametrize("number", range(FIRST, LAST + 1))
def test_every_case_has_a_test(number: int) -> None:
    assert number in with_words_of_its_own() or number in TABLE or number in NOT_BUILT


def test_a_case_is_not_both_tested_and_not_built() -> None:
    assert not NOT_BUILT.keys() & (TABLE.keys() | with_words_of_its_own())


@pytest.mark.parametrize("where", sorted({where for tests in TABLE.values() for where in tests}))
def test_every_test_that_is_named_is_there(where: str) -> None:
    file, _, name = where.partition("::")
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))

    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize(
    "name", [name for name, case in CASES.items() if case.state in ("refused", "failed", "partly_done")]
)
def test_a_run_that_does_not_come_to_its_end_says_why_in_both_languages(name: str) -> None:
    english, chinese = CASES[name].said

    assert english.endswith(".")
    assert chinese.endswith("。")
