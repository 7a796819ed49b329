"""Procedure: how a matter goes, stage by stage, until it is decided; who decides, within how long, and what lateness means.

"The department looks through the papers within fifteen workdays, the committee decides, the list is shown for a week, and
whoever nobody objects to gets the certificate." A source gives one stage to an article, so several clauses may share one
procedure by its `name`. One of them says what the matter is `of` and who may open it; each adds its stages, form fields
and demands in the order of the file. How a matter moves is worked out in `rules.moving`, from these clauses alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, model_validator

from huiguan.kernel.text import Text
from huiguan.rules import addressed
from huiguan.rules.calling import Call
from huiguan.rules.findings import Fault, Finding
from huiguan.rules.kinds.profile import Field
from huiguan.rules.parameters import Bilingual, Lasting, Positive, Slug, Whole
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused, unwise

ROOM = "cases"
TITLE = Text(zh="办事程序", en="Procedure")
USUAL_POSTS = ("owner", "region_manager", "shop_manager", "clerk", "auditor")
Does = Literal["review", "check", "notice", "interview", "recommend", "sign", "settle", "collect", "inspect"]
# Stages that end by themselves, and those that wait for the applicant.
OF_ITSELF = frozenset({"check", "settle", "notice"})
MEMBERS_OWN = frozenset({"tier", "exit", "profile_change"})  # what the room of members looks at when it is opened
APPLICANTS = frozenset({"sign", "settle", "recommend"})


class By(Base):
    """Who decides: somebody in a `post`, somebody with a seat in a `body`, or `who`: the applicant or the house itself."""

    post: Slug | None = None
    body: Slug | None = None
    who: Literal["applicant", "system"] | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if [self.post, self.body, self.who].count(None) != 2:
            raise Fault("写 post、body 其中一个，或 applicant、system", "name a post or a body, or applicant or system")
        return self


class Item(Base):
    """One point the reviewer judges: yes or no with a comment, or `most` points at most. `must`: a no stands in the way."""

    item: Slug
    asks: Bilingual
    most: Positive | None = None
    must: bool = True


class Demand(Base):
    """What a field of the form must say: at `least`, at `most`, `one_of`, `containing` a word, or a day that lies `years`
    back or more; `given`: only where it is answered at all."""

    field: Slug
    least: Whole | None = None
    most: Whole | None = None
    years: Positive | None = None
    one_of: list[str] = []
    containing: str | None = None
    given: bool = False


class Follows(Base):
    """An earlier matter this one comes after: of which `procedure`, how it ended, `within` how long after; `times` it may
    be followed; `other_deciders`: others decide here; `alike`: answers that must be given again and be the same."""

    procedure: Slug
    outcome: Literal["passed", "refused", "lapsed"] = "passed"
    within: Lasting | None = None
    times: Positive | None = None
    other_deciders: bool = False
    alike: list[Slug] = []


class Quota(Base):
    """How many matters may pass with this `answer` in the field `by`; without an answer, with each answer not named."""

    by: Slug
    answer: str | None = None
    places: Whole


class When(Base):
    """The answer that calls for a stage."""

    field: Slug
    answer: str


class OwnPost(Base):
    """A post of the procedure's own and what it is called."""

    post: Slug
    title: Bilingual


class Stage(Base):
    """One stage. `does`: what is done in it; `within` how long from `since`; `late`: what lateness means; `warn` how long
    before that it is told to `escalate_to`; `extend` once by as long again; `signers` so many must pass it; `judge` what is
    judged and `passes_at` the points it takes; `needs` names of dossiers, acceptances and invoices; `standing` the
    subject takes; `when` the answer that calls for it; `shows` the fields a notice
    shows, which is `posted` by the house itself or by hand; `by` then answers objections."""

    stage: Slug
    title: Bilingual
    does: Does = "review"
    by: Annotated[By | None, BeforeValidator(lambda given: {"who": given} if isinstance(given, str) else given)] = None
    within: Lasting | None = None
    since: Literal["stage", "complete_file", "posting_day"] = "stage"
    late: Literal["escalate", "lapse", "pass", "refuse"] = "escalate"
    warn: Lasting | None = None
    escalate_to: Slug | None = None
    extend: Literal["once"] | None = None
    signers: Positive = 1
    judge: list[Item] = []
    passes_at: Whole | None = None
    objections: Literal["hold", "note"] = "hold"
    upheld: Literal["refuse", "return"] = "refuse"
    fails: Literal["return", "refuse", "note"] = "return"
    needs: list[Slug] = []
    standing: Slug | None = None
    when: When | None = None
    shows: list[Slug] = []
    posted: Literal["itself", "by_hand"] = "itself"

    @model_validator(mode="after")
    def _sensible(self) -> Self:
        if self.does == "notice" and self.within is None:
            raise Fault("公示要写明多久（within）", "a notice says how long it runs (within)")
        if self.passes_at is not None and self.passes_at > sum(each.most or 0 for each in self.judge):
            raise Fault("及格分（passes_at）超过了满分", "passes_at is more than all points together")
        return self


