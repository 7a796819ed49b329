"""A draft in forms: its clauses filled in, what they mean, the file, and the preview."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from huiguan.console.acting import Acting
from huiguan.console.authoring.clauses import clause_form, untouched
from huiguan.console.authoring.drafting import Opened
from huiguan.console.authoring.drafting import opened as draft_opened
from huiguan.kernel.text import Text
from huiguan.programme import operations as programmes
from huiguan.programme import queries
from huiguan.programme.inputs import OpenDraft, SaveDraft
from huiguan.programme.values import DraftProved, Proof
from huiguan.rules.editing import clause_in
from huiguan.rules.shelf import source_of
from tests.console.forms import PART, form_of, text_of
from tests.console.world import OPENS, World

FORM, EARN = "/rulebook/drafts/1/form/", "/rulebook/drafts/1/clauses/B55-13/"
SOURCE = source_of("designer-wear").decode()
OWNER = "shenlingyi"


@pytest.fixture
def draft(world: World) -> World:
    programmes.open_draft(actor=world.actor, at=OPENS, given=OpenDraft(title="积分改三分"))
    return world


def drafting_opened(world: World) -> Opened:
    nobody = Text(zh="", en="")
    return draft_opened(Acting(world.actor, OPENS, nobody, nobody, session=None), 1)


def saved(world: World) -> str:
    return queries.draft(world.actor, 1).source


def sent(world: World, address: str, language: str = "zh-hans", **changes: str | None) -> dict[str, list[str]]:
    """A clause's form as a browser would send it, with some fields otherwise; None for a box unticked."""
    answer = world.client(OWNER, language).get(address)
    fields = form_of(answer)
    page = answer.content.decode()
    for name, options in re.findall(
        r'<select class="blank pick"[^>]*name="([^"]+)".*?>(.*?)</select>', page, re.DOTALL
    ):
        chosen = re.search(r'value="([^"]*)" selected', options)
        fields[name] = [chosen.group(1) if chosen else ""]
    for name, words in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', page, re.DOTALL):
        fields[name] = [words]
    for name, value in changes.items():
        name = name.replace("__", ".")
        if value is None:
            fields.pop(name, None)
        else:
            fields[name] = [value]
    return fields


def test_the_whole_draft_as_sentences(draft: World) -> None:
    text = text_of(draft.client(OWNER).get(FORM))
    assert "草案 1" in text and "还没有改动" in text
    assert re.sub(r"\s", "", "实付每满 ¥100.00 得 2 积分，按整单计") in re.sub(r"\s", "", text)
    english = text_of(draft.client(OWNER, "en").get(FORM))
    assert "Nothing changed yet" in english and "Add it and fill it in" in english


def test_a_clause_sent_back_as_it_came_changes_nothing(draft: World) -> None:
    client = draft.client(OWNER)
    for clause in ("B55-02", "B55-04", "B55-10", "B55-13", "B55-14", "B55-19", "B55-25", "B55-41"):
        address = f"/rulebook/drafts/1/clauses/{clause}/"
        assert client.post(address, sent(draft, address)).status_code == 302
        assert saved(draft) == SOURCE, clause
    assert queries.draft(draft.actor, 1).revision == 1


def test_a_changed_rate_changes_its_line_and_the_members_text(draft: World) -> None:
    client = draft.client(OWNER)
    answer = client.post(EARN, sent(draft, EARN, p__give="3"))
    assert answer.status_code == 302 and answer["Location"] == EARN
    went = [line for line in SOURCE.splitlines() if line not in saved(draft).splitlines()]
    came = [line for line in saved(draft).splitlines() if line not in SOURCE.splitlines()]
    assert went == [
        "      zh: 实付每满 100 元得 2 分，不满 100 元的零头不计；1 分相当于 1 元。",
        "      en: Every full 100 yuan you pay earns 2 points, and the remainder earns none. A point stands for one yuan.",
        "    give: 2",
    ]
    assert came == [
        "      zh: 实付每满 100 元得 3 分，不满 100 元的零头不计；1 分相当于 1 元。",
        "      en: Every full 100 yuan you pay earns 3 points, and the remainder earns none. A point stands for one yuan.",
        "    give: 3",
    ]
    page = client.get(EARN).content.decode()
    assert "<del>2</del><ins>3</ins> 分" in page
    assert "改了 1 条" in text_of(client.get(FORM)) and "已改" in text_of(client.get(FORM))


