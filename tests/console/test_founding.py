"""Founding in the browser: who may, what is kept between the steps, and that nothing is ever half there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from huiguan.foundation.errands import run_errand
from huiguan.foundation.models import AuditEntry
from huiguan.founding import proofs
from huiguan.founding.claims import new_code
from huiguan.founding.draft import Draft
from huiguan.identity.models import Node, Staff
from huiguan.kernel.actors import system
from huiguan.programme import queries as programmes
from huiguan.programme.models import Programme, Version
from huiguan.rules.shelf import source_of
from tests.cli.corner import EXAMPLES, corner
from tests.console.forms import text_of
from tests.console.world import found_world, signed_in

pytestmark = pytest.mark.django_db
HOUSE = {
    "name": "街角书店/Corner Books", "code": "CB", "regions.name": ["华东/East", ""], "regions.code": ["EAST", ""],
    "shops.name": ["湖滨店", "西溪店", ""], "shops.code": ["HB", "", ""], "shops.region": ["EAST", "", ""],
}  # fmt: skip
OWNER = {"name": "沈令仪", "username": "", "password": "lakeside books", "again": "lakeside books"}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.HUIGUAN_DATA = tmp_path
    settings.HUIGUAN_DEMO = False
    return tmp_path


@pytest.fixture
def browser(folder: Path) -> Client:
    """A browser that took the code up."""
    client = Client()
    answer = client.post("/setup/", {"code": new_code(folder)})
    assert (answer.status_code, answer["Location"]) == (302, "/setup/house")
    return client


def own_rulebook(client: Client, folder: Path, examples: str = EXAMPLES) -> Any:
    made = corner(folder / "brought", examples)
    files = {
        "rulebook": SimpleUploadedFile("my rules.yaml", (made / "rulebook.yaml").read_bytes()),
        "examples": [SimpleUploadedFile("../points.yaml", examples.encode())],
    }
    return client.post("/setup/rulebook/own", files)


def prove(folder: Path, failed: list[dict[str, Any]] | None = None, examples: int = 1) -> None:
    """As the worker keeps it once the examples are through; what they come to is the rehearsal's own test."""
    number = Draft.of(folder).errand
    assert number is not None

    def work(asked: Any, report: Any) -> dict[str, Any]:
        return {"digest": asked.given["digest"], "examples": examples, "failed": failed or []}

    run_errand(number, work)


def test_nobody_founds_without_the_code(folder: Path) -> None:
    client = Client()
    assert client.get("/")["Location"].startswith("/sign-in")
    assert client.get("/sign-in")["Location"] == "/setup/"
    assert "开通码" in client.get("/setup/").content.decode()
    for path in ("house", "rulebook", "rulebook/one-card/", "proof", "proof/state", "owner"):
        assert client.get(f"/setup/{path}")["Location"] == "/setup/", path
    for path, said in (("house", HOUSE), ("owner", OWNER), ("rulebook/own", {}), ("proof/aside", {})):
        assert client.post(f"/setup/{path}", said)["Location"] == "/setup/", path
    new_code(folder)
    assert client.post("/setup/", {"code": "AAAA-BBBB-CCCC-DDDD"}).status_code == 403
    assert not (folder / "founding.json").exists()


def test_a_second_browser_needs_a_code_of_its_own(browser: Client, folder: Path) -> None:
    other = Client()
    assert other.get("/setup/house")["Location"] == "/setup/"
    other.post("/setup/", {"code": new_code(folder)})
    assert other.get("/setup/house").status_code == 200
    assert browser.get("/setup/house")["Location"] == "/setup/"


