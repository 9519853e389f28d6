import os
from typing import Any

import pytest

CUSTOMERS = "full_name,mobile\n张三,13800138000\n李四,13900139000\n"


def levels(said: Any) -> dict[str, Any]:
    return {one["check"]: one["level"] for one in said.json["checks"]}


def codes(said: Any) -> list[Any]:
    return [one["code"] for one in said.json["checks"]]


@pytest.fixture(scope="module")
def shop(steward: Any, home: Any) -> Any:
    (home / "shop.csv").write_text(CUSTOMERS, encoding="utf-8")
    said = steward("import", home / "shop.csv")
    assert said.code == 0, said.err
    return said


def test_a_fresh_home_has_no_error(steward: Any, tmp_path: Any) -> None:
    said = steward("doctor", "--json", env={"STEWARD_HOME": str(tmp_path / "new")})

    assert (said.code, said.json["ok"]) == (0, True)
    assert levels(said) == {
        "python": "ok",
        "packages": "ok",
        "time zones": "ok",
        "settings": "ok",
        "home": "ok",
        "databases": "ok",
        "credentials": "ok",
        "token": "ok",
        "clock": "ok",
        "registers": "warning",
    }


def test_in_local_mode_google_is_not_asked(steward: Any, shop: Any) -> None:
    said = steward("doctor")

    assert (shop.code, said.code) == (0, 0)
    assert said.out.count("local mode: STEWARD_GOOGLE_CREDENTIALS is not set") == 3


def test_a_register_is_looked_at_in_full(steward: Any, shop: Any) -> None:
    steward("run", "validate-and-tier", "--register", "shop")
    said = steward("doctor", "--register", "shop", "--json")

    assert (shop.code, said.code) == (0, 0)
    assert codes(said)[-3:] == ["doctor-register-local", "doctor-layout", "doctor-last-run"]


def test_names_of_variables_are_said_and_their_values_are_not(steward: Any) -> None:
    said = steward("doctor", "--json", env={"STEWARD_LANG": "en"})

    message = next(one["message"] for one in said.json["checks"] if one["check"] == "settings")
    assert message == "environment variables: STEWARD_HOME, STEWARD_LANG"


def test_no_cell_is_printed(steward: Any, shop: Any) -> None:
    said = steward("doctor").out + steward("doctor", "--json").out + shop.err

    assert [text for text in ("张三", "13800138000", "李四") if text in said] == []


def test_the_answer_is_in_chinese_too(steward: Any, shop: Any) -> None:
    said = steward("doctor", "--lang", "zh")

    assert (shop.code, said.code) == (0, 0)
    assert "正常       Python" in said.out
    assert said.out.rstrip().endswith("没有错误，可以运行。")


def test_a_variable_nobody_knows_is_an_error(steward: Any) -> None:
    said = steward("doctor", env={"STEWARD_HOEM": "secret-value"})

    assert (said.code, "STEWARD_HOEM is not a setting" in said.out, "secret-value" in said.out) == (
        1,
        True,
        False,
    )


def test_credentials_that_cannot_be_used_are_an_error(steward: Any, tmp_path: Any) -> None:
    said = steward("doctor", "--json", env={"STEWARD_GOOGLE_CREDENTIALS": str(tmp_path / "gone.json")})

    assert (said.code, said.json["ok"]) == (1, False)
    assert (levels(said)["credentials"], codes(said)[-2:]) == (
        "error",
        ["credentials-unusable", "doctor-not-asked"],
    )


def test_a_damaged_database_is_an_error_and_no_register_is_opened(steward: Any, tmp_path: Any) -> None:
    (tmp_path / "state.db").write_bytes(os.urandom(4096))

    said = steward("doctor", "--json", env={"STEWARD_HOME": str(tmp_path)})

    assert (said.code, levels(said)["databases"], "register" in levels(said)) == (1, "error", False)


def test_a_home_that_cannot_be_written_is_an_error(steward: Any, tmp_path: Any) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    said = steward("doctor", "--json", env={"STEWARD_HOME": str(tmp_path / "file")})

    assert (said.code, codes(said)[-1]) == (1, "home-unusable")


def test_a_register_nobody_knows_is_an_error(steward: Any, shop: Any) -> None:
    said = steward("doctor", "--register", "north", "--json")

    assert (shop.code, said.code, codes(said)[-1]) == (0, 1, "register-unknown")
