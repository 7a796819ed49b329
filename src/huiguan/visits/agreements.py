"""What one is asked to agree to, in which words. Words that change take a new version; what was agreed to stays as it was."""

from __future__ import annotations

from huiguan.kernel.text import Text
from huiguan.rules.courses import course
from huiguan.rules.kinds import profile
from huiguan.rules.programme import Programme
from huiguan.visits.inputs import JoinByPhone
from huiguan.visits.refusals import ConsentNeeded
from huiguan.visits.values import MARKETING, PRIVACY, SENSITIVE, TERMS, ConsentAsked

WORDING = "2026-11"

_PRIVACY = Text(
    zh="为办理会员事务（认出您、记积分、退换货、通知您自己的账目）处理您填写的资料与消费记录；您随时可以查看、更正、导出，退会时停用。",
    en="To run your membership (to know you, keep your points, handle returns, tell you of your own account) we process what"
    " you fill in and what you buy; you can see, correct and export it at any time, and it is retired when you leave.",
)
_SENSITIVE = Text(
    zh="其中标有“封存”的各项（如证件号、身材尺寸）加密存放，只有经授权的店员可查看，每次查看都留痕。不填、不同意，不影响其他各项。",
    en="Fields marked “sealed” (such as identity numbers or measurements) are kept encrypted; only authorised staff can look,"
    " and every look is logged. Leaving them blank changes nothing else.",
)
_MARKETING = Text(
    zh="用短信与邮件告诉我上新与活动。不同意不影响入会，随时可以撤回。",
    en="Tell me of news and offers by text message and mail. Joining does not depend on it; it can be withdrawn at any time.",
)
APPLYING_WORDING = "2026-11-a"
_APPLYING = Text(
    zh="为审核这件申请、与您联系，处理您填写的资料和交来的材料；只有经办、审定的人看得到。您随时可以查看、更正、撤回。",
    en="To look at this application and to reach you we process what you fill in and hand in; only those who handle and"
    " decide it can see it. You can see, correct and take it back at any time.",
)
_SEALED = Text(
    zh="证件号一类的敏感资料加密存放，只在审核需要时由经授权的人查看，每次查看都留痕。",
    en="Sensitive data such as identity numbers are kept encrypted; authorised people look only where the review needs it,"
    " and every look is logged.",
)


def asked_of(rulebook: Programme, number: int) -> tuple[ConsentAsked, ...]:
    """What a member of this rulebook, the programme's version `number`, is asked to agree to."""
    terms = Text(
        zh=f"我已阅读并同意章程第 {number} 版。", en=f"I have read and agree to version {number} of the rules."
    )
    asked = [
        ConsentAsked(TERMS, Text(zh="会员章程", en="The rules"), terms, f"{number}", True),
        ConsentAsked(PRIVACY, Text(zh="个人信息", en="Personal data"), _PRIVACY, WORDING, True),
    ]
    if sensitive_fields(rulebook):
        title = Text(zh="敏感资料单独同意", en="Sensitive data, agreed to separately")
        asked.append(ConsentAsked(SENSITIVE, title, _SENSITIVE, WORDING, False))
    return (*asked, ConsentAsked(MARKETING, Text(zh="上新与活动", en="News and offers"), _MARKETING, WORDING, False))


def asked_of_applicants(rulebook: Programme, procedure: str) -> tuple[ConsentAsked, ...]:
    """What somebody who applies is asked to agree to before she fills anything in. What she signs, and when, say the
    rulebook's own acceptances."""
    found = course(rulebook, procedure)
    asked = [ConsentAsked(PRIVACY, Text(zh="个人信息", en="Personal data"), _APPLYING, APPLYING_WORDING, True)]
    if found is not None and any(field.sensitive and field.type != "phone" for _, field in found.fields):
        title = Text(zh="敏感资料单独同意", en="Sensitive data, agreed to separately")
        asked.append(ConsentAsked(SENSITIVE, title, _SEALED, APPLYING_WORDING, True))
    return tuple(asked)


def sensitive_fields(rulebook: Programme) -> frozenset[str]:
    """Fields that are kept only with the separate agreement; the phone is not one: without it nobody comes in."""
    return frozenset(field.name for field in profile.form(rulebook)[1] if field.sensitive and field.type != "phone")


def missing_consents(
    rulebook: Programme, asked: tuple[ConsentAsked, ...], given: JoinByPhone
) -> tuple[ConsentNeeded, ...]:
    """Agreements a form lacks: what membership rests on, and the separate one where a sensitive field is filled in."""
    sealed = any(given.profile.get(name) for name in sensitive_fields(rulebook))
    return tuple(
        ConsentNeeded(field=each.what, title=each.title)
        for each in asked
        if (each.required or (each.what == SENSITIVE and sealed)) and each.what not in given.consents
    )
