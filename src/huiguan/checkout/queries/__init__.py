"""Questions about sales, returns, redemptions, the catalogue, papers and simulations. Nothing here writes."""

from huiguan.checkout.catalogue import category_names
from huiguan.checkout.coupons.offering import coupon_offers
from huiguan.checkout.documents import reasons_of
from huiguan.checkout.packages.telling import packages, packages_on_offer
from huiguan.checkout.queries.allowances import allowance, allowance_key, allowances, settled_under
from huiguan.checkout.queries.goods import GoodsRow, PriceRow, categories, goods, has_products, product
from huiguan.checkout.queries.invoices import invoice, invoices, invoices_of
from huiguan.checkout.queries.paid import paid_by_month
from huiguan.checkout.queries.receipts import receipt, stored_receipt
from huiguan.checkout.queries.recorded import RecordedReturn, returns_by_id, sales_by_id
from huiguan.checkout.queries.sales import (
    ReturnRow,
    as_answer,
    catalogue,
    import_fields,
    left_of,
    product_fields,
    products,
    redemptions,
    returns_of,
    sale,
    sales,
    signatures_of,
    taken_off,
    wallet_answer,
)
from huiguan.checkout.queries.shifts import day_close, day_closes, day_so_far, own_shift, shift, shifts
from huiguan.checkout.queries.wallets import outstanding, top_up, top_up_refunds, top_ups, wallet
from huiguan.checkout.sampling import Sampled, sampled
from huiguan.checkout.simulating.reading import (
    ORDERS,
    member_story,
    mover_place,
    movers,
    refusal_counts,
    simulated_refusals,
    simulated_source,
    simulation,
    simulations,
)
from huiguan.checkout.simulating.summing import SumLine, cells_of, sum_lines

__all__ = [
    "ORDERS",
    "GoodsRow",
    "PriceRow",
    "RecordedReturn",
    "ReturnRow",
    "Sampled",
    "SumLine",
    "allowance",
    "allowance_key",
    "allowances",
    "as_answer",
    "catalogue",
    "categories",
    "category_names",
    "cells_of",
    "coupon_offers",
    "day_close",
    "day_closes",
    "day_so_far",
    "goods",
    "has_products",
    "import_fields",
    "invoice",
    "invoices",
    "invoices_of",
    "left_of",
    "member_story",
    "mover_place",
    "movers",
    "outstanding",
    "own_shift",
    "packages",
    "packages_on_offer",
    "paid_by_month",
    "product",
    "product_fields",
    "products",
    "reasons_of",
    "receipt",
    "redemptions",
    "refusal_counts",
    "returns_by_id",
    "returns_of",
    "sale",
    "sales",
    "sales_by_id",
    "sampled",
    "settled_under",
    "shift",
    "shifts",
    "signatures_of",
    "simulated_refusals",
    "simulated_source",
    "simulation",
    "simulations",
    "stored_receipt",
    "sum_lines",
    "taken_off",
    "top_up",
    "top_up_refunds",
    "top_ups",
    "wallet",
    "wallet_answer",
]
