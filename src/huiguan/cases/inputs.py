"""What comes in."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from huiguan.documents.inputs import Name, Number, PaperTold
from huiguan.kernel.inputs import Input, Line, Word

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


class InviteRecommender(Input):
    matter: Word
    name: Word


class AnswerInvitation(Input):
    token: Word
    recommends: bool
    words: Line = ""


class AttachDocument(PaperTold):
    """A paper `doc` handed in with a matter; of `document` a new version; `paper`: the paper itself was received."""

    matter: Word
    doc: Name
    document: Number | None = None
    paper: bool = False


class SignInMatter(Input):
    """Whom the matter is of signs the acceptance in this `edition`, under the name `signer`."""

    matter: Word
    acceptance: Name
    edition: Annotated[str, Field(min_length=1, max_length=20)]
    signer: Word