class Parameters(Base):
    """One part of the procedure `name`. The clause that has `of` (the subject it is about) opens it, says who may
    (`opened_by`), and in which order it is handled: `code` the applicant resumes it with, `answer_within` how long she
    has after a return and what silence means (`unanswered`), fields and parts of lists (`contacts.mobile`) by which matters
    are `compared`, what it `follows`, its `quota`, the fields of her `own_address`, how many days a draft is kept
    (`draft_days`), `only` members of that segment, the `calls` of every year, its own `posts`. Each clause may add more."""

    name: Slug
    of: Slug | None = None
    opened_by: list[Literal["applicant", "member", "staff"]] = []
    answer_within: Lasting | None = None
    unanswered: Literal["lapse", "refuse"] = "lapse"
    compared: list[Slug] = []
    own_address: list[Slug] = []
    draft_days: Positive = 30
    follows: Follows | None = None
    quota: list[Quota] = []
    only: Slug | None = None
    calls: list[Call] = []
    posts: list[OwnPost] = []
    fields: list[Field] = []
    demands: list[Demand] = []
    stages: list[Stage] = []


SAYS = {
    "posted": Text(zh="“{stage}”已公示。", en="“{stage}” was posted."),
    "entered": Text(zh="进入“{stage}”。", en="It came to “{stage}”."),
    "passed_stage": Text(zh="“{stage}”通过。", en="“{stage}” is passed."),
    "signed": Text(
        zh="“{stage}”已有 {done} 人同意，还差 {left} 人。", en="“{stage}”: {done} agreed, {left} more to go."
    ),
    "returned": Text(zh="“{stage}”退回补正。", en="“{stage}” gave it back for correction."),
    "refused": Text(zh="“{stage}”没有通过。", en="“{stage}” refused it."),
    "check_met": Text(zh="{title}：{given}，符合。", en="{title}: {given}, as demanded."),
    "check_unmet": Text(zh="{title}：{given}，要求{demand}。", en="{title}: {given}; demanded: {demand}."),
    "notice_over": Text(zh="公示期满，没有异议。", en="The notice is over without objection."),
    "held": Text(zh="有人提出异议，答复之前不往下走。", en="Somebody objected; it waits until that is answered."),
    "dismissed": Text(zh="异议不成立，继续。", en="The objection does not stand; it goes on."),
    "upheld": Text(zh="异议成立。", en="The objection stands."),
    "late_escalate": Text(zh="“{stage}”到期未办，已催办。", en="“{stage}” is overdue and was brought up."),
    "late_lapse": Text(zh="“{stage}”到期未办，失效。", en="“{stage}” was not done in time; it lapsed."),
    "late_pass": Text(zh="“{stage}”到期未办，视为同意。", en="“{stage}” was not done in time and counts as agreed."),
    "late_refuse": Text(
        zh="“{stage}”到期未办，视为不同意。", en="“{stage}” was not done in time and counts as refused."
    ),
    "unanswered_lapse": Text(zh="退回后没有按时补正，失效。", en="It was not corrected in time and lapsed."),
    "unanswered_refuse": Text(zh="退回后没有按时补正，不予通过。", en="It was not corrected in time and is refused."),
    "extended": Text(zh="“{stage}”延长 {length}。", en="“{stage}” was extended by {length}."),
    "done": Text(zh="全部通过。", en="All stages are passed."),
    "quota_full": Text(
        zh="{title}“{answer}”的名额 {most} 个已满。",
        en="Of {title} “{answer}”, {most} {most:place|places} in all, none is free.",
    ),
}
REFUSALS: dict[str, tuple[str, str]] = {"quota_full": ("QuotaFull", "limit")}


def said(clause: Clause) -> Parameters:
    return clause.parameters  # type: ignore[return-value]


