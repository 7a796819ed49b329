"""/fee-runs, /bank-lines, deposits and shares."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer
from huiguan.api.asking import given, key_of
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.doing import did, did_at
from huiguan.api.dues import schemas as shape
from huiguan.api.dues import telling as told
from huiguan.billing import inputs, operations, queries
from huiguan.foundation.clock import now
from huiguan.kernel.amounts import as_yuan
from huiguan.kernel.text import Text

router = Router(tags=["dues"])


@router.post(
    "/fee-run-previews",
    **described(
        name="preview_fee_run", takes=inputs.RunFee, gives=shape.RunPreviewAnswer,
        does=Text(zh="批量开单会怎样", en="What charging a fee to everybody would do"),
    ),
)  # fmt: skip
def preview_fee_run(request: HttpRequest) -> HttpResponse:
    actor, at = actor_of(request), now()
    return answer(told.told_preview(actor, at, queries.preview_run(actor, at, given(request, inputs.RunFee))))


@router.post(
    "/fee-runs",
    **described(
        name="run_fee", takes=inputs.RunFee, gives=shape.RunAnswer, status=201, write=True,
        does=Text(zh="批量开单", en="Charge a fee to everybody who owes it"),
    ),
)  # fmt: skip
def run_fee(request: HttpRequest) -> HttpResponse:
    return did(request, operations.run_fee, given(request, inputs.RunFee), told.told_run)


@router.get(
    "/deposits",
    **described(
        name="deposits",
        gives=shape.DepositsPage,
        does=Text(zh="各会员的保证金，不足的在前", en="Everybody's deposits, those short first"),
    ),
)
def deposits(request: HttpRequest) -> HttpResponse:
    actor, at = actor_of(request), now()
    return answer({"items": [told.told_deposit(actor, at, each) for each in queries.deposits(actor, at)], "next": None})


@router.post(
    "/members/{member}/deposits/{deposit}/assessment",
    **described(
        name="assess_deposit", takes=inputs.AssessDeposit, fixed=("member", "deposit",), gives=shape.DepositAnswer, status=201, write=True,
        does=Text(zh="核定保证金", en="Assess the figure a deposit is a part of"),
    ),
)  # fmt: skip
def assess_deposit(request: HttpRequest, member: str, deposit: str) -> HttpResponse:
    return did_at(
        request,
        operations.assess_deposit,
        given(request, inputs.AssessDeposit, member=member, deposit=deposit),
        told.told_deposit,
    )


@router.post(
    "/members/{member}/deposits/{deposit}/return-previews",
    **described(
        name="preview_deposit_return", takes=inputs.ReturnDeposit, fixed=("member", "deposit"),
        gives=shape.ReturnPlanAnswer, does=Text(zh="退保证金会怎样", en="What returning a deposit would come to"),
    ),
)  # fmt: skip
def preview_deposit_return(request: HttpRequest, member: str, deposit: str) -> HttpResponse:
    actor, at = actor_of(request), now()
    asked = given(request, inputs.ReturnDeposit, member=member, deposit=deposit)
    return answer(told.told_plan(actor, at, queries.preview_return(actor, at, asked)))


@router.post(
    "/members/{member}/deposits/{deposit}/return",
    **described(
        name="return_deposit", takes=inputs.ReturnDeposit, fixed=("member", "deposit",), gives=shape.ReturnPlanAnswer, status=201, write=True,
        does=Text(zh="退保证金，先抵欠款", en="Return a deposit less what is owed"),
    ),
)  # fmt: skip
def return_deposit(request: HttpRequest, member: str, deposit: str) -> HttpResponse:
    return did_at(
        request,
        operations.return_deposit,
        given(request, inputs.ReturnDeposit, member=member, deposit=deposit),
        told.told_plan,
    )


@router.post(
    "/members/{member}/deposits/{deposit}/forfeiture",
    **described(
        name="forfeit_deposit", takes=inputs.ForfeitDeposit, fixed=("member", "deposit",), gives=shape.DepositAnswer, status=201, write=True,
        does=Text(zh="罚没保证金", en="Forfeit some of a deposit"),
    ),
)  # fmt: skip
def forfeit_deposit(request: HttpRequest, member: str, deposit: str) -> HttpResponse:
    return did_at(
        request,
        operations.forfeit_deposit,
        given(request, inputs.ForfeitDeposit, member=member, deposit=deposit),
        told.told_deposit,
    )


@router.post(
    "/bank-lines",
    **described(
        name="bring_statement", takes=inputs.BringStatement, gives=shape.BroughtAnswer, status=201, write=True,
        does=Text(zh="交来银行流水", en="Bring in lines of a bank's statement"),
    ),
)  # fmt: skip
def bring_statement(request: HttpRequest) -> HttpResponse:
    actor, at = actor_of(request), now()
    asked = given(request, inputs.BringStatement)
    made = operations.bring_statement(actor=actor, at=at, given=asked, key=key_of(request))
    return answer({"new": made.new, "known": made.known, "amount": as_yuan(made.amount)}, 201)


@router.get(
    "/bank-lines",
    **described(
        name="bank_lines",
        gives=shape.BankLinesPage,
        does=Text(zh="银行流水与认领建议", en="A statement's lines with whose they may be"),
    ),
)
def bank_lines(request: HttpRequest, state: str = "open") -> HttpResponse:
    found = queries.bank_lines(actor_of(request), now(), state)
    return answer({"items": [told.told_line(each) for each in found], "next": None})


@router.post(
    "/bank-lines/{line}/match",
    **described(
        name="confirm_line", takes=inputs.ConfirmLine, fixed=("line",), gives=shape.MoneyAnswer, status=201, write=True,
        does=Text(zh="确认一笔流水是谁的", en="Say whose money a line is"),
    ),
)  # fmt: skip
def confirm_line(request: HttpRequest, line: int) -> HttpResponse:
    return did(request, operations.confirm_line, given(request, inputs.ConfirmLine, line=line), told.told_money)


@router.post(
    "/bank-lines/{line}/aside",
    **described(
        name="set_aside", takes=inputs.SetAside, fixed=("line",), gives=shape.LineSetAside, status=201, write=True,
        does=Text(zh="搁置一笔流水", en="Set a line aside"),
    ),
)  # fmt: skip
def set_aside(request: HttpRequest, line: int) -> HttpResponse:
    return did(request, operations.set_aside, given(request, inputs.SetAside, line=line), lambda made: {"line": made})


@router.put(
    "/members/{member}/shares/{share}",
    **described(
        name="agree_share", takes=inputs.AgreeShare, fixed=("member", "share",), gives=shape.ShareAgreed, status=200, write=True,
        does=Text(zh="约定分配比例", en="Agree with a member on a part of a share"),
    ),
)  # fmt: skip
def agree_share(request: HttpRequest, member: str, share: str) -> HttpResponse:
    return did(
        request,
        operations.agree_share,
        given(request, inputs.AgreeShare, member=member, share=share),
        lambda made: {"member": made},
        status=200,
    )


@router.post(
    "/shares/{share}/divisions",
    **described(
        name="divide_income", takes=inputs.DivideIncome, fixed=("share",), gives=shape.DivisionAnswer, status=201, write=True,
        does=Text(zh="分配一笔收入", en="Divide an amount among members"),
    ),
)  # fmt: skip
def divide_income(request: HttpRequest, share: str) -> HttpResponse:
    return did_at(
        request, operations.divide_income, given(request, inputs.DivideIncome, share=share), told.told_division
    )