def test_from_empty_to_signed_in(browser: Client, folder: Path) -> None:
    assert browser.post("/setup/house", HOUSE)["Location"] == "/setup/rulebook"
    assert own_rulebook(browser, folder)["Location"] == "/setup/proof"
    assert browser.get("/setup/owner")["Location"] == "/setup/proof"  # nothing is proved yet
    prove(folder)
    assert "1 例全部相符" in browser.get("/setup/proof/state").content.decode()
    assert "街角书店/Corner Books（CB）" in browser.get("/setup/owner").content.decode()
    assert Programme.objects.count() == 0
    answer = browser.post("/setup/owner", {**OWNER, "effective_from": "2026-01-01"})
    assert answer["Location"] == "/setup/onward"
    tree = [(node.kind, node.code, node.parent and node.parent.code) for node in Node.objects.order_by("pk")]
    assert tree == [("house", "CB", None), ("region", "EAST", "CB"), ("shop", "HB", "EAST"), ("shop", "XXD", "CB")]
    assert (Version.objects.count(), Staff.objects.get().username) == (1, "shenlingyi")
    assert AuditEntry.objects.filter(operation="found_house").count() == 1
    told = browser.get("/setup/onward").content.decode()
    assert "huiguan serve --lan" in told and "/import/?kind=products" in told
    assert 'href="/setup/onward"' in browser.get("/").content.decode()  # until somebody belongs to the house
    assert sorted(path.name for path in folder.iterdir() if path.name != "brought") == []
    assert browser.get("/setup/")["Location"] == "/" == browser.get("/setup/owner")["Location"]
    assert Client().get("/sign-in").status_code == 200
    assert Version.objects.get().published_by_name == "founding"  # what was done, not the command that does it too
    for language, who in (("zh-hans", "建馆"), ("en", "founding")):
        owner = signed_in(Programme.objects.get().pk, "shenlingyi")
        owner.cookies["huiguan_language"] = language
        for page in ("/rulebook/", "/rulebook/versions/"):
            told = text_of(owner.get(page))
            assert who in told and "huiguan init" not in told


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"password": "lakeside", "again": "lakeside "}, "密码：两次输入的不一样"),
        ({"password": "short", "again": "short"}, "密码：至少 8 个字"),
        ({"password": "password123", "again": "password123"}, "最常见"),
        ({"password": "shenlingyi 1", "again": "shenlingyi 1"}, "不能包含用户名"),
        ({"name": ""}, "店主"),
        ({"username": "沈"}, "用户名"),
        ({"effective_from": "one fine day"}, "生效日"),
    ],
)
def test_what_is_wrong_at_the_end_founds_nothing(
    browser: Client, folder: Path, change: dict[str, str], said: str
) -> None:
    browser.post("/setup/house", HOUSE)
    own_rulebook(browser, folder)
    prove(folder)
    answer = browser.post("/setup/owner", {**OWNER, **change})
    assert answer.status_code == 422 and said in answer.content.decode()
    assert (Programme.objects.count(), Node.objects.count(), Staff.objects.count()) == (0, 0, 0)
    assert OWNER["password"] not in (folder / "founding.json").read_text(encoding="utf-8")
    assert browser.post("/setup/owner", {**OWNER, "effective_from": ""})["Location"] == "/setup/onward"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": ""}, "机构的名称"),
        ({"name": " ", "code": ""}, "机构的名称"),
        ({"code": "C B"}, "机构的代码"),
        ({"shops.name": ["", "", ""], "shops.code": ["", "", ""]}, "门店：至少 1 项"),
        ({"shops.code": ["HB", "HB", ""]}, "第 2 家门店的代码"),
        ({"shops.region": ["WEST", "", ""]}, "第 1 家门店的大区"),
        ({"regions.code": ["CB", ""]}, "第 1 个大区的代码"),
    ],
)
def test_places_that_do_not_fit_are_told_and_kept_on_the_page(browser: Client, change: Any, said: str) -> None:
    answer = browser.post("/setup/house", {**HOUSE, **change})
    told = answer.content.decode()
    assert answer.status_code == 422 and said in told and ("湖滨店" in told or "shops.name" in change)
    assert browser.get("/setup/rulebook").status_code == 200
    assert browser.get("/setup/owner")["Location"] == "/setup/house"


def test_more_rows_are_given_without_losing_any(browser: Client) -> None:
    told = browser.post("/setup/house", {**HOUSE, "more": "shops"}).content.decode()
    assert (told.count('name="shops.name"'), told.count('name="regions.name"')) == (6, 1)
    assert 'value="西溪店"' in told


def test_a_template_with_figures_of_ones_own(browser: Client, folder: Path) -> None:
    browser.post("/setup/house", HOUSE)
    assert browser.post("/setup/rulebook/one-card/", {})["Location"] == "/setup/proof"
    assert Draft.of(folder).template is None  # as it stands: none of its examples may differ
    prove(
        folder, [{"file": "a", "line": 1, "clause": "B01-1", "says": "It says.", "text": {"zh": "不", "en": "no"}}], 3
    )
    assert "搁置" not in browser.get("/setup/proof").content.decode()
    assert browser.post("/setup/proof/aside")["Location"] == "/setup/proof"
    assert browser.get("/setup/owner")["Location"] == "/setup/proof"

    browser.post("/setup/rulebook/one-card/", {"title.zh": "街角会员章程"})
    kept = Draft.of(folder)
    assert kept.template == "one-card" and kept.answers["rulebook"] == str(folder / "founding")
    assert "街角会员章程" in browser.get("/setup/rulebook/one-card/").content.decode()
    prove(
        folder, [{"file": "a", "line": 1, "clause": "B01-1", "says": "It says.", "text": {"zh": "不", "en": "no"}}], 3
    )
    assert browser.get("/setup/owner")["Location"] == "/setup/proof"
    assert "搁置这 1 例" in browser.get("/setup/proof").content.decode()
    assert browser.post("/setup/proof/aside")["Location"] == "/setup/owner"
    assert browser.post("/setup/owner", OWNER)["Location"] == "/setup/onward"
    (version,) = programmes.versions(system(Programme.objects.get().pk))
    assert (version.proof.examples, version.proof.passed, version.proof.aside) == (2, 2, 1)


def test_another_rulebook_is_proved_anew(browser: Client, folder: Path) -> None:
    browser.post("/setup/house", HOUSE)
    own_rulebook(browser, folder)
    prove(folder)
    browser.post("/setup/rulebook/one-card/", {})
    assert browser.get("/setup/owner")["Location"] == "/setup/proof"
    assert proofs.run_of(Draft.of(folder)).state == "waiting"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "请选章程文件"),
        ({"rulebook": b"\xff\xfe"}, "UTF-8"),
        ({"rulebook": b"rulebook: x\n"}, "第 "),
        ({"rulebook": source_of("one-card")}, "至少要有一份例子"),
    ],
)
def test_a_file_that_is_no_rulebook_is_told_what_is_wrong(browser: Client, files: dict[str, bytes], said: str) -> None:
    browser.post("/setup/house", HOUSE)
    sent = {name: SimpleUploadedFile(f"{name}.yaml", data) for name, data in files.items()}
    answer = browser.post("/setup/rulebook/own", sent)
    assert answer.status_code == 422 and said in answer.content.decode()
    assert browser.get("/setup/owner")["Location"] == "/setup/rulebook"


def test_a_house_that_stands_and_a_demonstration_are_not_founded(folder: Path, settings: Any) -> None:
    settings.HUIGUAN_DEMO = True
    assert Client().get("/setup/")["Location"] == "/"
    found_world()
    settings.HUIGUAN_DEMO = False
    for path in ("", "house", "owner"):
        assert Client().get(f"/setup/{path}")["Location"] == "/"
