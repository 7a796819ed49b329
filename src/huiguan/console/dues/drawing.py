"""What members owe, as its pages show it."""

from __future__ import annotations

from collections.abc import Sequence

from huiguan.billing import queries
from huiguan.billing.values import ChargeView, DepositView, MoneyView, WaiverView
from huiguan.billing.values.dues import CHARGE_STATES, MONEY_WAYS, UNITS, WAYS
from huiguan.console.acting import Acting
from huiguan.console.dues.pages import (
    ChargePage,
    ChargeRow,
    DeedForm,
    DepositRow,
    DuesAside,
    MemberDues,
    MoneyPage,
    MoneyRow,
    MoveRow,
    Overview,
    WaiverRow,
    WhosePage,
)
from huiguan.console.keys import new_key
from huiguan.console.wording import clause_refs
from huiguan.design.values import Figure, Mark, Refused, Why, Words
from huiguan.kernel import text as words
from huiguan.kernel.text import Text, either
from huiguan.programme import queries as programmes
from huiguan.rules.effects import Reason
from huiguan.rules.programme import Programme

TONES = {"open": "plain", "part": "warn", "overdue": "stop", "paid": "ok", "waived": "plain", "returned": "plain", "cancelled": "plain"}  # fmt: skip
MOVES = {
    ("paid", "principal"): Text(zh="付了", en="Paid"),
    ("paid", "fine"): Text(zh="付了滞纳金", en="Fine paid"),
    ("unpaid", "principal"): Text(zh="收款冲销", en="Payment taken back"),
    ("unpaid", "fine"): Text(zh="滞纳金冲销", en="Fine taken back"),
    ("waived", "principal"): Text(zh="核销", en="Written off"),
    ("waived", "fine"): Text(zh="滞纳金核销", en="Fine written off"),
    ("returned", "principal"): Text(zh="退回", en="Given back"),
    ("returned", "fine"): Text(zh="滞纳金退回", en="Fine given back"),
}
DUES = "/dues"


def rulebook_of(now: Acting) -> Programme:
    return programmes.programme_at(now.actor.programme, now.at)


def why_of(rulebook: Programme, reason: Reason) -> Why:
    """A reason as its sentence, with its clause."""
    text: Text = rulebook.clauses[reason.clause].module.SAYS[reason.say]
    return Why(text.both(**reason.values), clause_refs(rulebook, [reason.clause]))


def charge_row(rulebook: Programme, view: ChargeView) -> ChargeRow:
    late = view.late_days if view.state == "overdue" else 0
    mark = (
        Text(zh=f"逾期 {late} 天", en=f"{late} {either(late, 'day', 'days')} late")
        if late
        else CHARGE_STATES[view.state]
    )
    covers = f"{view.covers_first} – {view.covers_last}" if view.covers_first else ""
    return ChargeRow(
        number=view.number, href=f"{DUES}/charges/{view.number}/", title=view.title, who=view.name,
        who_href=f"{DUES}/members/{view.member}/", member=view.member, amount=view.amount, owed=view.owed, due=view.due,
        mark=Mark(mark, TONES[view.state]), aside=view.note, covers="" if view.note else covers,
        whys=[why_of(rulebook, each) for each in view.reasons],
    )  # fmt: skip


def overview(now: Acting, age: str) -> Overview:
    rulebook = rulebook_of(now)
    told = queries.aged(now.actor, now.at, age=age)
    figures = [
        Figure(
            label=each.title, value=each.owed, unit="money", href=f"{DUES}/?age={each.name}", open=age == each.name,
            note=Text(zh=f"{each.members} 人 · {each.charges} 张", en=f"{each.members} {either(each.members, 'member', 'members')} · {each.charges} {either(each.charges, 'charge', 'charges')}"),
            key=str(place),
        )
        for place, each in enumerate(told.ages, 1)
    ]  # fmt: skip
    empty = (
        Text(zh="没有人欠费。", en="Nobody owes anything.")
        if not age
        else Text(zh="这一档没有。", en="Nothing of this age.")
    )
    return Overview(
        figures, [charge_row(rulebook, each) for each in told.lines], len(queries.bank_lines(now.actor, now.at)),
        len(queries.waivers(now.actor)), bool(rulebook.of("deposit")), bool(rulebook.of("share")), empty,
    )  # fmt: skip


def whose_page(now: Acting, query: str = "", refused: Refused | None = None) -> WhosePage:
    """Who owes, whoever owes most first."""
    rows = [(each, f"{DUES}/members/{each.member}/") for each in queries.owers(now.actor, now.at)]
    return WhosePage(rows, query, refused)


def money_row(view: MoneyView) -> MoneyRow:
    out = view.way == "out"
    title = MONEY_WAYS["out"] if out else WAYS.get(view.means, Text(zh=view.means, en=view.means))
    if view.undoes:
        title = Text(zh=f"冲销 {view.undoes}", en=f"Takes back {view.undoes}")
    aside = view.payer or view.reference or view.note
    return MoneyRow(
        view.number, f"{DUES}/money/{view.number}/", title, view.name, view.day, view.amount, out, aside,
        bool(view.undone_by),
    )  # fmt: skip


def deposit_row(rulebook: Programme, view: DepositView) -> DepositRow:
    if view.overdue:
        mark = Mark(Text(zh="逾期未补", en="Overdue"), "stop")
    elif view.short:
        mark = Mark(Text(zh="待补足", en="Short"), "warn")
    else:
        mark = Mark(Text(zh="足额", en="In full"), "ok")
    return DepositRow(
        view.title, view.held, view.required, view.short, mark, [why_of(rulebook, each) for each in view.reasons],
        f"{view.name} {view.member}", f"{DUES}/members/{view.member}/",
    )  # fmt: skip


