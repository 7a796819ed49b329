"""Templates: papers to download and fill in, edition after edition."""

from __future__ import annotations

from datetime import datetime

from huiguan.documents.inputs import KeepTemplate, WithdrawTemplate
from huiguan.documents.keeping import fit, keep, opened
from huiguan.documents.models import Template
from huiguan.documents.refusals import TemplateWithdrawn
from huiguan.documents.shelf import lock, newest, template_view
from huiguan.documents.values import OpenedFile, TemplateView, Upload
from huiguan.foundation.performing import in_transaction, perform
from huiguan.kernel.actors import Actor


def keep_template(
    *, actor: Actor, at: datetime, given: KeepTemplate, file: Upload, key: str | None = None
) -> TemplateView:
    """A template of this name, or its next edition. Takes `documents`.

    Refuses Forbidden, and whatever is wrong with the file.
    """
    actor.demand("documents")
    content = fit(file)

    def do() -> TemplateView:
        lock(actor.programme)
        row = _next(actor, at, given.name, given.title_zh, given.title_en)
        row.file = keep(actor, at, content)
        row.save(force_insert=True)
        return template_view(row)

    told = {**given.model_dump(), "file": content.name}
    return perform(
        "keep_template", actor=actor, at=at, subject=f"template:{given.name}", given=told, do=do, returns=TemplateView,
        key=key,
    )  # fmt: skip


def withdraw_template(*, actor: Actor, at: datetime, given: WithdrawTemplate, key: str | None = None) -> str:
    """The template is in use no longer; its editions stay. Refuses Forbidden, NotFound, TemplateWithdrawn."""
    actor.demand("documents")

    def do() -> str:
        lock(actor.programme)
        last = newest(actor.programme, given.name)
        if last.file_id is None:
            raise TemplateWithdrawn(field="name", title={"zh": last.title_zh, "en": last.title_en})
        _next(actor, at, last.name, last.title_zh, last.title_en).save(force_insert=True)
        return last.name

    return perform(
        "withdraw_template",
        actor=actor,
        at=at,
        subject=f"template:{given.name}",
        given=given,
        do=do,
        returns=str,
        key=key,
    )


def _next(actor: Actor, at: datetime, name: str, zh: str, en: str) -> Template:
    last = Template.objects.filter(programme_id=actor.programme, name=name).order_by("-edition").first()
    return Template(
        programme_id=actor.programme,
        name=name,
        edition=last.edition + 1 if last else 1,
        title_zh=zh,
        title_en=en,
        at=at,
        actor=actor.reference,
        actor_name=actor.name,
    )


def open_template(*, actor: Actor, at: datetime, name: str, edition: int | None = None) -> OpenedFile:
    """The file of a template (the edition in use, or `edition`), to be handed out as an attachment to anybody who may
    come in. Who read it is kept.

    Refuses NotFound, TemplateWithdrawn.
    """

    def do() -> OpenedFile:
        row = newest(actor.programme, name, edition)
        if row.file is None:
            raise TemplateWithdrawn(field="name", title={"zh": row.title_zh, "en": row.title_en})
        return opened(actor, at, row.file, None)

    return in_transaction(do)
