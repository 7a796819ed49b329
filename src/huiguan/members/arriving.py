"""How many members came, by which way."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Count

from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import at_day
from huiguan.kernel.text import Text
from huiguan.members.models import Membership
from huiguan.programme import queries as programmes
from huiguan.rules.standing import APPROVED, PENDING

CHANNELS: dict[str, Text] = {
    "shop": Text(zh="门店", en="shop"),
    "phone": Text(zh="手机", en="phone"),
    "program": Text(zh="程序", en="program"),
    "import": Text(zh="导入", en="import"),
    "applied": Text(zh="申请", en="application"),
    "": Text(zh="未记", en="not kept"),
}


def came_between(actor: Actor, at: datetime, since: date, until: date) -> dict[str, int]:
    """How many joined on the local days from `since` to `until` (both included), by channel; every channel is there but
    the one that was not kept, which is where somebody came by it. Merged into another she is no member more. Takes
    `read_members`."""
    actor.demand("read_members")
    zone = programmes.programme_at(actor.programme, at).zone
    rows = Membership.objects.filter(
        programme_id=actor.programme,
        joined_at__gte=at_day(since, zone),
        joined_at__lt=at_day(until + timedelta(days=1), zone),
        merged_into=None,
    ).exclude(standing__in=[PENDING, APPROVED])
    if actor.shops is not None:
        rows = rows.filter(joined_shop_id__in=actor.shops)
    counted = dict(rows.order_by().values_list("came_by").annotate(Count("pk")))
    return {each: counted.get(each, 0) for each in CHANNELS if each or each in counted}
