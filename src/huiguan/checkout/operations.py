"""What the till does. Each door is one call; see the modules for the rules each follows."""

from huiguan.checkout.allowances.granting import close_allowance, close_due_allowances, grant_allowance
from huiguan.checkout.allowances.settling import settle_allowance
from huiguan.checkout.committing import commit_sale, commit_sales, quote_sale
from huiguan.checkout.coupons.claiming import claim_code, claim_coupon, hand_out_coupon
from huiguan.checkout.coupons.giving import accept_coupon, give_coupon, take_back_coupon
from huiguan.checkout.coupons.keeping import accept_reserved, lock_coupons, release_coupons, revoke_coupon
from huiguan.checkout.coupons.weighing import weigh_coupons
from huiguan.checkout.gifts import return_gift
from huiguan.checkout.handing_over import claim_gift
from huiguan.checkout.importing.products import import_products
from huiguan.checkout.importing.running import import_sales
from huiguan.checkout.invoices.asking import ask_invoice, issue_invoice, reverse_invoice, withdraw_invoice
from huiguan.checkout.keeping import name_categories, rename_product, restore_product, withdraw_product
from huiguan.checkout.packages.passing import transfer_package
from huiguan.checkout.packages.using import undo_package_use, use_package
from huiguan.checkout.redeeming import redeem_points
from huiguan.checkout.referring import settle_referrals
from huiguan.checkout.returning import preview_return, return_sale, void_sale
from huiguan.checkout.shifts.closing import close_day
from huiguan.checkout.shifts.handing import hand_over, move_cash, open_shift
from huiguan.checkout.signing import sign_sale
from huiguan.checkout.simulating.asking import delete_simulation, start_simulation, stop_simulation
from huiguan.checkout.simulating.running import run_simulation, work_on_part
from huiguan.checkout.stocking import register_products, set_prices
from huiguan.checkout.stored.codes import prove_payment, send_payment_code
from huiguan.checkout.stored.paying import preview_own_top_up, store_paid
from huiguan.checkout.stored.refunding import preview_top_up_refund, refund_top_up
from huiguan.checkout.stored.topping_up import preview_top_up, store_value
from huiguan.checkout.stored.watching import record_custody, watch_stored_value

__all__ = [
    "accept_coupon",
    "accept_reserved",
    "ask_invoice",
    "claim_code",
    "claim_coupon",
    "claim_gift",
    "close_allowance",
    "close_day",
    "close_due_allowances",
    "commit_sale",
    "commit_sales",
    "delete_simulation",
    "give_coupon",
    "grant_allowance",
    "hand_out_coupon",
    "hand_over",
    "import_products",
    "import_sales",
    "issue_invoice",
    "lock_coupons",
    "move_cash",
    "name_categories",
    "open_shift",
    "preview_own_top_up",
    "preview_return",
    "preview_top_up",
    "preview_top_up_refund",
    "prove_payment",
    "quote_sale",
    "record_custody",
    "redeem_points",
    "refund_top_up",
    "register_products",
    "release_coupons",
    "rename_product",
    "restore_product",
    "return_gift",
    "return_sale",
    "reverse_invoice",
    "revoke_coupon",
    "run_simulation",
    "send_payment_code",
    "set_prices",
    "settle_allowance",
    "settle_referrals",
    "sign_sale",
    "start_simulation",
    "stop_simulation",
    "store_paid",
    "store_value",
    "take_back_coupon",
    "transfer_package",
    "undo_package_use",
    "use_package",
    "void_sale",
    "watch_stored_value",
    "weigh_coupons",
    "withdraw_invoice",
    "withdraw_product",
    "work_on_part",
]
