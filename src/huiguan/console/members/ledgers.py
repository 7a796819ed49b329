"""A member's units as her ledger reads: every entry with where it came from, every one with its slip."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from huiguan.checkout import queries as checkout
from huiguan.checkout.refusals import SaleUnknown
from huiguan.checkout.telling import told
from huiguan.checkout.values import SaleView
from huiguan.console.members.knowing import Member, hands
from huiguan.console.wording import clause_refs, text_of
from huiguan.design import markup
from huiguan.design.values import Entry, Slip, Why, Words
from huiguan.design.wording import entry_title
from huiguan.kernel import text as words
from huiguan.kernel.moments import end_of_day_text
from huiguan.kernel.text import Text, either
from huiguan.ledger import queries as ledger
from huiguan.ledger.values import Entry as LedgerEntry
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import expiry
from huiguan.rules.programme import Programme
from huiguan.rules.wallet import MONEY

ALL = 1_000_000
MERGES = ("merge", "unmerge", "recall")
Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Papers:
    """The sales a page of entries came from, by id, as far as the reader may see them; and who acted."""

    sales: Mapping[str, SaleView]
    names: Mapping[str, str]


def lines_of(member: Member, unit: str) -> tuple[LedgerEntry, ...]:
    """All lines of a unit, newest first."""
    return ledger.entries(actor=member.now.actor, membership=member.told.membership, unit=unit, limit=ALL)


def entries_of(member: Member, lines: Sequence[LedgerEntry], *, open_first: bool) -> list[Entry]:
    """A page of lines as the ledger shows them; the first may stand open with its slip."""
    papers = papers_of(member, lines)
    return [_entry(member, papers, line, open_it=open_first and i == 0) for i, line in enumerate(lines)]


def papers_of(member: Member, lines: Iterable[LedgerEntry]) -> Papers:
    lines = tuple(lines)
    wanted = {ref for line in lines if (ref := sale_of(line))}
    sales = {ref: sale for ref in wanted if (sale := _sale(member, ref))}
    return Papers(sales, hands(member.now.actor.programme, (line.actor for line in lines)))


def sale_of(line: LedgerEntry) -> str | None:
    """The sale an entry belongs to."""
    kind, ref = line.cause
    return ref if kind in ("sale", "return", "void") else None


def _sale(member: Member, reference: str) -> SaleView | None:
    try:
        return checkout.sale(member.now.actor, reference)
    except SaleUnknown:
        return None  # of a shop the reader may not look into


def _entry(member: Member, papers: Papers, line: LedgerEntry, *, open_it: bool) -> Entry:
    key = f"{line.seq}-{line.n}"
    reason = reason_of(member, papers, line)
    reference, href = _paper(papers, line, member.told.number)
    return Entry(
        id=key,
        at=line.at,
        label=label_of(line),
        change=line.delta,
        balance=line.balance,
        why=Why(_short(reason) if reason else _title(member, line), clause_refs(member.rulebook, [line.clause])),
        reference=reference,
        reference_href=href,
        hand=hand_of(papers, line),
        slip_href=f"{member.page}entries/{line.unit}/{key}",
        slip=slip_of(member, papers, line) if open_it else None,
    )


def label_of(line: LedgerEntry) -> Text:
    return entry_title(line.cause[0], came=line.delta > 0, stored=line.unit in MONEY)


def amount_of(line: LedgerEntry, amount: int) -> str:
    """An amount of the line's unit as people read it."""
    return words.yuan(amount) if line.unit in MONEY else words.grouped(amount)


def hand_of(papers: Papers, line: LedgerEntry) -> str:
    """Who served, as the sale names her, else who entered it."""
    kind, ref = line.cause
    if kind == "sale" and ref in papers.sales:
        return papers.sales[ref].clerk
    return papers.names.get(line.actor, "")


