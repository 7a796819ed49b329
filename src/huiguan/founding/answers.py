"""What has to be known before an installation can be founded."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from huiguan.identity.inputs import BothNames, Code, Language, Named, Username
from huiguan.kernel.inputs import Input, Word, read
from huiguan.kernel.pinyin import initials, syllables
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text
from huiguan.programme.inputs import Moment

FILES = ("products", "members", "sales")  # in the order in which each stands on the one before
_TWICE = Text(zh="代码 {given} 用了两次", en="the code {given} is used twice")
_NO_REGION = Text(zh="没有这个大区：{given}", en="there is no such region: {given}")
_NO_FILE = Text(zh="没有这个文件：{given}", en="there is no such file: {given}")
_NOT_YAML = Text(zh="读不了：{why}", en="cannot be read: {why}")
_NO_PASSWORD = Text(
    zh="答卷里不写密码；请用 --password-file 指明存放密码的文件",
    en="no password stands among answers: name the file that holds it with --password-file",
)


def both(value: object) -> object:
    """A name said once is the same in both languages; '澹宁/Danning' says both."""
    if not isinstance(value, str):
        return value
    zh, slash, en = (part.strip() for part in value.partition("/"))
    return {"zh": zh, "en": en} if slash and zh and en else {"zh": value.strip(), "en": value.strip()}


Names = Annotated[BothNames, BeforeValidator(both)]


class Place(Input):
    name: Names  # before the code, which may be made from it: of an empty name the name is complained of
    code: Code


class ShopPlace(Place):
    region: Code | None = None


class Owner(Input):
    username: Username
    name: Named
    language: Language = "zh"


class Places(Input):
    """The organisation and where it is."""

    organisation: Place
    regions: Annotated[list[Place], Field(max_length=200)] = []
    shops: Annotated[list[ShopPlace], Field(min_length=1, max_length=2000)]


class Answers(Places):
    """`rulebook` is the name of a shipped one or a folder with `rulebook.yaml` and `examples`; `effective_from` None for
    today; the three files are paths."""

    owner: Owner
    rulebook: Word
    effective_from: Moment | None = None
    products: Word | None = None
    members: Word | None = None
    sales: Word | None = None

    @property
    def programme(self) -> str:
        """The code of the membership programme: the organisation's own, in small letters."""
        return self.organisation.code.lower().replace("_", "-")


def answers_of(given: Mapping[str, Any]) -> Answers:
    """The answers, whole and fitting together; InvalidInput naming the first that is wrong or missing."""
    answers = read(Answers, given)
    _demand_fitting(answers)
    for name in FILES:
        path = getattr(answers, name)
        if path is not None and not Path(path).is_file():
            raise InvalidInput(field=name, rule=Text(**_NO_FILE.both(given=path)))
    return answers


def places_of(given: Mapping[str, Any]) -> Places:
    """Organisation, regions and shops alone, fitting together; InvalidInput as for all answers."""
    places = read(Places, given)
    _demand_fitting(places)
    return places


def _demand_fitting(answers: Places) -> None:
    seen = {answers.organisation.code}
    for kind, places in (("regions", answers.regions), ("shops", answers.shops)):
        for i, place in enumerate(places):
            if place.code in seen:
                raise InvalidInput(field=f"{kind}.{i}.code", rule=Text(**_TWICE.both(given=place.code)))
            seen.add(place.code)
    regions = {place.code for place in answers.regions}
    for i, shop in enumerate(answers.shops):
        if shop.region is not None and shop.region not in regions:
            raise InvalidInput(field=f"shops.{i}.region", rule=Text(**_NO_REGION.both(given=shop.region)))


def completed(said: Mapping[str, Any]) -> dict[str, Any]:
    """Codes and usernames that were not said, made from the names; what was said stays."""
    whole = dict(said)
    organisation, owner = whole.get("organisation"), whole.get("owner")
    if isinstance(organisation, dict) and "name" in organisation and "code" not in organisation:
        name = both(organisation["name"])
        whole["organisation"] = {**organisation, "code": code_for(name["en"] if isinstance(name, dict) else "")}
    if isinstance(owner, dict):
        name = owner.get("name") or owner.get("username")
        username = owner.get("username") or username_for(str(name or ""))
        whole["owner"] = {**owner, "name": name, "username": username}
    return whole


def code_for(name: str) -> str:
    """A code for a name: the initials of its pinyin or of its words, letters and digits only."""
    words = [word for part in name.split() for word in initials(part)]
    letters = "".join(word[:1] if len(words) > 1 else word[:8] for word in words)
    return "".join(letter for letter in letters if letter.isascii() and letter.isalnum()).upper()


def username_for(name: str) -> str:
    """A username for a name: its pinyin, small letters and digits only."""
    letters = "".join(syllables(name)).lower()
    return "".join(letter for letter in letters if letter.isascii() and letter.isalnum())


def answers_in(path: Path) -> dict[str, Any]:
    """A file of answers (YAML), its paths taken from where it lies. InvalidInput where it is none."""
    try:
        said = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    except (YAMLError, OSError, UnicodeDecodeError) as trouble:
        raise InvalidInput(field="--answers", rule=Text(**_NOT_YAML.both(why=str(trouble)))) from trouble
    if not isinstance(said, dict):
        raise InvalidInput(field="--answers", rule=Text(**_NOT_YAML.both(why=type(said).__name__)))
    owner = said.get("owner")
    if "password" in said or (isinstance(owner, dict) and "password" in owner):
        raise InvalidInput(field="owner.password", rule=_NO_PASSWORD)
    for name in (*FILES, "rulebook"):
        value = said.get(name)
        if isinstance(value, str) and (name != "rulebook" or "/" in value):
            said[name] = str((path.parent / Path(value).expanduser()).absolute())
    return said
