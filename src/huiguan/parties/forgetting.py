"""What is known of somebody erased, so that nothing of it can be read or found again. The row itself stays: books name it."""

from __future__ import annotations

from datetime import datetime

from huiguan.foundation.performing import in_transaction
from huiguan.kernel.actors import Actor
from huiguan.parties import relating
from huiguan.parties.models import Party, PartyField, PartyKey
from huiguan.parties.values import ERASED


def forget_party(*, actor: Actor, at: datetime, party: int) -> int:
    """Erase every value there ever was of a party, her names, her phones and what she is found by; how many values. Called
    by the room above inside its own transaction."""

    def do() -> int:
        row = Party.objects.select_for_update().get(pk=party, programme_id=actor.programme)
        fields = PartyField.objects.filter(party=row)
        count = fields.exclude(value="").count()
        fields.filter(until=None).update(until=at)
        fields.update(value="", sealed=None, blind=None, once=None)
        PartyKey.objects.filter(party=row, until=None).update(until=at)
        PartyKey.objects.filter(party=row).update(blind=b"", tail="", sealed=b"")
        relating.forget(row.pk)
        Party.objects.filter(pk=row.pk).update(
            name=ERASED, pinyin="", letters="", initials="", phone_tail="", birthday=None, absorbed=True
        )
        return count

    return in_transaction(do)
