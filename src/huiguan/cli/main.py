"""The command `huiguan`. Each module of `huiguan.cli.commands` holds one command, named `command`."""

from __future__ import annotations

import gc
import importlib
import json
import os
import pkgutil
import sys

import click
import django

from huiguan.cli import commands
from huiguan.cli.configuring import configure
from huiguan.cli.terminal import err, out
from huiguan.foundation.embedded.telling import spoken_language
from huiguan.foundation.secrets import SecretUnreadable
from huiguan.kernel.refusals import Refusal


class Commands(click.Group):
    """Loads a command's module when it is asked for: `import` lives in `import_.py`, `a-b` in `a_b.py`."""

    def list_commands(self, context: click.Context) -> list[str]:
        return sorted(_name(module.name) for module in pkgutil.iter_modules(commands.__path__))

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        modules = {_name(module.name): module.name for module in pkgutil.iter_modules(commands.__path__)}
        if name not in modules:
            return None
        found = importlib.import_module(f"{commands.__name__}.{modules[name]}").command
        return found if isinstance(found, click.Command) else None


def _name(module: str) -> str:
    return module.rstrip("_").replace("_", "-")


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="huiguan", prog_name="huiguan")
def huiguan() -> None:
    """会馆 · a membership system that runs your rulebook."""


def main() -> None:
    """Run the command line. A refusal is said in a sentence, or as a problem where `--json` was asked for."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiguan.config.settings")
    try:
        _configure()
        _set_up()
        huiguan.main(standalone_mode=True)
    except Refusal as refusal:
        _refuse(refusal)
        sys.exit(1)
    except SecretUnreadable as trouble:
        err.print(str(trouble), markup=False)
        sys.exit(1)


def _set_up() -> None:
    """What is loaded here stays; the collector, which would look through it again and again, took a third of the time."""
    gc.disable()
    django.setup()
    gc.freeze()
    gc.enable()


def _configure() -> None:
    """The doctor looks at a wrong configuration himself, and says so in his own list."""
    try:
        configure()
    except Refusal:
        if sys.argv[1:2] != ["doctor"]:
            raise


def _refuse(refusal: Refusal) -> None:
    if "--json" in sys.argv:
        out.print_json(json.dumps(refusal.as_problem(), ensure_ascii=False))
    else:
        err.print(f"✗ {refusal.say(spoken_language())}", markup=False)


if __name__ == "__main__":
    main()
