"""What the audit's operations and subjects are called."""

from __future__ import annotations

from huiguan.kernel.text import Text

DEEDS = {
    "appoint": Text(zh="任命", en="Appointed"),
    "approve_draft": Text(zh="核准草案", en="Approved a draft"),
    "ask_payment": Text(zh="请付", en="Asked for a payment"),
    "clear_dispute": Text(zh="核实支付", en="Settled a disputed payment"),
    "close_difference": Text(zh="说明对账差异", en="Explained a difference"),
    "reconcile_day": Text(zh="对账", en="Compared a statement"),
    "refund_payment": Text(zh="退款", en="Refunded a payment"),
    "ask_invoice": Text(zh="申请开票", en="Asked for an invoice"),
    "begin_totp": Text(zh="开始设验证器", en="Began an authenticator"),
    "change_client": Text(zh="改接入程序", en="Changed a program"),
    "change_language": Text(zh="换语言", en="Changed language"),
    "change_password": Text(zh="改密码", en="Changed password"),
    "change_profile": Text(zh="改资料", en="Changed a profile"),
    "change_staff": Text(zh="改员工资料", en="Changed a colleague's entry"),
    "close_day": Text(zh="日结", en="Closed a day"),
    "close_node": Text(zh="关闭机构", en="Closed a place"),
    "confirm_totp": Text(zh="启用验证器", en="Turned an authenticator on"),
    "create_client": Text(zh="发接口密钥", en="Issued an API key"),
    "create_node": Text(zh="设立机构", en="Opened a place"),
    "create_programme": Text(zh="设立计划", en="Made the programme"),
    "create_staff": Text(zh="录入员工", en="Entered a colleague"),
    "demand_second_factor": Text(zh="定是否两步", en="Set the second step"),
    "dismiss": Text(zh="免去职务", en="Ended a post"),
    "dismiss_staff": Text(zh="离职", en="Colleague left"),
    "drop_second_factors": Text(zh="撤第二步", en="Dropped second factors"),
    "end_session": Text(zh="让人退出", en="Ended a session"),
    "end_sessions": Text(zh="全部退出", en="Ended all sessions"),
    "estimate_use": Text(zh="定会计估计", en="Made an estimate"),
    "enrol_member": Text(zh="办理入会", en="Enrolled a member"),
    "enrol_members": Text(zh="批量入会", en="Enrolled members"),
    "found_house": Text(zh="开业", en="Founded the house"),
    "grant_allowance": Text(zh="给离线额度", en="Granted an allowance"),
    "hand_over": Text(zh="交班", en="Handed a shift over"),
    "import_members": Text(zh="导入会员", en="Imported members"),
    "import_sales": Text(zh="导入销售", en="Imported sales"),
    "issue_card": Text(zh="发卡", en="Issued a card"),
    "issue_invoice": Text(zh="登记开票", en="Noted an invoice"),
    "keep_proof": Text(zh="跑完例证", en="Ran a draft's examples"),
    "make_password_link": Text(zh="给密码链接", en="Gave a password link"),
    "move_cash": Text(zh="支取或补入", en="Moved cash"),
    "open_draft": Text(zh="起草章程", en="Began a draft"),
    "open_shift": Text(zh="开班", en="Began a shift"),
    "prove_draft": Text(zh="要跑例证", en="Had a draft's examples run"),
    "publish_draft": Text(zh="发布草案", en="Published a draft"),
    "publish_rulebook": Text(zh="发布章程", en="Published a rulebook"),
    "readmit_staff": Text(zh="请回来", en="Took a colleague back"),
    "rebase_draft": Text(zh="并入后来的版本", en="Took a later version in"),
    "record_opening": Text(zh="登记期初", en="Recorded an opening"),
    "record_openings": Text(zh="批量登记期初", en="Recorded openings"),
    "redeem_points": Text(zh="积分换礼", en="Redeemed points"),
    "register_passkey": Text(zh="登记通行密钥", en="Registered a passkey"),
    "name_categories": Text(zh="给品类取名", en="Named the categories"),
    "register_products": Text(zh="登记商品", en="Registered products"),
    "remove_passkey": Text(zh="移除通行密钥", en="Removed a passkey"),
    "remove_post": Text(zh="取消或恢复职位", en="Removed or restored a post"),
    "remove_totp": Text(zh="停用验证器", en="Turned an authenticator off"),
    "rename_passkey": Text(zh="通行密钥改名", en="Renamed a passkey"),
    "renew_recovery_codes": Text(zh="换备用码", en="Made recovery codes"),
    "replace_card": Text(zh="换卡", en="Replaced a card"),
    "report_card_lost": Text(zh="挂失", en="Reported a card lost"),
    "reset_password": Text(zh="重置密码", en="Reset a password"),
    "restore_member": Text(zh="恢复会员", en="Restored a member"),
    "return_draft": Text(zh="退回草案", en="Gave a draft back"),
    "return_gift": Text(zh="退回礼品", en="Took a gift back"),
    "return_sale": Text(zh="退货", en="Took a return"),
    "reveal_field": Text(zh="查看密存资料", en="Revealed sealed data"),
    "reverse_invoice": Text(zh="登记红冲", en="Noted a red invoice"),
    "revoke_client": Text(zh="废止接口密钥", en="Revoked an API key"),
    "rotate_client": Text(zh="换接口密钥", en="Changed an API key"),
    "save_draft": Text(zh="存一稿", en="Saved a draft"),
    "save_examples": Text(zh="改例子", en="Changed a draft's examples"),
    "give_points": Text(zh="转赠积分", en="Passed points on"),
    "gather_points": Text(zh="取用共享积分", en="Gathered shared points"),
    "join_pool": Text(zh="共享积分", en="Shared points"),
    "leave_pool": Text(zh="退出共享", en="Shared no more"),
    "exchange_points": Text(zh="积分通兑", en="Exchanged points"),
    "settle_exchange": Text(zh="裁定通兑", en="Decided an exchange"),
    "keep_partner": Text(zh="设合作方线路", en="Set up a partner's line"),
    "stop_partner": Text(zh="停用或恢复合作方", en="Stopped or resumed a partner"),
    "link_partner": Text(zh="登记合作方账号", en="Named an account at a partner"),
    "unlink_partner": Text(zh="解除合作方账号", en="Removed an account at a partner"),
    "close_month": Text(zh="与合作方结算", en="Settled a month with a partner"),
    "pay_settlement": Text(zh="登记合作方差额", en="Noted a difference as paid"),
    "verify_member": Text(zh="登记核验", en="Wrote down what was verified"),
    "set_approval": Text(zh="定要不要第二人", en="Set the second person"),
    "set_examples_aside": Text(zh="搁置例子", en="Set examples aside"),
    "set_post": Text(zh="改职位", en="Changed a post"),
    "set_prices": Text(zh="定价", en="Set prices"),
    "sign_in": Text(zh="登录", en="Signed in"),
    "sign_in_failed": Text(zh="登录失败", en="Sign-in failed"),
    "submit_draft": Text(zh="提交草案", en="Submitted a draft"),
    "record_custody": Text(zh="登记存管余额", en="Noted what is in custody"),
    "refund_top_up": Text(zh="退储值", en="Refunded stored value"),
    "set_pin": Text(zh="设置支付密码", en="Set a PIN"),
    "store_value": Text(zh="储值充值", en="Stored value"),
    "suspend_member": Text(zh="暂停会员", en="Suspended a member"),
    "take_examples_back": Text(zh="取回例子", en="Took examples back"),
    "use_password_link": Text(zh="用链接设密码", en="Set a password by link"),
    "sign_sale": Text(zh="补签购物记录", en="Had a sale's record signed"),
    "void_sale": Text(zh="作废销售单", en="Voided a sale"),
    "withdraw_draft": Text(zh="撤回草案", en="Withdrew a draft"),
    "withdraw_invoice": Text(zh="撤回开票", en="Withdrew an invoice"),
}
FLOWS = {
    "issued": (Text(zh="消费发放", en="Issued on sales"), Text(zh="实付所得", en="earned by what was paid")),
    "opening": (Text(zh="期初带入", en="Brought in at the opening"), Text(zh="凭单据登记", en="each under its bill")),
    "redeemed": (
        Text(zh="兑换与抵扣", en="Redeemed"),
        Text(zh="换礼、付货款，减去退还", en="gifts and money off, less what was given back"),
    ),
    "exchanged": (
        Text(zh="与合作方通兑", en="Exchanged with partners"),
        Text(zh="换入减换出，含等答复的", en="in less out, with what is waited for"),
    ),
    "clawed": (
        Text(zh="扣回", en="Taken back"),
        Text(
            zh="所退商品当初得到的，撤销资格时作废的",
            en="what returned goods had earned, and what was void with a membership",
        ),
    ),
    "expired": (Text(zh="清零", en="Cleared"), Text(zh="到期未用", en="not used by their end")),
}
WALLET_FLOWS = {
    "issued": (Text(zh="充值", en="Topped up"), Text(zh="付进来的与送的", en="paid in, or on top of it")),
    "redeemed": (Text(zh="付货款", en="Paid for goods"), Text(zh="减去退货退回的", en="less what returns gave back")),
    "refunded": (Text(zh="退给会员", en="Refunded"), Text(zh="余下的本金", en="principal that was left")),
    "clawed": (
        Text(zh="收回与扣下", en="Taken back"),
        Text(zh="退款时收回的赠送与扣款", en="bonus and deductions at refunds"),
    ),
}
CAUSES = {
    "sale": Text(zh="销售", en="sale"),
    "signature": Text(zh="补签", en="signature"),
    "return": Text(zh="退货", en="return"),
    "void": Text(zh="作废", en="void"),
    "expiry": Text(zh="到期", en="expiry"),
    "redemption": Text(zh="兑换", en="redemption"),
    "opening": Text(zh="期初", en="opening"),
    "exit": Text(zh="资格终止", en="end of membership"),
    "merge": Text(zh="合并", en="merge"),
    "gift_return": Text(zh="退回礼品", en="gift taken back"),
    "set_aside": Text(zh="离线额度", en="offline allowance"),
    "top_up": Text(zh="充值", en="top-up"),
    "top_up_refund": Text(zh="退储值", en="top-up refund"),
    "hold": Text(zh="占用", en="hold"),
    "given": Text(zh="转赠", en="passed on"),
    "exchange": Text(zh="通兑", en="exchange with a partner"),
    "exchange_back": Text(zh="通兑退回", en="exchange given back"),
}


def deed(operation: str) -> Text:
    """An operation as people say it; its word where it has no name here."""
    return DEEDS.get(operation, Text(zh=operation, en=operation))


def subject_href(subject: str, organises: bool) -> str:
    """Where the thing an entry is about is shown; '' where nowhere, or to `organises` alone."""
    kind, _, name = subject.partition(":")
    if kind in ("staff", "post", "client") and not organises:
        return ""
    if kind == "member" and name:
        return f"/members/{name}/"
    if kind == "draft" and name:
        return f"/rulebook/drafts/{name}/"
    if kind == "sale" and name:
        return f"/sales/{name}/"
    if kind == "staff" and name and not name.isdigit():
        return f"/staff/{name}/"
    if kind == "post" and name:
        return f"/staff/posts/{name}/"
    if kind == "client":
        return "/programs/"
    return "/rulebook/" if kind == "rulebook" else ""
