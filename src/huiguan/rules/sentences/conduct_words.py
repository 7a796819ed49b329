"""The words of measures as people read them. Rights are said as those of a membership are."""

from __future__ import annotations

from huiguan.kernel.text import Text

CONDUCT = {
    "standing.suspended": Text(zh="暂停", en="suspended"),
    "standing.expelled": Text(zh="取消", en="cancelled"),
    "tasks.rectify": Text(zh="整改", en="putting it right"),
    "tasks.training": Text(zh="参加培训", en="training"),
    "tasks.apology": Text(zh="书面检讨", en="a written apology"),
    "on.event": Text(zh="发生应报告的事项", en="an event that must be reported"),
    "on.year": Text(zh="每年", en="every year"),
    "on.joining": Text(zh="入会", en="joining"),
    "on.fee": Text(zh="开出的费用", en="a fee that was charged"),
    "on.deposit": Text(zh="补足保证金的通知", en="a call of the deposit"),
    "counts.handed_in": Text(zh="提交即", en="handed in"),
    "counts.passed": Text(zh="通过才", en="passed"),
    "confidential.true": Text(zh="只有合规人员能看", en="seen only by those who deal with breaches"),
    "confidential.false": Text(zh="不保密", en="not confidential"),
    "tasks.dismissal": Text(zh="办理辞退", en="dismissal"),
    "card.frozen": Text(zh="冻结", en="frozen"),
    "card.void": Text(zh="收缴", en="confiscated"),
    "who.member": Text(zh="会员", en="members"),
    "who.staff": Text(zh="工作人员", en="staff"),
    "published.no": Text(zh="不公布", en="not published"),
    "published.members": Text(zh="在会员中通报", en="made known to members"),
    "published.public": Text(zh="向社会公布", en="published"),
}
