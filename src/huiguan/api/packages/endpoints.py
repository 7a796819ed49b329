"""/packages, and those of a member: held, used, passed on. They are sold as lines of a sale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer
from huiguan.api.asking import given, moment_asked
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.doing import did
from huiguan.api.members.doing import done
from huiguan.api.members.telling import named
from huiguan.api.packages import schemas
from huiguan.checkout import inputs, queries
from huiguan.checkout import operations as checkout
from huiguan.checkout.values import AllowanceLeft, PackageOffer, PackageView
from huiguan.kernel.amounts import as_yuan
from huiguan.kernel.text import Text

router = Router(tags=["packages"])


@router.get(
    "/packages",
    **described(
        name="package_offers", gives=schemas.OffersPage, does=Text(zh="在售套餐", en="The packages that are sold")
    ),
)
def offered(request: HttpRequest, at: str | None = None) -> HttpResponse:
    found = queries.packages_on_offer(actor_of(request), moment_asked(at))
    return answer({"items": [_offer(each) for each in found], "next": None})


@router.get(
    "/members/{member}/packages",
    **described(
        name="packages", gives=schemas.PackagesPage,
        does=Text(zh="会员的套餐，还剩什么", en="A member's packages and what is left"),
    ),
)  # fmt: skip
def listed(request: HttpRequest, member: str, at: str | None = None) -> HttpResponse:
    found = queries.packages(actor_of(request), member, moment_asked(at))
    return answer({"items": [_package(each) for each in found], "next": None})


@router.post(
    "/members/{member}/package-uses",
    **described(
        name="use_package", takes=inputs.UsePackage, fixed=("member",), gives=schemas.UsedPackageAnswer, status=201,
        write=True, does=Text(zh="使用套餐", en="Use what a package gives"),
    ),
)  # fmt: skip
def use(request: HttpRequest, member: str) -> HttpResponse:
    asked = given(request, inputs.UsePackage, member=member)
    return done(request, checkout.use_package, asked, schemas.UsedPackageAnswer)


@router.post(
    "/members/{member}/packages/{package}/undoing",
    **described(
        name="undo_package_use", takes=inputs.UndoPackageUse, fixed=("member", "package"), gives=schemas.PackageAnswer,
        status=201, write=True, does=Text(zh="撤销一次使用", en="A use noted by mistake is taken back"),
    ),
)  # fmt: skip
def undo(request: HttpRequest, member: str, package: str) -> HttpResponse:
    return did(
        request,
        checkout.undo_package_use,
        given(request, inputs.UndoPackageUse, member=member, package=package),
        _package,
    )


@router.post(
    "/members/{member}/packages/{package}/transfer",
    **described(
        name="transfer_package", takes=inputs.TransferPackage, fixed=("member", "package"), gives=schemas.PackageAnswer,
        status=201, write=True, does=Text(zh="套餐转给另一位会员", en="A package goes over to another member"),
    ),
)  # fmt: skip
def transfer(request: HttpRequest, member: str, package: str) -> HttpResponse:
    return did(
        request,
        checkout.transfer_package,
        given(request, inputs.TransferPackage, member=member, package=package),
        _package,
    )


def _package(view: PackageView) -> dict[str, Any]:
    return named(schemas.PackageAnswer, view) | {
        "price": as_yuan(view.price),
        "remaining": _remaining(view.remaining),
        "steps": [named(schemas.StepAnswer, each) for each in view.steps],
        "swaps": [named(schemas.SwapAnswer, each) | {"pay": as_yuan(each.pay)} for each in view.swaps],
    }


def _offer(offer: PackageOffer) -> dict[str, Any]:
    price = None if offer.price is None else as_yuan(offer.price)
    return named(schemas.OfferAnswer, offer) | {"price": price, "remaining": _remaining(offer.remaining)}


def _remaining(allowances: Sequence[AllowanceLeft]) -> list[dict[str, Any]]:
    return [
        named(schemas.AllowanceAnswer, each) | {"items": [{"item": item, "title": title} for item, title in each.items]}
        for each in allowances
    ]