def test_while_somebody_types(draft: World) -> None:
    client = draft.client(OWNER)
    part = client.post(f"{EARN}check", sent(draft, EARN, p__give="3"), headers=PART)
    html, text = part.content.decode(), text_of(part)
    assert "<del>2</del><ins>3</ins>" in html and 'hx-swap-oob="innerHTML"' in html
    # 950.00 fills nine hundreds: 18 points before, 27 now.
    assert "18 积分" in text and "27 积分" in text and "合 ¥27.00" in text
    assert saved(draft) == SOURCE
    unwise = text_of(client.post(f"{EARN}check", sent(draft, EARN, p__give="50"), headers=PART))
    assert "每付 ¥100.00 返 ¥50.00，合 50%，返还过半" in unwise and "可以发布，但请先看" in unwise
    wrong = client.post(f"{EARN}check", sent(draft, EARN, p__give="二", p__per=""), headers=PART)
    html = wrong.content.decode()
    assert re.search(r'id="e-p-give" hx-swap-oob="true">.*?须为整数', html)
    assert re.search(r'id="e-p-per" hx-swap-oob="true">.*?这里要填', html)
    assert "改好之前不能发布" in text_of(wrong) and "得 2 分" in text_of(wrong)


def test_what_somebody_wrote_herself_is_not_written_over(draft: World) -> None:
    client = draft.client(OWNER)
    client.post(EARN, sent(draft, EARN, p__give="3", **{"text.zh": "满百得三分。"}))
    text = clause_in(saved(draft), "B55-13")["text"]
    assert text["zh"] == "满百得三分。" and "earns 3 points" in text["en"]


def test_half_filled_is_saved_and_nothing_is_lost(draft: World) -> None:
    client = draft.client(OWNER)
    assert client.post(EARN, sent(draft, EARN, p__give="许多")).status_code == 302
    again = client.get(EARN)
    assert 'value="许多"' in again.content.decode() and 'aria-invalid="true"' in again.content.decode()
    assert "不能发布" in text_of(client.get(FORM))


def test_conditions_and_rows(draft: World) -> None:
    client = draft.client(OWNER)
    client.post(EARN, sent(draft, EARN, **{"on.0": "1", "p.tier": "diamond_card"}))
    assert clause_in(saved(draft), "B55-13")["tier"] == "diamond_card"
    steps = "/rulebook/drafts/1/clauses/B55-03/"
    more = client.post(steps, sent(draft, steps, do="add:promote"))
    assert more.status_code == 200 and 'name="p.promote.1.reach"' in more.content.decode()
    assert "promote" in clause_in(saved(draft), "B55-03") and len(clause_in(saved(draft), "B55-03")["promote"]) == 1
    gone = client.post(steps, sent(draft, steps, do="drop:promote:0"))
    assert 'name="p.promote.0.reach"' not in gone.content.decode()
    for nonsense in ("drop:promote:9", "up:nothing:1", "drop:", "add:kind", "xyz"):
        assert client.post(steps, sent(draft, steps, do=nonsense)).status_code == 200


def test_two_who_write_at_once(draft: World) -> None:
    """In different clauses both are kept; in one clause the later one is told, and what she typed stays."""
    client = draft.client(OWNER)
    first, second = sent(draft, EARN, p__give="3"), sent(draft, EARN, p__give="4")
    other = sent(draft, "/rulebook/drafts/1/clauses/B55-19/", **{"p.times": "2"})
    assert client.post(EARN, first).status_code == 302
    assert client.post("/rulebook/drafts/1/clauses/B55-19/", other).status_code == 302
    refused = client.post(EARN, second)
    assert refused.status_code == 409 and 'value="4"' in refused.content.decode()
    assert clause_in(saved(draft), "B55-13")["give"] == 3 and clause_in(saved(draft), "B55-19")["times"] == 2
    assert form_of(refused)["revision"] == ["1"], "sent again as it stands it is refused again"
    row = client.post(EARN, second | {"do": "up:nothing:1"})
    assert form_of(row)["revision"] == ["1"], "nor does another row make it newer"


