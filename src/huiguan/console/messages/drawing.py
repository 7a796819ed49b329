"""Messages as their pages draw them."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from urllib.parse import urlencode

from django.conf import settings
from django.utils import timezone

from huiguan.console.acting import Acting, brand_of, clause_ref
from huiguan.console.messages.pages import BoxLetter, BoxPage, MessageListPage, MessagePage, MessageRow, TryRow
from huiguan.design.markup import plain
from huiguan.design.values import Cursor, Mark, Words
from huiguan.identity import queries as identity
from huiguan.kernel.text import Text, moment
from huiguan.messaging import queries
from huiguan.messaging.values import (
    CARRIERS,
    CHANNELS,
    CODE,
    DEAD,
    DELIVERED,
    EXPIRED,
    OCCASIONS,
    OUTCOMES,
    SENT,
    STATES,
    UNKNOWN,
    WAITING,
    WHATS,
    WITHDRAWN,
    Delivered,
    MessageTold,
    TryTold,
)

PAGE = 40
_KINDS = {DELIVERED: "ok", SENT: "ok", DEAD: "stop", UNKNOWN: "warn", EXPIRED: "draft", WITHDRAWN: "draft"}
_LATER = Text(zh="{at:moment} 再发", en="goes at {at:moment}")
_AGAIN = Text(zh="{at:moment} 再试", en="next try at {at:moment}")
_HOUSE = Text(zh="本系统自带", en="the house’s own")
_RESEND = Text(zh="重发", en="Send again")
_WITHDRAW = Text(zh="撤回", en="Withdraw")


def house_of(now: Acting) -> str:
    """The name a message comes under."""
    return plain(brand_of(identity.tree(now.actor)).name)


def list_page(
    now: Acting, *, member: str, words: str, state: str, occasion: str, before: int | None
) -> MessageListPage:
    asked = {"member": member or None, "text": words, "state": state or None, "occasion": occasion or None}
    found = queries.messages(now.actor, before=before, limit=PAGE + 1, **asked)  # type: ignore[arg-type]
    shown = found[:PAGE]
    kept = {"member": member, "q": words, "state": state, "occasion": occasion}
    query = urlencode({name: value for name, value in kept.items() if value})
    more = f"/messages/?{query}&before={shown[-1].id}" if len(found) > PAGE else ""
    back = f"/messages/?{query}" if before is not None else ""
    counted = queries.counted(now.actor).by_state
    return MessageListPage(
        rows=[row_of(each) for each in shown],
        words=words,
        states=[(name, label, name == state) for name, label in STATES.items()],
        occasions=[(name, label, name == occasion) for name, label in OCCASIONS.items()],
        filtered=bool(query),
        member=member,
        member_name=next((each.name for each in shown if each.name), "") if member else "",
        waiting=counted.get(WAITING, 0),
        failed=counted.get(DEAD, 0),
        local=_local(),
        cursor=Cursor(len(shown), None, back, more) if shown and (back or more) else None,
    )


def _local() -> bool:
    return any(each.name == "local" for each in queries.providers_of(settings.HUIGUAN_MESSAGES).values())


def row_of(told: MessageTold) -> MessageRow:
    return MessageRow(
        id=told.id,
        href=f"/messages/{told.id}/",
        who=told.name or told.masked,
        aside=told.masked if told.name else "",
        occasion=OCCASIONS[told.occasion],
        channel=CHANNELS[told.channel],
        text=told.text,
        at=timezone.localtime(told.at),
        mark=Mark(STATES[told.state], _KINDS.get(told.state, "plain")),
        note=_waits(told),
    )


def _waits(told: MessageTold) -> Words:
    if told.state == WAITING and told.retry_at is not None:
        return Text(**_AGAIN.both(at=moment(timezone.localtime(told.retry_at))))
    if told.state == WAITING and told.due_at > told.at:
        return Text(**_LATER.both(at=moment(timezone.localtime(told.due_at))))
    return ""


def message_page(now: Acting, told: MessageTold, tries: Sequence[TryTold]) -> MessagePage:
    return MessagePage(
        row=row_of(told),
        house=house_of(now),
        subject=told.subject,
        masked=told.masked,
        member_href=f"/members/{told.member}/" if told.member else "",
        parts=queries.parts(told.text) if told.channel == "sms" else 1,
        facts=_facts(told),
        tries=[_try(each) for each in tries],
        acts=_acts(now, told),
        key=secrets.token_hex(16),
        clause=clause_ref(now, told.clause) if told.clause else None,
        trouble=told.trouble,
        told_wait=_waits(told),
    )


def _facts(told: MessageTold) -> list[tuple[Words, Words]]:
    rows: list[tuple[Words, Words]] = [
        (Text(zh="场合", en="Occasion"), OCCASIONS[told.occasion]),
        (Text(zh="方式", en="Way"), CHANNELS[told.channel]),
        (Text(zh="发往", en="To"), told.masked),
        (Text(zh="发生", en="When"), moment(timezone.localtime(told.at))),
    ]
    if told.sent_at is not None:
        rows.append((Text(zh="发出", en="Sent"), moment(timezone.localtime(told.sent_at))))
    if told.delivered_at is not None:
        rows.append((Text(zh="送达", en="Delivered"), moment(timezone.localtime(told.delivered_at))))
    if told.provider:
        rows.append((Text(zh="经由", en="Carrier"), CARRIERS.get(told.provider, told.provider)))
    if not told.clause:
        rows.append((Text(zh="依据", en="By"), _HOUSE))
    return rows


def _try(told: TryTold) -> TryRow:
    kind = {"accepted": "ok", "delivered": "ok", "refused": "stop"}.get(told.outcome, "warn")
    by = "" if told.by.startswith("system") else told.by
    return TryRow(timezone.localtime(told.at), WHATS[told.what], Mark(OUTCOMES[told.outcome], kind), told.trouble, by)


def _acts(now: Acting, told: MessageTold) -> list[tuple[str, Words, bool]]:
    if not now.actor.may("edit_members"):
        return []
    if told.state in (DEAD, WITHDRAWN) and told.occasion != CODE:
        return [("resend", _RESEND, True)]
    return [("withdraw", _WITHDRAW, False)] if told.state == WAITING else []


def box_page(now: Acting, address: str) -> BoxPage:
    found = queries.local_box(now.actor, address=address)
    return BoxPage([_letter(each) for each in found], address, house_of(now), bool(settings.HUIGUAN_DEMO))


def _letter(told: Delivered) -> BoxLetter:
    return BoxLetter(timezone.localtime(told.at), CHANNELS[told.channel], told.masked, told.subject, told.text)
