"""`huiguan.toml`: read into the environment, which wins; what it does not know is refused by name."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from huiguan.cli.configuring import KNOWN, configuration, strangers
from huiguan.cli.configuring.known import ENVIRONMENT_ALONE
from huiguan.cli.doctoring import settings
from huiguan.kernel.refusals import Refusal
from tests.cli.here import Run, run

__all__ = ["run"]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for variable in [each for each in os.environ if each.startswith("HUIGUAN_")]:
        monkeypatch.delenv(variable)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setenv("HUIGUAN_DATA", str(folder))
    return folder


def write(folder: Path, text: str, name: str = "huiguan.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    plain = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.run(
        [sys.executable, "-m", "huiguan.cli.main", *arguments],
        env={**plain, "LC_ALL": "C.UTF-8", **environment},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_no_file_says_nothing(data: Path) -> None:
    assert (configuration().path, configuration().values) == (None, {})


def test_every_kind_of_value(data: Path) -> None:
    path = write(
        data,
        'host = "0.0.0.0"\nport = 8443\nhosts = ["till.example", "192.168.1.20"]\nhttps = true\nbehind_proxy = false\n'
        'zone = "Asia/Shanghai"\nlog = "info"\n',
    )
    found = configuration()
    assert found.path == path
    assert found.values == {
        "HUIGUAN_HOST": "0.0.0.0", "HUIGUAN_PORT": "8443", "HUIGUAN_HOSTS": "till.example,192.168.1.20",
        "HUIGUAN_HTTPS": "1", "HUIGUAN_BEHIND_PROXY": "0", "HUIGUAN_ZONE": "Asia/Shanghai", "HUIGUAN_LOG": "INFO",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("hots = []", "SettingUnknown", "there is no setting hots. Did you mean hosts?"),
        ("behind-proxy = true", "SettingUnknown", "Did you mean behind_proxy?"),
        ("[web]\nhost = '::'", "SettingUnknown", "there is no setting web."),
        ("port = '8000'", "SettingWrong", "port must be a whole number from 0 to 65535"),
        ("port = 70000", "SettingWrong", "port must be a whole number from 0 to 65535"),
        ("port = true", "SettingWrong", "port must be a whole number from 0 to 65535"),
        ("https = 1", "SettingWrong", "https must be true or false"),
        ("hosts = 'till.example'", "SettingWrong", "hosts must be a list of texts"),
        ("hosts = ['a,b']", "SettingWrong", "hold no comma"),
        ("host = ''", "SettingWrong", "host must be text"),
        ("zone = 'Asia/Nowhere'", "SettingWrong", "there is no such zone"),
        ("log = 'LOUD'", "SettingWrong", "must be DEBUG, INFO, WARNING or ERROR"),
        ("field_key = 'abc'", "SettingWrong", "secrets do not stand in this file"),
        ("data = '/elsewhere'", "SettingWrong", "name it in HUIGUAN_CONFIG"),
        ("host = \n", "ConfigurationUnreadable", "line 1"),
        ("host = 'a'\nhost = 'b'\n", "ConfigurationUnreadable", "line 2"),
    ],
)
def test_what_it_does_not_know_is_refused_by_name(data: Path, text: str, code: str, said: str) -> None:
    write(data, text)
    with pytest.raises(Refusal) as refused:
        configuration()
    assert refused.value.code == code
    assert said in refused.value.say("en")
    assert refused.value.say("zh")


def test_a_file_elsewhere_may_name_the_data_folder(
    data: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path_factory.mktemp("etc"), "data = '/srv/huiguan'")
    monkeypatch.setenv("HUIGUAN_CONFIG", str(path))
    assert configuration().values == {"HUIGUAN_DATA": "/srv/huiguan"}
    assert configuration().overruled == ("HUIGUAN_DATA",)
    path.unlink()
    with pytest.raises(Refusal) as refused:
        configuration()
    assert (refused.value.code, "No such file" in refused.value.say("en")) == ("ConfigurationUnreadable", True)


def test_commands_take_it_and_the_environment_wins(data: Path) -> None:
    write(data, "host = '192.0.2.77'\nport = 4711\n")

    def port(**environment: str) -> str:
        answer = process("doctor", "--json", HUIGUAN_PG_BIN="/nowhere", **environment)
        return next(row["found"] for row in json.loads(answer.stdout) if row["check"] == "port")

    assert port() == "This machine has no address 192.0.2.77."
    assert port(HUIGUAN_HOST="127.0.0.1", HUIGUAN_PORT="0") == "A free port is chosen at start"


def test_a_wrong_file_stops_every_command_but_the_doctor(data: Path, run: Run) -> None:
    path = write(data, "prot = 8000")
    code, _, why = run("clauses")
    assert code == 1
    assert why == f"✗ {path}: there is no setting prot. Did you mean port?\n"
    problem = json.loads(run("clauses", "--json")[1])
    assert (problem["code"], problem["field"]) == ("SettingUnknown", "prot")
    rows = json.loads(process("doctor", "--json", HUIGUAN_PG_BIN="/nowhere").stdout)
    assert ("configuration", "wrong") in {(row["check"], row["state"]) for row in rows}


def test_the_doctor_tells_of_the_file_and_of_strangers(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [finding.state for finding in settings.configured()] == ["ok"]
    path = write(data, "port = 8000\ndatabase_url = 'postgresql://me:secret@host/name'\n")
    path.chmod(0o644)
    assert settings.configured()[0].state == "warn"
    path.chmod(0o600)
    monkeypatch.setenv("HUIGUAN_PORT", "9000")
    monkeypatch.setenv("HUIGUAN_ORIGNS", "https://till.example")
    found = settings.configured()
    assert [finding.state for finding in found] == ["ok", "warn"]
    assert found[0].found.en == f"2 settings in {path}; the environment says otherwise of HUIGUAN_PORT"
    assert found[1].found.en == "The environment's HUIGUAN_ORIGNS is no setting. Did you mean HUIGUAN_ORIGINS?"
    assert [name for name, _ in strangers()] == ["HUIGUAN_ORIGNS"]


def test_every_setting_is_on_the_page() -> None:
    page = (Path(__file__).parents[2] / "docs" / "operating.md").read_text(encoding="utf-8")
    assert [each for each in KNOWN.values() if f"`{each.name}`" not in page or each.variable not in page] == []
    assert [name for name in ENVIRONMENT_ALONE if name not in page] == []


@pytest.mark.parametrize("name", ["HUIGUAN_RESERVE", "HUIGUAN_WEB_PROCESSES"])
def test_a_number_that_is_none_is_told_at_once(
    data: Path, run: Run, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "plenty")
    problem = json.loads(run("clauses", "--json")[1])
    assert (problem["code"], problem["field"]) == ("SettingWrong", name)