def test_a_clause_comes_goes_and_comes_back(draft: World) -> None:
    client = draft.client(OWNER)
    made = client.post(FORM, {"do": "new", "kind": "multiplier", "after": "B55-17"})
    assert made["Location"] == "/rulebook/drafts/1/clauses/B55-51/"
    assert "这里要填" in text_of(client.get(made["Location"]))
    client.post(made["Location"], sent(draft, made["Location"], on__0="1", p__on="birthday", p__times="2"))
    assert str(clause_in(saved(draft), "B55-51")["times"]) == "2"  # a rate, as one writes it
    client.post(FORM, {"do": "remove:B55-51"})
    assert saved(draft) == SOURCE
    client.post(FORM, {"do": "remove:B55-21"})
    assert "B55-21" not in saved(draft) and "先抵分后打折" in text_of(client.get(FORM))
    client.post(FORM, {"do": "restore:B55-21"})
    assert saved(draft) == SOURCE
    for wrong in ({"do": "new", "kind": "magic", "after": "B55-17"}, {"do": "new", "kind": "earn", "after": "X-1"}):
        assert client.post(FORM, wrong).status_code == 422


def test_the_file_itself(draft: World) -> None:
    client, address = draft.client(OWNER), "/rulebook/drafts/1/source/"
    assert "per: 100.00" in client.get(address).content.decode()
    damaged = SOURCE.replace("per: 100.00", "per: [100.00")
    part = text_of(client.post(f"{address}check", {"source": damaged, "revision": "1"}, headers=PART))
    assert "第" in part and "不合 YAML" in part
    assert client.post(address, {"source": damaged, "revision": "1"}).status_code == 302
    assert "表单读不了" in text_of(client.get(FORM)) and client.get(EARN).status_code == 404
    assert "写坏了" in text_of(client.get("/rulebook/drafts/1/preview/"))
    late = client.post(address, {"source": SOURCE, "revision": "1"})
    assert late.status_code == 409 and "per: 100.00" in late.content.decode()
    assert form_of(late)["revision"] == ["1"], "sent again as it stands it is refused again"
    assert saved(draft) == damaged
    assert client.post(address, {"source": SOURCE.replace("\n", "\r\n"), "revision": "2"}).status_code == 302
    assert saved(draft) == SOURCE


def test_a_file_edited_by_hand_shows_in_the_form(draft: World) -> None:
    by_hand = SOURCE.replace("    give: 2\n", "    give: 5  # 周年\n")
    given = SaveDraft(draft=1, revision=1, source=by_hand)
    programmes.save_draft(actor=draft.actor, at=OPENS, given=given)
    assert re.search(r'name="p.give" value="5"', draft.client(OWNER).get(EARN).content.decode())
    draft.client(OWNER).post(EARN, sent(draft, EARN, p__give="6"))
    assert "    give: 6  # 周年\n" in saved(draft)


def test_the_preview_in_both_languages(draft: World) -> None:
    text = text_of(draft.client(OWNER).get("/rulebook/drafts/1/preview/"))
    assert "设计师女装会员章程" in text and "Designer Wear Membership" in text and "A point stands for one yuan" in text


def test_how_the_examples_came_out(draft: World) -> None:
    """Known where the draft as saved was proved; a later word makes them unknown again."""
    client = draft.client(OWNER)
    assert "不符" not in text_of(client.get(EARN))
    before = queries.draft(draft.actor, 1)
    proof = Proof(before.digest, 294, 293, OPENS)
    says = "Only full hundreds earn, two points each."
    told = ({"file": "", "line": 1, "clause": "B55-13", "says": says, "text": "得 2 分，例证写的是 3 分", "aside": ""},)
    known = DraftProved(proof, before.examples_digest, told, "沈令仪")
    opened = replace(drafting_opened(draft), draft=replace(before, proof=known))
    rows = clause_form(opened, "B55-13", untouched(opened, "B55-13")).examples
    assert [row.passed for row in rows].count(False) == 1 and rows[0].message == "得 2 分，例证写的是 3 分"
    assert all(row.passed for row in rows[1:])


