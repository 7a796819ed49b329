"""Ends that are counted in months and days."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from tests.auditor.model.days import length_of


def months_later(at: datetime, months: int) -> datetime:
    """24:00 of the same day so many months later, or of that month's last where it has no such day."""
    place = at.year * 12 + at.month - 1 + months
    year, month = place // 12, place % 12 + 1
    return datetime(year, month, min(at.day, length_of(year, month))) + timedelta(days=1)


def days_later(at: datetime, days: int) -> datetime:
    """24:00 of the day so many days later."""
    return datetime(at.year, at.month, at.day) + timedelta(days=days + 1)


def same(per: str, one: date, other: date) -> bool:
    """Whether two days lie in one day, month or year; always for "ever"."""
    shown = {"day": lambda d: d, "month": lambda d: (d.year, d.month), "year": lambda d: d.year}.get(per, lambda d: 0)
    return bool(shown(one) == shown(other))
