"""The providers, against servers of their own kind: signatures as each vendor documents them, and every kind of answer."""

from __future__ import annotations

import json
import socket
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from huiguan.foundation.sealing import seal
from huiguan.messaging.models import LocalDelivery
from huiguan.messaging.providers import aliyun, tencent
from huiguan.messaging.providers.choosing import ProviderUnknown, providers_of
from huiguan.messaging.providers.local import Local
from huiguan.messaging.providers.smtp import NONE, STARTTLS, TLS, Server, Smtp
from huiguan.messaging.values import ACCEPTED, DELIVERED, LATER, NEVER, REFUSED, UNCLEAR, Letter
from tests.hooks.receivers import Receiver

WALL = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
TEMPLATES = {"N5-01": "SMS_1"}
LETTER = Letter(
    1, "huiguan-1-7", "sms", "13800000001", "138****0001", "李梅，好", "", "N5-01",
    (("name", "李梅"), ("number", "M1")), "邻里生活馆", WALL,
)  # fmt: skip
MAIL = Letter(
    1, "huiguan-1-8", "email", "mei@example.com", "m***@example.com", "李梅，您好。\n.\n第二行", "欢迎\r\nBcc: x@y.z",
    "N5-01", (), "邻里生活馆", WALL,
)  # fmt: skip

Reply = Callable[[BaseHTTPRequestHandler], None]


def told(status: int, body: Any) -> Reply:
    def reply(taking: BaseHTTPRequestHandler) -> None:
        said = body if isinstance(body, bytes) else json.dumps(body).encode()
        taking.send_response(status)
        taking.send_header("Content-Length", str(len(said)))
        taking.end_headers()
        taking.wfile.write(said)

    return reply


def hung_up(taking: BaseHTTPRequestHandler) -> None:
    taking.connection.shutdown(socket.SHUT_RDWR)


def at(receiver: Receiver) -> str:
    return f"http://127.0.0.1:{receiver.port}"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as made:
        yield made


def closed_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


# --- Aliyun ----------------------------------------------------------------------------------------------------------


def test_aliyuns_signature_is_that_of_its_documentation() -> None:
    given = {
        "AccessKeyId": "testId", "Action": "SendSms", "Format": "XML", "OutId": "123", "PhoneNumbers": "15300000001",
        "RegionId": "cn-hangzhou", "SignName": "阿里云短信测试专用", "SignatureMethod": "HMAC-SHA1",
        "SignatureNonce": "45e25e9b-0a6f-4070-8c85-2956eda1b466", "SignatureVersion": "1.0",
        "TemplateCode": "SMS_71390007", "TemplateParam": '{"customer":"test"}', "Timestamp": "2017-07-12T02:42:19Z",
        "Version": "2017-05-25",
    }  # fmt: skip
    assert aliyun.signature(given, "testSecret") == "zJDF+Lrzhj/ThnlvIToysFRq6t4="


def at_aliyun(endpoint: str) -> aliyun.Aliyun:
    return aliyun.Aliyun(aliyun.Account("id", "secret", "邻里", TEMPLATES, endpoint))


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (told(200, {"Code": "OK", "BizId": "9^0", "Message": "OK"}), ACCEPTED),
        (told(200, {"Code": "isv.BUSINESS_LIMIT_CONTROL", "Message": "触发流控"}), LATER),
        (told(400, {"Code": "Throttling.User", "Message": "too fast"}), LATER),
        (told(200, {"Code": "isv.MOBILE_NUMBER_ILLEGAL", "Message": "号码不对"}), REFUSED),
        (told(403, {"Code": "SignatureDoesNotMatch", "Message": "no"}), REFUSED),
        (told(500, {"Code": "InternalError", "Message": "?"}), UNCLEAR),
        (told(502, b"<html>"), UNCLEAR),
        (told(200, b"[]"), UNCLEAR),
        (hung_up, UNCLEAR),
    ],
)
def test_what_aliyun_answers(receiver: Receiver, reply: Reply, outcome: str) -> None:
    receiver.replies = [reply]
    answer = at_aliyun(at(receiver)).send(LETTER)
    assert answer.outcome == outcome
    (asked,) = receiver.messages
    given = {name: values[0] for name, values in parse_qs(urlsplit(asked.path).query).items()}
    signature = given.pop("Signature")
    assert signature == aliyun.signature(given, "secret")
    assert (given["PhoneNumbers"], given["TemplateCode"], given["OutId"], given["SignName"]) == (
        "13800000001", "SMS_1", "huiguan-1-7", "邻里",
    )  # fmt: skip
    assert json.loads(given["TemplateParam"]) == {"name": "李梅", "number": "M1"}
    assert given["Timestamp"] == "2026-03-02T02:00:00Z"


