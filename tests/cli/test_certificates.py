"""Serving over TLS with a certificate one was given, to the network beside, behind a proxy."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import ssl
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from huiguan.cli.doctoring import settings as looked_at
from huiguan.cli.serving.certificates import CertificateUnusable, certificate_of
from huiguan.cli.serving.lan import NoNetwork, code_for, own_addresses, seen_at
from huiguan.config.proxied import AskedThroughProxy

_ONE = ec.generate_private_key(ec.SECP256R1())
_ANOTHER = ec.generate_private_key(ec.SECP256R1())


def signed(folder: Path, *, days: int = 90, name: str = "till.example") -> tuple[str, str]:
    """A certificate for a name and for this machine, and its key."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    names = [x509.DNSName(name), x509.DNSName(f"*.{name}"), x509.IPAddress(ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(_ONE.public_key())
        .serial_number(7).not_valid_before(now - timedelta(days=400)).not_valid_after(now + timedelta(days=days, hours=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False).sign(_ONE, hashes.SHA256())
    )  # fmt: skip
    (folder / "cert.pem").write_bytes(made.public_bytes(Encoding.PEM))
    (folder / "key.pem").write_bytes(_ONE.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return str(folder / "cert.pem"), str(folder / "key.pem")


def why(file: str | None, key: str | None) -> str:
    with pytest.raises(CertificateUnusable) as refused:
        certificate_of(file, key)
    assert refused.value.say("zh")
    return refused.value.say("en")


def test_it_says_whom_it_is_for_and_until_when(tmp_path: Path) -> None:
    found = certificate_of(*signed(tmp_path))
    assert found is not None
    assert found.names == ("till.example", "*.till.example", "127.0.0.1")
    assert found.hosts == ("till.example", ".till.example", "127.0.0.1")
    assert (found.own_name, (found.ends - datetime.now(UTC)).days) == ("till.example", 90)
    assert certificate_of(None, None) is None and certificate_of("", "") is None


def test_what_cannot_be_served_with_is_refused_with_what_to_do(tmp_path: Path) -> None:
    file, key = signed(tmp_path)
    assert "certificate and key go together" in why(file, None)
    assert "certificate and key go together" in why(None, key)
    assert "No such file or directory" in why(str(tmp_path / "none.pem"), key)
    assert "is no certificate in PEM form" in why(key, key)
    assert "is no private key in PEM form" in why(file, file)
    other = tmp_path / "other.pem"
    forms = {
        "the key is not this certificate's": (_ANOTHER, PrivateFormat.PKCS8, NoEncryption()),
        "the key is not in PKCS#8 form: openssl pkcs8 -topk8": (_ONE, PrivateFormat.TraditionalOpenSSL, NoEncryption()),
        "the key has a passphrase": (_ONE, PrivateFormat.PKCS8, BestAvailableEncryption(b"secret")),
    }
    for said, (made, form, locked) in forms.items():
        other.write_bytes(made.private_bytes(Encoding.PEM, form, locked))
        assert said in why(file, str(other))


@pytest.mark.parametrize(("days", "state"), [(90, "ok"), (20, "warn"), (-2, "wrong")])
def test_the_doctor_looks_at_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, days: int, state: str) -> None:
    file, key = signed(tmp_path, days=days)
    monkeypatch.setenv("HUIGUAN_CERTIFICATE", file)
    monkeypatch.setenv("HUIGUAN_CERTIFICATE_KEY", key)
    assert [finding.state for finding in looked_at.certificate()] == [state]
    monkeypatch.setenv("HUIGUAN_CERTIFICATE_KEY", file)
    assert [finding.state for finding in looked_at.certificate()] == ["wrong"]
    monkeypatch.delenv("HUIGUAN_CERTIFICATE")
    monkeypatch.delenv("HUIGUAN_CERTIFICATE_KEY")
    assert looked_at.certificate() == []


def test_the_address_for_phones() -> None:
    assert seen_at("https://127.0.0.1:8443/", "192.168.1.20") == "https://192.168.1.20:8443/"
    drawn = code_for("https://192.168.1.20:8443/").splitlines()
    assert len({len(line) for line in drawn if line}) == 1
    assert set("".join(drawn)) <= set("█▀▄ \x1b[0123456789;m")
    assert code_for("https://192.168.1.20:8443/") != code_for("https://192.168.1.21:8443/")


