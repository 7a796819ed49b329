"""`huiguan init`: a real installation from empty, by options, by a file, by hand; and what stands in its way."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from huiguan.checkout.models import Product, Sale
from huiguan.founding.answers import answers_of, both, code_for, completed, username_for
from huiguan.founding.rulebooks import choice_of, choices
from huiguan.founding.standing import AnotherFounded, standing
from huiguan.founding.steps import found
from huiguan.identity.models import Holding, Node, Staff
from huiguan.identity.operations import sign_in
from huiguan.kernel.refusals import InvalidInput, Refusal
from huiguan.programme.models import Programme, Version
from huiguan.programme.values import Proof, digest_of
from huiguan.rules.shelf import shelved, shipped
from tests.cli.corner import EXAMPLES, corner
from tests.cli.here import Run, own_database, run

__all__ = ["run"]

AT = datetime(2026, 3, 1, 2, tzinfo=UTC)
PASSWORD = "correct horse battery"
GIVEN: dict[str, Any] = {
    "organisation": {"name": {"zh": "街角书店", "en": "Corner Books"}, "code": "CB"},
    "owner": {"username": "shenlingyi", "name": "沈令仪"},
    "regions": [{"code": "EAST", "name": "华东/East"}],
    "shops": [{"code": "HB", "name": "湖滨店", "region": "EAST"}, {"code": "XX", "name": "西溪店"}],
    "rulebook": "corner",
}
needs_database = pytest.mark.django_db
commits = pytest.mark.django_db(transaction=True)


def environment(folder: Path, language: str = "C.UTF-8") -> dict[str, str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("HUIGUAN_")}
    return {**plain, "DATABASE_URL": own_database(), "HUIGUAN_DATA": str(folder / "data"), "LC_ALL": language}


def start(folder: Path, *arguments: str, **more: Any) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "huiguan.cli.main", "init", *arguments],
        env=environment(folder), cwd=folder, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, **more,
    )  # fmt: skip


@pytest.fixture
def init(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("DATABASE_URL", own_database())
    return partial(run, "init")


def by_options(folder: Path, rulebook: Path) -> list[str]:
    password = folder / "password"
    password.write_text(f"{PASSWORD}\n", encoding="utf-8")
    return [
        "--name", "街角书店/Corner Books", "--code", "CB", "--owner-name", "沈令仪", "--password-file", str(password),
        "--region", "EAST=华东/East", "--shop", "HB=湖滨店@EAST", "--shop", "XX=西溪店", "--rulebook", str(rulebook),
        "--from", "2026-01-01",
    ]  # fmt: skip


def opens(username: str) -> bool:
    """Whether the password opens the account. The tests' own processes know no strong hashing."""
    return PBKDF2PasswordHasher().verify(PASSWORD, Staff.objects.get(username=username).password)


# --- What is answered ------------------------------------------------------------------------------------------------


def test_a_name_said_once_is_the_same_in_both_languages() -> None:
    assert both("澹宁") == {"zh": "澹宁", "en": "澹宁"}
    assert both("澹宁 / Danning") == {"zh": "澹宁", "en": "Danning"}