@pytest.mark.parametrize(("status", "outcome"), [(1, ACCEPTED), (2, REFUSED), (3, DELIVERED)])
def test_aliyun_is_asked_by_the_letters_key(receiver: Receiver, status: int, outcome: str) -> None:
    rows = [{"OutId": "huiguan-1-6", "SendStatus": 3}, {"OutId": "huiguan-1-7", "SendStatus": status, "ErrCode": "X"}]
    receiver.replies = [told(200, {"Code": "OK", "SmsSendDetailDTOs": {"SmsSendDetailDTO": rows}})]
    assert at_aliyun(at(receiver)).ask(LETTER, "", WALL + timedelta(minutes=1)).outcome == outcome
    given = parse_qs(urlsplit(receiver.messages[0].path).query)
    assert (given["Action"], given["SendDate"]) == (["QuerySendDetails"], ["20260302"])


def test_what_aliyun_does_not_list_yet_is_no_answer(receiver: Receiver) -> None:
    receiver.replies = [told(200, {"Code": "OK", "SmsSendDetailDTOs": {"SmsSendDetailDTO": []}}), hung_up]
    for _ in range(2):
        assert at_aliyun(at(receiver)).ask(LETTER, "", WALL).outcome == UNCLEAR


# --- Tencent ---------------------------------------------------------------------------------------------------------


def test_tencents_signature_is_that_of_its_documentation() -> None:
    body = rb'{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}'
    signed = tencent.authorization(
        "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE", "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE", "cvm", "cvm.tencentcloudapi.com",
        1551113065, body,
    )  # fmt: skip
    assert signed == (
        "TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/cvm/tc3_request, "
        "SignedHeaders=content-type;host, Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168"
    )


def at_tencent(endpoint: str) -> tencent.Tencent:
    return tencent.Tencent(tencent.Account("id", "secret", "1400", "邻里", TEMPLATES, endpoint=endpoint))


def sent(code: str, **more: str) -> dict[str, Any]:
    return {"Response": {"SendStatusSet": [{"Code": code, "Message": "said", **more}], "RequestId": "r"}}


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (told(200, sent("Ok", SerialNo="5000:1")), ACCEPTED),
        (told(200, sent("LimitExceeded.PhoneNumberDailyLimit")), LATER),
        (told(200, sent("InvalidParameterValue.IncorrectPhoneNumber")), REFUSED),
        (told(200, {"Response": {"Error": {"Code": "AuthFailure.SignatureFailure", "Message": "no"}}}), REFUSED),
        (told(200, {"Response": {"Error": {"Code": "RequestLimitExceeded", "Message": "fast"}}}), LATER),
        (told(200, {"Response": {}}), UNCLEAR),
        (told(503, b"busy"), UNCLEAR),
        (hung_up, UNCLEAR),
    ],
)
def test_what_tencent_answers(receiver: Receiver, reply: Reply, outcome: str) -> None:
    receiver.replies = [reply]
    assert at_tencent(at(receiver)).send(LETTER).outcome == outcome
    (asked,) = receiver.messages
    host = urlsplit(at(receiver)).netloc
    made = tencent.authorization("id", "secret", "sms", host, int(WALL.timestamp()), asked.body)
    assert (asked.headers["authorization"], asked.headers["x-tc-action"]) == (made, "SendSms")
    assert asked.told == {
        "PhoneNumberSet": ["+8613800000001"], "SmsSdkAppId": "1400", "SignName": "邻里", "TemplateId": "SMS_1",
        "TemplateParamSet": ["李梅", "M1"], "SessionContext": "huiguan-1-7",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "outcome"),
    [
        ([{"SessionContext": "huiguan-1-7", "SerialNo": "s", "ReportStatus": "SUCCESS"}], DELIVERED),
        ([{"SerialNo": "mine", "ReportStatus": "FAIL", "Description": "off"}], REFUSED),
        ([{"SerialNo": "other", "ReportStatus": "SUCCESS"}], UNCLEAR),
        ([], UNCLEAR),
    ],
)
def test_tencent_is_asked_by_key_or_number(receiver: Receiver, rows: list[Any], outcome: str) -> None:
    receiver.replies = [told(200, {"Response": {"PullSmsSendStatusSet": rows}})]
    assert at_tencent(at(receiver)).ask(LETTER, "mine", WALL + timedelta(minutes=1)).outcome == outcome