def _addresses() -> tuple[str, ...]:
    try:
        return own_addresses()
    except NoNetwork:
        pytest.skip("this machine is on no network")


@pytest.fixture
def data() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="huiguan-tls-"))
    folder.chmod(0o755)
    yield folder / "data"
    shutil.rmtree(folder, ignore_errors=True)


def asked(host: str, port: int, path: str, context: ssl.SSLContext | None, **headers: str) -> http.client.HTTPResponse:
    link: http.client.HTTPConnection
    if context is None:
        link = http.client.HTTPConnection(host, port, timeout=10)
    else:
        link = http.client.HTTPSConnection(host, port, timeout=10, context=context)
    link.request("GET", path, headers=headers)
    answer = link.getresponse()
    answer.read()
    link.close()
    return answer


def test_it_answers_over_tls_and_to_the_network_beside(data: Path, tmp_path: Path) -> None:
    file, key = signed(tmp_path)
    trusting = ssl.create_default_context(cafile=file)
    plain = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    process = subprocess.Popen(
        [sys.executable, "-m", "huiguan.cli.main", "serve", "--lan", "--certificate", file, "--key", key],
        env={**plain, "HUIGUAN_DATA": str(data), "LC_ALL": "C.UTF-8"}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        addresses = _addresses()
        assert process.stdout is not None
        ready, found_it, code, beside = (process.stdout.readline() for _ in range(4))
        found = re.search(r"https://till\.example:(\d+)/", ready)
        assert found and found_it.startswith(
            f"Nothing is founded here yet. Found it in a browser: {found.group()}setup/"
        )
        assert code.startswith("Set-up code, for whoever can read it, once: ")
        assert beside == f"Phones and tills of the same network open {found.group()}\n"
        port = int(found.group(1))
        assert asked("127.0.0.1", port, "/readyz", trusting).status == 200
        for host in ("till.example", "desk.till.example", addresses[0]):
            answer = asked("127.0.0.1", port, "/sign-in", trusting, Host=f"{host}:{port}")
            assert (answer.status, answer.headers["Location"]) == (302, "/setup/")  # nothing is founded here yet
            answer = asked("127.0.0.1", port, "/setup/", trusting, Host=f"{host}:{port}")
            assert answer.status == 200
            assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
            assert "; Secure" in (answer.headers["Set-Cookie"] or "")
        assert asked("127.0.0.1", port, "/sign-in", trusting, Host="elsewhere.example").status == 400
        careless = ssl.create_default_context()
        careless.check_hostname, careless.verify_mode = False, ssl.CERT_NONE
        assert asked(addresses[0], port, "/healthz", careless).status == 200
        with pytest.raises((http.client.HTTPException, OSError)):
            asked("127.0.0.1", port, "/healthz", None)
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0


def test_a_useless_certificate_starts_nothing(data: Path, tmp_path: Path) -> None:
    file, _ = signed(tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "huiguan.cli.main", "serve", "--certificate", file],
        env={**os.environ, "HUIGUAN_DATA": str(data), "LC_ALL": "C.UTF-8"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, "certificate and key go together" in done.stderr) == (1, True)
    assert not (data / "postgres").exists()


# --- Behind a proxy --------------------------------------------------------------------------------------------------


def _asker(said: str | None) -> str:
    seen: list[str] = []

    def answer(request: HttpRequest) -> HttpResponse:
        seen.append(request.META["REMOTE_ADDR"])
        return HttpResponse()

    more = {} if said is None else {"HTTP_X_FORWARDED_FOR": said}
    AskedThroughProxy(answer)(RequestFactory().get("/", **more))
    return seen[0]


def test_behind_a_proxy_the_caller_is_who_the_proxy_says(settings: object) -> None:
    settings.HUIGUAN_BEHIND_PROXY = True  # type: ignore[attr-defined]
    assert _asker("203.0.113.9") == "203.0.113.9"
    assert _asker("198.51.100.1, 203.0.113.9") == "203.0.113.9"  # what stands before was written by the caller
    assert _asker("2001:db8::1") == "2001:db8::1"
    for nobody in (None, "", "unknown", "203.0.113.9, "):
        assert _asker(nobody) == "127.0.0.1"


def test_without_a_proxy_nobody_is_believed(settings: object) -> None:
    settings.HUIGUAN_BEHIND_PROXY = False  # type: ignore[attr-defined]
    with pytest.raises(MiddlewareNotUsed):
        AskedThroughProxy(lambda request: HttpResponse())
