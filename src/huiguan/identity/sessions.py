"""Sessions as other rooms see them."""

from __future__ import annotations

from huiguan.identity.models import Session
from huiguan.identity.values import OpenSession
from huiguan.kernel.text import Text

SESSION = Text(zh="登录", en="session")


def session_of(row: Session, token: str = "") -> OpenSession:
    return OpenSession(
        id=row.pk,
        staff=row.staff_id,
        username=row.staff.username,
        name=row.staff.name,
        how=row.how,
        address=row.address,
        device=row.device,
        began_at=row.began_at,
        seen_at=row.seen_at,
        proved_at=row.proved_at,
        ends_at=row.ends_at,
        token=token,
    )
