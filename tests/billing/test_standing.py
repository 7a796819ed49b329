"""What a payment's steps come to."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from huiguan.billing.standing import Did, Standing, after, heard, heard_of_refund, standing_of

ASKED = Did("asked", 10_000)


def test_paid_once_whoever_says_so() -> None:
    open_ = standing_of([ASKED])
    assert heard(open_, "paid", 10_000) == Did("paid", 10_000)
    paid = after(open_, Did("paid", 10_000))
    assert (paid.state, paid.paid, paid.left, paid.unsettled) == ("paid", 10_000, 10_000, False)
    for word in ("paid", "open", "closed", "failed"):
        assert heard(paid, word, 10_000) is None


def test_another_amount_is_disputed_before_and_after() -> None:
    """A fen less or more; said again it is no news; the right amount settles it."""
    open_ = standing_of([ASKED])
    for amount in (9_999, 10_001):
        news = heard(open_, "paid", amount)
        assert news == Did("disputed", amount)
        disputed = after(open_, news)
        assert (disputed.state, disputed.paid, disputed.unsettled) == ("disputed", 0, True)
        assert heard(disputed, "paid", amount) is None
        assert after(disputed, Did("paid", 10_000)).disputed is None
    paid = after(after(open_, Did("paid", 10_000)), Did("disputed", 1))
    assert (paid.state, paid.disputed, paid.paid) == ("paid", 1, 10_000)
    assert after(paid, Did("cleared")).disputed is None


def test_money_after_the_closing_is_late() -> None:
    closed = standing_of([ASKED, Did("closed")])
    assert heard(closed, "paid", 10_000) == Did("paid_late", 10_000)
    assert standing_of([ASKED, Did("closed"), Did("paid_late", 10_000)]).late


def test_refunds_wait_and_come_back_once() -> None:
    paid = standing_of([ASKED, Did("paid", 10_000), Did("refund_asked", 4_000, 1)])
    assert (paid.left, paid.waiting, paid.unsettled) == (6_000, {1: 4_000}, True)
    assert heard_of_refund(paid, 1, "unknown") is None and heard_of_refund(paid, 2, "done") is None
    back = after(paid, Did("refunded", 4_000, 1))
    assert (back.state, back.refunded, back.left) == ("part_refunded", 4_000, 6_000)
    assert heard_of_refund(back, 1, "done") is None
    refused = after(paid, Did("refund_failed", None, 1))
    assert (refused.state, refused.left) == ("paid", 10_000)
    whole = standing_of(
        [ASKED, Did("paid", 10_000), *(Did(w, 5_000, n) for n in (1, 2) for w in ("refund_asked", "refunded"))]
    )
    assert (whole.state, whole.left) == ("refunded", 0)


@given(st.data())
def test_whatever_is_said_nothing_doubles(data: st.DataObject) -> None:
    """Any order of words on the payment and its refunds, with askings for what is left in between."""
    stands, paid_steps = standing_of([ASKED]), 0
    for _ in range(data.draw(st.integers(0, 25))):
        news = _next(stands, data)
        if news is None:
            continue
        paid_steps += news.what in ("paid", "paid_late")
        stands = after(stands, news)
        assert 0 <= stands.refunded <= stands.paid <= 10_000 and stands.left >= 0
    assert paid_steps <= 1


def _next(stands: Standing, data: st.DataObject) -> Did | None:
    what = data.draw(st.sampled_from(("word", "refund", "answer")))
    if what == "word":
        said = data.draw(st.sampled_from(("paid", "open", "closed", "failed")))
        return heard(stands, said, data.draw(st.sampled_from((10_000, 9_999))))
    if what == "refund":
        most = stands.left
        return Did("refund_asked", data.draw(st.integers(1, most)), stands.refunds + 1) if most else None
    refund = data.draw(st.integers(1, stands.refunds + 1))
    return heard_of_refund(stands, refund, data.draw(st.sampled_from(("done", "refused", "unknown"))))
