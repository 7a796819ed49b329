"""Single products: another name, withdrawn, sold again. What was sold of them stays as it was told then."""

from __future__ import annotations

from datetime import datetime

from huiguan.checkout import refusals
from huiguan.checkout.inputs import CategoriesInput, RenameProduct, WithdrawProduct
from huiguan.checkout.models import Category, Product
from huiguan.checkout.stocking import search_key
from huiguan.checkout.values import Registered
from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import Input


def rename_product(*, actor: Actor, at: datetime, given: RenameProduct, key: str | None = None) -> Registered:
    """Another name or category. Refuses UnknownSku."""
    told: dict[str, object] = {"name": given.name, "category": given.category, "search": search_key(given.name)}
    return _changed("rename_product", actor, at, given.sku, given, key, told)


def name_categories(*, actor: Actor, at: datetime, given: CategoriesInput, key: str | None = None) -> Registered:
    """What categories are called in both languages, by their codes; naming one again changes it. Takes `catalogue`."""
    actor.demand("catalogue")
    rows = list({each.code: each for each in given.categories}.values())

    def do() -> Registered:
        Category.objects.bulk_create(
            [Category(programme_id=actor.programme, code=each.code, zh=each.zh, en=each.en) for each in rows],
            update_conflicts=True,
            unique_fields=["programme_id", "code"],
            update_fields=["zh", "en"],
        )
        return Registered(len(rows))

    return perform(
        "name_categories", actor=actor, at=at, subject="catalogue", given=given, key=key, returns=Registered, do=do
    )


def withdraw_product(*, actor: Actor, at: datetime, given: WithdrawProduct, key: str | None = None) -> Registered:
    """A product that is sold no more: the till does not know it, its sales and returns stay. Refuses UnknownSku."""
    return _changed("withdraw_product", actor, at, given.sku, given, key, {"active": False})


def restore_product(*, actor: Actor, at: datetime, given: WithdrawProduct, key: str | None = None) -> Registered:
    """A product that was withdrawn is sold again. Refuses UnknownSku."""
    return _changed("restore_product", actor, at, given.sku, given, key, {"active": True})


def _changed(
    name: str, actor: Actor, at: datetime, sku: str, given: Input, key: str | None, fields: dict[str, object]
) -> Registered:
    actor.demand("catalogue")

    def do() -> Registered:
        if not Product.objects.filter(programme_id=actor.programme, sku=sku).update(**fields):
            raise refusals.UnknownSku(field="sku", sku=sku)
        return Registered(1)

    return perform(name, actor=actor, at=at, subject=f"product:{sku}", given=given, key=key, returns=Registered, do=do)
