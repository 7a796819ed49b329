"""What is done to a membership's life from her page: renewed, stopped, ended, taken up again; what ties her, noted and
cleared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from huiguan.console.acting import Acting
from huiguan.console.members.asking import Blank, Deed, Form, always, nothing
from huiguan.console.members.knowing import Member
from huiguan.kernel import text as words
from huiguan.kernel.inputs import Input, read
from huiguan.kernel.text import Text
from huiguan.members import operations
from huiguan.members import queries as members
from huiguan.members.inputs import (
    AddRelation,
    ClearEncumbrance,
    EndMembership,
    EndRelation,
    FreezeMembership,
    IssueCertificate,
    ReadmitMember,
    RecordEncumbrance,
    ReissueCertificate,
    RenewMembership,
    RevokeCertificate,
    ThawMembership,
    WithdrawExit,
)
from huiguan.rules.kinds import certificate
from huiguan.rules.kinds import exit as exits

_REASON = Blank("reason", Text(zh="为什么，会留在账上", en="Why; it is kept"))
Do = Callable[[Acting, Member, Form, str | None], Text]


def _plain(operation: Any, record: type[Input], said: Callable[[Member, Any], Text]) -> Do:
    """An operation that takes the sheet's own blanks."""

    def do(now: Acting, member: Member, form: Form, key: str | None) -> Text:
        filled = {name: value for name, value in form.items() if value}
        given = read(record, {"member": member.told.number, **filled})
        return said(member, operation(actor=now.actor, at=now.at, given=given, key=key))

    return do


def _until(member: Member, made: Any) -> Text:
    if made.ends_at is None:
        return Text(zh="没有期限", en="without an end")
    last = members.last_day(made.ends_at, member.rulebook.zone)
    return Text(zh=f"会籍到{words.day(last, 'zh')}", en=f"Runs up to {words.day(last, 'en')}")


def _left(member: Member, made: Any) -> Text:
    if made.exits_at is None:
        return Text(zh="已退出", en="The membership has ended")
    on = member.local(made.exits_at).date()
    return Text(zh=f"{words.day(on, 'zh')}零点起退出", en=f"Out from the first moment of {words.day(on, 'en')}")


def _grounds(member: Member) -> Sequence[Blank]:
    known = exits.grounds(member.rulebook, member.told.type)
    choices = tuple((name, Text(zh=g.called.zh, en=g.called.en)) for name, (_, g) in known.items())
    note = Text(zh="补充说明（可空）", en="In your own words (optional)")
    return (Blank("ground", Text(zh="事由", en="Ground"), choices=choices), Blank("reason", note, needed=False))


def _ways_back(member: Member) -> Sequence[Blank]:
    way = members.way_back(member.now.actor, member.told.number, member.now.at)
    if not way:
        return (_REASON,)
    label = Text(zh="已经过的程序", en="The procedure gone through")
    return (Blank("way", label, choices=((way, Text(zh=way, en=way)),)), _REASON)


def _kinds(member: Member) -> Sequence[Blank]:
    known = exits.order(member.rulebook, member.told.type)
    choices = tuple((one.kind, Text(zh=one.called.zh, en=one.called.en)) for _, one in known)
    return (
        Blank("kind", Text(zh="哪一类", en="Of which kind"), choices=choices),
        Blank("ref", Text(zh="编号", en="Number or name")),
        Blank("said", Text(zh="是什么", en="What it is")),
        Blank("amount", Text(zh="金额，元（可空）", en="Amount in yuan (optional)"), mode="decimal", needed=False),
    )


def _open(member: Member) -> Sequence[Blank]:
    ties = members.encumbrances(member.now.actor, member.told.number)
    choices = tuple((f"{each.kind}:{each.ref}", Text(zh=each.said, en=each.said)) for each in ties)
    return (
        Blank("what", Text(zh="哪一项", en="Which"), choices=choices, field="ref"),
        Blank("how", Text(zh="怎样了结的", en="How it was settled")),
    )


def _clear(now: Acting, member: Member, form: Form, key: str | None) -> Text:
    kind, _, ref = form["what"].partition(":")
    given = read(ClearEncumbrance, {"member": member.told.number, "kind": kind, "ref": ref, "how": form["how"]})
    made = operations.clear_encumbrance(actor=now.actor, at=now.at, given=given, key=key)
    return Text(zh=f"{made.said} 已了结", en=f"{made.said} is cleared")


