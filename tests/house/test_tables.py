"""Tables: foreign keys point downwards, every table bears the programme, hot keys begin with the membership."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models

FLOORS = (
    ("foundation",),
    ("ledger", "identity", "calendar", "parties", "documents"),
    ("programme",),
    ("cases",),
    ("entitlements",),
    ("members",),
    ("visits",),
    ("checkout",),
    ("rewards",),
    ("messaging",),
    ("hooks",),
    ("console", "portal", "api", "rehearsal"),
)
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}

# Tables of no programme, and why.
OF_NO_PROGRAMME = {
    "foundation_democlock": "one clock per installation",
    "foundation_mark": "a statement, not a programme, stamps it",
    "identity_signintrouble": "counted before anybody is known",
    "programme_programme": "it is the programme",
}

HOT = {
    "ledger_account",
    "ledger_journal",
    "ledger_transfer",
    "ledger_lot",
    "ledger_lot_use",
    "ledger_hold",
    "ledger_measure",
    "entitlements_right",
    "checkout_sale",
    "checkout_return",
}

APPEND_ONLY = {
    "billing_agreedshare",
    "billing_chargemove",
    "billing_depositbase",
    "billing_division",
    "billing_money",
    "cases_decision",
    "cases_round",
    "cases_step",
    "checkout_allowancesale",
    "checkout_cashmove",
    "checkout_dayclose",
    "checkout_return",
    "checkout_sale",
    "documents_note",
    "documents_reading",
    "documents_template",
    "documents_version",
    "entitlements_right",
    "entitlements_rightuse",
    "foundation_auditentry",
    "ledger_journal",
    "ledger_lot",
    "ledger_lot_use",
    "ledger_seal",
    "ledger_transfer",
    "members_change",
    "members_printedcard",
    "members_printrun",
    "programme_approvalrule",
    "programme_draftevent",
    "programme_draftexamples",
    "programme_draftproof",
    "programme_draftrevision",
    "programme_version",
    "rewards_bid",
    "rewards_orderstep",
    "rewards_stockmove",
    "visits_consent",
}


def tables() -> Iterator[type[models.Model]]:
    return (model for model in apps.get_models() if model.__module__.startswith("huiguan."))


def test_foreign_keys_point_downwards() -> None:
    upwards = [
        f"{model._meta.db_table}.{field.name} -> {field.related_model._meta.app_label}"
        for model in tables()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        if field.related_model._meta.app_label != model._meta.app_label
        if FLOOR[field.related_model._meta.app_label] >= FLOOR[model._meta.app_label]
    ]
    assert upwards == []


def test_every_table_bears_the_programme() -> None:
    without = [
        model._meta.db_table
        for model in tables()
        if not {"programme", "programme_id"} & {field.attname for field in model._meta.concrete_fields}
        if not {"programme", "programme_id"} & {field.name for field in model._meta.concrete_fields}
        if model._meta.db_table not in OF_NO_PROGRAMME
    ]
    assert without == []


def test_hot_tables_are_there() -> None:
    assert {model._meta.db_table for model in tables()} >= HOT


def _unique_keys(model: type[models.Model]) -> Iterator[tuple[str, ...]]:
    meta = model._meta
    key = meta.pk
    yield tuple(getattr(key, "field_names", None) or (key.name,))
    for field in meta.concrete_fields:
        if field.unique and not field.primary_key:
            yield (field.name,)
    for constraint in meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            yield tuple(constraint.fields)


def test_no_unique_key_of_a_hot_table_spans_two_memberships() -> None:
    spanning = [
        (model._meta.db_table, key)
        for model in tables()
        if model._meta.db_table in HOT
        for key in _unique_keys(model)
        if key[0] not in {"membership", "membership_id"}
    ]
    assert spanning == []


def test_tables_hold_no_business() -> None:
    """A model states what is stored; verbs live in operations."""
    doing = [
        f"{model.__name__}.{name}"
        for model in tables()
        for name, member in vars(model).items()
        if callable(member) and getattr(member, "__module__", "") == model.__module__
        if name not in {"Meta", "__str__"} and not isinstance(member, type)
    ]
    assert doing == []


def test_nothing_is_deleted_along_with_something_else() -> None:
    cascading = [
        f"{model._meta.db_table}.{field.name}"
        for model in tables()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is models.CASCADE
    ]
    assert cascading == []


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    told = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=told, verbosity=1)
    except SystemExit:
        pytest.fail(told.getvalue())


@pytest.mark.django_db
def test_the_database_itself_has_no_key_across_memberships() -> None:
    """What migrations wrote in SQL counts as well as what models say."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT t.relname, i.relname FROM pg_index x
            JOIN pg_class t ON t.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
            JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = x.indkey[0]
            WHERE x.indisunique AND t.relname = ANY(%s) AND a.attname NOT IN ('membership', 'membership_id')
            """,
            [list(HOT)],
        )
        assert cursor.fetchall() == []


@pytest.mark.django_db
@pytest.mark.parametrize("table", sorted(APPEND_ONLY))
def test_what_is_evidence_is_append_only(table: str) -> None:
    """UPDATE, DELETE and TRUNCATE each meet a trigger (bits 16, 8 and 32 of its type)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bit_or(tgtype) FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled = 'O'", [table]
        )
        (kinds,) = cursor.fetchone()
    assert (kinds or 0) & 0b111000 == 0b111000
