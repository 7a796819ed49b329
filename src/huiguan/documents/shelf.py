"""The templates of a house: which edition is in use."""

from __future__ import annotations

from django.db import connection

from huiguan.documents.keeping import file_view
from huiguan.documents.models import Template
from huiguan.documents.values import TemplateView
from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import Text

_TEMPLATE = Text(zh="模板", en="template")


def lock(programme: int) -> None:
    """One at a time puts templates on the shelf: two never take the same edition."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 31))", [f"templates|{programme}"])


def newest(programme: int, name: str, edition: int | None = None) -> Template:
    """The newest edition, or this one. NotFound where there is none."""
    rows = Template.objects.filter(programme_id=programme, name=name).select_related("file").order_by("-edition")
    row = (rows if edition is None else rows.filter(edition=edition)).first()
    if row is None:
        raise NotFound(field="name", what=_TEMPLATE, given=name)
    return row


def template_view(row: Template) -> TemplateView:
    file = file_view(row.file)
    if file is None:
        raise NotFound(field="name", what=_TEMPLATE, given=row.name)
    return TemplateView(row.name, Text(zh=row.title_zh, en=row.title_en), row.edition, file, row.at, row.actor_name)
