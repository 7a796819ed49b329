"""A paper of a matter judged by whoever has the stage, read by whoever handed it in; a member who decides sees answers
masked and no draft."""

from __future__ import annotations

import pytest

from huiguan.cases import operations as cases
from huiguan.cases import queries
from huiguan.cases.inputs import AttachDocument
from huiguan.cases.refusals import MakerMayNotDecide, MatterEnded, MatterUnknown, NotYourStage
from huiguan.documents.inputs import JudgeDocument
from huiguan.documents.refusals import VerdictWithoutReason
from huiguan.documents.values import DocumentView, Upload
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import NotFound
from tests.cases.world import Guild, moment
from tests.documents.sheets import picture

pytestmark = pytest.mark.django_db


def judged(guild: Guild, by: str | Actor, document: str, verdict: str = "pass", why: str = "") -> DocumentView:
    actor = guild.staff[by] if isinstance(by, str) else by
    given = JudgeDocument(document=document, verdict=verdict, why=why)  # type: ignore[arg-type]
    return cases.judge_matter_document(actor=actor, at=moment("2026-03-03 10:00"), matter="M000001", given=given)


def test_whoever_has_the_stage_judges_and_nobody_else() -> None:
    guild = Guild.founded()
    guild.opened()
    her = guild.applicant("M000001")
    given = AttachDocument(matter="M000001", doc="licence")
    made = cases.attach_document(
        actor=her, at=moment("2026-03-02 10:00"), given=given, file=Upload("licence.jpg", picture())
    )
    with pytest.raises(NotYourStage):
        judged(guild, "shen", made.number)  # the committee's turn comes later
    with pytest.raises(MatterUnknown):
        judged(guild, guild.guest, made.number)
    with pytest.raises(NotYourStage):
        judged(guild, her, made.number)
    with pytest.raises(VerdictWithoutReason):
        judged(guild, "lin", made.number, "fail")
    with pytest.raises(NotFound):
        judged(guild, "lin", "D999999")
    helped = guild.opened("2026-03-02 11:00", "gao", name="清泉茶行")
    with pytest.raises(MakerMayNotDecide):
        told = JudgeDocument(document=made.number, verdict="pass")
        cases.judge_matter_document(
            actor=guild.staff["gao"], at=moment("2026-03-03 10:00"), matter=helped.number, given=told
        )
    judged(guild, "lin", made.number, "fail", "照片不清")
    (told,) = queries.papers_of(her, "M000001", moment("2026-03-03 11:00"))
    assert told.verdict is not None and (told.verdict.verdict, told.verdict.words) == ("fail", "照片不清")
    assert "judge" in guild.seen("M000001", "2026-03-03 11:00", "lin").may
    guild.do("withdraw_matter", "2026-03-03 12:00", her, matter="M000001")
    with pytest.raises(MatterEnded):
        judged(guild, "lin", made.number)


def test_who_decides_fills_in_nothing_and_sees_no_form_in_the_clear() -> None:
    guild = Guild.founded()
    guild.opened()
    at = moment("2026-03-02 10:00")
    assert queries.form(guild.applicant("M000001"), "M000001", at).values["phone"] == "13800000001"
    assert queries.form(guild.staff["lin"], "M000001", at).values["phone"] == "••••"
    stranger = Actor("member", 1, "李梅", guild.owner.programme, membership=1)
    for ask in (queries.form, queries.acceptances, queries.handed_in, queries.status_for_applicant):
        with pytest.raises(MatterUnknown):
            ask(stranger, "M000001", at)