@pytest.mark.parametrize("made", [at_aliyun, at_tencent])
def test_a_vendor_out_of_reach_cannot_have_heard_it(made: Any) -> None:
    assert made(f"http://127.0.0.1:{closed_port()}").send(LETTER).outcome == LATER


@pytest.mark.parametrize("made", [at_aliyun, at_tencent])
def test_a_clause_without_a_template_is_refused_by_name(made: Any) -> None:
    letter = Letter(1, "k", "sms", "13800000001", "138****0001", "x", "", "N5-02", (), "馆", WALL)
    answer = made("http://127.0.0.1:1").send(letter)
    assert (answer.outcome, answer.trouble) == (REFUSED, "no template for N5-02")


# --- Mail ------------------------------------------------------------------------------------------------------------


class MailServer(socketserver.ThreadingTCPServer):
    """Speaks enough SMTP to take a mail, and answers each command as it is told; `None`: hangs up."""

    allow_reuse_address, daemon_threads = True, True

    def __init__(self, said: dict[str, str | None]) -> None:
        self.said, self.mails, self.commands = said, list[bytes](), list[str]()
        super().__init__(("127.0.0.1", 0), _Speaking)

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Speaking(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self._say("220 here")
        while line := self.rfile.readline():
            command = line.split()[0].upper().decode()
            self.server.commands.append(line.decode().strip())
            if command == "QUIT":
                self._say("221 bye")
                return
            if not self._answer(command):
                return

    def _answer(self, command: str) -> bool:
        usual = "250 fine" if command != "DATA" else "354 go on"
        reply = self.server.said.get(command, usual)
        if reply is None:
            return False
        self._say(reply)
        return self._taken() if command == "DATA" and reply.startswith("354") else True

    def _taken(self) -> bool:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line[1:] if line.startswith(b"..") else line)
        self.server.mails.append(b"".join(lines))
        reply = self.server.said.get("END", "250 taken")
        if reply is None:
            return False
        self._say(reply)
        return True

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def mail_server(**said: str | None) -> Iterator[MailServer]:
    with MailServer({name.upper(): reply for name, reply in said.items()}) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server
        server.shutdown()


def by_mail(port: int) -> Smtp:
    return Smtp(Server("127.0.0.1", port, NONE, "邻里生活馆 <hello@shop.example>"))