def member_page(now: Acting, number: str, deeds: Sequence[DeedForm]) -> MemberDues:
    rulebook = rulebook_of(now)
    book = queries.dues_of(now.actor, number, now.at)
    titles = {each.name: each.title for each in queries.fees(now.actor, now.at)}
    figures = [
        Figure(Text(zh="应交", en="Owed"), book.owed, "money"),
        Figure(Text(zh="其中逾期", en="Overdue"), book.overdue, "money"),
        Figure(UNITS["dues_credit"], book.credit, "money"),
    ]
    if book.payable:
        figures.append(Figure(UNITS["dues_payable"], book.payable, "money"))
    return MemberDues(
        number=book.member, name=book.name, member_href=f"/members/{book.member}/", figures=figures,
        charges=[charge_row(rulebook, each) for each in book.charges],
        deposits=[deposit_row(rulebook, each) for each in book.deposits],
        money=[money_row(each) for each in book.money],
        paid_until=[(titles.get(name, name), day) for name, day in sorted(book.paid_until.items())], deeds=deeds,
    )  # fmt: skip


def dues_aside(now: Acting, number: str) -> DuesAside | None:
    """What stands on her page; None where the rulebook charges nothing and she owes nothing."""
    rulebook = rulebook_of(now)
    if not (rulebook.of("fee") or rulebook.of("deposit")):
        return None
    book = queries.dues_of(now.actor, number, now.at)
    titles = {each.name: each.title for each in queries.fees(now.actor, now.at)}
    return DuesAside(
        f"{DUES}/members/{book.member}/" if now.actor.may("bill") else "", book.owed, book.credit,
        [charge_row(rulebook, each) for each in book.charges if each.owed][:4],
        [(titles.get(name, name), day) for name, day in sorted(book.paid_until.items())],
    )  # fmt: skip


def charge_page(now: Acting, number: str, deeds: Sequence[DeedForm]) -> ChargePage:
    view = queries.charge(now.actor, number, now.at)
    row = charge_row(rulebook_of(now), view)
    facts: list[tuple[Words, Words]] = [
        (Text(zh="应交", en="Amount"), words.yuan(view.amount)),
        (Text(zh="到期", en="Due"), f"{view.due} 24:00"),
    ]
    if view.covers_first and view.covers_last:
        facts.append((Text(zh="管", en="Pays for"), f"{view.covers_first} – {view.covers_last}"))
    if view.paid:
        facts.append((Text(zh="已交", en="Paid"), words.yuan(view.paid)))
    if view.fine or view.fine_paid:
        paid = words.yuan(view.fine_paid)
        more = (f"，{paid} 已交", f", {paid} paid") if view.fine_paid else ("", "")
        now_open = words.yuan(view.fine)
        facts.append(
            (Text(zh="滞纳金", en="Fine"), Text(zh=f"{now_open} 未交{more[0]}", en=f"{now_open} open{more[1]}"))
        )
    facts.append((Text(zh="还欠", en="Still owed"), words.yuan(view.owed)))
    if view.note:
        facts.append((Text(zh="备注", en="What for"), view.note))
    moves = [
        MoveRow(
            MOVES[each.what, each.portion], each.amount, each.day, each.at, each.money,
            f"{DUES}/money/{each.money}/" if each.money else "", each.reason,
        )
        for each in view.moves
    ]  # fmt: skip
    return ChargePage(row, facts, [(title, amount, paid) for _, title, amount, paid in view.parts], moves, deeds)


def money_page(now: Acting, number: str, deeds: Sequence[DeedForm]) -> MoneyPage:
    view = queries.money(now.actor, number)
    facts: list[tuple[Words, Words]] = [
        (Text(zh="会员", en="Member"), f"{view.name} {view.member}"),
        (Text(zh="到账日", en="Day"), f"{view.day}"),
        (Text(zh="方式", en="By"), WAYS.get(view.means, Text(zh=view.means, en=view.means))),
    ]
    more = (
        (Text(zh="流水号", en="Reference"), view.reference),
        (Text(zh="付款人", en="Payer"), view.payer),
        (Text(zh="附言", en="Note"), view.note),
        (Text(zh="冲销", en="Takes back"), view.undoes),
        (Text(zh="已冲销", en="Taken back by"), view.undone_by),
        (Text(zh="存入保证金", en="Into the deposit"), view.deposit),
        (Text(zh="经手", en="By hand of"), view.by),
    )
    facts += [(label, told) for label, told in more if told]
    paid = [
        (charge, f"{DUES}/charges/{charge}/", _part(title, portion), amount)
        for charge, title, portion, amount in view.paid
    ]
    return MoneyPage(
        money_row(view), facts, paid, view.over, programmes.programme_named(now.actor.programme).name, deeds, view.at
    )


def _part(title: Text, portion: str) -> Text:
    return title if portion == "principal" else Text(zh=f"{title.zh}（滞纳金）", en=f"{title.en} (fine)")


def waiver_row(view: WaiverView, refused: Refused | None = None) -> WaiverRow:
    mark = None
    if view.decision:
        said = Text(zh="已核销", en="Written off") if view.decision == "approved" else Text(zh="不同意", en="Refused")
        mark = Mark(Text(zh=f"{said.zh} · {view.decided_by}", en=f"{said.en} · {view.decided_by}"), "plain")
    asked = Text(zh=f"{view.asked_by} 提请", en=f"asked by {view.asked_by}")
    return WaiverRow(
        view.id, view.charge, f"{DUES}/charges/{view.charge}/", f"{view.name} {view.member}", _part(view.title, view.portion),
        view.amount, view.reason, asked, view.own, new_key(), mark, refused,
    )  # fmt: skip
