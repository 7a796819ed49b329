"""The slip of a top-up and of what was refunded of it, as they were recorded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from huiguan.checkout.receipts import CLERK, MEMBER, NUMBER, TIME, text_of_reason
from huiguan.checkout.values import SALE_MEANS, Receipt, TopUpRefundView, TopUpView
from huiguan.kernel import text as words
from huiguan.kernel.moments import end_of_day_text
from huiguan.kernel.text import Text
from huiguan.rules.programme import Programme
from huiguan.rules.wallet import BONUS, PRINCIPAL

STORED = Text(zh="储值小票", en="Stored value")
REFUNDED = Text(zh="储值退款小票", en="Refund of stored value")
PAID, ON_TOP = Text(zh="实收", en="Paid in"), Text(zh="赠送", en="On top")
BACK, OFF = Text(zh="已退", en="Refunded"), Text(zh="扣除", en="Deducted")
AFAR = Text(zh="原路退回网上支付", en="By the payment from afar")
LEFT = {PRINCIPAL: Text(zh="本金余额", en="Principal left"), BONUS: Text(zh="赠送余额", en="Bonus left")}
UNTIL = Text(zh="赠送有效至", en="Bonus, good until")
TAKEN = Text(zh="收回赠送", en="Bonus taken back")


def top_up_receipt(rulebook: Programme, house: Text, shop: Text, made: TopUpView) -> Receipt:
    """What was paid in, what came on top and until when, what is then there."""
    return Receipt(
        house=house,
        shop=shop,
        title=STORED,
        number=made.number,
        facts=_facts(rulebook, made.number, made, made.clerk),
        lines=(),
        sums=((PAID, made.paid),),
        tenders=tuple((SALE_MEANS[means], amount) for means, amount in made.tenders),
        member=tuple(_gained(rulebook, made)),
        says=tuple(text_of_reason(rulebook, reason) for reason in made.reasons),
        policy=_policy(rulebook),
    )


def refund_receipt(rulebook: Programme, house: Text, shop: Text, made: TopUpView, back: TopUpRefundView) -> Receipt:
    """What went back, what was deducted for bonus that was spent, what is then there."""
    off = back.deducted + back.fee
    tenders = [(SALE_MEANS[means], amount) for means, amount in back.tenders]
    return Receipt(
        house=house,
        shop=shop,
        title=REFUNDED,
        number=made.number,
        facts=_facts(rulebook, made.number, back, ""),
        lines=(),
        sums=(*(((OFF, -off),) if off else ()), (BACK, back.refund)),
        tenders=tuple(tenders) or (((AFAR, back.refund),) if back.payment else ()),
        member=(
            (MEMBER, _plain(back.member)),
            *(((TAKEN, _plain(words.yuan(back.bonus_back))),) if back.bonus_back else ()),
            *_left(back.wallet),
        ),
        says=tuple(text_of_reason(rulebook, reason) for reason in back.reasons),
        policy=_policy(rulebook),
    )


def _facts(
    rulebook: Programme, number: str, told: TopUpView | TopUpRefundView, clerk: str
) -> tuple[tuple[Text, str], ...]:
    at = f"{told.at.astimezone(rulebook.zone):%Y-%m-%d %H:%M}"
    return (NUMBER, number), (TIME, at), *(((CLERK, clerk),) if clerk else ())


def _gained(rulebook: Programme, made: TopUpView) -> Iterator[tuple[Text, Text]]:
    yield MEMBER, _plain(made.member)
    if made.bonus:
        yield ON_TOP, _plain(words.yuan(made.bonus))
    yield from _left(made.wallet)
    if made.bonus_until is not None:
        yield UNTIL, _plain(end_of_day_text(made.bonus_until, rulebook.zone))


def _left(wallet: Mapping[str, int]) -> Iterator[tuple[Text, Text]]:
    for unit, title in LEFT.items():
        if unit in wallet:
            yield title, _plain(words.yuan(wallet[unit]))


def _plain(text: str) -> Text:
    return Text(zh=text, en=text)


def _policy(rulebook: Programme) -> tuple[Text, ...]:
    """What the rulebook tells of stored value: how it is spent and given back."""
    return tuple(clause.text for kind in ("top_up", "tender") for clause in rulebook.of(kind))
