"""What an applicant is told of her matter, at the address she gave with it; papers about to end."""

from __future__ import annotations

from typing import Any

import pytest

from huiguan.cases import queries as cases
from huiguan.cases.inputs import InviteRecommender, NameInvitation
from huiguan.cases.inviting_refusals import TooManyInvited
from huiguan.cases.models import Invitation, Matter
from huiguan.cases.operations import invite_recommender, link_matter, renew_invitation
from huiguan.documents import operations as papers
from huiguan.documents.inputs import UploadDocument
from huiguan.documents.values import PARTY, holder_of
from huiguan.kernel.inputs import read
from huiguan.members.inputs import EnrolMember
from huiguan.members.models import Membership
from huiguan.members.operations import enrol_member, mark_erased
from huiguan.messaging import operations as messaging
from huiguan.messaging.composing import clear_of
from huiguan.messaging.models import Message
from huiguan.rules.shelf import source_of
from tests.cases.world import JUDGED, SOURCE, Guild, moment
from tests.messaging.post import SOURCE as BRANCH
from tests.messaging.post import Post

pytestmark = pytest.mark.django_db

NOTICES = """
  - id: TA-91
    kind: notice
    number: (二)91
    title: {zh: 短信告知, en: Told by text message}
    text: {zh: 申请进展以短信告知。, en: How it goes is told by text message.}
    source: 示范文本 二 91
    on: matter_told
    to: [sms]
    says: {zh: "【{house}】{letter}", en: "{house}: {letter}"}
  - id: TA-92
    kind: notice
    number: (二)92
    title: {zh: 邮件告知, en: Told by mail}
    text: {zh: 申请进展以邮件告知。, en: How it goes is told by mail.}
    source: 示范文本 二 92
    on: matter_told
    to: [email]
    subject: {zh: "{procedure} {matter}", en: "{procedure} {matter}"}
    says: {zh: "{name}：{letter}", en: "{name}: {letter}"}
"""


def carried(guild: Guild, at: str) -> list[tuple[str, str, str]]:
    """(way, address, text) of every message so far, after the feed was followed."""
    messaging.follow_feed(programme=guild.owner.programme, wall=moment(at))
    rows = Message.objects.filter(programme_id=guild.owner.programme).order_by("id")
    return [(row.channel, clear_of(row)["address"], row.text) for row in rows]


def test_an_applicant_who_is_no_member_is_told_each_step_once_in_the_words_the_reviewer_saw() -> None:
    guild = Guild.founded("letters")
    messaging.begin_telling(programme=guild.owner.programme, position=0)
    number = guild.opened().number
    seen = cases.letter_for(
        guild.staff["lin"], number, moment("2026-03-02 10:00"), verdict="return", reason="请补营业执照"
    )
    guild.do("decide_matter", "2026-03-02 10:00", "lin", matter=number, stage="first_review", verdict="return",
             reason="请补营业执照")  # fmt: skip
    guild.do("submit_matter", "2026-03-02 11:00", guild.applicant(number), matter=number)
    told = carried(guild, "2026-03-02 12:00")
    assert seen is not None
    assert [(way, address) for way, address, _ in told] == [("sms", "13800000001")] * 3
    assert [text for _, _, text in told] == [
        f"您的入会申请已收到，编号 {number}。下一步：初审。",
        f"您的入会申请（{number}）在“初审”退回补正：请补营业执照。请改好后再次提交。",
        f"您的入会申请已收到，编号 {number}。下一步：初审。",
    ]
    assert told[1][2] == seen.text.zh
    # Followed again nothing is written twice.
    assert carried(guild, "2026-03-02 12:01") == told


