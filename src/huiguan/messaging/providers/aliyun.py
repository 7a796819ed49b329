"""Text messages over Aliyun's short message service, by its public RPC interface, signed with HMAC-SHA1.

It sends by template: the code of each is approved there, and named for each clause in the installation's own list.
"""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

from huiguan.messaging.providers.posting import NotAnswered, NotReached, posted
from huiguan.messaging.values import ACCEPTED, DELIVERED, LATER, REFUSED, UNCLEAR, Answer, Letter

ENDPOINT = "https://dysmsapi.aliyuncs.com"
# Its own troubles and its limits pass; everything else it names is for good.
_PASSING = (
    "Throttling",
    "isv.BUSINESS_LIMIT_CONTROL",
    "isp.SYSTEM_ERROR",
    "ServiceUnavailable",
    "isv.AMOUNT_NOT_ENOUGH",
)
_CHINA = timedelta(hours=8)  # the days it keeps its lists by


@dataclass(frozen=True, slots=True)
class Account:
    """`templates`: clause, or one_time_code, to the template's code there; `sign` the approved signature."""

    key: str
    secret: str
    sign: str
    templates: Mapping[str, str]
    endpoint: str = ENDPOINT


class Aliyun:
    name = "aliyun"
    asks = True

    def __init__(self, account: Account) -> None:
        self.account = account

    def send(self, letter: Letter) -> Answer:
        template = self.account.templates.get(letter.clause)
        if template is None:
            return Answer(REFUSED, trouble=f"no template for {letter.clause}")
        values = json.dumps(dict(letter.values), ensure_ascii=False, separators=(",", ":"))
        asked = {
            "Action": "SendSms",
            "PhoneNumbers": letter.address,
            "SignName": self.account.sign,
            "TemplateCode": template,
            "TemplateParam": values,
            "OutId": letter.key,
        }
        try:
            status, told = self._called(asked, letter.handed_at, letter.key)
        except NotReached as trouble:
            return Answer(LATER, trouble=str(trouble))
        except NotAnswered as trouble:
            return Answer(UNCLEAR, trouble=str(trouble))
        return _answer(status, told)

    def ask(self, letter: Letter, reference: str, wall: datetime) -> Answer:
        """Its list of that day for the number, searched for the letter's key. A letter it does not list yet may still
        come: that is no answer."""
        asked = {
            "Action": "QuerySendDetails",
            "PhoneNumber": letter.address,
            "SendDate": (letter.handed_at.astimezone(UTC) + _CHINA).strftime("%Y%m%d"),
            "PageSize": "50",
            "CurrentPage": "1",
        }
        try:
            _, told = self._called(asked, wall, f"{letter.key}-{int(wall.timestamp())}")
        except (NotReached, NotAnswered) as trouble:
            return Answer(UNCLEAR, trouble=str(trouble))
        rows = told.get("SmsSendDetailDTOs", {}).get("SmsSendDetailDTO", [])
        mine = next((row for row in rows if row.get("OutId") == letter.key), None)
        return _became(mine) if mine is not None else Answer(UNCLEAR, trouble=str(told.get("Message", "")))

    def _called(self, asked: Mapping[str, str], wall: datetime, nonce: str) -> tuple[int, dict[str, Any]]:
        given = {
            **asked,
            "AccessKeyId": self.account.key,
            "Format": "JSON",
            "RegionId": "cn-hangzhou",
            "SignatureMethod": "HMAC-SHA1",
            "SignatureNonce": f"{nonce}-{wall.timestamp()}",
            "SignatureVersion": "1.0",
            "Timestamp": wall.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "Version": "2017-05-25",
        }
        signed = {"Signature": signature(given, self.account.secret), **given}
        query = "&".join(f"{encoded(name)}={encoded(value)}" for name, value in signed.items())
        return posted("GET", f"{self.account.endpoint}/?{query}", {"Accept": "application/json"})


def encoded(text: str) -> str:
    return quote(text, safe="-_.~")


def signature(given: Mapping[str, str], secret: str) -> str:
    """Of a GET request's parameters, sorted by name and encoded twice."""
    query = "&".join(f"{encoded(name)}={encoded(value)}" for name, value in sorted(given.items()))
    signed = hmac.digest(f"{secret}&".encode(), f"GET&%2F&{encoded(query)}".encode(), "sha1")
    return base64.b64encode(signed).decode()


def _answer(status: int, told: Mapping[str, Any]) -> Answer:
    code, words = str(told.get("Code", "")), f"{told.get('Code', '')} {told.get('Message', '')}".strip()
    if code == "OK":
        return Answer(ACCEPTED, str(told.get("BizId", "")))
    if code.startswith(_PASSING):
        return Answer(LATER, trouble=words)
    return Answer(UNCLEAR if status >= 500 else REFUSED, trouble=words or str(status))


def _became(row: Mapping[str, Any]) -> Answer:
    """1 on its way, 2 failed, 3 arrived."""
    outcome = {1: ACCEPTED, 2: REFUSED, 3: DELIVERED}.get(row.get("SendStatus", 0), UNCLEAR)
    return Answer(outcome, trouble=str(row.get("ErrCode", "")) if outcome == REFUSED else "")
