"""The course of a procedure: its stages, fields and demands gathered from the clauses that share its name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from huiguan.kernel.text import Text
from huiguan.rules import addressed
from huiguan.rules.kinds import body, procedure
from huiguan.rules.kinds.procedure import APPLICANTS, Demand, Parameters, Stage
from huiguan.rules.kinds.profile import Field, Part
from huiguan.rules.once import once
from huiguan.rules.programme import Clause, Programme


@dataclass(frozen=True, slots=True)
class Leg:
    """A stage and the clause it stands in."""

    clause: str
    stage: Stage

    @property
    def title(self) -> Text:
        return Text(zh=self.stage.title.zh, en=self.stage.title.en)

    @property
    def ball(self) -> str:
        """Who has the ball in it: the applicant, or the house."""
        by = self.stage.by
        if by is not None:
            return "applicant" if by.who == "applicant" else "house"
        return "applicant" if self.stage.does in APPLICANTS else "house"


@dataclass(frozen=True, slots=True)
class Course:
    """A procedure as a whole. `head`: the clause that says what it is of; `fields` and `demands` with their clauses; what
    `posts` of its own and the `bodies` are called."""

    name: str
    head: Clause
    legs: tuple[Leg, ...]
    fields: tuple[tuple[str, Field], ...]
    demands: tuple[tuple[str, Demand], ...]
    posts: Mapping[str, Text]
    bodies: Mapping[str, Text]

    @property
    def title(self) -> Text:
        return self.head.title

    @property
    def terms(self) -> Parameters:
        """What its head says: who opens it, how long the applicant has, what it follows."""
        return procedure.said(self.head)

    def leg(self, stage: str) -> Leg | None:
        return next((leg for leg in self.legs if leg.stage.stage == stage), None)

    def field(self, name: str) -> Field | None:
        return next((field for _, field in self.fields if field.name == name), None)

    @property
    def own_addresses(self) -> tuple[Field, ...]:
        """The fields of the applicant's own phone and mailbox: those its head names, else the first of each kind."""
        return addressed.own([field for _, field in self.fields], self.terms.own_address)

    def part(self, path: str) -> Part | None:
        """The field of a name, or a part of a list: `contacts.mobile`."""
        name, _, part = path.partition(".")
        field = self.field(name)
        return field if not part or field is None else next((each for each in field.parts if each.name == part), None)

    def titled(self, path: str) -> Text:
        """What an answer is called, a part of a list behind its list: 联系人·手机."""
        field, part = self.field(path.partition(".")[0]), self.part(path)
        if field is None or part is None:
            return Text(zh=path, en=path)
        if part is field:
            return Text(zh=field.title.zh, en=field.title.en)
        return Text(zh=f"{field.title.zh}·{part.title.zh}", en=f"{field.title.en}: {part.title.en}")

    def called_for(self, form: Mapping[str, object]) -> tuple[Leg, ...]:
        """The stages a form's answers call for, in order."""
        return tuple(
            leg for leg in self.legs if (when := leg.stage.when) is None or str(form.get(when.field, "")) == when.answer
        )


@once
def courses(programme: Programme) -> dict[str, Course]:
    """Every procedure of the rulebook by its name, in the order of the file."""
    parts: dict[str, list[Clause]] = {}
    for clause in programme.of("procedure"):
        parts.setdefault(procedure.said(clause).name, []).append(clause)
    titles = {name: body.rule_of(clause).called for name, clause in body.bodies(programme).items()}
    return {name: _course(name, clauses, titles) for name, clauses in parts.items()}


def course(programme: Programme, name: str) -> Course | None:
    """A procedure by its name; None where the rulebook has none of it."""
    return courses(programme).get(name)


def deciding_posts(programme: Programme) -> dict[str, Text | None]:
    """The posts that decide stages, by name in the order of the file; with what the rulebook calls them where it does."""
    found: dict[str, Text | None] = {}
    for each in courses(programme).values():
        for leg in each.legs:
            post = leg.stage.by.post if leg.stage.by is not None else None
            if post is not None and found.get(post) is None:
                found[post] = each.posts.get(post)
    return found


def _course(name: str, clauses: list[Clause], bodies: Mapping[str, Text]) -> Course:
    given = [(clause.id, procedure.said(clause)) for clause in clauses]
    return Course(
        name=name,
        head=next(clause for clause in clauses if procedure.said(clause).of is not None),
        legs=tuple(Leg(id, stage) for id, said in given for stage in said.stages),
        fields=tuple((id, field) for id, said in given for field in said.fields),
        demands=tuple((id, demand) for id, said in given for demand in said.demands),
        posts={each.post: Text(zh=each.title.zh, en=each.title.en) for _, said in given for each in said.posts},
        bodies=bodies,
    )