def test_what_an_applicant_was_told_goes_with_the_data_of_the_member_she_became() -> None:
    guild = Guild.founded("erased")
    programme = guild.owner.programme
    messaging.begin_telling(programme=programme, position=0)
    hers, other = guild.opened().number, guild.opened().number
    assert len(carried(guild, "2026-03-02 12:00")) == 2
    enrolled = enrol_member(actor=guild.owner, at=moment("2026-03-03 10:00"), given=read(EnrolMember, {"name": "王芳"}))
    key = Matter.objects.get(programme_id=programme, number=hers).pk
    link_matter(
        actor=guild.owner, at=moment("2026-03-03 10:00"), matter=key, subject_ref="", membership=enrolled.membership
    )
    day = {"clause": "", "day": "2026-03-04"}
    mark_erased(actor=guild.owner, at=moment("2026-03-04 10:00"), membership=enrolled.membership, **day)
    assert [messaging.forget_erased(programme) for _ in range(2)] == [1, 0]
    left = Message.objects.filter(programme_id=programme).exclude(text="")
    assert [(row.about, row.sealed is None) for row in left] == [(f"ApplicantTold:{other}", False)]


def test_two_clauses_tell_by_both_ways_exactly_once_each_and_a_pass_of_one_of_two_tells_nothing() -> None:
    guild = Guild.founded("ways", SOURCE + NOTICES)
    messaging.begin_telling(programme=guild.owner.programme, position=0)
    number = guild.opened().number
    guild.passed(number, "2026-03-02 10:00", upto="committee")
    waiting = cases.letter_for(guild.staff["shen"], number, moment("2026-03-02 10:30"), verdict="pass", reason="")
    guild.do(
        "decide_matter", "2026-03-02 10:30", "shen", matter=number, stage="committee", verdict="pass", judged=JUDGED
    )
    assert waiting is None
    before = carried(guild, "2026-03-02 11:00")
    guild.do("decide_matter", "2026-03-02 11:30", "tao", matter=number, stage="committee", verdict="refuse",
             reason="经营不满一年")  # fmt: skip
    told = carried(guild, "2026-03-02 12:00")
    assert len(before) == 4
    refused = f"您的入会申请（{number}）在“委员会审定”未通过：经营不满一年。"
    assert told[4:] == [
        ("sms", "13800000001", f"【临安茶业同业公会】{refused}"),
        ("email", "tea@example.com", f"山水茶业有限公司：{refused}"),
    ]
    letters = cases.letters_of(guild.owner, number, moment("2026-03-02 12:00"))
    assert [each.told for each in letters] == ["submitted", "pass", "refuse"]


def test_an_applicant_whose_time_runs_out_is_reminded_once_before_it_ends() -> None:
    hers = "        by: applicant\n        warn: 5 days\n        within: 60 days\n"
    source = SOURCE.replace("        by: {post: member_office}\n        within: 60 days\n", hers, 1)
    guild = Guild.founded("warned", source)
    number = guild.opened().number
    guild.passed(number, "2026-03-02 10:00")
    begun = guild.seen(number, "2026-03-12 09:00").line
    assert (begun.stage, begun.due_at) == ("collection", moment("2026-05-10 00:00"))
    last = cases.letters_of(guild.owner, number, moment("2026-05-04 23:59"))[-1]
    reminded = cases.letters_of(guild.owner, number, moment("2026-05-05 00:00"))[-1]
    assert (last.told, reminded.told) == ("pass", "remind")
    assert reminded.text.zh == f"您的入会申请（{number}）在“领取会员证”等您办理，请在 2026-05-10 00:00 前办完。"


EXPIRING = """
  - id: N5-93
    kind: notice
    number: 六93
    title: {zh: 材料到期, en: Papers ending}
    text: {zh: 材料到期前三十天告知。, en: Told thirty days before a paper ends.}
    on: paper_expiring
    before: 30
    to: [sms]
    says: {zh: "{paper} {day} 到期，还有 {days} 天", en: "{paper} ends on {day}, in {days} days"}
"""


