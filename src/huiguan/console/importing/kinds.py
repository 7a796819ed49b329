"""What can be imported: its name, its columns, and the operation that takes it in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from huiguan.billing import operations as billing
from huiguan.billing import queries as owed
from huiguan.checkout import operations as checkout
from huiguan.checkout import queries as sales
from huiguan.console.acting import Acting
from huiguan.foundation.sheets import Field, Imported
from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import Text
from huiguan.members import operations as members
from huiguan.members import queries as register

_KIND = Text(zh="导入种类", en="kind of import")


@dataclass(frozen=True, slots=True)
class Kind:
    """`power`: what it takes beside `import`; `records`: what its rows become, counted."""

    name: str
    power: str
    title: Text
    records: Text
    about: Text
    fields: Callable[[Acting], tuple[Field, ...]]
    run: Callable[..., Imported]


KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "members",
            "enrol",
            Text(zh="会员", en="Members"),
            Text(zh="位会员", en="members"),
            Text(
                zh="一行一位会员，可带等级、积分（连同单据号和日期）与累计消费。",
                en="One member a row, with tier, points (their bill and day) and earlier spending where there are any.",
            ),
            lambda now: register.import_fields(now.actor, now.at),
            members.import_members,
        ),
        Kind(
            "sales",
            "sell",
            Text(zh="销售", en="Sales"),
            Text(zh="单", en="sales"),
            Text(
                zh="一行一件商品，同店同单号的行合成一单。金额按实收记，不再打折。",
                en="One product a row; rows of one shop and bill number make a sale. Amounts are taken as paid.",
            ),
            lambda now: sales.import_fields(now.actor),
            checkout.import_sales,
        ),
        Kind(
            "products",
            "catalogue",
            Text(zh="商品", en="Products"),
            Text(zh="件商品", en="products"),
            Text(
                zh="一行一个货号。新的上架；标价有变的，从现在起按新价。",
                en="One SKU a row. New ones go on the catalogue; a changed price holds from now on.",
            ),
            lambda now: sales.product_fields(now.actor),
            checkout.import_products,
        ),
        Kind(
            "bank",
            "bill",
            Text(zh="银行流水", en="Bank statement"),
            Text(zh="笔收入", en="lines"),
            Text(
                zh="一行一笔。只收进账的；同一流水号只收一次。收完到“会费与收费”里逐笔确认是谁的。",
                en="One line a row. Money that came in is taken, each bank number once; whose it is is confirmed under Dues.",
            ),
            lambda now: owed.BANK_FIELDS,
            billing.import_statement,
        ),
    )
}


def kinds_for(now: Acting) -> tuple[Kind, ...]:
    """The kinds this person may import."""
    return tuple(kind for kind in KINDS.values() if now.actor.may(kind.power))


def kind_of(name: str) -> Kind:
    """A kind by its name; NotFound otherwise."""
    if name not in KINDS:
        raise NotFound(field="kind", what=_KIND, given=name[:40])
    return KINDS[name]
