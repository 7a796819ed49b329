"""Writing persons down, finding them, changing what is known of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.utils import IntegrityError

from huiguan.foundation.models import AuditEntry
from huiguan.kernel.actors import Actor, system
from huiguan.kernel.refusals import Forbidden, NotFound
from huiguan.parties import operations, queries
from huiguan.parties.sealing import FieldKeyMissing, blind, seal, unseal
from huiguan.parties.values import NewParty

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
HOUSE = system(1)
SECRET = frozenset({"height", "birthday"})


def person(name: str, phone: str | None = None, **fields: str) -> NewParty:
    return NewParty(name, phone, fields, SECRET)


def found(text: str) -> list[tuple[str, str]]:
    hits = queries.search(1, text)
    people = queries.persons([hit.party for hit in hits])
    return [(people[hit.party].name, hit.how) for hit in hits]


def test_sensitive_values_and_phones_lie_sealed() -> None:
    operations.create_parties(actor=HOUSE, at=AT, parties=[person("李梅", "13800000001", height="165", style="简约")])
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, value, sealed IS NOT NULL FROM parties_partyfield ORDER BY name")
        assert cursor.fetchall() == [("height", None, True), ("style", "简约", False)]
        cursor.execute("SELECT tail, position('13800000001' IN encode(sealed, 'escape')) FROM parties_partykey")
        assert cursor.fetchall() == [("0001", 0)]


def test_a_sealed_value_opens_only_where_it_was_sealed() -> None:
    sealed = seal("165", bound="party:1:height")
    assert unseal(sealed, bound="party:1:height") == "165"
    assert seal("165", bound="party:1:height") != sealed
    with pytest.raises(FieldKeyMissing):
        unseal(sealed, bound="party:2:height")
    with pytest.raises(FieldKeyMissing):
        unseal(sealed[:-1] + bytes([sealed[-1] ^ 1]), bound="party:1:height")
    assert blind(1, "phone", "13800000001") == blind(1, "phone", "13800000001")
    assert blind(2, "phone", "13800000001") != blind(1, "phone", "13800000001")


def test_nothing_is_sealed_without_a_key(settings) -> None:  # type: ignore[no-untyped-def]
    settings.HUIGUAN_FIELD_KEY = b""
    with pytest.raises(FieldKeyMissing):
        operations.create_party(actor=HOUSE, at=AT, party=person("李梅", "13800000001"))


def test_found_by_name_pinyin_initials_phone_and_tail() -> None:
    operations.create_parties(
        actor=HOUSE,
        at=AT,
        parties=[
            person("李梅", "13800000001"),
            person("李美玲", "13900000001"),
            person("黎明", "13700000003"),
            person("王李梅", "13600000004"),
            person("尉迟燕", "13500000005"),
        ],
    )
    operations.create_party(actor=system(2), at=AT, party=person("李梅", "13800000001"))
    assert found("李梅") == [("李梅", "name"), ("王李梅", "name")]
    assert found("李") == [("李梅", "name"), ("李美玲", "name"), ("王李梅", "name")]
    assert found("limei") == [("李梅", "pinyin"), ("李美玲", "pinyin")]
    assert found("Li Mei") == found("limei")
    assert [name for name, _ in found("lm")] == ["李梅", "黎明", "李美玲"]
    assert found("yuchi") == [("尉迟燕", "pinyin")]
    assert found("0001") == [("李梅", "tail"), ("李美玲", "tail")]
    assert found("138 0000 0001") == [("李梅", "phone")]
    assert found("13800000009") == []
    assert found("%") == []
    assert found("_") == []
    assert found("  ") == []


def test_a_phone_has_one_live_holder() -> None:
    first = operations.create_party(actor=HOUSE, at=AT, party=person("李梅", "13800000001"))
    assert queries.holders_of(1, ["13800000001", "13800000002"]) == {"13800000001": first}
    with pytest.raises(IntegrityError):
        operations.create_party(actor=HOUSE, at=AT, party=person("李美", "13800000001"))


def test_a_freed_phone_may_be_given_to_another() -> None:
    first = operations.create_party(actor=HOUSE, at=AT, party=person("李梅", "13800000001"))
    operations.change_phone(actor=HOUSE, at=AT, party=first, phone="13800000002")
    second = operations.create_party(actor=HOUSE, at=AT, party=person("王燕", "13800000001"))
    assert queries.holders_of(1, ["13800000001", "13800000002"]) == {"13800000001": second, "13800000002": first}
    assert queries.persons([first])[first].phone_tail == "0002"


def test_fields_are_dated_and_keep_their_history() -> None:
    party = operations.create_party(actor=HOUSE, at=AT, party=person("李梅", None, style="简约", height="165"))
    later = AT + timedelta(days=30)
    operations.change_fields(
        actor=HOUSE, at=later, party=party, fields={"style": "优雅", "height": None}, sensitive=SECRET
    )
    before = {each.name: each.masked for each in queries.profile(party, later - timedelta(seconds=1))}
    after = {each.name: each.masked for each in queries.profile(party, later)}
    assert before == {"style": "简约", "height": queries.MASK}
    assert after == {"style": "优雅"}
    assert [(each.value, each.since, each.until) for each in queries.field_history(party, "style")] == [
        ("优雅", later, None),
        ("简约", AT, later),
    ]
    assert queries.known_fields([party]) == {party: {"style": "优雅"}}


def test_a_new_name_is_found_and_the_old_one_kept() -> None:
    party = operations.create_party(actor=HOUSE, at=AT, party=person("李梅"))
    later = AT + timedelta(days=1)
    operations.rename_party(actor=HOUSE, at=later, party=party, name="李雪梅")
    for _ in range(2):
        operations.rename_party(actor=HOUSE, at=later + timedelta(days=1), party=party, name="李小梅")
    assert found("lixiaomei") == [("李小梅", "pinyin")]
    assert found("lixuemei") == []
    assert [each.value for each in queries.field_history(party, "name")] == ["李小梅", "李雪梅", "李梅"]


def test_revealing_takes_a_permission_and_leaves_a_line() -> None:
    party = operations.create_party(actor=HOUSE, at=AT, party=person("李梅", "13800000001", height="165"))
    clerk = Actor("staff", 7, "小张", 1, frozenset({"read_members"}))
    manager = Actor("staff", 8, "店长", 1, frozenset({"reveal"}))
    with pytest.raises(Forbidden):
        operations.reveal_field(actor=clerk, at=AT, party=party, name="height", subject="member:DN000001")
    shown = operations.reveal_field(actor=manager, at=AT, party=party, name="height", subject="member:DN000001")
    assert shown.value == "165"
    phone = operations.reveal_field(actor=manager, at=AT, party=party, name="phone", subject="member:DN000001")
    assert phone.value == "13800000001"
    with pytest.raises(NotFound):
        operations.reveal_field(actor=manager, at=AT, party=party, name="weight", subject="member:DN000001")
    lines = AuditEntry.objects.order_by("seq").values_list("operation", "actor", "subject", "given")
    assert list(lines) == [
        ("reveal_field", "staff:8", "member:DN000001", {"field": "height"}),
        ("reveal_field", "staff:8", "member:DN000001", {"field": "phone"}),
    ]
