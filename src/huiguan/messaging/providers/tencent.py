"""Text messages over Tencent Cloud's SMS, by its public API 3.0, signed with TC3-HMAC-SHA256.

It sends by template, whose variables are numbered: they are given in the order in which the text names them.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from huiguan.messaging.providers.posting import NotAnswered, NotReached, posted
from huiguan.messaging.values import ACCEPTED, DELIVERED, LATER, REFUSED, UNCLEAR, Answer, Letter

ENDPOINT = "https://sms.tencentcloudapi.com"
SERVICE, VERSION = "sms", "2021-01-11"
JSON = "application/json; charset=utf-8"
_PASSING = ("RequestLimitExceeded", "LimitExceeded", "InternalError", "FailedOperation.InsufficientBalanceInSmsPackage")


@dataclass(frozen=True, slots=True)
class Account:
    """`app`: the SMS application's number; `templates`: clause, or one_time_code, to the template's number there."""

    key: str
    secret: str
    app: str
    sign: str
    templates: Mapping[str, str]
    region: str = "ap-guangzhou"
    endpoint: str = ENDPOINT


class Tencent:
    name = "tencent"
    asks = True

    def __init__(self, account: Account) -> None:
        self.account = account

    def send(self, letter: Letter) -> Answer:
        template = self.account.templates.get(letter.clause)
        if template is None:
            return Answer(REFUSED, trouble=f"no template for {letter.clause}")
        asked = {
            "PhoneNumberSet": [f"+86{letter.address}"],
            "SmsSdkAppId": self.account.app,
            "SignName": self.account.sign,
            "TemplateId": template,
            "TemplateParamSet": [value for _, value in letter.values],
            "SessionContext": letter.key,
        }
        try:
            status, told = self._called("SendSms", asked, letter.handed_at)
        except NotReached as trouble:
            return Answer(LATER, trouble=str(trouble))
        except NotAnswered as trouble:
            return Answer(UNCLEAR, trouble=str(trouble))
        return _answer(status, told)

    def ask(self, letter: Letter, reference: str, wall: datetime) -> Answer:
        """Its reports on the number since the letter was given, searched for the letter. One it has no report of yet may
        still come: that is no answer."""
        asked = {
            "BeginTime": int((letter.handed_at - timedelta(minutes=5)).timestamp()),
            "EndTime": int(wall.timestamp()),
            "Offset": 0,
            "Limit": 100,
            "PhoneNumber": f"+86{letter.address}",
            "SmsSdkAppId": self.account.app,
        }
        try:
            _, told = self._called("PullSmsSendStatusByPhoneNumber", asked, wall)
        except (NotReached, NotAnswered) as trouble:
            return Answer(UNCLEAR, trouble=str(trouble))
        rows = told.get("PullSmsSendStatusSet") or []
        mine = next((row for row in rows if _is(row, letter.key, reference)), None)
        if mine is None:
            return Answer(UNCLEAR, trouble=str(told.get("Error", {}).get("Code", "")))
        arrived = mine.get("ReportStatus") == "SUCCESS"
        return Answer(
            DELIVERED if arrived else REFUSED,
            str(mine.get("SerialNo", "")),
            "" if arrived else str(mine.get("Description", "")),
        )

    def _called(self, action: str, asked: Mapping[str, Any], wall: datetime) -> tuple[int, dict[str, Any]]:
        body = json.dumps(asked, ensure_ascii=False).encode()
        host, moment = urlsplit(self.account.endpoint).netloc, int(wall.timestamp())
        headers = {
            "Authorization": authorization(self.account.key, self.account.secret, SERVICE, host, moment, body),
            "Content-Type": JSON,
            "Host": host,
            "X-TC-Action": action,
            "X-TC-Timestamp": str(moment),
            "X-TC-Version": VERSION,
            "X-TC-Region": self.account.region,
        }
        status, told = posted("POST", f"{self.account.endpoint}/", headers, body)
        inner = told.get("Response")
        return status, inner if isinstance(inner, dict) else {}


def authorization(key: str, secret: str, service: str, host: str, moment: int, body: bytes) -> str:
    """The header of a POST of JSON to the root; content type and host are signed."""
    day = datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d")
    scope, signed = f"{day}/{service}/tc3_request", "content-type;host"
    headers = f"content-type:{JSON}\nhost:{host}\n"
    request = "\n".join(("POST", "/", "", headers, signed, hashlib.sha256(body).hexdigest()))
    told = "\n".join(("TC3-HMAC-SHA256", str(moment), scope, hashlib.sha256(request.encode()).hexdigest()))
    made = f"TC3{secret}".encode()
    for part in (day, service, "tc3_request"):
        made = hmac.digest(made, part.encode(), "sha256")
    signature = hmac.new(made, told.encode(), "sha256").hexdigest()
    return f"TC3-HMAC-SHA256 Credential={key}/{scope}, SignedHeaders={signed}, Signature={signature}"


def _answer(status: int, told: Mapping[str, Any]) -> Answer:
    error = told.get("Error")
    if isinstance(error, dict):
        return _failed(status, str(error.get("Code", "")), str(error.get("Message", "")))
    sent = (told.get("SendStatusSet") or [{}])[0]
    code = str(sent.get("Code", ""))
    if code.lower() == "ok":
        return Answer(ACCEPTED, str(sent.get("SerialNo", "")))
    return _failed(status, code, str(sent.get("Message", "")))


def _failed(status: int, code: str, words: str) -> Answer:
    said = f"{code} {words}".strip()
    if code.startswith(_PASSING):
        return Answer(LATER, trouble=said)
    return Answer(REFUSED if code and status < 500 else UNCLEAR, trouble=said or str(status))


def _is(row: Mapping[str, Any], key: str, reference: str) -> bool:
    return row.get("SessionContext") == key or (bool(reference) and row.get("SerialNo") == reference)
