"""The local provider: a box in the console instead of the outside world. It keeps a key's first letter and no second."""

from __future__ import annotations

import json
from datetime import datetime

from huiguan.foundation.performing import in_transaction
from huiguan.foundation.sealing import blind, seal, unseal
from huiguan.messaging.models import LocalDelivery
from huiguan.messaging.values import DELIVERED, NEVER, Answer, Letter


def bound_of(programme: int, key: str) -> str:
    return f"local:{programme}:{key}"


def box_of(programme: int, address: str) -> bytes:
    """Under what an address's letters are found."""
    return blind(programme, "local-box", address)


def opened(row: LocalDelivery) -> dict[str, str]:
    """The letter in clear: address, subject, text."""
    told: dict[str, str] = json.loads(unseal(bytes(row.sealed), bound=bound_of(row.programme_id, row.key)))
    return told


class Local:
    """Everything it takes has arrived at once."""

    name = "local"
    asks = True

    def send(self, letter: Letter) -> Answer:
        told = {"address": letter.address, "subject": letter.subject, "text": letter.text, "clause": letter.clause}
        sealed = seal(json.dumps(told, ensure_ascii=False), bound=bound_of(letter.programme, letter.key))
        row = LocalDelivery(
            programme_id=letter.programme,
            key=letter.key,
            channel=letter.channel,
            masked=letter.masked,
            address_hash=box_of(letter.programme, letter.address),
            sealed=sealed,
            at=letter.handed_at,
        )
        in_transaction(lambda: LocalDelivery.objects.bulk_create([row], ignore_conflicts=True))
        return Answer(DELIVERED, letter.key)

    def ask(self, letter: Letter, reference: str, wall: datetime) -> Answer:
        has = LocalDelivery.objects.filter(programme_id=letter.programme, key=letter.key).exists()
        return Answer(DELIVERED if has else NEVER, letter.key if has else "")