def test_codes_and_usernames_come_from_names() -> None:
    assert [code_for(name) for name in ("澹宁", "Corner Books", "Danning", "湖滨 1 店", "···")] == [
        "DN", "CB", "DANNING", "HB1D", "",
    ]  # fmt: skip
    assert (username_for("沈令仪"), username_for("Ann-Marie O'Hara")) == ("shenlingyi", "annmarieohara")
    told = completed({"organisation": {"name": "澹宁"}, "owner": {"name": "沈令仪"}})
    assert (told["organisation"]["code"], told["owner"]["username"]) == ("DN", "shenlingyi")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"organisation": None}, "organisation"),
        ({"organisation": {"name": "街角书店", "code": "C B"}}, "organisation.code"),
        ({"owner": {"username": "a", "name": "沈"}}, "owner.username"),
        ({"shops": []}, "shops"),
        ({"shops": [{"code": "HB", "name": ""}]}, "shops.0.name.zh"),
        ({"shops": [{"code": "HB", "name": "甲"}, {"code": "HB", "name": "乙"}]}, "shops.1.code"),
        ({"shops": [{"code": "CB", "name": "甲"}]}, "shops.0.code"),
        ({"shops": [{"code": "HB", "name": "甲", "region": "WEST"}]}, "shops.0.region"),
        ({"sales": "/nowhere/sales.xlsx"}, "sales"),
        ({"shop": []}, "shop"),
    ],
)
def test_answers_that_do_not_fit_are_refused_by_field(change: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        answers_of({**GIVEN, **change})
    assert refused.value.field == field


def test_each_shipped_rulebook_says_what_it_holds_and_what_waits() -> None:
    assert tuple(choice.name for choice in choices()) == shipped()
    for choice in choices():
        waiting = sum(each.clause.waits_for is not None for each in shelved(choice.name))
        assert sum(choice.waiting.values()) == waiting
        assert sum(choice.clauses.values()) + waiting == len(shelved(choice.name))
        assert f"{len(shelved(choice.name))} clauses" in choice.told("en")[0]
        told = choice.told("en")[1:]
        assert (len(told), all(f"{waiting} wait for rooms" in line for line in told)) == (int(waiting > 0), True)


def test_an_unknown_rulebook_is_refused_with_the_one_that_may_have_been_meant() -> None:
    with pytest.raises(Refusal) as refused:
        choice_of("designer-ware")
    assert refused.value.code == "RulebookUnknown"
    assert "Did you mean designer-wear?" in refused.value.say("en")


# --- Step by step ----------------------------------------------------------------------------------------------------


def founded(folder: Path, asked: list[str] | None = None, **change: Any) -> None:
    choice = choice_of(str(corner(folder) if not folder.exists() else folder))

    def proof() -> Proof:
        (asked if asked is not None else []).append("proof")
        return Proof(digest_of(choice.source), 1, 1, AT)

    def password() -> str:
        (asked if asked is not None else []).append("password")
        return PASSWORD

    found(answers_of({**GIVEN, **change}), password=password, choice=choice, proof=proof, at=AT)


@needs_database
def test_everything_is_there(tmp_path: Path) -> None:
    founded(tmp_path / "corner", effective_from="2026-01-01")
    programme = Programme.objects.get()
    assert (programme.code, programme.name_zh, programme.name_en) == ("cb", "街角书店会员", "Corner Books members")
    tree = [(node.kind, node.code, node.parent and node.parent.code) for node in Node.objects.order_by("pk")]
    assert tree == [("house", "CB", None), ("region", "EAST", "CB"), ("shop", "HB", "EAST"), ("shop", "XX", "CB")]
    held = Holding.objects.get()
    assert (held.post, held.node.code, held.staff.username) == ("owner", "CB", "shenlingyi")
    assert sign_in(username="shenlingyi", password=PASSWORD, wall=AT).name == "沈令仪"
    there = standing()
    assert there.version is not None and there.founded
    assert there.version.effective_from.astimezone(there.zone).isoformat() == "2026-01-01T00:00:00+08:00"


@needs_database
def test_in_force_from_today_where_nothing_is_said(tmp_path: Path) -> None:
    founded(tmp_path / "corner")
    there = standing()
    assert there.version is not None
    assert there.version.effective_from.astimezone(there.zone).isoformat() == "2026-03-01T00:00:00+08:00"


@needs_database
def test_what_was_done_before_an_interruption_is_not_done_again(tmp_path: Path) -> None:
    asked: list[str] = []
    with pytest.raises(Refusal):  # the last step: the rulebook could not be published
        founded(tmp_path / "corner", asked, effective_from="one fine day")
    assert (Node.objects.count(), Version.objects.count(), asked) == (4, 0, ["password", "proof"])
    asked.clear()
    more = [*GIVEN["shops"], {"code": "WL", "name": "五里店"}]
    founded(tmp_path / "corner", asked, shops=more)
    assert (Node.objects.count(), Version.objects.count(), asked) == (5, 1, ["proof"])
    asked.clear()
    founded(tmp_path / "corner", asked)
    assert (Node.objects.count(), Version.objects.count(), Staff.objects.count(), asked) == (5, 1, 1, [])


@needs_database
def test_one_installation_has_one_organisation(tmp_path: Path) -> None:
    founded(tmp_path / "corner")
    with pytest.raises(AnotherFounded):
        founded(tmp_path / "corner", organisation={"name": "别家", "code": "BJ"})
    assert Programme.objects.count() == 1


# --- At the terminal -------------------------------------------------------------------------------------------------


@commits
def test_by_options_with_files_and_once(init: Run, tmp_path: Path) -> None:
    given = by_options(tmp_path, corner(tmp_path / "corner"))
    (tmp_path / "goods.csv").write_text("货号,品名,标价\nB1,诗选,48.00\n", encoding="utf-8")
    (tmp_path / "sales.csv").write_text(
        "单号,日期,门店,货号,数量,实收\nA1,2026-02-01,HB,B1,1,48\nA2,2025-02-01,HB,B1,1,48\n", encoding="utf-8"
    )
    files = ["--products", "goods.csv", "--sales", "sales.csv"]
    code, told, why = init(*given, *files, "--json")
    answer = json.loads(told)
    assert (code, answer["already"], answer["programme"], answer["shops"]) == (0, False, "cb", 2), why
    assert answer["rulebook"]["examples"] == 1
    assert answer["rulebook"]["effective_from"] == "2026-01-01T00:00:00+08:00"
    assert {kind: (row["taken"], row["rejected"]) for kind, row in answer["imported"].items()} == {
        "products": (1, 0), "sales": (1, 1),
    }  # fmt: skip
    assert (Product.objects.get().name, Sale.objects.get().number) == ("诗选", "A1")
    assert not (tmp_path / "data" / "founding.json").exists()
    assert PASSWORD not in told + why

    before = Version.objects.count(), Node.objects.count(), Sale.objects.count()
    code, told, _ = init(*given, *files)
    assert code == 0
    assert told.startswith("This was founded before; nothing was changed:\n✓ Corner Books (CB), 2 shops\n")
    assert "huiguan serve" in told
    assert (Version.objects.count(), Node.objects.count(), Sale.objects.count()) == before
    code, told, _ = init("--code", "OTHER", "--json")
    assert (code, json.loads(told)["code"]) == (1, "AnotherFounded")


@commits
def test_by_a_file_killed_and_gone_on_with(tmp_path: Path) -> None:
    corner(tmp_path / "corner")
    (tmp_path / "answers.yaml").write_text(
        "organisation: {name: 街角书店, code: CB}\nowner: {name: 沈令仪}\nshops: [{code: HB, name: 湖滨店}]\n"
        "rulebook: ./corner\neffective_from: 2026-01-01\n",
        encoding="utf-8",
    )
    process = start(tmp_path, "--answers", "answers.yaml", "--password-file", "-", start_new_session=True)
    kept = tmp_path / "data" / "founding.json"
    end = time.monotonic() + 60
    while not kept.exists() and time.monotonic() < end:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    assert kept.stat().st_mode & 0o777 == 0o600
    assert Programme.objects.count() == 0

    again = start(tmp_path, "--password-file", "-")
    told, why = again.communicate(f"{PASSWORD}\n", timeout=240)
    assert again.returncode == 0, why
    assert "The last time was not finished; going on." in why
    assert told.startswith("✓ 街角书店 (CB), 1 shop\n✓ Rulebook version 1, all 1 example as they say, in force from")
    assert opens("shenlingyi")
    assert not kept.exists()


@commits
def test_examples_that_disagree_found_nothing(init: Run, tmp_path: Path) -> None:
    wrong = corner(tmp_path / "corner", EXAMPLES.replace("{points: 10}", "{points: 11}"))
    code, _, why = init(*by_options(tmp_path, wrong))
    assert code == 1
    assert "1 of the 1 example" in why and "CB-3 Ten full tens are ten points." in why
    assert Programme.objects.count() == 0


@commits
@pytest.mark.parametrize(
    ("change", "field"),
    [
        (["--shop", "湖滨店"], "--shop"),
        (["--from", "one fine day"], "effective_from"),
        (["--password-file", "/nowhere"], "--password-file"),
        (["--code", "C B"], "organisation.code"),
    ],
)
def test_wrong_options_found_nothing(init: Run, tmp_path: Path, change: list[str], field: str) -> None:
    code, told, _ = init(*by_options(tmp_path, corner(tmp_path / "corner")), *change, "--json")
    assert (code, json.loads(told)["field"]) == (1, field)
    assert Node.objects.count() == 0


@commits
def test_nothing_is_guessed_where_nobody_can_be_asked(init: Run, tmp_path: Path) -> None:
    code, told, _ = init("--json")
    assert (code, json.loads(told)["field"]) == (1, "organisation")
    given = by_options(tmp_path, corner(tmp_path / "corner"))
    place = given.index("--password-file")
    code, told, _ = init(*given[:place], *given[place + 2 :], "--json")
    assert (code, json.loads(told)["field"]) == (1, "--password-file")
    (tmp_path / "answers.yaml").write_text("owner: {name: 沈令仪, password: secret}\n", encoding="utf-8")
    code, told, _ = init("--answers", "answers.yaml", "--json")
    assert (code, json.loads(told)["field"]) == (1, "owner.password")
    (tmp_path / "answers.yaml").write_text("owner: [", encoding="utf-8")
    assert json.loads(init("--answers", "answers.yaml", "--json")[1])["field"] == "--answers"


@commits
def test_a_demonstration_is_no_place_for_it(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "demo").write_text("told", encoding="utf-8")
    process = start(tmp_path, "--json")
    told, _ = process.communicate(timeout=240)
    assert (process.returncode, json.loads(told)["code"]) == (1, "DemonstrationHere")


class Typed:
    """`huiguan init` at a terminal, answered as the questions come."""

    def __init__(self, folder: Path) -> None:
        self.seen = ""
        told = environment(folder)
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.execve(sys.executable, [sys.executable, "-m", "huiguan.cli.main", "init"], {**told, "COLUMNS": "200"})

    def answer(self, question: str, words: str) -> None:
        """Wait for a question, then type."""
        end = time.monotonic() + 180
        while not re.search(question, self.seen):
            assert time.monotonic() < end and self._read(), f"no {question!r} in {self.seen!r}"
        self.seen = self.seen[re.search(question, self.seen).end() :]  # type: ignore[union-attr]
        os.write(self.terminal, f"{words}\n".encode())

    def end(self) -> tuple[int, str]:
        while self._read():
            continue
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1]), self.seen

    def _read(self) -> bool:
        ready, _, _ = select.select([self.terminal], [], [], 180)
        try:
            more = os.read(self.terminal, 65536) if ready else b""
        except OSError:  # the other end is closed
            return False
        self.seen += more.decode(errors="replace").replace("\r", "")
        return bool(more)


