"""Whole pages: the gallery, the pages for errors, and the choices of language and light."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation

from huiguan.design.saying import say_on
from huiguan.design.values import Said
from huiguan.kernel.text import Text


@pytest.fixture
def demo(settings: object) -> None:
    settings.HUIGUAN_DEMO = True  # type: ignore[attr-defined]


def test_the_gallery_is_a_demo_thing(client: Client, settings: object) -> None:
    settings.HUIGUAN_DEMO = False  # type: ignore[attr-defined]
    settings.DEBUG = False  # type: ignore[attr-defined]
    assert client.get("/design/gallery").status_code == 404


def test_the_gallery_speaks_both_languages(client: Client, demo: None) -> None:
    chinese = client.get("/design/gallery", headers={"accept-language": "zh-hans"}).content.decode()
    english = client.get("/design/gallery", headers={"accept-language": "en"}).content.decode()
    assert '<html lang="zh-Hans">' in chinese
    assert "部件与状态" in chinese
    assert '<html lang="en">' in english
    assert "Parts and states" in english


def test_the_light_is_the_readers(client: Client, demo: None) -> None:
    for theme, attribute in [
        ("dark", ' data-theme="dark"'),
        ("light", ' data-theme="light"'),
        ("system", ""),
        ("x", ""),
    ]:
        client.cookies["huiguan_theme"] = theme
        page = client.get("/design/gallery", headers={"accept-language": "en"}).content.decode()
        assert f'<html lang="en"{attribute}>' in page


def test_choosing_is_kept_and_leads_back(client: Client) -> None:
    answer = client.post("/design/choices", {"language": "en", "next": "/members/?q=li"})
    assert (answer.status_code, answer["Location"]) == (302, "/members/?q=li")
    assert answer.cookies["huiguan_language"].value == "en"
    answer = client.post("/design/choices", {"theme": "dark"})
    assert answer["Location"] == "/"
    assert answer.cookies["huiguan_theme"].value == "dark"
    assert answer.cookies["huiguan_theme"]["samesite"] == "Lax"


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com/x", "javascript:alert(1)", "http:///x"])
def test_choosing_never_leads_out_of_the_house(client: Client, elsewhere: str) -> None:
    assert client.post("/design/choices", {"theme": "dark", "next": elsewhere})["Location"] == "/"


def test_what_is_not_offered_is_not_kept(client: Client) -> None:
    answer = client.post("/design/choices", {"language": "fr", "theme": "sepia"})
    assert list(answer.cookies) == []


def test_choosing_is_a_post(client: Client) -> None:
    assert client.get("/design/choices").status_code == 405


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "405", "500", "503"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_error_pages_stand_without_a_request(code: str, language: str) -> None:
    with translation.override(language):
        page = render_to_string(f"{code}.html", {})
    assert "<h1>" in page
    assert 'href="/"' in page or 'href=""' in page


def test_an_unknown_address_is_told_plainly(client: Client, settings: object) -> None:
    settings.DEBUG = False  # type: ignore[attr-defined]
    answer = client.get("/no-such-page", headers={"accept-language": "en"})
    assert answer.status_code == 404
    assert "There is no such page." in answer.content.decode()


def test_what_was_done_is_said_to_the_page_that_asked() -> None:
    said = Said(Text(zh="已挂单", en="Held"), Text(zh="取回", en="Take back"), "/till/held/3")
    with translation.override("en"):
        answer = say_on(HttpResponse(), said)
    assert answer["HX-Trigger"] == '{"said": {"text": "Held", "back": "Take back", "href": "/till/held/3"}}'


def test_what_is_said_is_text_in_a_script() -> None:
    """The strip sets text, so nothing is escaped twice on the way."""
    answer = say_on(HttpResponse(), Said("A & <b>"))
    assert '"text": "A & <b>"' in answer["HX-Trigger"]


def test_a_page_needs_no_session(rf: RequestFactory) -> None:
    request: HttpRequest = rf.get("/x")
    page = render_to_string("404.html", {}, request=request)
    assert 'value="/x"' in page


def test_an_unknown_host_name_is_told_where_it_has_to_stand(client: Client, capfd: pytest.CaptureFixture[str]) -> None:
    """And nothing of it stands in the log: anybody may ask by any name."""
    answer = client.get("/sign-in", headers={"host": "shop.example"})
    assert answer.status_code == 400
    assert "HUIGUAN_HOSTS" in answer.content.decode()
    assert capfd.readouterr().err == ""


def test_an_address_of_a_form_opened_by_itself_says_so(client: Client) -> None:
    page = client.get("/design/choices", headers={"Accept": "text/html"})
    assert page.status_code == 405
    assert page["Allow"] == "POST"
    assert "这一步要从表单里办" in page.content.decode()
    assert client.get("/design/choices", headers={"Accept": "application/json"}).content == b""
