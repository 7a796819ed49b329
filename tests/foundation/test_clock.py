"""The domain's clock: the wall's, and in a demonstration one that only moves forward."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from huiguan.foundation import clock
from huiguan.foundation.clock import ClockNotMovable, ClockWouldGoBack


def wall() -> datetime:
    return datetime.now(UTC)


@pytest.mark.django_db
def test_a_demo_s_clock_moves_forward_and_runs_on(settings: object) -> None:
    settings.HUIGUAN_DEMO = True  # type: ignore[attr-defined]
    assert abs(clock.now() - wall()) < timedelta(seconds=2)
    target = wall() + timedelta(days=200)
    assert clock.move_clock(to=target) == target
    assert timedelta(seconds=-1) <= clock.now() - target < timedelta(seconds=3)
    further = target + timedelta(days=1)
    clock.move_clock(to=further)
    assert timedelta(seconds=-1) <= clock.now() - further < timedelta(seconds=3)


@pytest.mark.django_db
def test_a_clock_never_goes_back(settings: object) -> None:
    settings.HUIGUAN_DEMO = True  # type: ignore[attr-defined]
    target = wall() + timedelta(days=10)
    clock.move_clock(to=target)
    with pytest.raises(ClockWouldGoBack) as refused:
        clock.move_clock(to=target - timedelta(days=1))
    assert refused.value.field == "to"
    assert clock.now() >= target - timedelta(seconds=1)


@pytest.mark.django_db
def test_a_real_house_s_clock_is_the_wall_s(settings: object) -> None:
    settings.HUIGUAN_DEMO = True  # type: ignore[attr-defined]
    clock.move_clock(to=wall() + timedelta(days=10))
    settings.HUIGUAN_DEMO = False  # type: ignore[attr-defined]
    assert abs(clock.now() - wall()) < timedelta(seconds=2)
    with pytest.raises(ClockNotMovable):
        clock.move_clock(to=wall() + timedelta(days=20))
