"""Every kind of event there is, by its name."""

from __future__ import annotations

from huiguan.billing import events as billing
from huiguan.cases import events as cases
from huiguan.checkout import events as checkout
from huiguan.conduct import events as conduct
from huiguan.entitlements import events as entitlements
from huiguan.identity import events as identity
from huiguan.kernel.actors import Actor
from huiguan.kernel.events import Event
from huiguan.ledger import events as ledger
from huiguan.members import events as members
from huiguan.programme import events as programmes
from huiguan.rewards import events as rewards

KINDS: dict[str, type[Event]] = {
    kind.__name__: kind
    for kind in (
        checkout.SaleCommitted,
        checkout.SaleSigned,
        checkout.SaleReturned,
        checkout.SaleVoided,
        checkout.PointsRedeemed,
        checkout.GiftReturned,
        checkout.GiftClaimed,
        billing.PaymentPaid,
        billing.PaymentRefunded,
        billing.ChargeRaised,
        billing.ChargePaid,
        billing.ChargeEnded,
        billing.MoneyReceived,
        billing.MoneyGone,
        billing.DuesReminded,
        billing.ArrearsBegan,
        billing.DepositCalled,
        billing.DepositMoved,
        billing.IncomeDivided,
        checkout.ValueStored,
        checkout.ValueRefunded,
        checkout.PrepaidBoundsPassed,
        checkout.InvoiceAsked,
        checkout.InvoiceWithdrawn,
        checkout.InvoiceIssued,
        checkout.InvoiceReversed,
        checkout.DayClosed,
        checkout.ShiftOpened,
        checkout.ShiftHandedOver,
        checkout.AllowanceGranted,
        checkout.AllowanceClosed,
        checkout.SimulationFinished,
        members.MemberEnrolled,
        members.ProfileChanged,
        members.OpeningRecorded,
        members.ReferralSettled,
        members.TierChanged,
        members.StandingChanged,
        members.TypeChanged,
        members.CardIssued,
        members.CardActivated,
        members.CardLost,
        members.CardReplaced,
        members.CardVoided,
        members.CardFrozen,
        members.CardReleased,
        members.CardChanged,
        members.MembersMerged,
        members.MembersUnmerged,
        entitlements.RightGranted,
        entitlements.PackageOpened,
        entitlements.PackageUsed,
        entitlements.PackageEnded,
        ledger.PointsExpired,
        rewards.OrderPlaced,
        rewards.OrderMoved,
        rewards.PieceOffered,
        rewards.BidPlaced,
        rewards.BidOutbid,
        rewards.AuctionClosed,
        rewards.PointsGiven,
        rewards.PointsExchanged,
        rewards.DrawEntered,
        rewards.DrawDrawn,
        cases.MatterSubmitted,
        cases.MatterEntered,
        cases.MatterReturned,
        cases.MatterFinished,
        cases.ApplicantTold,
        cases.RecommenderAsked,
        cases.ObjectionRaised,
        conduct.BreachReported,
        conduct.MeasureProposed,
        conduct.MeasureDecided,
        conduct.MeasureEnded,
        conduct.MeasureAppealed,
        conduct.AwardProposed,
        conduct.AwardGranted,
        conduct.AwardEnded,
        identity.SeatFilled,
        identity.SeatVacated,
        programmes.RulebookPublished,
        programmes.DraftMoved,
    )
}


def may_read(actor: Actor, kind: type[Event], shop: int | None = None) -> bool:
    """Whether the actor may hear of an event of this kind (at this shop)."""
    return any(actor.may(power, shop) for power in kind.readers)