def _paper(papers: Papers, line: LedgerEntry, number: str) -> tuple[Words, str]:
    """The paper an entry came from, and its page."""
    kind, ref = line.cause
    sale = papers.sales.get(ref)
    if sale is not None:
        zh, en = {"return": ("退", "Return"), "void": ("废", "Void")}.get(kind, ("单", "Sale"))
        return Text(zh=f"{zh} {sale.number}", en=f"{en} {sale.number}"), f"/sales/{sale.id}/"
    if kind in ("top_up", "top_up_refund"):
        return Text(zh=f"充 {ref}", en=f"Top-up {ref}"), f"/sales/top-ups/{ref}/receipt"
    if kind in ("order", "order_back"):
        return Text(zh=f"兑 {ref}", en=f"Order {ref}"), f"/mall/orders/{ref}/"
    if kind in ("auction", "ticket", "ticket_back"):
        return Text(zh=ref, en=ref), f"/mall/{'auctions' if kind == 'auction' else 'draws'}/{ref}/"
    if kind in ("exchange", "exchange_back"):
        return Text(zh=f"通兑 {ref}", en=f"Exchange {ref}"), f"/mall/exchanges/{ref}/"
    if kind == "given":
        return Text(zh=f"转赠 {ref}", en=f"Gift {ref}"), ""
    if kind in ("redemption", "gift_return"):
        return Text(zh=f"兑 {ref}", en=f"Gift {ref}"), f"/sales/gifts/{ref}"
    if kind in MERGES:
        absorbed, _, kept = ref.partition(":")
        other = absorbed if kept == number else kept
        return Text(zh=f"会员 {other}", en=f"Member {other}"), f"/members/{other}/"
    if kind == "opening":
        return Text(zh=f"单 {ref}", en=f"Bill {ref}"), ""
    return ("" if kind == "expiry" else Text(zh="别店的单", en="Another shop’s")), ""


def reason_of(member: Member, papers: Papers, line: LedgerEntry) -> Told | None:
    """The stored reason behind an entry: of its sale, or of the return that made it."""
    sale = papers.sales.get(sale_of(line) or "")
    if sale is None:
        return None
    rulebook = _version(member, sale.version)
    if line.cause[0] == "sale":
        return _first(told(rulebook, sale.document["reasons"]), line, given=True)
    for row in checkout.returns_of(member.now.actor, sale.id):
        if row.document["journal"] == line.seq:
            return _first(told(rulebook, row.document["reasons"]), line, given=line.delta > 0)
    return None


def _first(reasons: Sequence[Told], line: LedgerEntry, *, given: bool) -> Told | None:
    return next((each for each in reasons if each["clause"] == line.clause and each["given"] is given), None)


def _version(member: Member, version: int) -> Programme:
    return member.rulebook if version == member.rulebook.version else programmes.version(version)


def _short(reason: Told) -> Words:
    """A reason on one line under its entry."""
    values = reason["values"]
    if reason["say"] == "earned":
        paid = words.yuan(values["paid"])
        return Text(
            zh=f"实付 {paid}，{values['steps']} 个整份",
            en=f"{paid} paid, {values['steps']} full {either(values['steps'], 'step', 'steps')}",
        )
    return text_of(reason["text"])


def _title(member: Member, line: LedgerEntry) -> Words:
    clause = member.rulebook.clauses.get(line.clause or "")
    return clause.title if clause else ""


# ---- the slip --------------------------------------------------------------------------------------------------------


def slip_of(member: Member, papers: Papers, line: LedgerEntry) -> Slip:
    """What made an entry: its sentence, its clause and version, its lots, who and when, whether the chain holds it."""
    reason = reason_of(member, papers, line)
    return Slip(
        sentence=_sentence(member, reason, line),
        after=_after(member, line),
        facts=[*_lot_facts(member, line), *_entered(member, papers, line)],
        intact=line.intact,
    )


def _sentence(member: Member, reason: Told | None, line: LedgerEntry) -> Words:
    if reason is not None:
        says: Text = member.rulebook.clauses[reason["clause"]].module.SAYS[reason["say"]]
        return markup.filled(says, reason["values"], mark=True)
    clause = member.rulebook.clauses.get(line.clause or "")
    if line.unit in MONEY:
        said, amount = label_of(line), amount_of(line, abs(line.delta))
        more = clause.text if clause else Text(zh="", en="")
        return Text(zh=f"{said.zh} {amount}。{more.zh}", en=f"{said.en}: {amount}. {more.en}".strip())
    if line.cause[0] == "expiry":
        return _cleared(member, line)
    units = abs(line.delta)
    if line.cause[0] == "opening":
        says = Text(
            zh="从前的系统带来 {units:points} 分，凭单据 {bill}。",
            en="{units:points} {units:point|points} brought over, by the bill {bill}.",
        )
        return markup.filled(says, {"units": units, "bill": line.cause[1]}, mark=True)
    if line.cause[0] in MERGES:
        return _merged(member, line)
    return clause.text if clause else label_of(line)


