"""The words of the kinds about a membership's life."""

from __future__ import annotations

from huiguan.kernel.text import Text
from huiguan.rules.standing import RIGHTS

LIFE = {
    "on.joining": Text(zh="入会时发", en="given on joining"),
    "on.asked": Text(zh="申请时发", en="given when asked for"),
    "shows.name": Text(zh="姓名（个人隐去名字）", en="the name (a person's masked)"),
    "shows.type": Text(zh="会员种类", en="the sort of member"),
    "shows.tier": Text(zh="等级", en="the tier"),
    "shows.since": Text(zh="入会日期", en="since when"),
    "shows.until": Text(zh="有效期", en="until when"),
    "on.type_changed": Text(zh="会员种类变动时", en="When the sort of member changes"),
    "of.person": Text(zh="自然人", en="persons"),
    "of.organisation": Text(zh="单位", en="organisations"),
    "apply.self": Text(zh="本人可以申请", en="One applies oneself"),
    "apply.nomination": Text(zh="由本会提名，本人不能申请", en="Named by the house, never on one's own application"),
    "waives.age": Text(zh="年龄", en="age"),
    "blind_to.sex": Text(zh="性别", en="sex"),
    "blind_to.age": Text(zh="年龄", en="age"),
    "blind_to.ethnicity": Text(zh="民族、种族", en="ethnicity"),
    "blind_to.nationality": Text(zh="国籍", en="nationality"),
    "blind_to.religion": Text(zh="宗教信仰", en="religion"),
    "parts.points": Text(zh="积分怎么得", en="how points are earned"),
    "parts.redemption": Text(zh="积分怎么用", en="how points are used"),
    "parts.expiry": Text(zh="积分的有效期", en="when points end"),
    "parts.rights": Text(zh="会员有哪些权利", en="which rights members have"),
    "parts.coupons": Text(zh="优惠券怎么用", en="how coupons are used"),
    "parts.birthday": Text(zh="生日礼遇", en="what birthdays bring"),
    "parts.notices": Text(zh="怎样和会员联系", en="how members are written to"),
    "waives.staff": Text(zh="是否员工", en="being on the staff"),
    "waives.purchase": Text(zh="消费", en="a purchase"),
    "freeze.stands": Text(zh="不走，恢复后顺延", en="stands still and goes on afterwards"),
    "freeze.runs": Text(zh="照走", en="runs on"),
    "grounds.by.member": Text(zh="会员本人提出", en="asked for by the member"),
    "grounds.by.house": Text(zh="本会决定", en="decided by the house"),
    "grounds.reads.exited": Text(zh="已退出", en="exited"),
    "grounds.reads.expelled": Text(zh="除名", en="expelled"),
    "grounds.back.open": Text(zh="可按一般程序重新入会", en="the way back is open as to anybody"),
    "grounds.back.procedure": Text(zh="另按从严程序重新入会", en="the way back is a stricter procedure"),
    "grounds.back.barred": Text(zh="一段时间内不得重新入会", en="there is no way back for a time"),
    **{f"rights.{name}": title for name, title in RIGHTS.items()},
}
