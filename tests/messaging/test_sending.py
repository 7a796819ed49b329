"""A message goes once, whatever its provider does: answers twice, late, never, wrongly, or not at all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import Forbidden
from huiguan.messaging import operations, queries
from huiguan.messaging.inputs import MessageNamed
from huiguan.messaging.models import Message
from huiguan.messaging.progress import LEASE, TRIES, after_asking, after_receipt, after_sending, pause
from huiguan.messaging.providers.local import Local
from huiguan.messaging.refusals import NotResendable, NotWithdrawable, ReceiptUnknown
from huiguan.messaging.values import (
    ACCEPTED,
    CLAIMED,
    DEAD,
    DELIVERED,
    EXPIRED,
    LATER,
    NEVER,
    REFUSED,
    SENT,
    UNCLEAR,
    UNKNOWN,
    WAITING,
    WITHDRAWN,
    Answer,
)
from tests.messaging.post import HOUR, SECOND, WALL, Post, moment


def test_it_is_given_once_and_its_words_are_kept(post: Post) -> None:
    post.enrol()
    assert post.round() > 0
    assert post.round() == 0
    row, (letter,) = post.only(), post.provider.letters
    assert (row.state, row.provider, row.reference, row.sent_at, row.delivered_at) == (
        DELIVERED, "scripted", "ref", WALL, WALL,
    )  # fmt: skip
    assert letter.text == row.text
    assert letter.text.startswith("李梅，欢迎您成为邻居。")
    assert (letter.address[:3], letter.masked, letter.key) == (
        "199",
        row.masked,
        f"huiguan-{row.programme_id}-{row.pk}",
    )
    assert letter.values == (
        ("name", "李梅"),
        ("tier", "邻居"),
        ("number", queries.messages(post.shop.actor)[0].member),
    )
    assert letter.address not in str(Message.objects.values_list())


def test_what_may_pass_is_tried_again_later_each_time_and_then_left_to_a_person(post: Post) -> None:
    post.enrol()
    post.provider.then = Answer(LATER, trouble="busy")
    waits = []
    for _ in range(TRIES):
        post.round()
        row = post.only()
        waits.append(row.retry_at - post.wall if row.retry_at else None)
        if row.retry_at:
            post.wall = row.retry_at - SECOND
            post.round()  # a second too early
            post.wall = row.retry_at
    assert waits == [timedelta(seconds=15 * 2**n) for n in range(TRIES - 1)] + [None]
    assert (post.only().state, post.only().trouble, len(post.provider.letters)) == (DEAD, "busy", TRIES)


def test_no_answer_is_asked_about_and_never_sent_again_unasked(post: Post) -> None:
    post.enrol()
    post.provider.sends = [Answer(UNCLEAR, trouble="timed out")]
    post.provider.asks_ = [Answer(UNCLEAR), Answer(DELIVERED, "ref")]
    post.round()
    assert post.only().state == UNKNOWN
    for _ in range(2):
        post.wall = post.only().retry_at or post.wall
        post.round()
    assert (post.only().state, len(post.provider.letters), len(post.provider.asked)) == (DELIVERED, 1, 2)
    assert post.tries(post.only().pk) == [("send", UNCLEAR), ("ask", UNCLEAR), ("ask", DELIVERED)]


def test_what_the_provider_never_had_is_given_again_under_the_same_key(post: Post) -> None:
    post.enrol()
    post.provider.sends, post.provider.asks_ = [Answer(UNCLEAR)], [Answer(NEVER)]
    post.round()
    post.wall = post.only().retry_at or post.wall
    post.round()
    post.round()
    assert post.only().state == DELIVERED
    assert len({letter.key for letter in post.provider.letters}) == 1
    assert len(post.provider.letters) == 2


def test_a_provider_that_cannot_be_asked_leaves_it_to_a_person(post: Post) -> None:
    post.enrol()
    post.provider.asks, post.provider.sends = False, [Answer(UNCLEAR, trouble="timed out")]
    post.round()
    post.wall += HOUR
    post.round()
    row = post.only()
    assert (row.state, row.trouble, len(post.provider.letters)) == (DEAD, "timed out", 1)
    post.resend(row.pk)
    post.round()
    assert (post.only().state, len(post.provider.letters)) == (DELIVERED, 2)


def test_a_provider_that_never_tells_is_asked_ten_times(post: Post) -> None:
    post.enrol()
    post.provider.sends = [Answer(UNCLEAR)]
    post.round()
    while post.only().state == UNKNOWN:
        post.wall = post.only().retry_at or post.wall
        post.round()
    assert (post.only().state, len(post.provider.letters), len(post.provider.asked)) == (DEAD, 1, 10)


def test_what_was_claimed_and_not_answered_is_asked_about_after_its_lease(post: Post) -> None:
    """As after a worker that died between the claim and the answer."""
    post.enrol()
    post.provider.sends = [KeyboardInterrupt()]
    with pytest.raises(KeyboardInterrupt):
        post.round()
    assert post.only().state == CLAIMED
    post.wall += LEASE - SECOND
    post.round()
    assert (post.only().state, len(post.provider.letters)) == (CLAIMED, 1)
    post.provider.asks_ = [Answer(ACCEPTED, "ref")]
    post.wall += SECOND
    post.round()
    assert (post.only().state, len(post.provider.letters)) == (SENT, 1)


def test_what_was_taken_is_asked_about_until_it_arrived(post: Post) -> None:
    post.enrol()
    post.provider.then = Answer(ACCEPTED, "ref")
    post.provider.asks_ = [Answer(UNCLEAR), Answer(UNCLEAR), Answer(DELIVERED, "ref")]
    waits = []
    for _ in range(4):
        post.round()
        row = post.only()
        waits.append((row.retry_at - post.wall).seconds if row.retry_at else None)
        post.wall = row.retry_at or post.wall
    assert waits == [60, 120, 240, None]
    assert (post.only().state, len(post.provider.letters), len(post.provider.asked)) == (DELIVERED, 1, 3)


def test_what_nobody_reports_on_was_sent(post: Post) -> None:
    post.enrol()
    post.provider.then = Answer(ACCEPTED, "ref")
    post.round()
    while retry_at := post.only().retry_at:
        post.wall = retry_at
        post.round()
    assert (post.only().state, len(post.provider.letters), len(post.provider.asked)) == (SENT, 1, 5)


def test_receipts_move_it_forward_only(post: Post) -> None:
    post.enrol()
    post.provider.then = Answer(ACCEPTED, "ref")
    post.round()
    assert post.only().state == SENT
    for outcome in ("delivered", "delivered", "accepted", "refused"):
        post.receipt(outcome)
        assert post.only().state == DELIVERED
    with pytest.raises(ReceiptUnknown):
        post.receipt("delivered", "other")
    with pytest.raises(ReceiptUnknown):
        post.receipt("delivered", provider="local")


def test_a_receipt_that_comes_before_the_answer_stays(post: Post) -> None:
    post.enrol()

    class Hasty:
        name, asks = "scripted", True

        def send(self, letter: object) -> Answer:
            row = post.only()
            Message.objects.filter(pk=row.pk).update(provider="scripted", reference="ref")
            post.receipt("delivered")
            return Answer(LATER, "ref")

        ask = Local.ask

    operations.send_messages(providers={"sms": Hasty()}, at=post.at, clock=lambda: post.wall)  # type: ignore[dict-item]
    assert post.only().state == DELIVERED


def test_quiet_hours_are_the_domains(post: Post) -> None:
    post.at = moment("2026-03-02 22:00")
    post.enrol(at="2026-03-02 22:00")
    post.round()
    assert post.only().state == WAITING
    post.at = moment("2026-03-03 07:59:59")
    post.wall += HOUR
    post.round()
    assert post.only().state == WAITING
    post.at = moment("2026-03-03 08:00")
    post.round()
    assert post.only().state == DELIVERED


@pytest.mark.parametrize(("at", "state"), [("2026-03-03 09:59:59", DELIVERED), ("2026-03-03 10:00:00", EXPIRED)])
def test_what_could_not_go_within_a_day_goes_no_more(post: Post, at: str, state: str) -> None:
    post.enrol()
    operations.follow_feed(programme=post.shop.actor.programme, wall=post.wall)
    post.at = moment(at)
    post.round()
    assert (post.only().state, post.only().sealed is None) == (state, state == EXPIRED)


def test_a_person_holds_back_and_sends_again(post: Post) -> None:
    post.enrol()
    operations.follow_feed(programme=post.shop.actor.programme, wall=post.wall)
    number = post.only().pk
    with pytest.raises(NotResendable):
        post.resend(number)
    post.withdraw(number)
    post.round()
    assert (post.only().state, post.provider.letters) == (WITHDRAWN, [])
    with pytest.raises(NotWithdrawable):
        post.withdraw(number)
    post.resend(number)
    post.round()
    assert post.only().state == DELIVERED
    with pytest.raises(NotResendable):
        post.resend(number)


def test_reading_and_moving_take_powers(post: Post) -> None:
    post.enrol()
    operations.follow_feed(programme=post.shop.actor.programme, wall=post.wall)
    programme = post.shop.actor.programme
    nobody = Actor("staff", 1, "x", programme, frozenset({"sell"}))
    reader = Actor("staff", 2, "y", programme, frozenset({"read_members"}))
    row = post.only()
    herself = Actor("member", row.membership_id or 0, "李梅", programme, membership=row.membership_id)
    other = Actor("member", 10**9, "x", programme, membership=10**9)
    with pytest.raises(Forbidden):
        queries.messages(nobody)
    with pytest.raises(Forbidden):
        operations.withdraw_message(actor=reader, at=post.at, given=MessageNamed(message=row.pk), wall=post.wall)
    assert [each.id for each in queries.messages(reader)] == [row.pk]
    assert [each.id for each in queries.messages(herself)] == [row.pk]
    assert queries.messages(other) == ()


def test_no_provider_for_the_channel(post: Post) -> None:
    post.enrol()
    operations.send_messages(providers={}, at=post.at, clock=lambda: post.wall)
    assert (post.only().state, post.only().trouble) == (DEAD, "no provider for this channel")


@pytest.mark.parametrize(
    ("outcome", "state"),
    [(ACCEPTED, SENT), (DELIVERED, DELIVERED), (REFUSED, DEAD), (LATER, WAITING), (UNCLEAR, UNKNOWN)],
)
def test_what_becomes_of_an_answer(outcome: str, state: str) -> None:
    assert after_sending(Answer(outcome), 1, WALL, asks=True).state == state


def test_pauses_and_ends() -> None:
    assert [pause(n).seconds for n in (1, 2, 3, 10, 100)] == [15, 30, 60, 7200, 7200]
    assert after_asking(Answer(NEVER), TRIES, 1, WALL).state == DEAD
    assert after_receipt(DEAD, DELIVERED) == DELIVERED
    assert after_receipt(UNKNOWN, ACCEPTED) == SENT
    assert after_receipt(WITHDRAWN, ACCEPTED) == WITHDRAWN


def test_after_a_restore_what_waits_is_asked_about_first(post: Post) -> None:
    """One had gone after the backup was made, one had not."""
    post.enrol("李梅")
    post.enrol("王芳")
    operations.follow_feed(programme=post.shop.actor.programme, wall=post.wall)
    assert operations.doubt_waiting(wall=post.wall) == 2
    post.provider.asks_ = [Answer(DELIVERED, "ref"), Answer(NEVER)]
    for _ in range(2):
        post.round()
    assert [row.state for row in post.written()] == [DELIVERED, DELIVERED]
    assert [letter.text[:2] for letter in post.provider.letters] == ["王芳"]
