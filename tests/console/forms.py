"""The till's form as a browser would post it, and what its answer says."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.http import HttpResponse
from django.test import Client

PART = {"HX-Request": "true"}
FIELD = re.compile(r"<input[^>]*>")
ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')


def text_of(answer: HttpResponse) -> str:
    """What a reader sees: tags away, blanks made one."""
    body = re.sub(r"<(script|style|svg).*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", re.sub(r"</(td|li|dt|dd|div|span|p|h2|b)>", " ", body))))


def form_of(answer: HttpResponse) -> dict[str, list[str]]:
    """Fields of an answer that would be posted again: hidden, text, chosen; the select boxes' chosen options."""
    page, form = answer.content.decode(), {}
    for tag in FIELD.findall(page):
        told = dict(ATTRIBUTE.findall(tag))
        if "name" not in told or "disabled" in tag or told["name"] in {"scan", "q", "csrfmiddlewaretoken"}:
            continue
        if told.get("type") in {"radio", "checkbox"} and " checked" not in tag:
            continue
        form.setdefault(told["name"], []).append(unescape(told.get("value", "")))
    for name, options in re.findall(r'<select name="([a-z_]+)".*?>(.*?)</select>', page, flags=re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        form[name] = [unescape(chosen.group(1))] if chosen else []
    return form


class Till:
    """A till at work: every answer's form is what is posted next."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.answer: Any = client.get("/till/", headers=PART)

    @property
    def form(self) -> dict[str, list[str]]:
        return form_of(self.answer)

    @property
    def text(self) -> str:
        return text_of(self.answer)

    def quote(self, **more: Any) -> Till:
        """Change what is named and have it quoted."""
        self.answer = self.client.post("/till/quote", {**self.form, **more}, headers=PART)
        assert self.answer.status_code == 200
        return self

    def scan(self, *texts: str) -> Till:
        return self.quote(scan=list(texts))

    def post(self, where: str, **more: Any) -> Till:
        self.answer = self.client.post(where, {**self.form, **more}, headers=PART)
        assert self.answer.status_code == 200
        return self

    def pay(self, **more: Any) -> Till:
        return self.post("/till/sale", **more)

    @property
    def due(self) -> int:
        return int(self.form["expected"][0])
