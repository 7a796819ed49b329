"""What the page frame and its parts are given: frozen records that cross from an entrance into a template.

Words are a `Text` (both languages), a `{"zh": …, "en": …}` mapping as reasons are stored, or plain text that reads the
same in both (a name, a number). Money is whole fen, points whole, shares a fraction from 0 to 1; templates do no sums.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from huiguan.kernel.text import Text

Words = Text | Mapping[str, str] | str


@dataclass(frozen=True, slots=True)
class Brand:
    """The name over the door. `chop`: the one character on the seal."""

    name: Words
    chop: str


@dataclass(frozen=True, slots=True)
class RailItem:
    """One door of the house. `count`: what waits behind it; none is not shown."""

    label: Words
    href: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Who:
    """Who is at work, and where. `shop` and `till` may be empty at head office."""

    name: str
    post: Words
    shop: Words = ""
    till: Words = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """All the page frame shows around a screen.

    `at`: the moment of reckoning, in the local zone. `search`, `sign_out`: addresses. `links`: further lines of the
    menu under the name (the clock in a demo, one's own settings). `seek_hint`: what the search finds here.
    """

    brand: Brand
    rail: Sequence[RailItem]
    who: Who
    at: datetime
    search: str
    sign_out: str
    links: Sequence[RailItem] = ()
    seek_hint: Words = ""


@dataclass(frozen=True, slots=True)
class ClauseRef:
    """The clause a figure rests on. `number`: the source's own numbering, '(四)1' or '(三)表'; `href`: where it reads."""

    number: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Why:
    """A sentence and the clauses it rests on."""

    text: Words
    clauses: Sequence[ClauseRef] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A word in a thin frame. `kind`: plain, tier (from the second rung), ok, warn, stop, draft."""

    text: Words
    kind: str = "plain"


@dataclass(frozen=True, slots=True)
class Figure:
    """A key figure that opens its ledger.

    `value` is read by `unit`: money (fen), points (whole), text. `note`: the line below. `href`: its ledger; `open`:
    this ledger is the one shown; `key`: the key that opens it.
    """

    label: Words
    value: int | Words | None
    unit: str = "text"
    note: Words = ""
    href: str = ""
    open: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Stair:
    """One step of a sum: what, why, how much. `unit`: money (fen), signed (points), text. `clauses` follow the why."""

    label: Words
    value: int | Words | None
    unit: str = "money"
    why: Words = ""
    clauses: Sequence[ClauseRef] = ()
    aside: Words = ""


@dataclass(frozen=True, slots=True)
class Lot:
    """A part of a balance. `ends`: the moment it dies, or None; `soonest`: hatched, it goes first."""

    amount: int
    ends: datetime | str | None = None
    soonest: bool = False
    clauses: Sequence[ClauseRef] = ()


@dataclass(frozen=True, slots=True)
class Climb:
    """The way to a threshold, all in fen: what stood before, what this sale adds, and the threshold itself."""

    before: int
    adds: int
    threshold: int

    def _share(self, amount: int) -> Fraction:
        whole = max(self.threshold * Fraction(11, 10), Fraction(self.before + self.adds), Fraction(1))
        return Fraction(amount) / whole

    @property
    def before_share(self) -> Fraction:
        return self._share(self.before)

    @property
    def adds_share(self) -> Fraction:
        return self._share(self.adds)

    @property
    def threshold_share(self) -> Fraction:
        return self._share(self.threshold)


@dataclass(frozen=True, slots=True)
class Slip:
    """What made an entry. `sentence`: with its figures in <mark> where the caller marked them; `after`: further whys;
    `facts`: pairs of word and value shown at the right; `intact`: the chain of the account was checked and holds."""

    sentence: Words
    after: Sequence[Why] = ()
    facts: Sequence[tuple[Words, Words]] = ()
    intact: bool | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One ledger row. `slip_href`: where its slip is fetched; `slip`: given when it is shown open at once.

    `unit`: money or points. `reference`: the paper it came from, `reference_href` opens it.
    """

    id: str
    at: datetime
    label: Words
    change: int
    balance: int
    unit: str = "points"
    why: Why | None = None
    reference: Words = ""
    reference_href: str = ""
    hand: str = ""
    slip_href: str = ""
    slip: Slip | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A refusal on the page: what is refused, why, the clause, one way on. `also`: what is still safe."""

    title: Words
    text: Words = ""
    clauses: Sequence[ClauseRef] = ()
    also: Words = ""
    ways: Sequence[RailItem] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """One hit of the search: a name, where it leads, what tells it apart."""

    label: Words
    href: str
    aside: Words = ""
    why: Words = ""


@dataclass(frozen=True, slots=True)
class FoundGroup:
    label: Words
    hits: Sequence[Found]


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a long list stands. `before`, `after`: addresses or empty; `shown` of `total` (None: not counted)."""

    shown: int
    total: int | None = None
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A word after the deed, with the way back."""

    text: Words
    back: Words = ""
    back_href: str = ""
