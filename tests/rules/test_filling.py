"""Forms of clauses: sent back untouched they change nothing; filled in, they change what was filled in."""

from __future__ import annotations

from typing import Any

import pytest

from huiguan.kernel.text import LANGUAGES
from huiguan.rules.compiling import check_source, compile_rulebook
from huiguan.rules.editing import rewritten
from huiguan.rules.kinds import KINDS
from huiguan.rules.reading import read_tree
from huiguan.rules.sentences.answering import answered
from huiguan.rules.sentences.blanks import Blank
from huiguan.rules.sentences.entering import meant, read_out, shown
from huiguan.rules.sentences.filling import Line, Rows, fields_of, form_of
from huiguan.rules.sentences.wheres import Row, plain_of, read, rows_of
from huiguan.rules.shelf import shipped, source_of
from tests.rules.filling import sent


def clauses(name: str) -> list[dict[str, Any]]:
    root, _ = read_tree(source_of(name))
    assert root is not None
    listed: list[dict[str, Any]] = root.plain()["clauses"]
    return listed


def clause(name: str, id: str) -> dict[str, Any]:
    return next(each for each in clauses(name) if each["id"] == id)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", shipped())
def test_a_form_nobody_touched_leaves_the_file_byte_for_byte(name: str, lang: str) -> None:
    source, rulebook = source_of(name).decode(), compile_rulebook(source_of(name))
    for plain in clauses(name):
        made = answered(plain["kind"], plain, sent(form_of(rulebook, plain["kind"], plain, lang)), lang)
        assert made == plain and list(made) == list(plain), plain["id"]
    first = clauses(name)[0]
    assert rewritten(source, first["id"], first) == source


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_kind_has_a_form_from_nothing(kind: str, lang: str) -> None:
    """An empty clause has its form too, and sent back empty it is still empty."""
    plain = {"id": "T-1", "kind": kind}
    parts = form_of(None, kind, plain, lang)
    made = answered(kind, plain, sent(parts), lang)
    assert made.items() >= plain.items() and set(made) <= {"id", "kind"} | set(KINDS[kind].Parameters.model_fields)


def filled(id: str, name: str = "designer-wear", lang: str = "zh", **changes: Any) -> dict[str, Any]:
    """A clause with some fields of its form filled in otherwise; None takes a field out of what is sent."""
    plain = clause(name, id)
    posted = sent(form_of(compile_rulebook(source_of(name)), plain["kind"], plain, lang))
    for field, value in changes.items():
        field = field.replace("__", ".")
        if value is None:
            posted.pop(field, None)
        else:
            posted[field] = value if isinstance(value, list) else [value]
    return answered(plain["kind"], plain, posted, lang)


def changed(id: str, name: str = "designer-wear", lang: str = "zh", **changes: Any) -> dict[str, Any]:
    """What became otherwise: parameter -> its new value, None where it is gone."""
    before, after = clause(name, id), filled(id, name, lang, **changes)
    return {key: after.get(key) for key in before.keys() | after.keys() if before.get(key) != after.get(key)}


def test_figures_as_people_write_them() -> None:
    assert changed("B55-13", p__give="3") == {"give": 3}
    assert changed("B55-13", p__per="¥1,200") == {"per": "1200.00"}
    assert changed("B55-13", p__per="１００元") == {}
    assert changed("B55-13", p__per="12,5.5") == {"per": "125.50"}
    assert changed("B55-14", p__clears="6月30日") == {"clears": "06-30"}
    assert changed("B55-19", p__months=["6", "11", "12"]) == {"months": [6, 11, 12]}
    assert changed("B55-04", **{"p__rates__0__value": "9.5"}) == {}
    assert changed("B55-04", **{"p__rates__1__value": "8.8折"}) == {
        "rates": {"member": {"points_card": "0.95", "diamond_card": "0.88"}, "birthday": {"any": "0.80"}}
    }
    assert changed("B55-04", lang="en", **{"p__rates__1__value": "12"}) == {
        "rates": {"member": {"points_card": "0.95", "diamond_card": "0.88"}, "birthday": {"any": "0.80"}}
    }


def test_what_is_no_figure_stays_as_it_was_typed_and_is_named() -> None:
    source = source_of("designer-wear").decode()
    for field, typed, path in (("give", "二", "give"), ("per", "一百", "per"), ("worth", "1.234", "worth")):
        made = filled("B55-13", **{f"p__{field}": typed})
        assert made[field] == typed
        told = check_source(rewritten(source, "B55-13", made))
        assert (told[0].level, told[0].clause, told[0].path) == ("refuse", "B55-13", path)
    made = filled("B55-03", **{"p__promote__0__reach": ""})
    told = check_source(rewritten(source, "B55-03", made))
    assert [(each.code, each.path) for each in told if each.clause == "B55-03"] == [("missing_key", "promote.0.reach")]


def test_conditions_of_a_clause_are_added_and_taken_away() -> None:
    on = {
        part.field
        for part in form_of(None, "earn", clause("designer-wear", "B55-13"), "zh")
        if isinstance(part, Line) and part.on
    }
    assert on == {"on.1", "on.6"}
    assert changed("B55-13", on__0="1", p__tier="points_card") == {"tier": "points_card"}
    assert changed("B55-13", on__6=None) == {"worth": None}
    assert changed("B55-07", on__5=None) == {"opening": None}
    assert changed("B55-05", on__4="1", p__quota__times="2", p__quota__per="year") == {
        "quota": {"times": 2, "per": "year"}
    }
    assert changed("B55-06", on__4=None) == {"quota": None}
    assert changed("B25-25", "apparel-cards", on__11=None) == {"takes": None}


