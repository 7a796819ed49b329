"""From the poster to the certificate on a phone, with one return; a recommender by her link; a vote from a place in the
council."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from huiguan.cases import operations as cases
from huiguan.cases import queries
from huiguan.cases.inputs import AnswerInvitation, DecideMatter, InviteRecommender, OpenMatter
from huiguan.cli.demo.association.house import OWNER, found
from huiguan.cli.demo.association.people import credit_code, enrol, founders, phone
from huiguan.cli.demo.association.sheets import scan
from huiguan.cli.demo.guild import Association, seat_council
from huiguan.cli.demo.house import PASSWORD
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import read
from huiguan.programme.values import Proof, digest_of
from huiguan.rules.shelf import source_of
from tests.browsing import Visit, browser, visit
from tests.cases.world import moment
from tests.console.world import set_clock

__all__ = ["browser"]
pytestmark = pytest.mark.journey
JUDGED = {"sound": {"answer": True}, "repute": {"answer": True}}


@dataclass
class Hall:
    """The association, with its council seated, and a folder with papers to hand in."""

    house: Association
    papers: Path

    def decides(self, at: str, by: str, number: str, stage: str, verdict: str = "pass", **more: Any) -> None:
        given = read(DecideMatter, {"matter": number, "stage": stage, "verdict": verdict, **more})
        cases.decide_matter(actor=self.house.staff[by], at=moment(at), given=given)
        set_clock(moment(at))


@pytest.fixture
def hall(transactional_db: None, settings: Any, tmp_path: Path) -> Hall:
    settings.HUIGUAN_DEMO = True
    source, at = source_of("association").decode(), moment("2026-03-02 08:00")
    house = found(at, source, Proof(digest_of(source), 1, 1, at))
    seat_council(house, OWNER, enrol(house, founders()[:4], at, 0), at)
    for doc in ("form", "licence"):
        name, data = scan(doc)
        (tmp_path / name).write_bytes(data)
    set_clock(moment("2026-03-02 10:00"))
    return Hall(house, tmp_path)


def fit(seen: Visit) -> None:
    """Nothing runs over the edge of the narrowest phone, and everybody can use it."""
    assert (seen.sideways(), seen.barriers()) == (0, []), seen.page.url


def test_from_the_poster_to_the_certificate(browser: Browser, live_server: LiveServer, hall: Hall) -> None:
    with visit(browser, live_server.url, width=360, policy=False) as seen:
        page = seen.page
        number = begins(seen)
        fills_in(seen, number)
        hands_in_papers(seen, hall)
        page.get_by_label("签上您的姓名，即同意以上内容").fill("钱塘")
        page.get_by_role("button", name="签署").click()
        expect(page.locator(".said-here")).to_contain_text("签好了")
        fit(seen)
        page.get_by_role("link", name="下一步").click()
        fit(seen)
        page.get_by_role("button", name="提交申请").click()
        expect(page.locator(".what-next")).to_have_text("“初审”由会员部办理。")
        expect(page.locator(".next-up")).to_contain_text("还有 15 个工作日，周末和放假的日子不算")
        fit(seen)
        looked_at(browser, live_server, number)
        seen.go(f"/m/cy/apply/{number}/papers")
        expect(page.locator(".paper-lines > li").nth(1)).to_contain_text("看不清法定代表人一栏")
        hands_in_licence(seen, hall)
        seen.go(f"/m/cy/apply/{number}/")
        hall.decides(
            "2026-03-04 10:00", "linshuyun", number, "first_review", "return", reason="注册资本与执照不符，请更正。"
        )
        page.reload()
        expect(page.locator(".next-up")).to_contain_text("注册资本与执照不符，请更正。")
        fit(seen)
        page.get_by_role("link", name="去改").click()
        page.get_by_label("注册资本（万元）").fill("320")
        page.get_by_role("button", name="存下，下一步").click()
        page.wait_for_url("**/form/2")
        seen.go(f"/m/cy/apply/{number}/check")
        expect(page.locator(".changed-line")).to_have_text("注册资本（万元）300 320")
        page.get_by_role("button", name="改好了，再次提交").click()
        expect(page.locator("main")).to_contain_text("第 2 次提交改了什么")
        accepted(hall, number)
        page.reload()
        expect(page.locator(".whose .mark")).to_have_text("已通过")
        page.get_by_role("link", name="看证书").click()
        expect(page.locator("body")).to_contain_text("LA-")
        assert said_besides(seen) == []


def looked_at(browser: Browser, live_server: LiveServer, number: str) -> None:
    """The office looks at the papers beside the answers: one passes, one is not clear."""
    with visit(browser, live_server.url, policy=False) as desk:
        comes_in(desk)
        desk.go(f"/matters/{number}/")
        picture = desk.page.locator(".scan img")
        expect(picture).to_be_visible()
        assert picture.evaluate("each => each.naturalWidth") == 620
        expect(desk.page.locator(".scan output")).to_have_text("0° · 100%")
        upright = picture.bounding_box()
        desk.page.get_by_role("button", name="右转").click()
        turned = picture.bounding_box()
        assert upright and turned and (upright["width"] < upright["height"]) != (turned["width"] < turned["height"])
        desk.page.locator(".scan-pane").press("+")
        expect(desk.page.locator(".scan output")).to_have_text("90° · 150%")
        desk.page.get_by_role("button", name="还原").click()
        expect(desk.page.locator(".scan output")).to_have_text("0° · 100%")
        desk.page.get_by_role("button", name="这份通过").click()
        expect(desk.page.locator(".sheets h2")).to_have_text("营业执照")
        desk.page.get_by_label("退回、要说明时写原因，申请人看得到").fill("看不清法定代表人一栏")
        desk.page.get_by_role("button", name="要说明").click()
        expect(desk.page.locator(".sheet-tabs")).to_contain_text("要说明")
        assert (desk.sideways(), desk.barriers(), desk.complaints) == (0, [], [])


def said_besides(seen: Visit) -> list[str]:
    """What the browser complained of, besides forms that were refused as they should be."""
    return [each for each in seen.complaints if "422" not in each]


def begins(seen: Visit) -> str:
    """What it takes is read, the rules on data are agreed to, number and code are told."""
    page = seen.page
    seen.go("/m/cy/apply/")
    fit(seen)
    page.get_by_role("link", name="入会申请").click()
    expect(page.locator(".course li").first).to_contain_text("会员部 · 15 个工作日")
    fit(seen)
    page.check("#consent_privacy")
    page.get_by_role("button", name="开始填写").click()
    number = page.locator(".digits").first.inner_text()
    fit(seen)
    page.get_by_role("link", name="记下了，开始填").click()
    page.wait_for_url(f"**/{number}/form/1")
    return number


def fills_in(seen: Visit, number: str) -> None:
    """Two screens; a wrong code is said beside it and all the rest is kept, a lost page brings everything back."""
    page = seen.page
    page.get_by_label("名称").fill("清泉茶业有限公司")
    page.get_by_label("统一社会信用代码").fill("9133")
    page.get_by_label("法定代表人").fill("钱塘")
    page.get_by_label("注册资本（万元）").fill("300")
    page.get_by_role("button", name="存下，下一步").click()
    expect(page.locator(".refusal").first).to_contain_text("有 1 处要改，其余已存下")
    fit(seen)
    page.get_by_label("统一社会信用代码").fill(credit_code(77))
    page.get_by_role("button", name="存下，下一步").click()
    page.wait_for_url("**/form/2")
    page.get_by_label("联系人").fill("周禾")
    page.get_by_label("联系电话").fill(phone(777))
    with page.expect_response("**/form/2/draft"):
        page.get_by_label("电子邮箱").fill("zhou@example.com")
    page.evaluate("sessionStorage.clear()")
    page.reload()
    expect(page.get_by_label("电子邮箱")).to_have_value("zhou@example.com")
    page.get_by_label("简介").fill("茶园三百亩，制茶卖茶二十年")
    fit(seen)
    page.get_by_role("button", name="存下，下一步").click()
    page.wait_for_url("**/papers")


def hands_in_papers(seen: Visit, hall: Hall) -> None:
    """The template is there, an unstamped form is not enough, the licence takes its number."""
    page = seen.page
    fit(seen)
    form = page.locator(".paper-lines > li").first
    form.locator("summary").click()
    expect(form.get_by_role("link", name="下载模板")).to_be_visible()
    form.locator("input[type=file]").set_input_files(hall.papers / "入会申请表.jpg")
    form.get_by_role("button", name="交这一份").click()
    expect(form.locator(".mark").first).to_have_text("请补")
    form.locator("summary").click()
    form.locator("select").select_option(label="入会申请表.jpg")
    form.locator("input[type=file]").set_input_files(hall.papers / "入会申请表.jpg")
    form.get_by_label("已盖公章").check()
    form.get_by_role("button", name="交这一份").click()
    expect(form.locator(".mark").first).to_have_text("齐")
    hands_in_licence(seen, hall)
    fit(seen)
    page.get_by_role("link", name="下一步").click()


def hands_in_licence(seen: Visit, hall: Hall) -> None:
    """The licence with its number; in place of one that was not clear."""
    licence = seen.page.locator(".paper-lines > li").nth(1)
    licence.locator("summary").click()
    licence.locator("input[type=file]").set_input_files(hall.papers / "营业执照.jpg")
    licence.get_by_label("证件编号").fill(credit_code(77))
    licence.get_by_role("button", name="交这一份").click()
    expect(seen.page.locator(".ruled-h").first).to_contain_text("齐了")


def accepted(hall: Hall, number: str) -> None:
    """Reviewed, decided by two, a week on notice, fetched."""
    hall.decides("2026-03-05 10:00", "linshuyun", number, "first_review")
    for each in ("shenyan", "taoran"):
        hall.decides("2026-03-06 10:00", each, number, "committee", judged=JUDGED)
    hall.decides("2026-03-16 10:00", "gaoyuan", number, "collection")


def test_a_recommender_answers_by_her_link_and_the_council_votes_on_the_phone(
    browser: Browser, live_server: LiveServer, hall: Hall
) -> None:
    house = hall.house
    guest, office = house.guest, house.staff["linshuyun"]
    asked = {"procedure": "lecturer", "submit": True, "form": {"name": "唐采薇", "subject": "茶叶审评"}}
    made = cases.open_matter(actor=guest, at=moment("2026-03-02 09:00"), given=read(OpenMatter, asked))
    with (
        visit(browser, live_server.url, width=360, policy=False) as seen,
        visit(browser, live_server.url, width=390, theme="dark", language="en", policy=False) as other,
        visit(browser, live_server.url) as desk,
    ):
        asks_for_a_word(seen, made.number, made.code or "")
        link = link_of(desk, made.number)
        other.go(link.removeprefix(live_server.url))
        fit(other)
        page = other.page
        expect(page.locator("main")).to_contain_text("唐采薇 is in the middle of")
        page.locator(".seg label").first.click()
        page.get_by_label("Why").fill("审评经验丰富")
        page.get_by_role("button", name="Answer").click()
        expect(page.locator(".note.gain")).to_contain_text("You recommend.")
        fit(other)
        answered_besides(office, guest, made.number)
        judged = {"knowledge": {"points": 50}, "speech": {"points": 30}}
        hall.decides("2026-03-03 10:00", "linshuyun", made.number, "interview", judged=judged)
        votes_from_her_place(seen, hall, made.number)
        assert [said_besides(each) for each in (seen, other, desk)] == [[], [], []]


def asks_for_a_word(seen: Visit, number: str, code: str) -> None:
    """The applicant comes back by her link, names a recommender, and is told no link."""
    page = seen.page
    seen.go(f"/m/cy/apply/resume?matter={number}#{code}")
    expect(page.locator("#code")).to_have_value(code)  # filled in; a link by itself lets nobody in
    page.get_by_role("button", name="进去").click()
    page.wait_for_url(f"**/apply/{number}/")
    page.get_by_label("推荐人姓名").fill("何山")
    page.get_by_label("推荐人的手机或邮箱").fill("13800000066")
    page.get_by_role("button", name="请此人推荐").click()
    expect(page.locator("main")).to_contain_text("138****0066 · 等回复")
    assert "recommend/" not in page.content()
    fit(seen)


def link_of(desk: Visit, number: str) -> str:
    """The office makes the link, which is shown once."""
    comes_in(desk)
    desk.go(f"/matters/{number}/")
    desk.page.get_by_role("button", name="生成链接").click()
    expect(desk.page.locator("#recommenders ~ .note")).to_contain_text("13800000066")  # to hand the link on
    return desk.page.locator(".link-told").inner_text()


def comes_in(desk: Visit) -> None:
    desk.go("/sign-in")
    desk.page.fill("#username", "linshuyun")
    desk.page.fill("#password", PASSWORD)
    desk.press("Enter")
    desk.page.wait_for_url("**/")


def answered_besides(office: Actor, guest: Actor, number: str) -> None:
    at = moment("2026-03-02 12:00")
    given = InviteRecommender(matter=number, name="云栖茶业有限公司")
    token = cases.invite_recommender(actor=office, at=at, given=given).token or ""
    answer = AnswerInvitation(token=token, recommends=True, words="讲过课")
    cases.answer_invitation(actor=guest, at=at, given=answer)


def votes_from_her_place(seen: Visit, hall: Hall, number: str) -> None:
    """A founder who sits in the council comes in by her phone and votes from afar."""
    page: Page = seen.page
    signs_in(seen, phone(0))
    seen.go("/m/cy/me/")
    page.get_by_role("link", name="待您表决 1 件").click()
    fit(seen)
    page.get_by_role("link", name="唐采薇").click()
    expect(page.locator(".next-up")).to_contain_text("0 / 5 席已表决，3 票赞成即通过")
    fit(seen)
    page.locator(".seg label").first.click()
    page.get_by_label("我没有到会").check()
    page.get_by_role("button", name="投票").click()
    expect(page.locator(".refusal")).to_contain_text("须写明本人的书面同意")
    page.locator(".seg label").first.click()
    page.get_by_label("我没有到会").check()
    page.get_by_label("不到会的，写明书面同意（文号或原话）").fill("短信同意")
    page.get_by_role("button", name="投票").click()
    expect(page.locator(".what-next")).to_have_text("您已表决：赞成")
    fit(seen)
    assert queries.worklist(hall.house.councillors[2], moment("2026-03-03 10:00")).lines == ()


def signs_in(seen: Visit, mobile: str) -> None:
    seen.go("/m/cy/sign-in")
    seen.page.fill("#phone", mobile)
    seen.press("Enter")
    seen.page.fill("#code", seen.page.locator(".digits").inner_text())
    seen.page.wait_for_url("**/m/cy/")
