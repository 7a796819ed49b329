"""The words of fees, deposits and shares as people read them."""

from __future__ import annotations

from huiguan.kernel.text import Text

DUES = {
    "on.dues_charged": Text(zh="开出缴费单时", en="When a fee is charged"),
    "on.dues_reminded": Text(zh="到提醒缴费的日子", en="On the days of reminding of a fee"),
    "on.dues_received": Text(zh="收到会员款项时", en="When a member's money came"),
    "on.recommender_asked": Text(
        zh="请人推荐时（发给推荐人）", en="When somebody is asked to recommend (to the recommender)"
    ),
    "on.matter_told": Text(zh="申请等事项有进展时（发给申请人）", en="When a matter goes on (to its applicant)"),
    "on.paper_expiring": Text(zh="材料到期前", en="Before a paper expires"),
    "on.membership_ending": Text(zh="会籍到期前", en="Before a membership ends"),
    "every.asked": Text(zh="提出时收", en="when it is asked for"),
    "every.once": Text(zh="收一次", en="once"),
    "every.month": Text(zh="每月收", en="every month"),
    "every.quarter": Text(zh="每季收", en="every quarter"),
    "every.half_year": Text(zh="每半年收", en="every half year"),
    "every.year": Text(zh="每年收", en="every year"),
    "counts_from.calendar": Text(zh="自然年月", en="the calendar"),
    "counts_from.joining": Text(zh="各人入会之日", en="each member's day of joining"),
    "first.full": Text(zh="全额", en="in full"),
    "first.by_month": Text(zh="按剩余月数折算", en="by the months left"),
    "first.by_day": Text(zh="按剩余天数折算", en="by the days left"),
    "first.none": Text(zh="不收", en="not at all"),
    "late.then.note": Text(zh="记为欠费", en="it is noted as arrears"),
    "late.then.suspend": Text(zh="暂停会员资格", en="the membership is suspended"),
    "call.then.note": Text(zh="记下来", en="it is noted"),
    "call.then.suspend": Text(zh="暂停会员资格", en="the membership is suspended"),
    "refund.what.nothing": Text(zh="不退", en="nothing"),
    "refund.what.all": Text(zh="全额", en="all of it"),
    "refund.what.unused_months": Text(zh="未开始的整月", en="the whole months not begun"),
    "parts.unit.principal": Text(zh="会员储值", en="the member's stored value"),
    "means.cash": Text(zh="现金", en="cash"),
    "means.terminal": Text(zh="刷卡或扫码", en="terminal"),
    "means.transfer": Text(zh="银行转账", en="bank transfer"),
    "means.online": Text(zh="手机支付", en="online"),
    "returned.net": Text(zh="抵扣欠款后退还", en="less what is owed"),
    "returned.debts_first": Text(zh="交清欠款后退还", en="once nothing is owed"),
    "forfeit.never": Text(zh="不罚没", en="is never forfeited"),
    "forfeit.decided": Text(zh="经决定可以罚没", en="may be forfeited by decision"),
    "by.deposit": Text(zh="按所存保证金的比例", en="in proportion to the deposit held"),
    "by.agreed": Text(zh="按与各人的约定", en="as agreed with each"),
}