_NO_HEAD = Text(zh="程序 {name} 没有写明是什么事项（of）。", en="The procedure {name} does not say what it is of.")
_TWO_HEADS = Text(zh="程序 {name} 已由 {first} 写明事项（of）。", en="{first} says already what {name} is of.")
_NO_OPENER = Text(zh="没有写明谁可以提出（opened_by）。", en="It does not say who opens it (opened_by).")
_NO_STAGE = Text(zh="程序 {name} 一个环节也没有。", en="The procedure {name} has no stage.")
_TWICE = Text(zh="“{what}”写了两次。", en="{what} is there twice.")
_NOBODY = Text(zh="环节“{stage}”没有写明谁来办（by）。", en="The stage {stage} does not say by whom.")
_NO_POST = Text(
    zh="没有“{post}”这个岗位；在 posts 里写上它叫什么。", en="There is no post {post}; say under posts its title."
)
_NO_FIELD = Text(zh="表里没有“{field}”这一项。", en="The form has no field {field}.")
_NO_PROCEDURE = Text(zh="没有“{name}”这个程序。", en="There is no procedure {name}.")
_NO_SEGMENT = Text(zh="只用于会员自己的事项，并须有分群 {segment}。", en="Only of a member's own matter, and {segment} must be a segment.")  # fmt: skip
_POSTING = Text(
    zh="从公示日起算，前面却没有公示。", en="It counts from the posting day, and nothing was posted before."
)


def check(clauses: tuple[Clause, ...], programme: Programme) -> list[Finding]:
    """Each procedure has one head, stages somebody takes, and names what is there."""
    named: dict[str, list[Clause]] = {}
    segments = {each.parameters.name for each in programme.of("segment")}  # type: ignore[attr-defined]
    for clause in clauses:
        named.setdefault(said(clause).name, []).append(clause)
    posts = {*USUAL_POSTS, *(post for clause in clauses for post in _own(clause))}
    found = [
        refused(programme, clause, "unknown_segment", "only", _NO_SEGMENT, segment=given.only)
        for clause in clauses
        if (given := said(clause)).only is not None and (given.only not in segments or given.of not in MEMBERS_OWN)
    ]
    for name, parts in named.items():
        found += _heads(programme, name, parts)
        found += _names(programme, parts, posts)
        found += addressed.findings(programme, name, [(c, said(c).fields, said(c).own_address) for c in parts])
        found += [
            refused(programme, clause, "unknown_procedure", "follows", _NO_PROCEDURE, name=wanted.procedure)
            for clause in parts
            if (wanted := said(clause).follows) is not None and wanted.procedure not in named
        ]
    return found


def _heads(programme: Programme, name: str, parts: list[Clause]) -> Iterator[Finding]:
    heads = [clause for clause in parts if said(clause).of is not None]
    if not heads:
        yield refused(programme, parts[0], "no_head", "name", _NO_HEAD, name=name)
    for clause in heads[1:]:
        yield refused(programme, clause, "two_heads", "of", _TWO_HEADS, name=name, first=heads[0].id)
    if heads and not said(heads[0]).opened_by:
        yield refused(programme, heads[0], "nobody_opens", "opened_by", _NO_OPENER)
    if not any(said(clause).stages for clause in parts):
        yield refused(programme, parts[0], "no_stage", "name", _NO_STAGE, name=name)


def _names(programme: Programme, parts: list[Clause], posts: set[str]) -> Iterator[Finding]:
    fields = {field.name for clause in parts for field in said(clause).fields}
    listed = {f"{f.name}.{part.name}" for clause in parts for f in said(clause).fields for part in f.parts}
    stages: set[str] = set()
    seen: set[str] = set()
    posted = False
    for clause in parts:
        given = said(clause)
        for field in given.fields:
            if field.name in seen:
                yield refused(programme, clause, "field_twice", "fields", _TWICE, what=field.name)
            seen.add(field.name)
        for field_name in (*given.compared, *_asked(given)):
            if field_name not in (fields | listed if field_name in given.compared else fields):
                yield refused(programme, clause, "unknown_field", "name", _NO_FIELD, field=field_name)
        for stage in given.stages:
            if stage.stage in stages:
                yield refused(programme, clause, "stage_twice", "stages", _TWICE, what=stage.stage)
            stages.add(stage.stage)
            yield from _stage(programme, clause, stage, posts, posted)
            posted = posted or stage.does == "notice"


def _stage(programme: Programme, clause: Clause, stage: Stage, posts: set[str], posted: bool) -> Iterator[Finding]:
    if stage.by is None and stage.does not in OF_ITSELF | APPLICANTS:
        yield refused(programme, clause, "nobody_decides", "stages", _NOBODY, stage=stage.stage)
    for post in (stage.by.post if stage.by else None, stage.escalate_to):
        if post is not None and post not in posts:
            yield refused(programme, clause, "unknown_post", "stages", _NO_POST, post=post)
    if stage.since == "posting_day" and not (posted or stage.does == "notice"):
        yield unwise(programme, clause, "never_posted", "stages", _POSTING)


def _asked(given: Parameters) -> Iterator[str]:
    yield from (each.field for each in given.demands)
    yield from (each.by for each in given.quota)
    for stage in given.stages:
        yield from (*([stage.when.field] if stage.when else []), *stage.shows)


def _own(clause: Clause) -> list[str]:
    return [each.post for each in said(clause).posts]
