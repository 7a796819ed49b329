"""Subscriptions and their log, as their pages draw them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from django.utils import timezone

from huiguan.console.acting import Acting, refused
from huiguan.console.hooks.pages import HookForm, HookPage, HookRow, LogPart, LogRow, TypeChoice
from huiguan.design.values import Cursor, Figure, Mark, Words
from huiguan.foundation.outward.values import TROUBLES
from huiguan.hooks import queries
from huiguan.hooks.values import ACTIVE, PING, REASONS, STATES, STOPPED, AttemptTold, Hook
from huiguan.identity import queries as identity
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text, moment

SHOWN = 30
_ALL = Text(zh="全部事件", en="All events")
_NOTHING_YET = Text(zh="还没有投递过", en="Nothing sent yet")
_BLOCKED = Text(
    zh="第 {n} 次没有送到，下一次在 {at:moment}。它后面的消息等着，次序不乱。",
    en="Not taken {n} {n:time|times}; the next attempt is at {at:moment}. What comes behind it waits, so that the order holds.",
)
_FAILING = Text(zh="没送到 {n} 次", en="Failed {n} {n:time|times}")


def hook_rows(now: Acting) -> list[HookRow]:
    return [
        HookRow(
            name=hook.name,
            href=f"/programs/hooks/{hook.id}/",
            client=hook.client,
            host=urlsplit(hook.url).netloc,
            types=_chosen(hook),
            mark=state_mark(hook),
            behind=hook.behind,
            last_at=local(hook.last.at) if hook.last else None,
            last=_outcome(hook.last) if hook.last else _NOTHING_YET,
        )
        for hook in queries.hooks(now.actor)
    ]


def _chosen(hook: Hook) -> Words:
    names = queries.event_types()
    if not hook.types:
        return _ALL
    first = names[hook.types[0]]
    more = len(hook.types) - 1
    return first if not more else Text(zh=f"{first.zh}等 {more + 1} 种", en=f"{first.en} and {more} more")


def state_mark(hook: Hook) -> Mark:
    if hook.state == ACTIVE and hook.failures:
        return Mark(Text(**_FAILING.both(n=hook.failures)), "warn")
    kinds = {ACTIVE: "ok", STOPPED: "stop"}
    return Mark(STATES[hook.state], kinds.get(hook.state, "draft"))


def local(at: datetime) -> datetime:
    return timezone.localtime(at)


def _outcome(attempt: AttemptTold) -> Words:
    if attempt.status is not None:
        return Text(zh=f"{attempt.status} · {attempt.ms} 毫秒", en=f"{attempt.status} · {attempt.ms} ms")
    return TROUBLES[attempt.trouble]


def hook_form(
    now: Acting,
    hook: Hook | None,
    typed: Mapping[str, str],
    types: Sequence[str] | None,
    refusal: Refusal | None = None,
) -> HookForm:
    """The form as it is first shown, or as it was typed, with what is wrong."""
    chosen = types if types is not None else hook.types if hook else ()
    clients = [each.name for each in identity.clients(now.actor) if each.revoked_at is None]
    return HookForm(
        number=hook.id if hook else None,
        name=typed.get("name", hook.name if hook else ""),
        url=typed.get("url", hook.url if hook else ""),
        types=[TypeChoice(name, title, name in chosen) for name, title in queries.event_types().items()],
        clients=[(name, name == typed.get("client")) for name in clients],
        begin=typed.get("begin", "now"),
        key=typed.get("key") or secrets.token_hex(16),
        refused=refused(refusal, now) if refusal else None,
        wrong=(refusal.field or "") if refusal else "",
    )


def hook_page(now: Acting, hook: Hook, log: LogPart, secret: str = "") -> HookPage:
    names = queries.event_types()
    return HookPage(
        number=hook.id,
        name=hook.name,
        url=hook.url,
        client=hook.client,
        mark=state_mark(hook),
        figures=_figures(hook),
        types=[names[each] for each in hook.types if each in names],
        acts=_acts(hook),
        log=log,
        key=secrets.token_hex(16),
        warning=_warning(hook),
        old_until=local(hook.old_secret_until) if hook.old_secret_until else None,
        secret=secret,
    )


def _figures(hook: Hook) -> list[Figure]:
    last = hook.last
    none = Text(zh="无", en="None")
    return [
        Figure(Text(zh="还没看到的事件", en="Events behind"), hook.behind, "points"),
        Figure(Text(zh="眼前这条没送到", en="Failures now"), hook.failures, "points"),
        Figure(Text(zh="最近一次", en="Latest"), _outcome(last) if last else none, "text", moment(local(last.at)) if last else ""),
    ]  # fmt: skip


def _warning(hook: Hook) -> Words:
    if hook.reason:
        return REASONS[hook.reason]
    if hook.failures and hook.retry_at is not None:
        return Text(**_BLOCKED.both(n=hook.failures, at=local(hook.retry_at)))
    return ""


def _acts(hook: Hook) -> list[tuple[str, Text, bool]]:
    """What may be done: its address, its name, whether it is the main one."""
    resume = [
        ("resume", Text(zh="继续投递", en="Resume"), True),
        ("resume-now", Text(zh="只从现在起", en="From now on only"), False),
    ]
    going = [("pause", Text(zh="暂停", en="Pause"), False)] if hook.state == ACTIVE else resume
    skip = [("skip", Text(zh="跳过这一条", en="Pass it over"), False)] if hook.failures else []
    return [*going, *skip, ("test", Text(zh="发一条测试", en="Send a test"), False)]


def log_part(now: Acting, number: int, *, failed: bool, before: int | None) -> LogPart:
    found = queries.attempts(now.actor, number, before=before, failed=failed, limit=SHOWN + 1)
    shown, kept = found[:SHOWN], "failed=1&" if failed else ""
    after = f"/programs/hooks/{number}/?{kept}before={shown[-1].id}" if len(found) > SHOWN else ""
    return LogPart(
        rows=[_row(each) for each in shown],
        failed=failed,
        poll_href=f"/programs/hooks/{number}/log?{kept}seen={found[0].id if found else 0}" if before is None else "",
        resend_href=f"/programs/hooks/{number}/resend",
        cursor=Cursor(len(shown), after=after) if after or before is not None else None,
    )


def _row(attempt: AttemptTold) -> LogRow:
    names = queries.event_types()
    test = Text(zh="测试", en="Test")
    code = str(attempt.status) if attempt.status is not None else "—"
    return LogRow(
        at=local(attempt.at),
        kind=test if attempt.kind == PING else names.get(attempt.kind, Text(zh=attempt.kind, en=attempt.kind)),
        message=attempt.message,
        n=attempt.n,
        mark=Mark(Text(zh=code, en=code), "ok" if attempt.taken else "stop"),
        trouble=TROUBLES[attempt.trouble],
        ms=attempt.ms,
        answer=attempt.answer,
        by=attempt.by,
        event="" if attempt.kind == PING else attempt.message,
    )
