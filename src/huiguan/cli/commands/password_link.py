"""`huiguan password-link`: whoever runs the machine lets a person in again, also the only owner."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import click

from huiguan.cli.ground import ready_database
from huiguan.cli.terminal import out, say
from huiguan.foundation.clock import now
from huiguan.identity import operations as identity
from huiguan.identity import queries as people
from huiguan.identity.inputs import StaffNamed
from huiguan.identity.values import NewLink
from huiguan.kernel.actors import system
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import Text

_PERSON = Text(zh="员工", en="person on the staff")
_LINK = Text(zh="打开这个链接设密码，一天内有效，只能用一次：", en="Open this to set a password, once, within a day:")


@click.command("password-link", short_help="A link by which a person sets her password. 给人一个设密码的链接。")
@click.argument("username")
@click.option("--drop-second-factors", is_flag=True, help="Authenticator, recovery codes and passkeys go too.")
@click.option("--address", default="http://localhost:8000", show_default=True, help="Where the site is opened.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def command(username: str, drop_second_factors: bool, address: str, as_json: bool) -> None:
    """Make a link by which USERNAME sets a password, and show it, once.

    做一个链接，让 USERNAME 自己设密码；只显示这一次。店主忘了密码、丢了手机，也由此进来。
    """
    with ready_database():
        made = let_in_again(username, drop_second_factors)
    url = f"{address.rstrip('/')}/sign-in/link/{made.token}"
    if as_json:
        out.print_json(json.dumps({"username": made.username, "url": url, "ends_at": made.ends_at.isoformat()}))
        return
    out.print(say(_LINK), markup=False)
    out.print(url, markup=False, soft_wrap=True)


def let_in_again(username: str, drop_second_factors: bool) -> NewLink:
    """The link of a person of any programme here, in the name of the house itself."""
    given = read(StaffNamed, {"username": username})
    programme = people.programme_of(given.username)
    if programme is None:
        raise NotFound(field="username", what=_PERSON, given=username)
    actor = system(programme)
    if drop_second_factors:
        identity.drop_second_factors(actor=actor, at=now(), given=given)
    return identity.make_password_link(actor=actor, at=now(), given=given, wall=datetime.now(UTC))
