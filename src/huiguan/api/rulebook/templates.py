"""/rulebook/templates: the rulebooks that come along, to begin a draft from."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.schemas import Answer, Both
from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import Text
from huiguan.rules.sentences.summing_up import sells
from huiguan.rules.shelf import shelved, shipped, source_of

router = Router(tags=["rulebook"])
_TEMPLATE = Text(zh="章程样本", en="rulebook template")


class ShippedAnswer(Answer):
    """`sells`: it says something of what is bought. `acting` and `waiting` count its clauses, `examples` what proves them."""

    name: str
    title: Both
    sells: bool
    acting: int
    waiting: int
    examples: int


class ShippedPage(Answer):
    items: list[ShippedAnswer]
    next: str | None


class ShippedFileAnswer(ShippedAnswer):
    """`source`: the file itself, as `POST /rulebook/drafts` takes it."""

    source: str


def _told(name: str) -> dict[str, Any]:
    clauses = shelved(name)
    programme = clauses[0].programme
    return {
        "name": name,
        "title": programme.title,
        "sells": sells(programme),
        "acting": sum(1 for each in clauses if each.clause.waits_for is None and each.clause.kind != "statement"),
        "waiting": sum(1 for each in clauses if each.clause.waits_for is not None),
        "examples": sum(len(each.examples) for each in clauses),
    }


@router.get(
    "/rulebook/templates",
    **described(
        name="rulebook_templates", gives=ShippedPage,
        does=Text(zh="随产品带来的章程样本", en="The rulebooks that come along"),
    ),
)  # fmt: skip
def listed(request: HttpRequest) -> HttpResponse:
    actor_of(request).demand("read_rulebook")
    return answer({"items": [_told(name) for name in shipped()], "next": None})


@router.get(
    "/rulebook/templates/{template}",
    **described(
        name="rulebook_template", gives=ShippedFileAnswer,
        does=Text(zh="一份章程样本，连同文件", en="One of them, with its file"),
    ),
)  # fmt: skip
def one(request: HttpRequest, template: str) -> HttpResponse:
    actor_of(request).demand("read_rulebook")
    if template not in shipped():
        raise NotFound(field="template", what=_TEMPLATE, given=template)
    return answer({**_told(template), "source": source_of(template).decode()})
