"""Which rulebook the house begins with: a shipped one with its open figures filled in, or one's own file."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET, require_http_methods

from huiguan.console.authoring.gallery import begin_page, shelves, source_begun
from huiguan.console.founding.standing import PROOF, RULEBOOK, founding, page, told
from huiguan.design.values import Refused
from huiguan.foundation import clock
from huiguan.founding.draft import Draft
from huiguan.founding.proofs import ask_proof
from huiguan.founding.rulebooks import choice_of
from huiguan.kernel.refusals import InvalidInput, Refusal
from huiguan.kernel.text import Text
from huiguan.rules.compiling import RulebookRefused, compile_rulebook
from huiguan.rules.sentences.wheres import COMPARISONS
from huiguan.rules.shelf import shelf, shipped, source_of

_MOST = 2 * 1024 * 1024
_NO_FILE = Text(zh="请选章程文件", en="choose the rulebook's file")
_NO_EXAMPLES = Text(
    zh="至少要有一份例子：没有例子，就没有例证，不能发布",
    en="takes at least one file of examples: without them nothing is proved, and nothing published",
)
_TOO_LARGE = Text(zh="文件太大", en="is too large")
_NOT_TEXT = Text(zh="不是 UTF-8 文本", en="is no UTF-8 text")


@require_GET
@founding
def gallery(request: HttpRequest, draft: Draft) -> HttpResponse:
    """The shipped rulebooks, as cards, and the way to one's own."""
    return _gallery(request, draft)


def _gallery(request: HttpRequest, draft: Draft, refused: Refused | None = None, status: int = 200) -> HttpResponse:
    shown: dict[str, Any] = {
        "shelves": shelves(clock.now(), f"{RULEBOOK}/"),
        "refused": refused,
        "most": _MOST // 1024 // 1024,
    }
    return page(request, draft, RULEBOOK, "console/founding/rulebook.html", status, **shown)


@require_http_methods(["GET", "POST"])
@founding
def template(request: HttpRequest, draft: Draft, template: str) -> HttpResponse:
    """A shipped rulebook's few questions; a POST keeps the answers and has the examples run."""
    context: dict[str, Any] = {"comparisons": COMPARISONS, "errors": {}}
    if template not in shipped():
        return HttpResponseRedirect(RULEBOOK)
    if request.method == "GET":
        shown = begin_page(clock.now(), template, source=_kept(draft, template), drafts=False)
        return page(request, draft, RULEBOOK, "console/founding/template.html", page=shown, **context)
    posted = {name: [str(each) for each in values] for name, values in request.POST.lists()}
    try:
        _choose(draft, template, source_begun(template, posted))
    except Refusal as refusal:
        shown = begin_page(clock.now(), template, posted, told(refusal), drafts=False)
        return page(request, draft, RULEBOOK, "console/founding/template.html", refusal.status, page=shown, **context)
    return HttpResponseRedirect(PROOF)


def _kept(draft: Draft, template: str) -> str | None:
    """The template as its questions were answered before."""
    return choice_of(draft.answers["rulebook"]).source if draft.template == template else None


def _choose(draft: Draft, template: str, source: str) -> None:
    """Keep a shipped rulebook as it stands, or with the figures that were filled in."""
    if source == source_of(template).decode():
        draft.template, draft.answers["rulebook"] = None, template
    else:
        draft.lay_down(source, shelf() / template / "examples")
        draft.template = template
    ask_proof(draft, clock.now())


@require_http_methods(["POST"])
@founding
def own(request: HttpRequest, draft: Draft) -> HttpResponse:
    """A rulebook of one's own, with its examples."""
    try:
        source = _text(request.FILES.get("rulebook"), "rulebook")
        compile_rulebook(source)
        examples = {_named(each): _text(each, "examples") for each in request.FILES.getlist("examples")[:200]}
        if not examples:
            raise InvalidInput(field="examples", rule=_NO_EXAMPLES)
        draft.template = None
        draft.lay_down(source, examples)
        ask_proof(draft, clock.now())
    except RulebookRefused as wrong:
        first = wrong.findings[0]
        line = Text(zh=f"第 {first.line} 行：{first.text.zh}", en=f"line {first.line}: {first.text.en}")
        return _gallery(request, draft, Refused(title=line), 422)
    except Refusal as refusal:
        return _gallery(request, draft, told(refusal), refusal.status)
    return HttpResponseRedirect(PROOF)


def _named(file: UploadedFile[Any]) -> str:
    """A file name of its own, whatever the browser called it."""
    stem = "".join(letter for letter in PurePath(file.name or "").stem if letter.isalnum() or letter in "-_")
    return f"{stem[:60] or 'examples'}.yaml"


def _text(file: UploadedFile[Any] | None, field: str) -> str:
    if file is None:
        raise InvalidInput(field=field, rule=_NO_FILE)
    if (file.size or 0) > _MOST:
        raise InvalidInput(field=field, rule=_TOO_LARGE)
    try:
        return bytes(file.read()).decode("utf-8")
    except UnicodeDecodeError:
        raise InvalidInput(field=field, rule=_NOT_TEXT) from None
