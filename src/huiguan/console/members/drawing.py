"""A member's page: who she is, her figures, the open ledger, her profile, what can be done."""

from __future__ import annotations

from huiguan.console.acting import Acting, sells
from huiguan.console.dues.drawing import dues_aside
from huiguan.console.members.books import book_of
from huiguan.console.members.bringing import bringing_of, may_name
from huiguan.console.members.card_page import card_acts
from huiguan.console.members.coupon_deeds import has_coupons
from huiguan.console.members.deeds import KIN
from huiguan.console.members.figures import figures_of
from huiguan.console.members.gift_deeds import birthday_gifts
from huiguan.console.members.joining import issues_cards
from huiguan.console.members.knowing import Member, known_member, shop_names
from huiguan.console.members.life import life_of
from huiguan.console.members.pages import Fact, MemberPage, UserRow
from huiguan.console.members.passing_deeds import passing_acts
from huiguan.console.members.pooling import pool_panel
from huiguan.console.members.turns import cards_of, merges_of, tier_turns
from huiguan.console.members.wallet_deeds import stores
from huiguan.console.messages.drawing import row_of
from huiguan.console.pages import Act
from huiguan.console.wording import masked_tail, standing_mark, text_of, tier_mark
from huiguan.design import lists
from huiguan.design.values import Refused, Words
from huiguan.kernel import text as words
from huiguan.kernel.text import Text
from huiguan.members import queries as members
from huiguan.members.values import LEFT, FieldTold
from huiguan.messaging import queries as messaging
from huiguan.rules.kinds import profile as profile_kind
from huiguan.rules.kinds import redemption, relation
from huiguan.rules.packages import sold

MASK = Text(zh="已封存", en="sealed")


def member_page(
    now: Acting, ref: str, *, book: str = "", after: str = "", refusal: Refused | None = None
) -> MemberPage:
    """The page of a member with one of her books open; `refusal`: why the last act was not done."""
    member = known_member(now, ref)
    told = member.told
    marks = [tier_mark(member.rulebook, told.tier), standing_mark(told.standing)]
    facts = _facts(member)
    bringing = bringing_of(member)
    figures, opened = figures_of(member, book)
    return MemberPage(
        number=told.number,
        name=told.name,
        href=member.page,
        aside=_aside(member),
        marks=[mark for mark in marks if mark],
        acts=_acts(member),
        figures=figures,
        book=book_of(member, opened, after),
        facts=facts,
        profile_note=_profile_note(member),
        reveal_href=f"{member.page}reveal",
        tiers=tier_turns(member),
        cards=cards_of(member),
        users=_users(member),
        withdraw_href=f"{member.page}users/withdrawal" if now.actor.may("edit_members") else "",
        bringing=bringing,
        referrer_href=f"{member.page}referrer" if may_name(member, bringing) else "",
        merges=merges_of(member),
        messages=[row_of(each) for each in messaging.messages(now.actor, member=told.number, limit=3)],
        dues=dues_aside(now, told.number) if sells(now) else None,
        notes=_notes(member),
        refused=refusal,
        life=life_of(member),
        pool=pool_panel(member),
    )


def _aside(member: Member) -> Text:
    """Number, shop, since when."""
    told = member.told
    joined = member.local(told.joined_at).date()
    shop = shop_names(member.now.actor.programme, [told.joined_shop]).get(told.joined_shop or 0)
    where_zh, where_en = (f" · {shop.zh}", f" · {shop.en}") if shop else ("", "")
    return Text(
        zh=f"{told.number}{where_zh} · {words.day(joined, 'zh')}入会",
        en=f"{told.number}{where_en} · joined {words.day(joined, 'en')}",
    )


# ---- what can be done ------------------------------------------------------------------------------------------------


