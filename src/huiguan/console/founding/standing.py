"""Which browser may found here, how far it has come, and the frame around its pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from huiguan.console.founding.pages import Stair
from huiguan.design.values import Refused
from huiguan.founding.claims import is_claimed
from huiguan.founding.draft import Draft
from huiguan.founding.standing import to_be_founded
from huiguan.kernel.refusals import InvalidInput, Refusal
from huiguan.kernel.text import Text

ENTER, HOUSE, RULEBOOK, PROOF, OWNER = "/setup/", "/setup/house", "/setup/rulebook", "/setup/proof", "/setup/owner"
PROOF_KEY = "setup"  # what the browser's session keeps of the code it took up
_STEPS = (
    (HOUSE, Text(zh="机构与门店", en="Organisation")),
    (RULEBOOK, Text(zh="章程", en="Rulebook")),
    (PROOF, Text(zh="例证", en="Proof")),
    (OWNER, Text(zh="店主", en="Owner")),
)
_FIELDS = {
    "organisation": Text(zh="机构", en="The organisation"),
    "regions": Text(zh="第 {n} 个大区", en="Region {n}"),
    "shops": Text(zh="第 {n} 家门店", en="Shop {n}"),
    "owner": Text(zh="店主", en="The owner"),
    "password": Text(zh="密码", en="The password"),
    "effective_from": Text(zh="生效日", en="The first day"),
}
_ALL = {"regions": Text(zh="大区", en="Regions"), "shops": Text(zh="门店", en="Shops")}  # of none of them alone
_PARTS = {
    "name": Text(zh="名称", en="name"),
    "code": Text(zh="代码", en="code"),
    "region": Text(zh="大区", en="region"),
    "username": Text(zh="用户名", en="username"),
}
View = Callable[..., HttpResponse]


def data() -> Path:
    return Path(settings.HUIGUAN_DATA)


def founding(view: View) -> View:
    """Wrap `view(request, draft, …)`: only the browser that took up the code, and only until it is founded."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not to_be_founded():
            return HttpResponseRedirect("/")
        if not is_claimed(data(), str(request.session.get(PROOF_KEY, ""))):
            return HttpResponseRedirect(ENTER)
        answer = view(request, Draft.of(data()), *args, **kwargs)
        patch_cache_control(answer, private=True, no_store=True)
        return answer

    return asked


def reached(draft: Draft) -> str:
    """The first step that is not done."""
    if "shops" not in draft.answers or "organisation" not in draft.answers:
        return HOUSE
    if "rulebook" not in draft.answers:
        return RULEBOOK
    return PROOF if draft.errand is None else OWNER


def page(
    request: HttpRequest, draft: Draft, here: str, template: str, status: int = 200, **context: Any
) -> HttpResponse:
    """A page of founding, with the stairs beside it."""
    hrefs = [href for href, _ in _STEPS]
    far = hrefs.index(reached(draft))
    stairs = [
        Stair(label, href, "here" if href == here else "done" if place <= far else "ahead")
        for place, (href, label) in enumerate(_STEPS)
    ]
    return render(request, template, {"stairs": stairs, **context}, status=status)


def told(refusal: Refusal) -> Refused:
    """A refusal in the words of the form it came from."""
    if not isinstance(refusal, InvalidInput) or not refusal.field:
        return Refused(title=refusal.as_problem()["text"])
    first, *more = refusal.field.split(".")
    name = _FIELDS.get(first)
    if name is None:
        return Refused(title=refusal.as_problem()["text"])
    place = next((int(each) + 1 for each in more if each.isdecimal()), 0)
    name = name if place else _ALL.get(first, name)
    part = next((_PARTS[each] for each in more if each in _PARTS), Text(zh="", en=""))
    rule = refusal.values["rule"]
    both = rule if isinstance(rule, Text) else Text(zh=str(rule), en=str(rule))
    of = {"zh": f"的{part.zh}" if part.zh else "", "en": f", {part.en}" if part.en else ""}
    return Refused(
        title=Text(
            zh=f"{name.fill('zh', n=place)}{of['zh']}：{both.zh}", en=f"{name.fill('en', n=place)}{of['en']}: {both.en}"
        )
    )
