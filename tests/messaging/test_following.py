"""Every event once: in its order, in one transaction with the messages it causes."""

from __future__ import annotations

import threading

import pytest
from django.db import connections

from huiguan.checkout import operations as checkout
from huiguan.checkout.inputs import TopUpInput
from huiguan.foundation.outbox import renew_feeds
from huiguan.identity import operations as identity
from huiguan.identity.inputs import CheckCode, IssueCode
from huiguan.kernel.inputs import read
from huiguan.members import operations as members
from huiguan.members import queries as members_asked
from huiguan.members.inputs import ChangeProfile, EnrolMember
from huiguan.messaging import operations, queries
from huiguan.messaging.inputs import PreviewNotice
from huiguan.messaging.models import Message
from huiguan.messaging.refusals import CodeNotResent, NoSuchNotice
from huiguan.messaging.values import DEAD, DELIVERED, EXPIRED, REFUSED, Answer
from tests.messaging.post import AT, MINUTE, SOURCE, Post, moment


def occasions(post: Post) -> list[str]:
    return [row.occasion for row in post.written()]


def follow(post: Post) -> int:
    return operations.follow_feed(programme=post.shop.actor.programme, wall=post.wall)


def test_read_again_it_says_nothing_more(post: Post) -> None:
    post.enrol()
    follow(post)
    operations.begin_telling(programme=post.shop.actor.programme, position=0)
    follow(post)
    assert occasions(post) == ["member_enrolled"]


def test_what_was_before_it_began_is_told_to_nobody(db: None) -> None:
    post = Post.found()
    post.enrol()
    operations.begin_telling(programme=post.shop.actor.programme)
    follow(post)
    assert occasions(post) == []


def test_after_a_restore_it_goes_on_from_there(post: Post) -> None:
    post.enrol()
    renew_feeds()
    follow(post)
    post.enrol("王芳")
    follow(post)
    assert [row.text[:2] for row in post.written()] == ["王芳"]


@pytest.mark.parametrize(("sold", "told"), [("2026-03-01 10:00:00", 1), ("2026-03-01 09:59:59", 0)])
def test_what_was_entered_a_day_late_is_history(post: Post, sold: str, told: int) -> None:
    number = post.enrol(at="2026-02-01 10:00")
    post.shop.sell("2026-02-02 10:00", "GOWN", member=number)  # an old friend, who gets a slip by message
    follow(post)
    before = occasions(post).count("sale_committed")
    post.shop.sell(sold, "SCARF", member=number, now="2026-03-02 10:00")
    follow(post)
    assert occasions(post).count("sale_committed") - before == told


def test_a_return_and_a_number_that_changed(post: Post) -> None:
    source = SOURCE + notice(90, "sale_returned", "退 {refund}，收回 {points} 分，余 {balance}")
    post.shop.publish(source, "2026-03-02")
    number = post.enrol()
    sale = post.shop.sell("2026-03-02 10:00", "SCARF", "HUNDRED", member=number)
    post.shop.give_back("2026-03-02 10:01", sale.id, 2)
    changed = read(ChangeProfile, {"member": number, "phone": "13900008888"})
    members.change_profile(actor=post.shop.actor, at=moment("2026-03-02 10:02"), given=changed)
    follow(post)
    told = {row.occasion: row for row in post.written()}
    assert told["sale_returned"].text == "退 ¥100.00，收回 100 分，余 500"
    assert told["phone_changed"].masked.startswith("199****")
    assert "8888" in told["phone_changed"].text


@pytest.mark.django_db(transaction=True)
def test_many_who_follow_at_once_write_it_once() -> None:
    post = Post.found()
    for n in range(5):
        post.enrol(f"李{n}")

    def turn() -> None:
        follow(post)
        connections.close_all()

    together = [threading.Thread(target=turn) for _ in range(4)]
    for each in together:
        each.start()
    for each in together:
        each.join()
    assert sorted(row.text[:2] for row in post.written()) == ["李0", "李1", "李2", "李3", "李4"]


def issue(post: Post, address: str = "13800000001") -> None:
    given = read(IssueCode, {"purpose": "sign_in", "address": address})
    identity.issue_code(actor=post.shop.actor, at=AT, given=given, wall=post.wall)


def test_a_code_goes_out_at_once_whole_and_is_kept_masked(post: Post) -> None:
    issue(post)
    post.round()
    (letter,), row = post.provider.letters, post.only()
    code = letter.text[:6]
    assert code.isdecimal()
    assert letter.text == f"{code} 是您在会员登录的验证码，5 分钟内有效。工作人员不会向您索要，请勿告诉他人。"
    assert (letter.address, letter.clause, letter.values) == (
        "13800000001", "one_time_code", (("code", code), ("minutes", "5")),
    )  # fmt: skip
    assert (row.state, row.sealed, row.masked) == (DELIVERED, None, "138****0001")
    assert code not in row.text
    given = read(CheckCode, {"purpose": "sign_in", "address": "13800000001", "code": code})
    assert identity.check_code(actor=post.shop.actor, at=AT, given=given, wall=post.wall).purpose == "sign_in"


def test_a_code_for_a_member_is_among_her_messages(post: Post) -> None:
    number = post.enrol()
    given = read(IssueCode, {"purpose": "pay", "address": "13800000001", "subject": f"member:{number}"})
    identity.issue_code(actor=post.shop.actor, at=AT, given=given, wall=post.wall)
    post.round()
    key = members_asked.resolve(post.shop.actor.programme, [("number", number)])["number", number]
    assert Message.objects.get(occasion="one_time_code").membership_id == key


