"""The rulebook's pages: its text, its clauses in sentences, its versions, its examples."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from huiguan.console.rulebook.reading import excerpt
from huiguan.programme import operations as programmes
from huiguan.programme.inputs import PublishRulebook
from huiguan.programme.values import Proof, digest_of
from huiguan.rules.compiling import compile_rulebook
from huiguan.rules.sentences import SENTENCES
from huiguan.rules.sentences.telling import terms
from huiguan.rules.shelf import shipped, source_of
from tests.console.errands import do_waiting
from tests.console.forms import text_of
from tests.console.world import OPENS, World, set_clock


def test_the_whole_text_by_chapters(world: World) -> None:
    page = world.client("zhouhe").get("/rulebook/")
    text = text_of(page)
    assert "设计师女装会员章程" in text and "自 2024 年 1 月 1 日 起施行" in text
    assert text.index("(三) 级别与权益") < text.index("(四) 积分制度") < text.index("(七) 资料保管")
    assert "实付每满 100 元得 2 分，不满 100 元的零头不计；1 分相当于 1 元。" in text
    assert len(re.findall(r'class="para"', page.content.decode())) == 50
    english = text_of(world.client("zhouhe", "en").get("/rulebook/"))
    assert "(4) Points" in english and "Every full 100 yuan you pay earns 2 points" in english


@pytest.mark.parametrize(
    ("sort", "count"), [("all", 50), ("acting", 33), ("gaps", 7), ("waiting", 16), ("nonsense", 50)]
)
def test_one_sort_of_clauses(world: World, sort: str, count: int) -> None:
    page = world.client("zhouhe").get(f"/rulebook/?show={sort}").content.decode()
    assert len(re.findall(r'class="para"', page)) == count


def test_a_clause_says_what_it_does(world: World) -> None:
    page = world.client("zhouhe").get("/rulebook/B55-13/")
    html, text = page.content.decode(), text_of(page)
    assert "第 (四)1 条" in text and "消费积分" in text
    assert "实付每满<mark>¥100.00</mark>得<mark>2</mark>积分" in re.sub(r" ?(<mark>|</mark>) ?", r"\1", html)
    assert "会员管理规定 三(四) 1" in text and "消费积分 · earn" in text
    assert "Only full hundreds earn, two points each." in text
    assert "per: 100.00" in html
    english = text_of(world.client("zhouhe", "en").get("/rulebook/B55-13/"))
    assert "Clause (4)1" in english and "Every full ¥100.00 paid adds 2 to the points" in english


def test_a_gap_and_a_room_that_is_waited_for(world: World) -> None:
    client = world.client("zhouhe")
    gap = text_of(client.get("/rulebook/B55-04/"))
    assert "补缺" in gap and "带底线的数是补上的默认值" in gap
    waits = text_of(client.get("/rulebook/B55-35/"))
    assert "等待回访" in waits and "不会自动执行" in waits and "这一条没有例证" in waits


def test_an_unknown_clause_or_version_is_refused(world: World) -> None:
    client = world.client("zhouhe")
    for address in ("/rulebook/B55-99/", "/rulebook/?version=9", "/rulebook/file/9"):
        assert client.get(address).status_code == 404


def test_versions_and_their_files(world: World) -> None:
    source = source_of("designer-wear").decode().replace("give: 2", "give: 3")
    given = PublishRulebook(source=source, effective_from="2027-03-01")
    programmes.publish_rulebook(actor=world.actor, at=OPENS, given=given, proof=Proof(digest_of(source), 2, 2, OPENS))
    client = world.client("zhouhe")
    text = text_of(client.get("/rulebook/"))
    assert "第 1 版" in text and "将行" in text and "现行" in text
    later = client.get("/rulebook/?version=2")
    assert "这一版还没有施行" in text_of(later)
    clause = client.get("/rulebook/B55-13/?version=2").content.decode()
    assert "<mark>3</mark>" in clause and 'href="/rulebook/B55-14/?version=2"' in clause
    file = client.get("/rulebook/file/2")
    assert file.content.decode() == source and file["Content-Type"].startswith("text/plain")


def test_the_examples_of_a_clause_run_again(world: World) -> None:
    client = world.client("zhouhe")
    assert client.post("/rulebook/B55-01/rehearsal").status_code == 302
    part = client.post("/rulebook/B55-01/rehearsal", headers={"HX-Request": "true"})
    assert "hx-get" in part.content.decode() and "重演……" in text_of(part)
    number = do_waiting()
    done = text_of(client.get(f"/rulebook/B55-01/rehearsal/{number}"))
    assert re.search(r"\d+ 例全部相符", done), done
    assert re.search(r"\d+ 例全部相符", text_of(client.get("/rulebook/B55-01/")))


@pytest.mark.parametrize("name", shipped())
def test_every_clause_that_is_told_is_told_whole(name: str) -> None:
    """In both languages, no placeholder left open. What has no sentence yet is shown as the file has it."""
    rulebook = compile_rulebook(source_of(name))
    for clause in rulebook.clauses.values():
        sentences = terms(rulebook, clause)
        for term in sentences:
            assert "{" not in term.text.fill("zh", **term.values) + term.text.fill("en", **term.values)
        if clause.waits_for is None and clause.kind != "statement":
            assert sentences, clause.id


def test_a_clause_without_a_sentence_is_shown_as_written(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(SENTENCES, "earn")
    text = text_of(world.client("zhouhe").get("/rulebook/B55-13/"))
    assert "怎样执行，照文件所写" in text and "per: 100.00" in text


def test_a_clause_as_the_file_has_it() -> None:
    source = "clauses:\n  - id: A-1\n    kind: earn\n\n  # next\n  - id: A-2\n    kind: earn\n"
    assert excerpt(source, 2) == "- id: A-1\n  kind: earn"
    assert excerpt(source, 6) == "- id: A-2\n  kind: earn"


def test_by_when_it_is_looked_through_again(world: World) -> None:
    owner = world.client("shenlingyi")
    assert "复查" not in text_of(owner.get("/rulebook/"))
    clause = (
        "  - {id: B55-99, kind: amendment, number: (七)9, title: {zh: 复查, en: Review}, text: {zh: 复查, en: Again},"
        " source: s, review: 1}\n"
    )
    source = source_of("designer-wear").decode() + clause
    given = PublishRulebook(source=source)
    programmes.publish_rulebook(actor=world.actor, at=OPENS, given=given, proof=Proof(digest_of(source), 2, 2, OPENS))
    assert "最迟 2027 年 1 月 11 日 复查" in text_of(owner.get("/rulebook/")) and "章程该复查了" in text_of(
        owner.get("/")
    )
    set_clock(OPENS + timedelta(days=32))
    assert "复查，已过期" in text_of(owner.get("/rulebook/"))
    assert "章程该复查了" not in text_of(world.client("zhouhe").get("/"))
