"""Pictures of the mall's things."""

from __future__ import annotations

import hashlib
from datetime import datetime

from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.rewards.images import seen
from huiguan.rewards.models import Picture
from huiguan.rewards.shelf import item_of
from huiguan.rewards.values import Kept


def keep_picture(*, actor: Actor, at: datetime, item: str, content: bytes, key: str | None = None) -> Kept:
    """The picture of an item, in the place of one it had. Takes the power `catalogue`. ItemUnknown, PictureWrong."""
    actor.demand("catalogue")
    kind, digest = seen(content).kind, hashlib.sha256(content).hexdigest()

    def do() -> Kept:
        row = item_of(actor.programme, item)
        told = {"kind": kind, "content": content, "added_at": at}
        Picture.objects.get_or_create(programme_id=actor.programme, digest=digest, defaults=told)
        row.picture = digest
        row.save(update_fields=["picture"])
        return Kept(digest)

    given = {"item": item, "digest": digest, "bytes": len(content)}
    return perform(
        "keep_picture", actor=actor, at=at, subject=f"item:{item}", given=given, key=key, returns=Kept, do=do
    )
