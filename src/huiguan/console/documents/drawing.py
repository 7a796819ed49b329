"""Papers as the console shows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from huiguan.console.acting import Acting
from huiguan.console.documents.pages import MemberPapers, OnePaper, PaperRow, SignRow
from huiguan.console.keys import new_key
from huiguan.console.members.knowing import Member
from huiguan.console.paperwork import mark_of, titled
from huiguan.design.values import Mark, Refused, Words
from huiguan.documents import queries
from huiguan.documents.values import OTHER, DocumentView
from huiguan.kernel import text as words
from huiguan.kernel.moments import local_day
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes
from huiguan.rules.dossiers import WHOSE, docs
from huiguan.rules.kinds import acceptance
from huiguan.rules.programme import Programme

FORMS: dict[str, Text] = {
    "original": Text(zh="正本", en="original"),
    "duplicate": Text(zh="副本", en="duplicate"),
    "copy": Text(zh="复印件", en="copy"),
}


def member_papers(
    now: Acting, member: Member, holder: str, *, refused: Refused | None = None, told: Mapping[str, str] | None = None
) -> MemberPapers:
    """The page of a member's papers; after a refusal with what was filled in."""
    rows = queries.documents(now.actor, holder)
    day = local_day(now.at, member.rulebook.zone)
    return MemberPapers(
        number=member.told.number,
        name=member.told.name,
        href=member.page,
        rows=[_row(member.rulebook, view, over=view.expires is not None and view.expires < day) for view in rows],
        docs=[*docs(member.rulebook).items(), ("other", OTHER)],
        whose=list(WHOSE.items()),
        signs=list(_signs(now, member, holder)),
        key=new_key(),
        refused=refused,
        told=dict(told) if told is not None else None,
    )


def _row(rulebook: Programme, view: DocumentView, *, over: bool) -> PaperRow:
    return PaperRow(
        href=f"/papers/{view.number}/",
        title=titled(rulebook, view),
        about=_about(view),
        mark=mark_of(view),
        seen=view.seen is not None,
        until=view.expires,
        over=over,
        file=view.file.name if view.file else "",
        at=view.uploaded_at,
        by=view.uploaded_by,
    )


def _about(view: DocumentView) -> Text:
    parts = [FORMS[view.form]] if view.form else []
    parts += [Text(zh="盖章", en="stamped")] if view.stamped else []
    parts += [Text(zh="原件扫描", en="scan of the original")] if view.scan else []
    parts += [Text(zh=view.paper_number, en=view.paper_number)] if view.paper_number else []
    parts += [Text(zh=f"第 {view.edition} 版", en=f"version {view.edition}")] if view.edition > 1 else []
    return Text(zh=" · ".join(each.zh for each in parts), en=" · ".join(each.en for each in parts))


def _signs(now: Acting, member: Member, holder: str) -> Iterator[SignRow]:
    signed = queries.signed(now.actor, holder)
    given = queries.signatures(now.actor.programme, holder)
    for name, (clause, edition) in acceptance.editions(member.rulebook).items():
        reason = acceptance.standing(clause, given)
        own = [each for each in reversed(signed) if each.acceptance == name and not each.about]
        done = {each.role for each in given if each.acceptance == name and each.edition == edition}
        open_ = [role for role in clause.parameters.signs if role not in done]  # type: ignore[attr-defined]
        mark = Mark(Text(zh="已签", en="Signed"), "ok") if reason.given else Mark(Text(zh="待签", en="To sign"), "warn")
        why = Text(**acceptance.SAYS[reason.say].both(**reason.values))
        yield SignRow(
            name, edition, clause.title, acceptance.words(clause), mark, why,
            role=open_[0] if open_ and not reason.given else "",
            signed=[(acceptance.SIGNERS[each.role], each) for each in own],
        )  # fmt: skip


def one_paper(now: Acting, number: str, refused: Refused | None = None) -> OnePaper:
    """One paper with all that is known of it."""
    view = queries.document(now.actor, number)
    rulebook = programmes.programme_at(now.actor.programme, now.at)
    return OnePaper(
        view=view,
        title=titled(rulebook, view),
        mark=mark_of(view),
        facts=list(_facts(view)),
        versions=queries.versions(now.actor, number),
        readings=queries.readings(now.actor, number)[:20],
        picture=view.file is not None and view.file.media.startswith("image/"),
        name=number,
        href=f"/papers/{number}/",
        key=new_key(),
        refused=refused,
    )


def _facts(view: DocumentView) -> Iterator[tuple[Words, Words]]:
    """What was told of it; what was not is left out."""
    if view.form:
        yield Text(zh="形式", en="Handed in as"), FORMS[view.form]
    for label, value in (
        (Text(zh="编号", en="Number"), view.paper_number),
        (Text(zh="发证机关", en="Issued by"), view.issuer),
        (Text(zh="年度", en="Fiscal year"), view.period),
        (Text(zh="成对", en="Goes with"), view.pair),
    ):
        if value:
            yield label, value
    for label, day in (
        (Text(zh="签发", en="Issued"), view.issued),
        (Text(zh="有效期至", en="Valid until"), view.expires),
    ):
        if day is not None:
            yield label, Text(zh=words.day(day, "zh"), en=words.day(day, "en"))
    if view.stamped:
        yield Text(zh="公章", en="Stamp"), Text(zh="已盖", en="there")
    if view.scan:
        yield Text(zh="扫描", en="Scan"), Text(zh="由原件扫描", en="made from the original")
    for dossier, copies in view.copies.items():
        yield Text(zh="纸质件", en="On paper"), Text(zh=f"{copies} 份（{dossier}）", en=f"{copies} ({dossier})")