def _merged(member: Member, line: LedgerEntry) -> Words:
    """Where the units of a merge came from or went; their life is their own."""
    absorbed, _, kept = line.cause[1].partition(":")
    other = absorbed if kept == member.told.number else kept
    came = Text(
        zh="{units:points} 分从会员 {other} 转来，期限照旧。",
        en="{units:points} {units:point|points} from member {other}, their end as it was.",
    )
    went = Text(
        zh="{units:points} 分转到会员 {other}，期限照旧。",
        en="{units:points} {units:point|points} to member {other}, their end as it was.",
    )
    return markup.filled(came if line.delta > 0 else went, {"units": abs(line.delta), "other": other}, mark=True)


def _cleared(member: Member, line: LedgerEntry) -> Words:
    use = next(iter(line.uses), None)
    if use is None or use.expires_at is None:
        return label_of(line)
    zone = member.rulebook.zone
    values = {
        "until": end_of_day_text(use.expires_at, zone),
        "earned": member.local(use.earned_at).date().isoformat(),
        "units": abs(line.delta),
    }
    return markup.filled(expiry.SAYS["cleared"], values, mark=True)


def _after(member: Member, line: LedgerEntry) -> list[Why]:
    """The clause by name, and the version that judged it."""
    clause = member.rulebook.clauses.get(line.clause or "")
    refs = clause_refs(member.rulebook, [line.clause])
    after = [Why(clause.title, refs)] if clause else []
    version = _published(member, line.version)
    return [*after, Why(version)] if version else after


def _published(member: Member, version: int | None) -> Text | None:
    if version is None or not member.now.actor.may("read_rulebook"):
        return None
    for each in programmes.versions(member.now.actor):
        if each.id == version:
            since = member.local(each.effective_from).date().isoformat()
            return Text(zh=f"章程第 {each.number} 版，{since} 起", en=f"Rulebook {each.number}, since {since}")
    return None


def _lot_facts(member: Member, line: LedgerEntry) -> list[tuple[Words, Words]]:
    """The lot it opened, or the lots it used and gave back."""
    zone = member.rulebook.zone
    facts: list[tuple[Words, Words]] = []
    if line.lot is not None:
        until: Words = (
            end_of_day_text(line.lot.expires_at, zone) if line.lot.expires_at else Text(zh="没有期限", en="no end")
        )
        facts.append((Text(zh="有效至", en="Good until"), until))
        facts.append((Text(zh="已用", en="Used"), _of_whole(line, line.lot.used - line.lot.expired)))
        if line.lot.expired:
            facts.append((Text(zh="已清零", en="Cleared"), amount_of(line, line.lot.expired)))
    for use in line.uses[:4]:
        earned = member.local(use.earned_at).date().isoformat()
        word = Text(zh="取自", en="Taken from") if use.amount > 0 else Text(zh="退回到", en="Back to")
        amount = amount_of(line, abs(use.amount))
        zh = f"{earned} 的 {amount}" if line.unit in MONEY else f"{earned} 的 {amount} 分"
        facts.append((word, Text(zh=zh, en=f"{amount} of {earned}")))
    return facts


def _of_whole(line: LedgerEntry, used: int) -> str:
    """So much of the lot, out of all of it."""
    whole = line.lot.amount if line.lot else 0
    return f"{amount_of(line, used)} / {amount_of(line, whole)}" if line.unit in MONEY else f"{used} / {whole}"


def _entered(member: Member, papers: Papers, line: LedgerEntry) -> list[tuple[Words, Words]]:
    written = member.local(line.written_at)
    by = papers.names.get(line.actor, "")
    said = " · ".join(part for part in (f"{written:%Y-%m-%d %H:%M:%S}", by) if part)
    return [(Text(zh="入账", en="Entered"), said)]
