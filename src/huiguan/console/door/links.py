"""A link that sets one password once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from huiguan.console.acting import wall
from huiguan.console.door.drawing import door, outside
from huiguan.console.door.pages import LinkPage, SignInPage
from huiguan.design.values import Refused
from huiguan.foundation import clock
from huiguan.identity import operations
from huiguan.identity import queries as identity
from huiguan.identity.inputs import UseLink
from huiguan.identity.refusals import LinkSpent
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import InvalidInput, Refusal
from huiguan.kernel.text import Text

_DIFFER = Text(zh="两次输入的密码不一样", en="the two passwords differ")
_DONE = Text(zh="密码已设好，请用它进来。", en="The password is set; sign in with it.")
_SHORT = Text(zh="密码至少 8 个字符。", en="A password has at least 8 characters.")


@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Whose password it sets; a POST sets it, and the door is next."""
    person = identity.link_person(token, wall())
    if person is None:
        return _page(request, LinkPage(refused=Refused(title=LinkSpent.text), spent=True), LinkSpent.status)
    page = LinkPage(name=person.name, username=person.username)
    if request.method == "GET":
        return _page(request, page)
    try:
        operations.use_password_link(given=_given(request, token), wall=wall(), at=clock.now())
    except Refusal as refusal:
        refused = Refused(
            title=_SHORT if isinstance(refusal, InvalidInput) and _too_short(request) else refusal.as_problem()["text"]
        )
        return _page(request, LinkPage(person.name, person.username, refused), refusal.status)
    return door(request, SignInPage(username=person.username, told=_DONE))


def _too_short(request: HttpRequest) -> bool:
    return len(request.POST.get("password", "")) < 8


def _given(request: HttpRequest, token: str) -> UseLink:
    password = request.POST.get("password", "")
    given = read(UseLink, {"token": token, "password": password})
    if password != request.POST.get("again", ""):
        raise InvalidInput(field="password", rule=_DIFFER)
    return given


def _page(request: HttpRequest, page: LinkPage, status: int = 200) -> HttpResponse:
    return outside(request, "console/door/link.html", status, page=page)