def _who(member: Member) -> Sequence[Blank]:
    roles = tuple(members.ROLES.items())
    return (
        Blank("role", Text(zh="是什么", en="Who it is"), choices=roles),
        Blank("name", Text(zh="姓名或名称", en="Name")),
        Blank("phone", Text(zh="手机（可空）", en="Mobile (optional)"), mode="tel", needed=False),
        Blank("email", Text(zh="邮箱（可空）", en="E-mail (optional)"), mode="email", needed=False),
        Blank("note", Text(zh="职务或地址（可空）", en="Position or address (optional)"), needed=False),
        Blank("since", Text(zh="从哪天起，空着是今天", en="Since, today where empty"), needed=False),
        Blank("primary", Text(zh="主联系人", en="The first contact"), tick=True, needed=False),
    )


def _related(now: Acting, member: Member, form: Form, key: str | None) -> Text:
    filled: dict[str, Any] = {name: value for name, value in form.items() if value and name != "primary"}
    given = read(AddRelation, {"member": member.told.number, "primary": bool(form.get("primary")), **filled})
    made = operations.add_relation(actor=now.actor, at=now.at, given=given, key=key)
    return Text(zh=f"{made.name} 已登记", en=f"{made.name} is on record")


def _running(member: Member) -> Sequence[Blank]:
    held = members.relations(member.now.actor, member.told.number, member.now.at)
    choices = tuple(
        (
            str(each.id),
            Text(zh=f"{members.ROLES[each.role].zh} {each.name}", en=f"{members.ROLES[each.role].en} {each.name}"),
        )
        for each in held
    )
    last = Text(zh="到哪天为止，空着是昨天", en="Up to and with, yesterday where empty")
    return (Blank("relation", Text(zh="哪一条", en="Which"), choices=choices), Blank("until", last, needed=False))


def _unrelated(now: Acting, member: Member, form: Form, key: str | None) -> Text:
    which = form["relation"]
    asked = {
        "member": member.told.number,
        "relation": int(which) if which.isdecimal() else -1,
        "until": form["until"] or None,
    }
    made = operations.end_relation(actor=now.actor, at=now.at, given=read(EndRelation, asked), key=key)
    return Text(zh=f"{made.name} 已终止", en=f"{made.name}: ended")


def _kinds_of_paper(member: Member) -> Sequence[Blank]:
    known = certificate.certificates(member.rulebook, member.told.type)
    called = {name: certificate.rule(clause).called for name, clause in known.items()}
    choices = tuple((name, Text(zh=each.zh, en=each.en)) for name, each in called.items())
    return (Blank("certificate", Text(zh="哪一种", en="Which"), choices=choices),)


def _good_papers(member: Member) -> Sequence[Blank]:
    held = members.certificates(member.now.actor, member.told.number, member.now.at)
    choices = tuple((each.number, Text(zh=each.number, en=each.number)) for each in held if each.ended_at is None)
    return (Blank("number", Text(zh="哪一张", en="Which"), choices=choices), _REASON)


def _says(zh: str, en: str) -> Callable[[Member], Text]:
    return lambda member: Text(zh=zh, en=en)


def _done(zh: str, en: str) -> Callable[[Member, Any], Text]:
    return lambda member, made: Text(zh=zh, en=en)


