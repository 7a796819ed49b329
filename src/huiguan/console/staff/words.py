"""What each power opens, in a sentence somebody who runs a shop understands; and how periods read."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from huiguan.design.markup import ending
from huiguan.design.values import Mark
from huiguan.identity.values import CODE, PASSKEY, PASSWORD, RECOVERY, WAYS, PostHeld
from huiguan.kernel import text as words
from huiguan.kernel.actors import POWERS
from huiguan.kernel.text import Text

OPENS: dict[str, Text] = {
    "sell": Text(zh="在柜上开单、试算、收款、兑换积分", en="ring up sales, quote, take payment, redeem points"),
    "return": Text(zh="查单、办理退货、收回礼品", en="find sales, take returns, take gifts back"),
    "close_day": Text(zh="日结，替别人交班", en="close a shop's day, end another's shift"),
    "invoice": Text(zh="开发票、红冲", en="issue invoices and take them back"),
    "void": Text(zh="作废当日的销售单", en="void a sale of the same day"),
    "enrol": Text(zh="填资料卡，发展新会员", en="fill in the form and enrol new members"),
    "read_members": Text(zh="查会员、积分、卡券与往来", en="look up members, their points, coupons and ledgers"),
    "reveal": Text(
        zh="看封存的手机、住址等，每次留痕", en="see sealed fields such as phone and address, each look logged"
    ),
    "edit_members": Text(zh="改会员资料，授权亲友使用", en="change a member's form, name who else may use the account"),
    "cards": Text(zh="发卡、换卡、挂失", en="issue and replace cards, report them lost"),
    "correct": Text(zh="改价收款，更正余额", en="override a price, correct a balance"),
    "documents": Text(
        zh="收、看、审会员的材料，管模板，登记签署",
        en="take, read and judge members' papers, keep templates and signatures",
    ),
    "suspend": Text(zh="暂停与恢复会员资格", en="suspend and restore a membership"),
    "bill": Text(
        zh="开缴费单、收款、对银行流水、管保证金", en="charge fees, receive money, match bank statements, keep deposits"
    ),
    "catalogue": Text(zh="维护商品、吊牌价、促销价", en="keep products, list prices and promotions"),
    "coupons": Text(zh="发券、收回券、做券码", en="hand out and revoke coupons, make coupon codes"),
    "import": Text(zh="从文件导入会员、商品与销售", en="bring in members, products and sales from files"),
    "read_rulebook": Text(zh="读章程全文与各条的例子", en="read the rulebook, its clauses and examples"),
    "write_rulebook": Text(zh="起草与修改章程，看试算", en="draft and change a rulebook, see what it would do"),
    "approve_rulebook": Text(zh="核准别人起草的章程", en="approve a rulebook somebody else drafted"),
    "publish": Text(zh="发布新的章程版本", en="publish a new version of the rulebook"),
    "organise": Text(zh="设门店、管人员与职位、开接口", en="open shops, arrange people and posts, let programs in"),
    "matters": Text(
        zh="代人提交事项、推荐表彰，看全部事项与进度",
        en="take down matters for others, propose awards, see them all and how they go",
    ),
    "conduct": Text(
        zh="记违规、提处分、记整改、推荐表彰，看全部处分",
        en="report breaches, propose measures and awards, note what was put right",
    ),
    "audit": Text(zh="看账册、操作记录，核账", en="read the books and the audit trail, prove the books"),
    "estimate": Text(
        zh="估计积分会用掉多少，定合同负债", en="estimate how much of the points will be used, and so what is owed"
    ),
    "clock": Text(zh="拨动演示站的时钟", en="move the clock of a demonstration"),
}
FACTORS = {CODE: Text(zh="验证器", en="Authenticator"), PASSKEY: Text(zh="通行密钥", en="Passkey")}
HOW = {PASSWORD: WAYS[PASSWORD], CODE: WAYS[CODE], RECOVERY: WAYS[RECOVERY], PASSKEY: WAYS[PASSKEY]}
LANGUAGES = {"zh": Text(zh="中文", en="Chinese"), "en": Text(zh="英文", en="English")}


def opens(power: str) -> Text:
    """What a power opens, in a sentence."""
    return OPENS.get(power, POWERS[power])


def how_said(how: str) -> Text:
    return HOW.get(how, Text(zh=how, en=how))


def period_of(held: PostHeld) -> Text:
    """since 2026-03-01; 2026-03-01 to 2026-12-31 24:00."""
    return term_said(held.since, held.until)


def term_said(since: datetime, until: datetime | None) -> Text:
    """From when until when, as `period_of` says it."""
    begins = words.moment(timezone.localtime(since)).removesuffix(" 00:00")
    if until is None:
        return Text(zh=f"{begins} 起", en=f"since {begins}")
    ends = ending(until)
    return Text(zh=f"{begins} 至 {ends}", en=f"{begins} to {ends}")


def state_mark(active: bool, has_password: bool) -> Mark | None:
    if not active:
        return Mark(Text(zh="已离职", en="Left"), "stop")
    return None if has_password else Mark(Text(zh="未设密码", en="No password yet"), "warn")


def masked(phone: str) -> str:
    return f"{phone[:3]} •••• {phone[-4:]}" if len(phone) == 11 else phone
