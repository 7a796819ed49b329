"""`huiguan api-key`: let a program in. The key is shown this once; only its hash is kept."""

from __future__ import annotations

import json
from collections.abc import Sequence

import click

from huiguan.cli.choosing import chosen_programme
from huiguan.cli.ground import ready_database
from huiguan.cli.terminal import out, say
from huiguan.foundation.clock import now
from huiguan.identity import operations as identity
from huiguan.identity.inputs import CreateClient
from huiguan.identity.values import CLIENT_POWERS, USUAL_CLIENT_POWERS, NewClient
from huiguan.kernel.actors import system
from huiguan.kernel.inputs import read
from huiguan.kernel.text import Text


@click.command("api-key", short_help="Let a program in: make an API key. 为程序开一把 API 密钥。")
@click.argument("name")
@click.option(
    "--power", "powers", multiple=True, type=click.Choice(sorted(CLIENT_POWERS)), help="Default: all but organise."
)
@click.option("--shop", "shops", multiple=True, help="Shop codes; default: every shop.")
@click.option("--rate", default=6000, show_default=True, help="Calls a minute.")
@click.option("--programme", "code", default=None, help="Its code, where there are several.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def command(
    name: str, powers: tuple[str, ...], shops: tuple[str, ...], rate: int, code: str | None, as_json: bool
) -> None:
    """Make the API client NAME and show its key, once.

    新建 API 客户端 NAME，并显示它的密钥（仅此一次）。
    """
    with ready_database():
        made = let_in(name, powers, shops, rate, code)
    if as_json:
        out.print_json(json.dumps({"name": made.name, "key": made.key}))
        return
    out.print(say(Text(zh="密钥只显示这一次：", en="The key, shown this once:")), markup=False)
    out.print(made.key or "", markup=False)


def let_in(name: str, powers: Sequence[str], shops: Sequence[str], rate: int, code: str | None) -> NewClient:
    """The client, made; every power programs usually have and every shop where none is named."""
    given = {
        "name": name, "powers": sorted(powers or USUAL_CLIENT_POWERS), "shops": list(shops) or None, "rate_per_minute": rate,
    }  # fmt: skip
    return identity.create_client(actor=system(chosen_programme(code).id), at=now(), given=read(CreateClient, given))
