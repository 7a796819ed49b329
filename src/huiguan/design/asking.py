"""What a browser sent, before anybody reads it."""

from __future__ import annotations

from django.http import HttpRequest

from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text

_NUL = Text(zh="不能含有 NUL 字符", en="must not contain the NUL character")


_LONGEST_KEY = 120
_KEY = Text(zh=f"至多 {_LONGEST_KEY} 个字", en=f"has at most {_LONGEST_KEY} characters")


def demand_readable(request: HttpRequest) -> None:
    """No database keeps the NUL character, and nobody types it; a form's key is one that a page here gave."""
    if "\x00" in request.path:
        raise InvalidInput(field="address", rule=_NUL)
    for field, values in (*request.GET.lists(), *request.POST.lists()):
        if any("\x00" in text for text in (field, *map(str, values))):
            raise InvalidInput(field=field.replace("\x00", "") or "address", rule=_NUL)
    if len(request.POST.get("key", "")) > _LONGEST_KEY:
        raise InvalidInput(field="key", rule=_KEY)
