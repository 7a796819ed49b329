"""What is given to the operations of this room."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from huiguan.cases.inputs import Form, Slug
from huiguan.documents.inputs import Name, Number, PaperTold
from huiguan.kernel.inputs import Input, Line, Word
from huiguan.kernel.text import Text
from huiguan.members.inputs import Answer, Profile

_ONE_PROOF = Text(zh="写 own、pin 中的一个", en="names one of own and pin")
Phone = Annotated[str, Field(pattern=r"^1[3-9][0-9]{9}$")]
What = Literal["terms", "privacy", "sensitive", "marketing"]


class BeginVisit(Input):
    """`proof` that a one-time code for `sign_in` was answered at this phone; `device` as the browser names itself."""

    phone: Phone
    proof: Word
    device: Annotated[Line, Field(max_length=1000)] = ""


class ProveFact(Input):
    """One thing the phone's member knows: her birthday, or her member or card number."""

    fact: Word


class JoinByPhone(Input):
    """The form as the rulebook asks for it. `consents` by their words; `new_holder`: the phone was another member's;
    `referrer`: the code of the member who brought her."""

    profile: Profile = Field(default_factory=dict)
    name: Answer = None
    shop: Word | None = None
    consents: Annotated[list[What], Field(max_length=10)] = []
    new_holder: bool = False
    referrer: Annotated[Word, Field(max_length=20)] | None = None


class BeginApplication(Input):
    """A matter of a `procedure` begun by oneself: the first answers of its `form`, the earlier matter it `follows` with the
    `code` of that, and what was agreed to."""

    procedure: Slug
    form: Form = {}
    follows: Word | None = None
    code: Word | None = None
    consents: Annotated[list[What], Field(max_length=10)] = []


class SetConsent(Input):
    what: What
    given: bool


class CorrectProfile(Input):
    """New values of fields, by name; an empty one takes an optional field away."""

    profile: Annotated[Profile, Field(min_length=1)]


class ChangePhone(Input):
    """The new phone, and the `proof` that it answered a code for `change_phone`. That it is she: `own`, the proof that the
    present phone answered one too, or her `pin`."""

    phone: Phone
    proof: Word
    own: Word | None = None
    pin: Annotated[str, Field(max_length=20)] | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.own is None) == (self.pin is None):
            raise PydanticCustomError("refused", "{en}", _ONE_PROOF.both())
        return self


class ScanCode(Input):
    """A member's code as it was scanned."""

    code: Annotated[str, Field(min_length=1, max_length=200)]


class OwnPaper(PaperTold):
    """A paper `doc` of the member's own; of `document` a new version."""

    doc: Name
    document: Number | None = None


class OwnSignature(Input):
    """The member signs the acceptance in this `edition` under the name `signer`; `about` a sale or a matter, where it is
    not the membership itself."""

    acceptance: Name
    edition: Annotated[str, Field(min_length=1, max_length=20)]
    signer: Word
    about: Annotated[str, Field(max_length=80)] = ""


class AgreeToShare(Input):
    """That `recipient` may be told of `member`, for a `purpose`, or no more; `paper`: which one she signed."""

    member: Word
    recipient: Annotated[Word, Field(max_length=40)]
    purpose: Annotated[Line, Field(min_length=1, max_length=200)]
    given: bool = True
    paper: Annotated[Line, Field(max_length=80)] = ""


class RecordDisclosure(Input):
    """`fields` of `member` that `recipient` is told for a `purpose`; `basis`: her consent, or the law named as `ground`."""

    member: Word
    recipient: Annotated[Word, Field(max_length=40)]
    purpose: Annotated[Line, Field(min_length=1, max_length=200)]
    fields: Annotated[list[Word], Field(min_length=1, max_length=60)]
    basis: Literal["consent", "law"]
    ground: Annotated[Line, Field(max_length=200)] = ""


class EraseMember(Input):
    """What is known of a former member, by her number, is erased for a `reason`."""

    member: Word
    reason: Annotated[Line, Field(min_length=1, max_length=200)]


class EraseApplication(Input):
    """What is known by an application, by its number, is erased for a `reason`; `withdraw`: it is taken back first where it
    is under way."""

    matter: Word
    reason: Annotated[Line, Field(max_length=200)] = ""
    withdraw: bool = False


class EraseHolder(Input):
    """What is known of those who held a membership, by its number, before its holder now is erased for a `reason`."""

    member: Word
    reason: Annotated[Line, Field(min_length=1, max_length=200)]