def _acts(member: Member) -> list[Act]:
    actor, page, told = member.now.actor, member.page, member.told
    if told.merged_into:
        return [
            Act(
                Text(zh=f"看 {told.merged_into}", en=f"See {told.merged_into}"),
                f"/members/{told.merged_into}/",
                solid=True,
            )
        ]
    active = told.standing == "active"
    acts: list[Act] = []
    if actor.may("edit_members"):
        acts.append(Act(Text(zh="改资料", en="Edit profile"), f"{page}profile", key="E"))
    if actor.may("cards"):
        acts += _card_acts(member, active)
    if actor.may("documents"):
        acts.append(Act(Text(zh="材料", en="Papers"), f"/papers/of/{told.number}/"))
    if actor.may("edit_members") and active and relation.shared(member.rulebook):
        acts.append(Act(Text(zh="共用人", en="Users"), f"{page}users", ask=True))
    if actor.may("sell") and active and _redeems(member):
        acts.append(Act(Text(zh="兑礼品", en="Redeem"), f"{page}gift", ask=True, key="G"))
    if actor.may("sell") and active and birthday_gifts(member):
        acts.append(Act(Text(zh="生日礼", en="Birthday gift"), f"{page}birthday-gift", ask=True))
    if actor.may("sell") and active and sold(member.rulebook):
        acts.append(Act(Text(zh="办套餐", en="Sell package"), f"{page}packages/sale", ask=True))
    if active and has_coupons(member):
        acts += _coupon_acts(member)
    if actor.may("sell") and active and stores(member):
        acts.append(Act(Text(zh="充值", en="Top up"), f"{page}top-up", ask=True))
    if active:
        acts += passing_acts(member)
    if actor.may("correct") and active:
        acts.append(Act(Text(zh="合并", en="Merge"), f"{page}merge"))
    if actor.may("suspend") and told.standing in ("active", "suspended"):
        label = Text(zh="暂停", en="Suspend") if active else Text(zh="恢复", en="Restore")
        acts.append(Act(label, f"{page}suspension" if active else f"{page}restoration", ask=True))
    if actor.may("sell") and sells(member.now):
        acts.append(Act(Text(zh="开单", en="New sale"), f"/till/?member={told.number}", solid=True, key="N"))
    return acts


def _coupon_acts(member: Member) -> list[Act]:
    """Coupons claimed at the counter; handed out and taken back by whoever may."""
    actor, page = member.now.actor, member.page
    acts = [Act(Text(zh="领券", en="Coupon"), f"{page}coupon", ask=True)] if actor.may("sell") else []
    if actor.may("coupons"):
        acts.append(Act(Text(zh="发券", en="Hand out"), f"{page}coupon-handout", ask=True))
        if any(held.state in ("ready", "waiting", "locked", "given") for held in member.told.rights):
            acts.append(Act(Text(zh="收回券", en="Take back"), f"{page}coupon-revocation", ask=True))
    return acts


def _card_acts(member: Member, active: bool) -> list[Act]:
    """What a clerk does most with a card; the rest is on the card's own page."""
    cards = member.told.cards
    if not issues_cards(member.rulebook):
        return []
    if not cards:
        return [Act(Text(zh="发卡", en="Issue card"), f"{member.page}card", ask=True)] if active else []
    if cards[0].frozen_at is not None:
        return [Act(Text(zh="复核", en="Review"), "/members/reviews/")]
    return [act for act in card_acts(member) if not act.href.endswith("card/freeze")]


def _redeems(member: Member) -> bool:
    rule = redemption.terms(member.rulebook)
    return rule is not None and bool({"gift", "coupon"} & set(rule.ways))


# ---- the profile -----------------------------------------------------------------------------------------------------


def _facts(member: Member) -> list[Fact]:
    """The form's fields but the name and the card, which stand elsewhere."""
    fields = {field.name: field for field in profile_kind.form(member.rulebook)[1]}
    shown = [told for told in member.told.profile if told.name != "name" and fields[told.name].type != "card"]
    return [*(_fact(member, told, fields[told.name]) for told in shown), *_former_phones(member), *_entered(member)]


def _former_phones(member: Member) -> list[Fact]:
    """Phones she had before, by their tails, each until when."""
    held = members.phones(member.now.actor, member.told.number, itself=True)
    told = [(masked_tail(each.tail), f"{member.local(each.until):%Y-%m-%d}") for each in held if each.until]
    value = Text(
        zh="、".join(f"{tail}（{day}）" for tail, day in told), en=", ".join(f"{tail} ({day})" for tail, day in told)
    )
    return [Fact(Text(zh="从前的手机", en="Former phones"), value)] if told else []


def _users(member: Member) -> list[UserRow]:
    """Who else may use her account, where the rulebook shares accounts."""
    if not relation.shared(member.rulebook):
        return []
    listed = members.authorised_users(member.now.actor, member.told.number, member.now.at)
    kin = dict(KIN)
    return [UserRow(each.name, kin[each.kin], member.local(each.since).date()) for each in listed]