def test_a_mail_arrives_whole_and_headers_cannot_be_smuggled_in() -> None:
    with mail_server() as server:
        answer = by_mail(server.port).send(MAIL)
    (raw,) = server.mails
    mail = message_from_bytes(raw, policy=policy.default)
    assert (answer.outcome, answer.reference) == (ACCEPTED, "<huiguan-1-8@shop.example>")
    assert (mail["To"], mail["Subject"], mail["Bcc"]) == ("mei@example.com", "欢迎 Bcc: x@y.z", None)
    assert (mail["Message-ID"], mail["Auto-Submitted"]) == ("<huiguan-1-8@shop.example>", "auto-generated")
    assert mail["From"] == "邻里生活馆 <hello@shop.example>"
    assert mail.get_content().replace("\r\n", "\n") == "李梅，您好。\n.\n第二行\n"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ({"mail": "451 later"}, LATER),
        ({"mail": "550 not you"}, REFUSED),
        ({"rcpt": "450 later"}, LATER),
        ({"rcpt": "550 nobody here"}, REFUSED),
        ({"rcpt": None}, LATER),
        ({"data": "451 later"}, LATER),
        ({"data": "554 no"}, REFUSED),
        ({"end": "451 later"}, LATER),
        ({"end": "554 spam"}, REFUSED),
        ({"end": None}, UNCLEAR),
    ],
)
def test_what_a_mail_server_answers(said: dict[str, str | None], outcome: str) -> None:
    with mail_server(**said) as server:
        assert by_mail(server.port).send(MAIL).outcome == outcome


def test_a_mail_server_out_of_reach_or_without_tls() -> None:
    assert by_mail(closed_port()).send(MAIL).outcome == LATER
    with mail_server() as server:
        told_tls = Smtp(Server("127.0.0.1", server.port, STARTTLS, "a@shop.example"))
        assert told_tls.send(MAIL).outcome == LATER
    assert server.mails == []


def test_a_mail_cannot_be_asked_about() -> None:
    assert (Smtp.asks, by_mail(1).ask(MAIL, "", WALL).outcome) == (False, UNCLEAR)


# --- The box in the house, and choosing --------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_local_box_keeps_the_first_of_a_key_sealed() -> None:
    box = Local()
    assert box.ask(LETTER, "", WALL).outcome == NEVER
    for _ in range(2):
        assert box.send(LETTER).outcome == DELIVERED
    assert box.ask(LETTER, "", WALL).outcome == DELIVERED
    row = LocalDelivery.objects.get()
    assert b"13800000001" not in bytes(row.sealed)
    assert seal("x", bound="y") != bytes(row.sealed)


def test_providers_are_chosen_by_settings(tmp_path: Path) -> None:
    templates = tmp_path / "templates.json"
    templates.write_text('{"N5-01": "SMS_1"}')
    keys = {f"HUIGUAN_SMS_{name}": "x" for name in ("KEY", "SECRET", "SIGN", "APP")}
    keys["HUIGUAN_SMS_TEMPLATES"] = str(templates)
    mail = {"HUIGUAN_MAIL": "smtp", "HUIGUAN_MAIL_SERVER": "mail.example", "HUIGUAN_MAIL_FROM": "a@b.cn"}
    assert {name: each.name for name, each in providers_of({}).items()} == {"sms": "local", "email": "local"}
    for name in ("aliyun", "tencent"):
        assert providers_of({"HUIGUAN_SMS": name, **keys})["sms"].name == name
    chosen = providers_of({**mail, "HUIGUAN_MAIL_SECURITY": TLS})["email"]
    assert isinstance(chosen, Smtp)
    assert (chosen.server.host, chosen.server.port) == ("mail.example", 465)


@pytest.mark.parametrize(
    "given",
    [
        {"HUIGUAN_SMS": "pigeon", "HUIGUAN_SMS_KEY": "x"},
        {"HUIGUAN_SMS": "aliyun"},
        {"HUIGUAN_MAIL": "pigeon"},
        {"HUIGUAN_MAIL": "smtp"},
        {
            "HUIGUAN_MAIL": "smtp",
            "HUIGUAN_MAIL_SERVER": "x",
            "HUIGUAN_MAIL_FROM": "a@b.cn",
            "HUIGUAN_MAIL_SECURITY": "y",
        },
    ],
)
def test_what_is_left_out_is_said(given: dict[str, str]) -> None:
    with pytest.raises(ProviderUnknown, match="HUIGUAN_"):
        providers_of(given)
