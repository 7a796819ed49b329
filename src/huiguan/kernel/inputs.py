"""What comes in at any entrance: typed records with money, points and words, read once, refused by field.

Rooms declare their inputs as `Input` subclasses; the API, the console, the examples and the importers all read them
here, so that the same wrong field gets the same answer everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, WithJsonSchema
from pydantic_core import PydanticCustomError

from huiguan.kernel import amounts
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text


class Input(BaseModel):
    """A record that came in. Unknown fields are refused; nothing is guessed from a wrong type."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


def _money(value: object) -> int:
    """Fen; a fault is raised as pydantic's own, so that it is told under the field's full name."""
    try:
        return amounts.fen(value, "", least=0)
    except InvalidInput as wrong:
        rule: Text = wrong.values["rule"]
        raise PydanticCustomError("refused", "{en}", {"zh": rule.zh, "en": rule.en}) from None


def _strip(value: object) -> object:
    """Text without the blanks around it, and without NUL, which no database keeps."""
    return value.replace("\x00", "").strip() if isinstance(value, str) else value


_MONEY_SCHEMA = {"type": "string", "pattern": r"^\d{1,13}(\.\d{1,2})?$", "examples": ["478.50"]}
# Yuan at the border, fen inside.
Money = Annotated[int, BeforeValidator(_money), WithJsonSchema(_MONEY_SCHEMA)]
Points = Annotated[int, Field(ge=1, le=amounts.LARGEST)]
Count = Annotated[int, Field(ge=1, le=100_000)]
Word = Annotated[str, Field(min_length=1, max_length=200), BeforeValidator(_strip)]
Line = Annotated[str, Field(max_length=2000), BeforeValidator(_strip)]

_Record = TypeVar("_Record", bound=BaseModel)

_RULES: dict[str, Text] = {
    "missing": Text(zh="必填", en="is required"),
    "extra_forbidden": Text(zh="没有这个字段", en="no such field"),
    "int_type": Text(zh="须为整数", en="must be a whole number"),
    "int_parsing": Text(zh="须为整数", en="must be a whole number"),
    "int_from_float": Text(zh="须为整数", en="must be a whole number"),
    "string_type": Text(zh="须为文字", en="must be text"),
    "bool_type": Text(zh="须为是或否", en="must be true or false"),
    "list_type": Text(zh="须为列表", en="must be a list"),
    "dict_type": Text(zh="须为对象", en="must be an object"),
    "model_type": Text(zh="须为对象", en="must be an object"),
    "string_too_short": Text(zh="不能为空", en="must not be empty"),
    "greater_than_equal": Text(zh="不能小于 {ge:count}", en="must not be below {ge:count}"),
    "less_than_equal": Text(zh="不能大于 {le:count}", en="must not be above {le:count}"),
    "string_too_long": Text(zh="至多 {max_length:count} 个字", en="has at most {max_length:count} characters"),
    "too_short": Text(zh="至少 {min_length} 项", en="takes at least {min_length}"),
    "too_long": Text(zh="至多 {max_length:count} 项", en="takes at most {max_length:count}"),
    "literal_error": Text(zh="只能是 {expected}", en="must be one of {expected}"),
    "json_invalid": Text(zh="不是 JSON", en="is not JSON"),
    "tuple_type": Text(zh="须为列表", en="must be a list"),
    "bool_parsing": Text(zh="须为 true 或 false", en="must be true or false"),
    "refused": Text(zh="{zh}", en="{en}"),
    "string_pattern_mismatch": Text(zh="格式不对", en="has the wrong form"),
}
_SHORT = Text(zh="至少 {min_length} 个字", en="takes at least {min_length} characters")
_OTHER = Text(zh="不合规定：{message}", en="is not valid: {message}")


def read(record: type[_Record], given: Mapping[str, Any] | bytes, within: str = "") -> _Record:
    """`given` as a `record`; InvalidInput naming the first wrong field (dotted, under `within`) otherwise."""
    try:
        return record.model_validate_json(given) if isinstance(given, bytes) else record.model_validate(given)
    except ValidationError as wrong:
        raise refusal_of(wrong, within) from None
    except InvalidInput as wrong:
        raise InvalidInput(field=wrong.field or within or "body", rule=wrong.values["rule"]) from None


def refusal_of(wrong: ValidationError, within: str = "") -> InvalidInput:
    """The first fault of a validation as a refusal in both languages."""
    first = wrong.errors(include_url=False, include_input=False)[0]
    parts = [within, *(str(part) for part in first["loc"] if not str(part).startswith("function-"))]
    field = ".".join(part for part in parts if part) or "body"
    return InvalidInput(field=field, rule=rule_of(first))


def rule_of(error: Mapping[str, Any]) -> Text:
    """What one error of a validation says, in both languages."""
    rule = _RULES.get(error["type"], _OTHER)
    values = {**error.get("ctx", {}), "message": error["msg"]}
    if error["type"] == "string_too_short" and values["min_length"] > 1:
        rule = _SHORT
    if error["type"] == "literal_error":
        values["expected"] = values["expected"].replace(" or ", ", ").replace("'", "")
    return Text(**rule.both(**values))
