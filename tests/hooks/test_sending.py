"""Sending: only where it may go, only so long, and following nobody."""

from __future__ import annotations

import ipaddress
import ssl
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from huiguan.foundation.outward.addresses import allowed, demand_url, target_of
from huiguan.foundation.outward.sending import send
from huiguan.foundation.outward.values import Sent
from huiguan.hooks.refusals import HookAddressRefused
from huiguan.kernel.networks import networks_of
from tests.hooks.receivers import Receiver, dripping, hanging_up, status

LOOPBACK = networks_of(["127.0.0.0/8"])


def post(receiver: Receiver, **how: object) -> Sent:
    return send(receiver.url, {"webhook-id": "m1"}, b"{}", networks=LOOPBACK, **how)  # type: ignore[arg-type]


def test_what_is_taken(receiver: Receiver) -> None:
    receiver.replies = [status(200, "收到".encode() * 400)]
    sent = post(receiver)
    assert (sent.status, sent.trouble, sent.taken) == (200, "", True)
    assert sent.answer == ("收到" * 400)[:500], "its first characters are kept"
    (message,) = receiver.messages
    assert message.path == "/hook" and message.body == b"{}"
    assert message.headers["content-type"] == "application/json" and message.headers["webhook-id"] == "m1"
    assert message.headers["host"] == f"127.0.0.1:{receiver.port}"


@pytest.mark.parametrize(
    ("reply", "code", "trouble"),
    [(status(500, b"oh"), 500, "status"), (status(404), 404, "status"), (status(410), 410, "status"),
     (hanging_up, None, "no_route")],
)  # fmt: skip
def test_what_is_not(receiver: Receiver, reply: object, code: int | None, trouble: str) -> None:
    receiver.replies = [reply]  # type: ignore[list-item]
    sent = post(receiver)
    assert (sent.status, sent.trouble, sent.taken) == (code, trouble, False)


def test_a_redirect_is_followed_nowhere(receiver: Receiver) -> None:
    with Receiver() as inside:
        receiver.replies = [status(307, Location=inside.url)]
        sent = post(receiver)
    assert (sent.status, sent.trouble) == (307, "redirect")
    assert inside.messages == []


def test_a_receiver_that_drips_is_cut_off(receiver: Receiver) -> None:
    """Each byte comes in time; the whole does not."""
    receiver.replies = [dripping]
    sent = post(receiver, seconds=0.4)
    assert (sent.status, sent.trouble) == (None, "timeout")


def test_the_receivers_own_wish_is_heard(receiver: Receiver) -> None:
    receiver.replies = [status(429, Retry_After="120"), status(503, Retry_After="soon")]
    assert [post(receiver).wait, post(receiver).wait] == [120, 0]


def test_nobody_there() -> None:
    with Receiver() as gone:
        url = gone.url
    sent = send(url, {}, b"{}", networks=LOOPBACK)
    assert (sent.status, sent.trouble) == (None, "no_route")


def test_something_else_answers(receiver: Receiver) -> None:
    receiver.replies = [lambda to: (to.wfile.write(b"SSH-2.0-OpenSSH\r\n"), to.wfile.flush(), None)[-1]]
    assert post(receiver).trouble == "not_http"


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.7", "172.16.9.9", "192.168.1.4", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "255.255.255.255", "::1", "::", "fe80::1", "fd12::7", "ff02::1", "::ffff:10.0.0.7", "64:ff9b::a00:7",
     "2002:a00:7::1", "2001:db8::1"],
)  # fmt: skip
def test_private_addresses_are_refused(address: str) -> None:
    assert not allowed(ipaddress.ip_address(address), ())
    asked: list[str] = []

    def resolve(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return [address]

    sent = send("https://innocent.example/", {}, b"{}", resolve=resolve)
    assert (sent.trouble, asked) == ("not_allowed", ["innocent.example"])


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e"])
def test_public_addresses_are_allowed(address: str) -> None:
    assert allowed(ipaddress.ip_address(address), ())


def test_a_name_with_a_public_and_a_private_address_is_refused() -> None:
    sent = send("https://both.example/", {}, b"{}", resolve=lambda host, port: ["93.184.215.14", "127.0.0.1"])
    assert sent.trouble == "not_allowed"


def test_a_name_that_answers_differently_the_next_moment_leads_nowhere(receiver: Receiver) -> None:
    """Rebinding: what is connected to is what was checked; the name is asked once."""
    answers = [["127.0.0.1"], ["127.9.9.9"]]
    asked: list[str] = []

    def resolve(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return answers.pop(0)

    url = f"http://rebinding.example:{receiver.port}/hook"
    sent = send(url, {}, b"{}", networks=networks_of(["127.0.0.1/32"]), resolve=resolve)
    assert sent.taken and asked == ["rebinding.example"]
    assert receiver.messages[0].headers["host"] == f"rebinding.example:{receiver.port}"
    sent = send(url, {}, b"{}", networks=networks_of(["127.0.0.1/32"]), resolve=resolve)
    assert sent.trouble == "not_allowed" and len(receiver.messages) == 1


def test_a_name_without_an_address() -> None:
    def resolve(host: str, port: int) -> Sequence[str]:
        raise OSError(-2, "Name or service not known")

    assert send("https://nowhere.example/", {}, b"{}", resolve=resolve).trouble == "no_name"


def test_a_public_address_takes_https() -> None:
    found = send("http://plain.example/", {}, b"{}", networks=LOOPBACK, resolve=lambda host, port: ["93.184.215.14"])
    assert found.trouble == "not_tls"


def test_a_certificate_of_somebody_else_is_not_trusted(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    made = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        key,
        "-out",
        certificate,
        "-days",
        "2",
    ]
    subprocess.run([*made, "-subj", "/CN=other.example"], check=True, capture_output=True)
    with Receiver() as secure:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        secure._server.socket = context.wrap_socket(secure._server.socket, server_side=True)
        url = f"https://named.example:{secure.port}/"
        sent = send(url, {}, b"{}", networks=LOOPBACK, resolve=lambda host, port: ["127.0.0.1"])
    assert sent.trouble == "not_trusted" and secure.messages == []


@pytest.mark.parametrize(
    "url",
    ["", "ftp://a.example/", "https://", "https:///x", "https://user:pw@a.example/", "https://a.example/#x",
     "https://a.example:99999/", "https://a.example:0/", "https://a.example/\r\nX: 1", "https://a.exa mple/",
     "https://127.0.0.1/", "https://[::1]/", "https://2130706433/", "https://0x7f.1/", "https://[::ffff:10.0.0.1]/",
     "http://a.example/", "https://例子.example/"],
)  # fmt: skip
def test_addresses_that_will_never_do(url: str) -> None:
    with pytest.raises(HookAddressRefused) as refused:
        demand_url(url, (), HookAddressRefused)
    assert refused.value.field == "url"


def test_addresses_that_do() -> None:
    demand_url("https://a.example/hook?x=1", (), HookAddressRefused)
    demand_url("http://192.168.1.4:8080/", networks_of(["192.168.0.0/16"]), HookAddressRefused)
    target = target_of("https://a.example/hook?x=1", (), lambda host, port: ["93.184.215.14"])
    assert (target.tls, target.port, target.path, target.address) == (True, 443, "/hook?x=1", "93.184.215.14")
