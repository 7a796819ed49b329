"""What can come of a request, and the words for it."""

from __future__ import annotations

from dataclasses import dataclass

from huiguan.kernel.text import Text

STATUS, REDIRECT, TIMEOUT, NO_NAME, NO_ROUTE = "status", "redirect", "timeout", "no_name", "no_route"
NOT_ALLOWED, NOT_TRUSTED, NOT_HTTP, NOT_TLS = "not_allowed", "not_trusted", "not_http", "not_tls"
TROUBLES: dict[str, Text] = {
    "": Text(zh="已送达", en="Taken"),
    STATUS: Text(zh="对方答复不是 2xx", en="The answer was not 2xx"),
    REDIRECT: Text(zh="对方要求转到别处：不跟随", en="It answered with a redirect, which is not followed"),
    TIMEOUT: Text(zh="15 秒内没有答完", en="No complete answer within 15 seconds"),
    NO_NAME: Text(zh="域名查不到地址", en="The name has no address"),
    NO_ROUTE: Text(zh="连不上", en="No connection"),
    NOT_ALLOWED: Text(zh="地址在内网或保留段，没有获准", en="The address is private or reserved, and not allowed"),
    NOT_TRUSTED: Text(zh="证书不可信", en="The certificate is not trusted"),
    NOT_HTTP: Text(zh="答复不是 HTTP", en="The answer was not HTTP"),
    NOT_TLS: Text(zh="公网地址须用 https", en="A public address takes https"),
}


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of one request. `status` None where no answer came; `answer` its first characters; `wait`: seconds the
    receiver asked to be left alone for."""

    status: int | None
    ms: int
    trouble: str
    answer: str = ""
    wait: int = 0

    @property
    def taken(self) -> bool:
        return not self.trouble