def _entered(member: Member) -> list[Fact]:
    """When her form was entered, where that was later than the rulebook wants."""
    if not member.told.entered_late:
        return []
    entered, filled = member.local(member.told.entered_at).date(), member.told.form_date
    note = Text(zh=f"{filled} 填表，录入迟了", en=f"filled in {filled}, entered late")
    return [Fact(Text(zh="录入", en="Entered"), entered.isoformat(), note=note)]


def _fact(member: Member, told: FieldTold, field: profile_kind.Field) -> Fact:
    masked = (told.sensitive or field.type == "phone") and bool(told.shown)
    return Fact(
        label=text_of(told.title),
        value=_value(member, told, field) if told.shown else "—",
        reveal=told.name if masked and member.now.actor.may("reveal") else "",
        missing=told.required and not told.shown,
        note=_birthday_note(member) if field.type == "date" and "birth" in field.name and told.value else "",
    )


def _value(member: Member, told: FieldTold, field: profile_kind.Field) -> Words:
    if field.type == "phone":
        return masked_tail(member.told.phone_tail)
    if told.value is None:
        return "**–**–**" if field.type == "measurements" else "*****"
    if field.type == "list":
        return lists.read(field, told.value)
    if field.type == "choice":
        title = next((choice.title for choice in field.choices if choice.value == told.value), None)
        return Text(zh=title.zh, en=title.en) if title else told.value
    if field.type == "date":
        return Text(zh=words.day(told.value, "zh"), en=words.day(told.value, "en"))
    return told.value


def _birthday_note(member: Member) -> Words:
    """Whether this year's birthday benefit is still there."""
    clauses = member.rulebook.of("discount")
    if not any(c.parameters.quota and "birthday" in c.parameters.benefits for c in clauses):  # type: ignore[attr-defined]
        return ""
    year = member.day.year
    used = sum(told.get("used:birthday", 0) for day, told in member.facts.days.items() if day.year == year)
    if used > 0:
        return Text(zh="今年折扣已用", en="this year’s discount is used")
    return Text(zh="今年折扣未用", en="this year’s discount is unused")


def _profile_note(member: Member) -> Text:
    lacking = len(member.told.missing)
    if lacking:
        return Text(zh=f"缺 {lacking} 项", en=f"{lacking} missing")
    count = sum(1 for field in profile_kind.form_of(member.rulebook, member.told.type)[1] if field.required)
    return Text(zh=f"{count} 项齐全", en=f"all {count} filled in")


def _notes(member: Member) -> list[tuple[str, Words, Words]]:
    """What a clerk should know first: that she is suspended, and why."""
    told = member.told
    if told.standing == "active":
        return _frozen(member)
    if told.merged_into:
        title = Text(zh=f"已并入 {told.merged_into}", en=f"Merged into {told.merged_into}")
        stays = Text(
            zh="积分、卡、券与消费都算在那边；这里是从前的账。",
            en="Points, cards, coupons and spending count there; here is what was before.",
        )
        return [("warn", title, stays)]
    if told.standing == LEFT:
        since = member.local(told.standing_since).date()
        title = Text(zh=f"{words.day(since, 'zh')}退会", en=f"Left on {words.day(since, 'en')}")
        stays = Text(
            zh="手机号已放开，资料停用；账目与单据照旧，退货照办。",
            en="The phone is free and the profile retired; accounts and sales stay, returns are handled as before.",
        )
        return [("warn", title, stays)]
    if told.standing != "suspended":
        stands = members.standing_why(member.now.actor, told.number, member.now.at)
        return [("warn", members.standing_title(told.standing), Text(**stands.why))]
    reason, since = told.standing_reason, member.local(told.standing_since).date()
    title = Text(zh=f"{words.day(since, 'zh')}起暂停", en=f"Suspended since {words.day(since, 'en')}")
    return [("stop", title, Text(zh=f"因为：{reason}", en=f"Because: {reason}"))]


def _frozen(member: Member) -> list[tuple[str, Words, Words]]:
    """That her card is frozen, and why."""
    held = next(iter(member.told.cards), None)
    if held is None or held.frozen_at is None:
        return []
    since, now = member.local(held.frozen_at).date(), member.now
    said = members.said_of_card(now.actor.programme, member.told.membership, held.number, "frozen", now.at)
    title = Text(zh=f"卡 {held.number} 冻结", en=f"Card {held.number} is frozen")
    return [("stop", title, said if said.zh else Text(zh=words.day(since, "zh"), en=words.day(since, "en")))]