def test_whose_paper_ends_in_thirty_days_is_told_at_ten_once(post: Post) -> None:
    post.shop.publish(BRANCH + EXPIRING, "2026-03-02")
    owner, programme = post.shop.actor, post.shop.actor.programme
    number = post.enrol()
    party = Membership.objects.get(number=number).party_id
    for day in ("2026-04-05", "2026-04-06", "2026-04-07"):
        given = read(
            UploadDocument, {"holder": holder_of(PARTY, party), "doc": "permit", "expires": day, "paper": True}
        )
        papers.upload_document(actor=owner, at=moment("2026-03-03 09:00"), given=given, file=None)
    messaging.tell_after_grants(programme=programme, until=moment("2026-03-07 09:59"), written_at=post.wall)
    told = []
    for at in ("2026-03-07 09:59:59", "2026-03-07 10:00", "2026-03-07 23:00"):
        messaging.tell_after_grants(programme=programme, until=moment(at), written_at=post.wall)
        told.append([row.text for row in post.written() if row.occasion == "paper_expiring"])
    assert told == [[], ["permit 2026 年 4 月 6 日 到期，还有 30 天"], ["permit 2026 年 4 月 6 日 到期，还有 30 天"]]


def test_whose_term_ends_in_thirty_days_is_told_once_and_of_another_end_again(post: Post) -> None:
    ending = EXPIRING.replace("paper_expiring", "membership_ending").replace("{paper} {day}", "{day}")
    post.shop.publish(BRANCH + ending.replace("{paper} ends", "It ends"), "2026-03-02")
    programme, number = post.shop.actor.programme, post.enrol()

    def told(until: str, ends: str) -> list[str]:
        Membership.objects.filter(number=number).update(ends_at=moment(ends))
        messaging.tell_after_grants(programme=programme, until=moment(until), written_at=post.wall)
        return [row.text for row in post.written() if row.occasion == "membership_ending"]

    first, second = "2026 年 4 月 30 日 到期，还有 30 天", "2026 年 5 月 31 日 到期，还有 30 天"
    assert told("2026-03-31 09:59:59", "2026-05-01 00:00") == []
    assert told("2026-03-31 10:00", "2026-05-01 00:00") == [first]
    assert told("2026-04-01 10:00", "2026-05-01 00:00") == [first], "once"
    assert sorted(told("2026-05-01 10:00", "2026-06-01 00:00")) == [first, second]


def test_whoever_is_asked_to_recommend_is_sent_her_link_once_and_nobody_reads_it_in_the_record() -> None:
    guild = Guild.founded("asked", source_of("association").decode())
    messaging.begin_telling(programme=guild.owner.programme, position=0)
    page = "https://hall.example/m/asked/recommend/"

    def ask(at: str, name: str, contact: str, key: str | None = None) -> Any:
        given = InviteRecommender(matter=number, name=name, contact=contact)
        return invite_recommender(actor=guild.applicant(number), at=moment(at), given=given, page=page, key=key)

    form = {"name": "何山", "subject": "制茶"}
    number = guild.do(
        "open_matter", "2026-03-02 09:00", guild.guest, procedure="lecturer", form=form, submit=True
    ).number
    ask("2026-03-02 10:00", "李梅", "13800000066", "k")
    ask("2026-03-02 10:00", "李梅", "13800000066", "k")
    ask("2026-03-02 10:00", "赵云", "zhao@example.com")
    told = carried(guild, "2026-03-02 11:00")
    assert [(way, address) for way, address, _ in told] == [("sms", "13800000066"), ("email", "zhao@example.com")]
    assert "何山正在办" in told[0][2] and "••••••" in told[0][2] and page not in told[0][2]
    sent = [clear_of(row)["text"] for row in Message.objects.order_by("id")]
    token = sent[0].split(page)[1].split(" ")[0]
    assert cases.invitation(guild.owner.programme, token, moment("2026-03-02 11:00")).name == "李梅"
    assert {row.membership_id for row in Message.objects.all()} == {None}
    # A link made anew takes the place of the one before, which is not sent any more; whoever answered is sent nothing.
    row = Invitation.objects.get(name="李梅")
    renew = NameInvitation(matter=number, invitation=row.pk)
    for _ in range(2):
        renew_invitation(actor=guild.owner, at=moment("2026-03-02 12:00"), given=renew, page=page)
    assert len(carried(guild, "2026-03-02 12:01")) == 3
    for n in range(4):
        ask("2026-03-02 13:00", f"推荐人{n}", f"1380000010{n}")
    with pytest.raises(TooManyInvited):
        ask("2026-03-02 13:00", "又一位", "13800000199")
