"""Who is let in by which code: what the house was told opens nothing that is sealed, and only her own address brings another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from huiguan.cases import operations, queries
from huiguan.cases.forms import MASK
from huiguan.cases.inputs import RecoverCode
from huiguan.cases.models import AccessCode, LetterWritten
from huiguan.cases.values import SavedMatter
from huiguan.identity import operations as identity
from huiguan.identity import queries as codes
from huiguan.identity.inputs import CheckCode, IssueCode
from huiguan.kernel.actors import Actor
from tests.cases.test_matters import refused
from tests.cases.world import FORM, SOURCE, Guild, moment

pytestmark = pytest.mark.django_db
AT = "2026-03-03 10:00"
OTHERS = """      - {name: email, title: {zh: 电子邮箱, en: E-mail}, type: email, required: true}
      - {name: agent_phone, title: {zh: 经办人手机, en: Phone of the agent}, type: phone}
"""


@pytest.fixture
def guild() -> Guild:
    return Guild.founded()


def recovered(guild: Guild, number: str, address: str, at: str = AT) -> SavedMatter:
    """Another code, by the digits sent to an address."""
    door, wall = guild.guest, moment(at)
    told: dict[str, Any] = {"purpose": "resume", "address": address, "subject": f"matter:{number}"}
    decoy = not queries.address_fits(door.programme, number, address)
    identity.issue_code(actor=door, at=wall, given=IssueCode(**told, decoy=decoy), wall=wall, origin="198.51.100.7")
    digits = next((each.code for each in reversed(codes.codes_to_send(wall)) if each.address == address), "000000")
    wall += timedelta(seconds=30)
    proof = identity.check_code(
        actor=door, at=wall, given=CheckCode(**told, code=digits), wall=wall, origin="198.51.100.7"
    )
    given = RecoverCode(matter=number, address=address, proof=proof.proof)
    return operations.recover_code(actor=door, at=wall, given=given, wall=wall)


def read_by(actor: Actor, number: str) -> set[Any]:
    """Her phone, sealed, by every question that tells the answers of a matter."""
    at = moment("2026-03-20 10:00")
    answers: list[Mapping[str, Any] | None] = [
        queries.form(actor, number, at).values, queries.status_for_applicant(actor, number, at).form,
        queries.matter(actor, number, at).form, queries.handed_in(actor, number, at),
    ]  # fmt: skip
    return {each["phone"] for each in answers if each is not None}


def test_the_house_is_told_no_code_that_can_be_sent_and_reads_nothing_sealed(guild: Guild) -> None:
    number = guild.opened().number
    assert read_by(guild.applicant(number), number) == {FORM["phone"]}
    assert refused("RenewalReasonNeeded", guild.do, "reissue_code", AT, "lin", matter=number).field == "reason"
    made = guild.do("reissue_code", AT, "lin", matter=number, reason="来电说丢了")
    assert made.code is None
    letter = LetterWritten.objects.get(told="renewed")
    assert letter.text["zh"] == (
        f"您的入会申请（{number}）的查询码由林书蕴于 2026-03-03 10:00 在临安茶业同业公会作废：来电说丢了。"
        "请在查询页点“查询码丢了”，凭您的手机或邮箱领取新的。不是您要求的，请告诉我们。"
    )
    assert read_by(guild.applicant(number), number) == {MASK}
    # By her own phone she is in, and reads what is hers.
    assert recovered(guild, number, FORM["phone"]).code is not None
    assert read_by(guild.applicant(number), number) == {FORM["phone"]}
    assert [each.text.zh for each in queries.timeline(guild.applicant(number), number, moment(AT))][-1] == (
        "林书蕴换发查询码：来电说丢了"
    )


def test_a_code_handed_over_at_the_counter_opens_nothing_sealed_nor_does_another_made_with_it(guild: Guild) -> None:
    form = {name: value for name, value in FORM.items() if name not in ("phone", "email")}
    number = guild.do("open_matter", "2026-03-02 09:00", guild.guest, procedure="joining", form=form).number
    assert guild.do("reissue_code", AT, "lin", matter=number, reason="当面换").code is not None
    assert LetterWritten.objects.get().told == "handed"
    hers = guild.applicant(number)
    guild.do("save_matter", AT, hers, matter=number, form={"phone": FORM["phone"]})
    assert queries.form(hers, number, moment(AT)).values["phone"] == MASK
    # What is shown hidden and left so is not written down.
    guild.do("save_matter", AT, hers, matter=number, form={"phone": MASK, "email": FORM["email"]})
    # Whoever knows the code wrote this address: it lets nobody look, nor does a code made by herself.
    for again in (
        recovered(guild, number, FORM["phone"]),
        guild.do("reissue_code", AT, guild.applicant(number), matter=number),
    ):
        assert again.code is not None
        assert queries.form(guild.applicant(number), number, moment(AT)).values["phone"] == MASK
    assert queries.status_for_applicant(guild.applicant(number), number, moment(AT)).hidden == "house"
    assert AccessCode.objects.filter(shut=True).count() == 3


def test_an_address_the_house_wrote_lets_nobody_look(guild: Guild) -> None:
    """Given back, corrected at the counter with another phone: digits sent there open the matter and nothing sealed."""
    number = guild.opened().number
    given = {"matter": number, "stage": "first_review", "verdict": "return", "reason": "请更正"}
    guild.do("decide_matter", "2026-03-03 09:00", "lin", **given)
    guild.do("save_matter", "2026-03-03 09:30", "gao", matter=number, form={"phone": "13900000009"})
    assert read_by(guild.applicant(number), number) == {"13900000009", FORM["phone"]}  # her own code still
    recovered(guild, number, "13900000009")
    assert read_by(guild.applicant(number), number) == {MASK}
    refused("OneTimeCodeWrong", recovered, guild, number, FORM["phone"], "2026-03-03 11:00")


def test_only_the_applicants_own_address_brings_another_code() -> None:
    guild = Guild.founded("own", SOURCE.replace(OTHERS.splitlines(keepends=True)[0], OTHERS))
    number = guild.opened(agent_phone="13700000007").number
    fits = [
        queries.address_fits(guild.owner.programme, number, each)
        for each in ("13700000007", FORM["phone"], FORM["email"])
    ]
    assert fits == [False, True, True]
    named = SOURCE.replace(OTHERS.splitlines(keepends=True)[0], OTHERS)
    named = named.replace("    name: joining\n    of:", "    name: joining\n    own_address: [agent_phone]\n    of:", 1)
    other = Guild.founded("named", named)
    number = other.opened(agent_phone="13700000007").number
    assert [queries.address_fits(other.owner.programme, number, each) for each in ("13700000007", FORM["phone"])] == [
        True,
        False,
    ]