LIFE_DEEDS: dict[str, Deed] = {
    "certificate": Deed(
        "cards",
        Text(zh="发证", en="Issue a certificate"),
        _says("编号接着上一张，查验码印在证上。", "Its number follows the last one; the code to verify it is printed on it."),
        _kinds_of_paper,
        Text(zh="发证", en="Issue"),
        _plain(operations.issue_certificate, IssueCertificate, _done("已发证", "Issued")),
    ),
    "certificate/reissue": Deed(
        "cards",
        Text(zh="补发证书", en="Reissue a certificate"),
        _says("原来那张从现在起不再有效。", "The one before is good no more from now on."),
        _good_papers,
        Text(zh="补发", en="Reissue"),
        _plain(operations.reissue_certificate, ReissueCertificate, _done("已补发", "Reissued")),
    ),
    "certificate/revocation": Deed(
        "suspend",
        Text(zh="撤销证书", en="Revoke a certificate"),
        _says("查验时会显示已撤销；原因不对外公开。", "Whoever verifies it reads that it is revoked; the reason is not shown."),
        _good_papers,
        Text(zh="撤销", en="Revoke"),
        _plain(operations.revoke_certificate, RevokeCertificate, _done("已撤销", "Revoked")),
    ),
    "renewal": Deed(
        "enrol",
        Text(zh="续期", en="Renew the membership"),
        _says("没有失效就接着上一期；已失效的从今天算起。", "It follows the last term; one that has lapsed begins anew today."),
        nothing,
        Text(zh="续期", en="Renew"),
        _plain(operations.renew_membership, RenewMembership, _until),
    ),
    "freeze": Deed(
        "suspend",
        Text(zh="停用会籍", en="Stop the membership"),
        _says("停用期间没有会员待遇，恢复之前一直如此。", "It gives nothing until it is taken up again."),
        always(_REASON),
        Text(zh="停用", en="Stop"),
        _plain(operations.freeze_membership, FreezeMembership, _done("已停用", "Stopped")),
    ),
    "thaw": Deed(
        "suspend",
        Text(zh="恢复使用", en="Take the membership up again"),
        _says("章程规定期限停走的，按停用的天数顺延。", "Where the rulebook lets the term stand still, it goes on for longer."),
        nothing,
        Text(zh="恢复", en="Take up"),
        _plain(operations.thaw_membership, ThawMembership, _until),
    ),
    "exit": Deed(
        "suspend",
        Text(zh="办理退出", en="End the membership"),
        _says("先了结欠的、借的；本人提出的，通知期满才生效。", "What is owed and lent comes first; on her own wish it ends when the notice is over."),
        _grounds,
        Text(zh="办理", en="End it"),
        _plain(operations.end_membership, EndMembership, _left),
    ),
    "exit/withdrawal": Deed(
        "suspend",
        Text(zh="撤回退出", en="Take the notice back"),
        _says("会籍照旧，好像没有提出过。", "The membership goes on as if no notice had been given."),
        always(_REASON),
        Text(zh="撤回", en="Take back"),
        _plain(operations.withdraw_exit, WithdrawExit, _done("已撤回", "Taken back")),
    ),
    "readmission": Deed(
        "suspend",
        Text(zh="重新入会", en="Take in again"),
        _says("沿用原来的会员号，会龄从今天算起。", "Under the same number; how long she is a member counts from today."),
        _ways_back,
        Text(zh="重新入会", en="Take in"),
        _plain(operations.readmit_member, ReadmitMember, _done("已重新入会", "A member again")),
    ),
    "relations": Deed(
        "edit_members",
        Text(zh="登记人员或机构", en="Add a related person"),
        _says(
            "法定代表人只有一位，新的接替旧的；主联系人只有一位，要有手机和邮箱。",
            "There is one legal representative: a new one follows the old. One contact is the first, with mobile and mailbox.",
        ),
        _who,
        Text(zh="登记", en="Put on record"),
        _related,
    ),
    "relations/ending": Deed(
        "edit_members",
        Text(zh="终止一条", en="End one"),
        _says("终止的留在档案里。", "What ended stays on record."),
        _running,
        Text(zh="终止", en="End"),
        _unrelated,
    ),
    "encumbrances": Deed(
        "edit_members",
        Text(zh="登记待了结", en="Note what must be cleared"),
        _says("退出之前须了结，如欠缴的会费、借用的物品。", "It must be cleared before the membership ends: dues, things on loan."),
        _kinds,
        Text(zh="登记", en="Put on record"),
        _plain(operations.record_encumbrance, RecordEncumbrance, _done("已登记", "Noted")),
    ),
    "encumbrances/clearing": Deed(
        "edit_members",
        Text(zh="了结一项", en="Clear one"),
        _says("按章程的先后次序了结。", "In the order the rulebook gives."),
        _open,
        Text(zh="了结", en="Clear"),
        _clear,
    ),
}  # fmt: skip