@commits
def test_by_hand(tmp_path: Path) -> None:
    corner(tmp_path / "corner")
    typed = Typed(tmp_path)
    typed.answer("Name of the organisation", "街角书店/Corner Books")
    typed.answer(r"Its code .*\[CB\]", "C B")
    typed.answer("has the wrong form[^?]*Name of the organisation", "街角书店/Corner Books")
    typed.answer(r"Its code .*\[CB\]", "")
    typed.answer("Name of the first owner", "沈令仪")
    typed.answer(r"Username .*\[shenlingyi\]", "")
    typed.answer("Name of region 1", "华东/East")
    typed.answer(r"Its code .*\[EAST\]", "E")
    typed.answer("Name of region 2", "")
    typed.answer("Name of shop 1", "湖滨店")
    typed.answer(r"Its code .*\[HBD\]", "HB")
    typed.answer(r"In which region \(E;", "E")
    typed.answer("Name of shop 2", "")
    typed.answer(r"designer-wear  .*\n.*clauses.*(\n.*)*Which one", "./nowhere")
    typed.answer(r"There is no rulebook ./nowhere(.*\n.*)*Which one", "./corner")
    typed.answer("In force from which day", "2026-01-01")
    typed.answer("file of products", "")
    typed.answer("file of members", "")
    typed.answer("file of past sales", "")
    typed.answer("Found it so", "")
    typed.answer("Password", "short")
    typed.answer("Once more", "short")
    typed.answer("Password", "shenlingyi-2026")
    typed.answer("Once more", "shenlingyi-2026")
    typed.answer("may not repeat one or two characters(.*\n.*)*Password", PASSWORD)
    typed.answer("Once more", PASSWORD)
    code, seen = typed.end()
    assert code == 0, seen
    assert "✓ Corner Books (CB), 1 shop" in seen
    assert PASSWORD not in seen
    assert opens("shenlingyi")
    shop = Node.objects.get(kind="shop")
    assert (shop.code, shop.parent and shop.parent.code) == ("HB", "E")