def test_who_may(draft: World) -> None:
    clerk = draft.client("zhouhe")
    for address in (FORM, EARN, "/rulebook/drafts/1/source/"):
        assert clerk.get(address).status_code == 403
    for address in ("/rulebook/drafts/9/form/", "/rulebook/drafts/1/clauses/B55-99/"):
        assert draft.client(OWNER).get(address).status_code == 404


def test_the_gallery_of_templates(world: World) -> None:
    text = text_of(world.client(OWNER).get("/rulebook/templates/"))
    for title in ("设计师女装会员章程", "手机号会员章程", "服装VIP卡章程", "超市会员卡章程"):
        assert title in text, title
    # 950.00 paid of a thousand, nine full hundreds.
    assert "¥950.00" in text and "18 积分" in text
    # Where nothing is sold, no sale is shown: who belongs and how one comes in.
    _, _, houses = text.rpartition("协会与组织")
    assert "入会经过：初审 → 委员会审定 → 公示 → 领取会员证" in houses and "¥1,000" not in houses
    assert "Start from this" in text_of(world.client("zhouhe", "en").get("/rulebook/templates/"))
    assert world.client("zhouhe").get("/rulebook/templates/designer-wear/").status_code == 403
    assert world.client(OWNER).get("/rulebook/templates/nothing/").status_code == 404


def test_a_draft_begun_from_a_template(world: World) -> None:
    client, address = world.client(OWNER), "/rulebook/templates/designer-wear/"
    same = client.post(address, sent(world, address))
    assert same["Location"] == "/rulebook/drafts/1/form/" and saved(world) == SOURCE
    given = {"title.zh": "澹宁会员章程", "name": "danning", "shops": "HB、S2", "B55-13~p.give": "1",
             "B55-03~p.promote.0.reach": "8000", "B55-04~p.rates.1.value": "8.8"}  # fmt: skip
    assert client.post(address, sent(world, address, **given)).status_code == 302
    source = queries.draft(world.actor, 2).source
    came = [line for line in source.splitlines() if line not in SOURCE.splitlines()]
    assert came == [
        "rulebook: danning",
        "title: {zh: 澹宁会员章程, en: Designer Wear Membership}",
        "    shops: [HB, S2]",
        "      zh: 最近六个月累计消费达到 8,000 元，自动升为钻卡会员，无须申请。",
        "      en: Once your spending over the last six months reaches 8,000 yuan you become a diamond-card member, without applying.",
        "      - {since: points_card, to: diamond_card, measure: spend, reach: 8000.00, months: 6}",
        "      zh: 积分卡会员打 9.5 折，钻卡会员打 8.8 折；生日特别折扣为 8 折。一单只享受一种折扣。",
        "      en: Points card 5% off, diamond card 12% off, birthday special 20% off. One discount applies to a purchase.",
        "      member: {points_card: 0.95, diamond_card: 0.88}",
        "      zh: 实付每满 100 元得 1 分，不满 100 元的零头不计；1 分相当于 1 元。",
        "      en: Every full 100 yuan you pay earns 1 points, and the remainder earns none. A point stands for one yuan.",
        "    give: 1",
    ]
    wrong = client.post(address, sent(world, address, **{"B55-13~p.give": "许多"}))
    assert wrong.status_code == 422 and 'value="许多"' in wrong.content.decode()
    assert client.post(address, sent(world, address, name="Not A Name")).status_code == 422


def test_a_figure_in_the_title_follows_as_the_text_does(draft: World) -> None:
    client = draft.client(OWNER)
    client.post("/rulebook/templates/apparel-cards/", sent(draft, "/rulebook/templates/apparel-cards/"))
    clause = "/rulebook/drafts/2/clauses/B25-22/"
    assert "<title>第 五1 条" in client.get(clause).content.decode()
    assert client.post(clause, sent(draft, clause, **{"p.per": "30"})).status_code == 302
    source = queries.draft(draft.actor, 2).source
    assert 'title: {zh: 普通卡 30 元一分, en: "Ordinary card, a point for 30 yuan"}' in source
    assert client.post(clause, sent(draft, clause, **{"p.per": "25", "title.zh": "老规矩"})).status_code == 302
    assert 'title: {zh: 老规矩, en: "Ordinary card, a point for 25 yuan"}' in queries.draft(draft.actor, 2).source
