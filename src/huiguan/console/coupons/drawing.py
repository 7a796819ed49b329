"""Coupons as their page shows them, and a batch's codes for a printer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from huiguan.checkout import queries as till
from huiguan.console.acting import Acting
from huiguan.console.coupons.pages import BatchRow, CouponsPage, ProductRow
from huiguan.console.keys import new_key
from huiguan.console.wording import clause_refs
from huiguan.design.markup import ending
from huiguan.design.values import Mark, Refused, Words
from huiguan.entitlements import queries
from huiguan.entitlements.values import BatchView
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import coupon
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.sentences.conditioned import Names
from huiguan.rules.sentences.telling import terms

HEADINGS = (Text(zh="券码", en="Code"), Text(zh="已兑", en="Turned in"))
_YES = Text(zh="是", en="yes")


def coupons_page(
    now: Acting, form: str = "", typed: Mapping[str, str] | None = None, refused: Refused | None = None
) -> CouponsPage:
    rulebook = programmes.programme_at(now.actor.programme, now.at)
    counts = queries.coupon_counts(now.actor.programme)
    offers = {offer.coupon: (offer.left, offer.of) for offer in till.coupon_offers(now.actor, now.at)}
    known = coupon.products(rulebook)
    names = {"category": till.category_names(now.actor.programme)}
    batches = queries.batches(now.actor)
    chosen = (typed or {}).get("coupon", "")
    choices = [(name, coupon.terms(clause).title, name == chosen) for name, clause in known.items()]
    elsewhere = {name for name, clause in known.items() if coupon.terms(clause).elsewhere}
    return CouponsPage(
        products=[_product(rulebook, clause, counts, offers, names) for clause in known.values()],
        batches=[_batch(rulebook, view) for view in batches],
        own=[each for each in choices if each[0] not in elsewhere],
        outside=[each for each in choices if each[0] in elsewhere],
        key=new_key(),
        making=any(_at_work(view) for view in batches),
        form=form,
        typed=typed or {},
        refused=refused,
    )


def _product(
    rulebook: Programme,
    clause: Clause,
    counts: Mapping[str, tuple[int, int]],
    offers: Mapping[str, tuple[int | None, int | None]],
    names: Names,
) -> ProductRow:
    given = coupon.terms(clause)
    said = [Text(**term.text.both(**term.values)) for term in terms(rulebook, clause, names)[1:]]
    made, used = counts.get(given.name, (0, 0))
    left, of = offers.get(given.name, (None, None))
    return ProductRow(given.name, given.title, said, clause_refs(rulebook, [clause.id]), made, used, left, of)


def _at_work(view: BatchView) -> bool:
    return view.made < view.size and view.stopped_at is None


def _batch(rulebook: Programme, view: BatchView) -> BatchRow:
    clause = coupon.products(rulebook).get(view.coupon)
    title: Words = coupon.terms(clause).title if clause else view.coupon
    return BatchRow(
        id=view.id,
        title=title,
        note=view.note,
        at=view.at,
        by=view.by,
        size=view.size,
        made=view.made,
        claimed=view.claimed,
        percent=view.made * 100 // view.size,
        mark=_mark(view),
        until=ending(view.ends_at) if view.ends_at else "",
        may_stop=view.stopped_at is None,
    )


def _mark(view: BatchView) -> Mark:
    if view.stopped_at is not None:
        return Mark(Text(zh="已停用", en="Stopped"), "stop")
    if _at_work(view):
        return Mark(Text(zh="制作中", en="Being made"), "draft")
    return Mark(Text(zh="外部码", en="Another's") if view.outside else Text(zh="可兑", en="Open"), "ok")


def code_rows(codes: Iterator[tuple[str, bool]], lang: str) -> Iterator[Sequence[str]]:
    """A batch's codes as the rows of a file."""
    return ((code, _YES.of(lang) if used else "") for code, used in codes)


def lines_of(text: str) -> Sequence[str]:
    """Codes as they were pasted: one a line, blanks around them and empty lines left out."""
    return [line.strip() for line in text.splitlines() if line.strip()]