def test_new_parameters_stand_where_the_record_has_them() -> None:
    made = filled("B55-13", on__0="1", p__tier="points_card")
    assert list(made)[-6:] == ["unit", "per", "give", "group", "worth", "tier"]


def test_rows_are_added_emptied_and_left_out() -> None:
    row = {"n__p__promote": "2", "p__promote__1__since": "diamond_card", "p__promote__1__to": "points_card",
           "p__promote__1__reach": "5万", "p__promote__1__months": "12"}  # fmt: skip
    added = changed("B55-03", **row)["promote"]
    assert added[1] == {"since": "diamond_card", "to": "points_card", "reach": "5万", "months": 12}
    assert changed("B55-03", n__p__promote="3") == {}
    assert changed("B55-03", n__p__promote="0") == {"promote": None}
    assert len(changed("B55-02", n__p__rungs="1")["rungs"]) == 1


def test_a_choice_of_a_field_within_a_field() -> None:
    (fields,) = [
        part for part in form_of(None, "profile", clause("designer-wear", "B55-25"), "zh") if isinstance(part, Rows)
    ]
    assert fields.rows[2].inner is not None and len(fields.rows[2].inner.rows) == 2
    more = {"n__p__fields__2__choices": "3", "p__fields__2__choices__2__value": "other",
            "p__fields__2__choices__2__title__zh": "其他", "p__fields__2__choices__2__title__en": "Other"}  # fmt: skip
    assert changed("B55-25", **more)["fields"][2]["choices"][2] == {
        "value": "other",
        "title": {"zh": "其他", "en": "Other"},
    }


@pytest.mark.parametrize(
    ("plain", "rows"),
    [
        ({"category": "shoe"}, (Row("category", "is", "shoe"),)),
        ({"category": ["shoe", "coat"], "promotion": False}, (Row("category", "in", "shoe、coat"), Row("promotion", "is", "false"))),
        ({"not": {"category": ["tobacco", "alcohol"]}}, (Row("category", "none_of", "tobacco、alcohol"),)),
        ({"price_ratio": {"over": "0.70"}}, (Row("price_ratio", "over", "70%"),)),
        ({"visits_this_quarter": {"from": 1, "under": 5}}, (Row("visits_this_quarter", "from", "1"), Row("visits_this_quarter", "under", "5"))),
        ({"birthday_month": {"missing": True}}, (Row("birthday_month", "missing", "true"),)),
        ({"any": [{"tier": "a"}]}, None),
        ({"count": {"of": "rights", "from": 1}}, None),
        ({"not": {"category": {"in": ["a"]}}}, None),
    ],
)  # fmt: skip
def test_a_condition_as_rows(plain: Any, rows: tuple[Row, ...] | None) -> None:
    assert rows_of(plain) == rows
    if rows is not None and "price_ratio" not in plain:
        assert plain_of(rows) == plain


def test_a_condition_is_filled_in() -> None:
    row = {"p__only__0__fact": "price_ratio", "p__only__0__operator": "over", "p__only__0__value": "60%"}
    assert changed("B25-20", "apparel-cards", **row) == {"only": {"price_ratio": {"over": "0.6"}}}
    assert changed("B25-20", "apparel-cards", n__p__only="0") == {"only": None}
    assert read("{any: [{tier: a}, {tier: b}]}") == {"any": [{"tier": "a"}, {"tier": "b"}]}
    assert read("{any: [") == "{any: ["


def test_rates_in_both_languages() -> None:
    for value, zh, en in (
        ("0.95", "9.5", "5"),
        ("0.90", "9", "10"),
        ("19/20", "9.5", "5"),
        ("95%", "9.5", "5"),
        ("2/3", "2/3", "2/3"),
    ):
        assert shown(Blank("rate"), value, "zh") == zh and shown(Blank("rate"), value, "en") == en
    for typed, lang, value in (("9.5", "zh", "0.95"), ("8 折", "zh", "0.80"), ("95%", "zh", "95%"), ("12.5", "en", "0.875"),
                               ("12% off", "en", "0.88"), ("150", "en", "150"), ("x", "zh", "x"), ("2/3", "en", "2/3")):  # fmt: skip
        assert meant(Blank("rate"), typed, lang) == value


def test_no_field_is_there_twice() -> None:
    for name in shipped():
        rulebook = compile_rulebook(source_of(name))
        for plain in clauses(name):
            names = [control.name for control in fields_of(form_of(rulebook, plain["kind"], plain, "zh"))]
            assert len(names) == len(set(names)), plain["id"]


def test_a_figure_read_and_not_filled_in_has_its_thousands_apart() -> None:
    told = [read_out(*each) for each in (("money", "1000000.00"), ("whole", "1000"), ("whole", "999"), ("whole", ""))]
    assert told == ["1,000,000.00", "1,000", "999", ""]
    assert read_out("text", "2026") == "2026" and read_out("rate", "9.5") == "9.5"
