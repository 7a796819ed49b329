"""The certificate and key one was given, looked at before anything starts with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from cryptography.x509.oid import ExtensionOID

from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text

_PKCS8 = b"-----BEGIN PRIVATE KEY-----"
_HALF = Text(
    zh="证书与私钥须一起给出（--certificate 与 --key）", en="certificate and key go together (--certificate and --key)"
)
_LOCKED = Text(
    zh="私钥有口令，启动时无人可输：openssl pkcs8 -topk8 -nocrypt -in {file} -out key.pem",
    en="the key has a passphrase and nobody is there to type it: openssl pkcs8 -topk8 -nocrypt -in {file} -out key.pem",
)
_OLD_FORM = Text(
    zh="私钥不是 PKCS#8 格式：openssl pkcs8 -topk8 -nocrypt -in {file} -out key.pem",
    en="the key is not in PKCS#8 form: openssl pkcs8 -topk8 -nocrypt -in {file} -out key.pem",
)
_NO_KEY = Text(zh="不是 PEM 格式的私钥", en="is no private key in PEM form")
_NO_CERTIFICATE = Text(zh="不是 PEM 格式的证书", en="is no certificate in PEM form")
_OTHER_KEY = Text(zh="私钥不是这张证书的", en="the key is not this certificate's")
_UNREADABLE = Text(zh="{why}", en="{why}")


class CertificateUnusable(Refusal):
    text = Text(zh="{file} 不能用：{why}", en="{file} cannot be used: {why}")
    status = 422
    rank = "input"


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate with its key. `names`: the hosts and addresses it is for; `ends`: when it is no longer good."""

    file: Path
    key: Path
    names: tuple[str, ...]
    ends: datetime

    @property
    def hosts(self) -> tuple[str, ...]:
        """Its names as hosts that are answered: '*.shop.example' is every host under shop.example."""
        return tuple(name.removeprefix("*") for name in self.names)

    @property
    def own_name(self) -> str | None:
        """A name a person may type."""
        return next((name for name in self.names if not name.startswith("*")), None)


def certificate_of(file: str | None, key: str | None) -> Certificate | None:
    """The certificate to serve with, None where none is named. Refuses CertificateUnusable."""
    if not file and not key:
        return None
    if not file or not key:
        raise CertificateUnusable(file=file or key, why=_HALF)
    path, key_path = (Path(each).expanduser().absolute() for each in (file, key))
    own = _certificate_in(path)
    if _public(_key_in(key_path).public_key()) != _public(own.public_key()):
        raise CertificateUnusable(file=str(key_path), why=_OTHER_KEY)
    return Certificate(file=path, key=key_path, names=_names_of(own), ends=own.not_valid_after_utc)


def _certificate_in(path: Path) -> x509.Certificate:
    """The first of the chain: the server's own."""
    try:
        return x509.load_pem_x509_certificates(_read(path))[0]
    except (ValueError, IndexError):
        raise CertificateUnusable(file=str(path), why=_NO_CERTIFICATE) from None


def _key_in(path: Path) -> PrivateKeyTypes:
    data = _read(path)
    try:
        key = load_pem_private_key(data, password=None)
    except TypeError:
        raise CertificateUnusable(file=str(path), why=_filled(_LOCKED, path)) from None
    except ValueError:
        raise CertificateUnusable(file=str(path), why=_NO_KEY) from None
    if _PKCS8 not in data:
        raise CertificateUnusable(file=str(path), why=_filled(_OLD_FORM, path))
    return key


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as trouble:
        raise CertificateUnusable(file=str(path), why=Text(**_UNREADABLE.both(why=trouble.strerror))) from trouble


def _filled(text: Text, path: Path) -> Text:
    return Text(**text.both(file=path))


def _public(key: object) -> bytes:
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)  # type: ignore[attr-defined, no-any-return]


def _names_of(own: x509.Certificate) -> tuple[str, ...]:
    try:
        names = own.extensions.get_extension_for_oid(ExtensionOID.SUBJECT_ALTERNATIVE_NAME).value
    except x509.ExtensionNotFound:
        return ()
    assert isinstance(names, x509.SubjectAlternativeName)
    hosts = names.get_values_for_type(x509.DNSName)
    addresses = names.get_values_for_type(x509.IPAddress)
    return (*hosts, *(f"[{each}]" if ":" in str(each) else str(each) for each in addresses))
