from datetime import UTC, timedelta

from backend.adapters.clock import SystemClock


def test_the_moment_is_in_utc() -> None:
    assert SystemClock().now().tzinfo is UTC


def test_the_day_is_that_of_the_time_zone() -> None:
    clock = SystemClock()

    days = clock.today("Pacific/Kiritimati") - clock.today("Etc/GMT+12")

    assert timedelta(days=1) <= days <= timedelta(days=2)
