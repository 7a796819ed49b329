"""Mail over SMTP. What may have been taken and was not confirmed cannot be asked about: a person decides."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr, parseaddr

from huiguan.messaging.values import ACCEPTED, LATER, REFUSED, UNCLEAR, Answer, Letter

TIMEOUT = 15  # seconds
NONE, STARTTLS, TLS = "none", "starttls", "tls"
_UNASKED = Answer(UNCLEAR, trouble="a mail server cannot be asked what became of a mail")


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail is handed in. `security`: none, starttls, tls; `sender`: the address mail comes from."""

    host: str
    port: int
    security: str
    sender: str
    user: str = ""
    password: str = ""


class Smtp:
    """Hands mail to one server."""

    name = "smtp"
    asks = False

    def __init__(self, server: Server) -> None:
        self.server = server

    def send(self, letter: Letter) -> Answer:
        try:
            mail = written(letter, self.server.sender)
        except ValueError as trouble:
            return Answer(REFUSED, trouble=str(trouble))
        try:
            with self._connected() as server:
                return _handed_in(server, parseaddr(self.server.sender)[1], letter.address, mail)
        except smtplib.SMTPException as trouble:
            return Answer(LATER, trouble=_said(trouble))
        except OSError as trouble:
            return Answer(LATER, trouble=str(trouble))

    def ask(self, letter: Letter, reference: str, wall: datetime) -> Answer:
        return _UNASKED

    def _connected(self) -> smtplib.SMTP:
        """The server, greeted and signed in to; whatever fails here, no mail was given."""
        told, secure = self.server, ssl.create_default_context()
        if told.security == TLS:
            server: smtplib.SMTP = smtplib.SMTP_SSL(told.host, told.port, timeout=TIMEOUT, context=secure)
        else:
            server = smtplib.SMTP(told.host, told.port, timeout=TIMEOUT)
        try:
            if told.security == STARTTLS:
                server.starttls(context=secure)
            if told.user:
                server.login(told.user, told.password)
        except BaseException:
            server.close()
            raise
        return server


def written(letter: Letter, sender: str) -> EmailMessage:
    """The mail: plain text, the same Message-ID however often it is sent."""
    name, address = parseaddr(sender)
    mail = EmailMessage(policy=SMTP)
    mail["From"] = formataddr((name or letter.sender, address))
    mail["To"] = letter.address
    mail["Subject"] = " ".join((letter.subject or letter.sender).split())
    mail["Date"] = format_datetime(letter.handed_at)
    mail["Message-ID"] = f"<{letter.key}@{address.partition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter.text)
    return mail


def _handed_in(server: smtplib.SMTP, sender: str, address: str, mail: EmailMessage) -> Answer:
    """Sender, recipient, then the mail itself: only once that has begun may it have been taken without our hearing so."""
    server.ehlo_or_helo_if_needed()
    for code, told in (server.mail(sender), server.rcpt(address)):
        if code >= 400:
            return Answer(REFUSED if code >= 500 else LATER, trouble=f"{code} {told.decode(errors='replace')}")
    try:
        code, told = server.data(mail.as_bytes())
    except smtplib.SMTPDataError as trouble:  # the server would not even begin
        return Answer(REFUSED if trouble.smtp_code >= 500 else LATER, trouble=_said(trouble))
    except (smtplib.SMTPException, OSError) as trouble:
        return Answer(UNCLEAR, trouble=str(trouble))
    if code >= 400:
        return Answer(REFUSED if code >= 500 else LATER, trouble=f"{code} {told.decode(errors='replace')}")
    return Answer(ACCEPTED, str(mail["Message-ID"]))


def _said(trouble: smtplib.SMTPException) -> str:
    if isinstance(trouble, smtplib.SMTPResponseException):
        words = trouble.smtp_error
        return f"{trouble.smtp_code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"
    return str(trouble)
