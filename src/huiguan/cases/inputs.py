"""What comes in."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from huiguan.documents.inputs import Day, Name, Number, PaperTold
from huiguan.kernel.inputs import Input, Line, Word
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text
from huiguan.parties import formats


def _contact(value: Any) -> Any:
    """A mobile number of eleven digits or a mailbox, in the one way it is kept; "" for none."""
    if not isinstance(value, str) or not value.strip():
        return "" if value in (None, "") or isinstance(value, str) else value
    try:
        return formats.email(value, "") if "@" in value else formats.mobile(value, "")
    except InvalidInput as wrong:
        rule: Text = wrong.values["rule"]
        raise PydanticCustomError("refused", "{en}", {"zh": rule.zh, "en": rule.en}) from None


Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Form = Annotated[dict[str, Any], Field(max_length=200)]


class OpenMatter(Input):
    """A matter of a `procedure`. `member` by number where staff opens it for one; `subject_ref` what the owning room
    calls what it is about; `follows` an earlier matter by its number, and its `code` where the applicant names it.
    `submit`: handed in at once; otherwise it is only saved."""

    procedure: Slug
    form: Form = {}
    subject_ref: Annotated[str, Field(max_length=80)] = ""
    party: int | None = None
    membership: int | None = None
    shop: Word | None = None
    follows: Word | None = None
    code: Word | None = None
    submit: bool = False


class SaveMatter(Input):
    """Answers written down and not handed in: those named replace what was there, null takes one away."""

    matter: Word
    form: Form


class NameMatter(Input):
    """One matter. `revision`, where it is given, is the one the doer saw."""

    matter: Word
    revision: int | None = None


class WithdrawMatter(Input):
    matter: Word
    reason: Line = ""


class DecideMatter(Input):
    """A verdict on the `stage` the reviewer saw. `judged`: item -> {answer: true, comment} or {points: 7}; `seen` where
    (`place`) and on which day (`on`) something was looked at; `to` the username it is forwarded to, or who is to sign
    too; `copy_to` usernames that are shown it."""

    matter: Word
    stage: Slug
    verdict: Literal["pass", "return", "refuse", "forward", "add_signer"]
    reason: Line = ""
    remark: Line = ""
    judged: Annotated[dict[str, Any], Field(max_length=60)] = {}
    seen: Annotated[dict[str, str], Field(max_length=4)] = {}
    to: Word | None = None
    copy_to: Annotated[list[Word], Field(max_length=20)] = []
    revision: int | None = None


class ConfirmStage(Input):
    """The applicant has done what the stage asks of her: signed, collected, paid."""

    matter: Word
    stage: Slug


class ResumeMatter(Input):
    matter: Word
    code: Word


class ReissueCode(Input):
    """A new code for the applicant of a matter. Somebody of the house says the `reason`, and at which `shop` by its code."""

    matter: Word
    reason: Line = ""
    shop: Word | None = None


class RecoverCode(Input):
    """A matter, the phone or mailbox of its form, and the `proof` that the one-time code sent there was answered."""

    matter: Word
    address: Word
    proof: Word


class ObjectToNotice(Input):
    """`name` and `contact` are for those who answer, and shown to nobody else."""

    matter: Word
    words: Annotated[Line, Field(min_length=1)]
    name: Word
    contact: Word


class AnswerObjection(Input):
    matter: Word
    n: Annotated[int, Field(ge=1)]
    upheld: bool
    answer: Annotated[Line, Field(min_length=1)]


class ExtendMatter(Input):
    matter: Word
    stage: Slug
    reason: Annotated[Line, Field(min_length=1)]


class SnoozeMatter(Input):
    """Until the start of which local day the matter lies aside; no day: it comes back. `person`: in whose work list, by
    her username, where a program says it for her."""

    matter: Word
    until: Day = None
    person: Word | None = None


class InviteRecommender(Input):
    """Whom to ask, and how she is reached: a mobile number or a mailbox, which an applicant must name."""

    matter: Word
    name: Annotated[Word, Field(max_length=120)]
    contact: Annotated[str, BeforeValidator(_contact)] = ""


class NameInvitation(Input):
    """Somebody who was asked to recommend, by the key of the invitation."""

    matter: Word
    invitation: Annotated[int, Field(ge=1)]


class AnswerInvitation(Input):
    token: Word
    recommends: bool
    words: Line = ""


Places = Annotated[list[Annotated[int, Field(ge=1, le=20_000)]], Field(max_length=1000)]


class CastVote(Input):
    """What the actor's place in the body says on the `stage` she saw. `remote`: not there, and `consent` her words or the
    paper by which she agrees to vote so."""

    matter: Word
    stage: Slug
    vote: Literal["yes", "no", "abstain"]
    remote: bool = False
    consent: Annotated[Line, Field(max_length=200)] = ""


class RecordRoll(Input):
    """The roll of a meeting held on the day `held_on`, out of its `minutes` (their number): which places said what, and
    which were there and said nothing; `watchers`: who signed for the count, by the rulebook's word for each."""

    matter: Word
    stage: Slug
    minutes: Annotated[Word, Field(max_length=120)]
    held_on: Word
    yes: Places = []
    no: Places = []
    abstain: Places = []
    silent: Places = []
    watchers: Annotated[dict[str, Word], Field(max_length=20)] = {}


class CloseBallot(Input):
    """A ballot counted as it stands: whoever has not voted does not."""

    matter: Word
    stage: Slug


class SignCount(Input):
    """A watcher signs for the count: which, and her name."""

    matter: Word
    watcher: Slug
    name: Annotated[Word, Field(max_length=120)]


class DelegateBody(Input):
    """The `body` lets the body `to` decide for it from now until the day `until`, by a `resolution`."""

    body: Slug
    to: Slug
    until: Word
    resolution: Annotated[Word, Field(max_length=120)]


class WithdrawMandate(Input):
    """It no longer does, from now on."""

    body: Slug
    to: Slug


class AttachDocument(PaperTold):
    """A paper `doc` handed in with a matter; of `document` a new version; `paper`: the paper itself was received."""

    matter: Word
    doc: Name
    document: Number | None = None
    paper: bool = False


class SignForHouse(Input):
    """The house signs the acceptance in this `edition`, by the name and in the post of whoever does."""

    matter: Word
    acceptance: Name
    edition: Annotated[str, Field(min_length=1, max_length=20)]


class SignInMatter(Input):
    """Whom the matter is of signs the acceptance in this `edition`, under the name `signer`."""

    matter: Word
    acceptance: Name
    edition: Annotated[str, Field(min_length=1, max_length=20)]
    signer: Word
