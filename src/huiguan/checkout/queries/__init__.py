"""Questions about sales, returns, redemptions, the catalogue, and the papers they leave. Nothing here writes."""

from huiguan.checkout.queries.receipts import receipt
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
)
from huiguan.checkout.queries.shifts import day_close, day_closes, day_so_far, own_shift, shift, shifts
from huiguan.checkout.sampling import Sampled, sampled

__all__ = [
    "RecordedReturn",
    "ReturnRow",
    "Sampled",
    "as_answer",
    "catalogue",
    "day_close",
    "day_closes",
    "day_so_far",
    "import_fields",
    "left_of",
    "own_shift",
    "product_fields",
    "products",
    "receipt",
    "redemptions",
    "returns_by_id",
    "returns_of",
    "sale",
    "sales",
    "sales_by_id",
    "sampled",
    "shift",
    "shifts",
]
