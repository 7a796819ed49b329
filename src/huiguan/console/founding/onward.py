"""What next, once it is founded: goods, members, past sales, people, the till, the address for phones and tills."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from huiguan.checkout import queries as checkout
from huiguan.console.account.authenticator import qr_of
from huiguan.console.acting import Acting, acting, show
from huiguan.console.founding.pages import Onward, OnwardPage
from huiguan.identity import queries as identity
from huiguan.kernel.text import Text
from huiguan.members import queries as members

_COUNTED = 1000
_IMPORT = Text(zh="导入", en="Import")
_PRODUCTS = (
    Text(zh="商品", en="Products"),
    Text(
        zh="从文件导入货号、品名与标价，或一件一件登记。",
        en="Import codes, names and prices from a file, or enter them one by one.",
    ),
)
_MEMBERS = (
    Text(zh="会员", en="Members"),
    Text(zh="原来的会员名单：卡号、姓名、手机、积分。", en="The members you have: card, name, phone, points."),
)
_SALES = (
    Text(zh="以前的销售", en="Past sales"),
    Text(
        zh="按当时生效的章程重算；章程要早于最早的一单生效。",
        en="Judged by the rulebook in force then: it must begin before the first of them.",
    ),
)
_PEOPLE = (
    Text(zh="员工", en="Staff"),
    Text(
        zh="店主以外的人：每人一个账号和职位；另请一人，章程才能由第二个人核准。",
        en="Those beside the owner: an account and a post for each; with a second person the rules are approved by two.",
    ),
)
_TILL = (Text(zh="开始收银", en="Begin to sell"), Text(zh="第一单。", en="The first sale."))


@require_GET
@acting("organise")
def onward(request: HttpRequest, now: Acting) -> HttpResponse:
    """What stands already, and what is worth doing next."""
    beside = settings.HUIGUAN_BESIDE
    address = beside[0] if beside else ""
    page = OnwardPage(_steps(now), address, qr_of(address) if address else "", address.startswith("http:"))
    return show(request, now, "console/founding/onward.html", page=page)


def _steps(now: Acting) -> list[Onward]:
    goods = len(checkout.goods(now.actor, now.at, sold=True, limit=_COUNTED))
    return [
        Onward(*_PRODUCTS, "/import/?kind=products", _IMPORT, goods),
        Onward(*_MEMBERS, "/import/?kind=members", _IMPORT, members.member_count(now.actor)),
        Onward(*_SALES, "/import/?kind=sales", _IMPORT, len(checkout.sales(now.actor, limit=_COUNTED))),
        Onward(*_PEOPLE, "/staff/", Text(zh="添人", en="Add people"), len(identity.people(now.actor, now.at)) - 1),
        Onward(*_TILL, "/till/", Text(zh="去收银台", en="To the till")),
    ]