def test_a_code_nobody_could_send_in_time_is_wiped(post: Post) -> None:
    issue(post)
    post.provider.then = Answer("later")
    post.round()
    post.wall += 5 * MINUTE
    post.round()
    assert (post.only().state, post.only().sealed, len(post.provider.letters)) == (EXPIRED, None, 1)


def test_a_code_is_not_sent_again_by_hand(post: Post) -> None:
    issue(post)
    post.provider.then = Answer(REFUSED)
    post.round()
    assert (post.only().state, post.only().sealed) == (DEAD, None)
    with pytest.raises(CodeNotResent):
        post.resend(post.only().pk)


def test_a_look_at_what_she_would_receive_writes_nothing(post: Post) -> None:
    number = post.enrol()
    given = PreviewNotice(clause="N5-04", member=number)
    seen = queries.preview(post.shop.actor, moment("2026-03-02 10:00"), given)
    assert (seen.channel, seen.text, seen.parts) == (
        "sms", "李梅，您有 478 积分将在 2026 年 4 月 1 日 24 时到期，付款时可以抵钱。", 1,
    )  # fmt: skip
    not_meant = queries.preview(post.shop.actor, AT, PreviewNotice(clause="N5-03", member=number))
    assert (not_meant.text, not_meant.reason["en"]) == ("", "Not among those who are told.")
    with pytest.raises(NoSuchNotice):
        queries.preview(post.shop.actor, AT, PreviewNotice(clause="N0-01", member=number))
    assert post.written() == []
    assert Message.objects.count() == 0


def test_as_how_many_messages_a_text_goes() -> None:
    assert [queries.parts("字" * n) for n in (1, 70, 71, 134, 135)] == [1, 1, 2, 2, 3]


def test_found_by_words_state_and_occasion(post: Post) -> None:
    one = post.enrol("李梅")
    post.enrol("王芳")
    post.provider.sends = [Answer(REFUSED, trouble="no such number")]
    post.round()
    actor = post.shop.actor
    assert [each.name for each in queries.messages(actor)] == ["王芳", "李梅"]
    assert [each.name for each in queries.messages(actor, state=DEAD)] == ["李梅"]
    assert [each.name for each in queries.messages(actor, text="王芳")] == ["王芳"]
    assert [each.name for each in queries.messages(actor, member=one)] == ["李梅"]
    assert queries.messages(actor, occasion="tier_changed") == ()
    newest = queries.messages(actor, limit=1)[0]
    assert [each.name for each in queries.messages(actor, before=newest.id)] == ["李梅"]
    assert queries.counted(actor).by_state == {DEAD: 1, DELIVERED: 1}


def test_who_was_entered_in_the_evening_is_reached_by_what_was_entered(post: Post) -> None:
    """A form filled in in the morning: her phone is known from the evening on, and she is welcomed all the same."""
    members.enrol_members(
        actor=post.shop.actor,
        at=moment("2026-03-02 20:00"),
        given=[read(EnrolMember, {"name": "王芳", "phone": "13800000009", "shop": "S1", "at": "2026-03-02 09:00"})],
    )
    follow(post)
    assert [row.text[:2] for row in post.written()] == ["王芳"]


def notice(number: int, on: str, says: str) -> str:
    """A notice clause to be put behind the neighbourhood's own."""
    return (
        f"\n  - id: N5-{number}\n    kind: notice\n    number: 六{number}\n    title: {{zh: 通知, en: Notice}}\n"
        f'    text: {{zh: 告知, en: Told}}\n    on: {on}\n    to: [sms]\n    says: {{zh: "{says}", en: "{says}"}}\n'
    )


def test_a_card_frozen_by_the_watch_says_why_and_how_it_is_released(post: Post) -> None:
    watch = (
        "\n  - id: N5-92\n    kind: watch\n    number: 六92\n    title: {zh: 异常, en: Unusual}\n"
        "    text: {zh: 复核, en: Looked at}\n    a_day: 1\n    then: freeze\n    release: [id]\n"
    )
    cards = SOURCE.replace("    what: phone\n    valid: always\n", "    what: card\n    valid: always\n")
    post.shop.publish(cards + watch + notice(93, "card_frozen", "{card}：{reason}{release}"), "2026-03-02")
    number = post.shop.enrol("2026-03-02 09:00", name="李梅", card="C-77").number
    for minute in (1, 2):
        post.shop.sell(f"2026-03-02 10:0{minute}", "SCARF", member=number, presented="card")
    follow(post)
    (told,) = [row.text for row in post.written() if row.occasion == "card_frozen"]
    assert told == "C-77：这是当天第 2 单，一天至多 1 单。请携身份证件到门店办理"


def test_value_stored_is_told_with_what_is_in_the_wallet(post: Post) -> None:
    top_up = (
        "\n  - id: N5-94\n    kind: top_up\n    number: 六94\n    title: {zh: 储值, en: Stored value}\n"
        "    text: {zh: 充 100 送 10, en: 10 on 100}\n    grades: [{pay: 100.00, bonus: 10.00}]\n"
    )
    post.shop.publish(SOURCE + top_up + notice(95, "value_stored", "充 {paid} 送 {bonus} 余 {wallet}"), "2026-03-02")
    number = post.enrol()
    given = read(TopUpInput, {"member": number, "shop": "S1", "amount": "100.00"})
    checkout.store_value(actor=post.shop.actor, at=moment("2026-03-02 11:00"), given=given, key="t1")
    follow(post)
    assert [row.text for row in post.written() if row.clause == "N5-95"] == ["充 ¥100.00 送 ¥10.00 余 ¥110.00"]
