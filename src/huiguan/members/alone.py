"""What may be one person's alone: the same identity number does not join twice, whoever asks and by whichever way."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from django.db.models import Q

from huiguan.kernel.text import Text
from huiguan.members.life_refusals import IdentityTaken
from huiguan.members.models import Membership
from huiguan.parties import queries as parties
from huiguan.rules.kinds import profile
from huiguan.rules.programme import Programme

BY_KIND = ("id_number", "credit_code")  # compared with every field of the type, whatever it is called


def once_fields(rulebook: Programme) -> Mapping[str, str]:
    """The fields of the forms that are one person's alone, each with what it is compared by."""
    return {
        field.name: field.type if field.type in BY_KIND else field.name
        for field in profile.form(rulebook)[1]
        if field.once
    }


def taken(
    programme: int, rulebook: Programme, values: Iterable[Mapping[str, str]], *, but: Collection[int] = ()
) -> frozenset[tuple[str, str]]:
    """Which of these values are a member's already, or were before she left: (what it is compared by, value). `but`:
    parties that do not count. Asked under the lock of the register, so that it stays true."""
    asked = {pair for each in values for pair in alone_of(rulebook, each)}
    held = parties.holders_of_once(programme, asked) if asked else {}
    persons = {party for found in held.values() for party in found} - set(but)
    rows = Membership.objects.filter(programme_id=programme, party__in=persons)
    members = set(rows.values_list("party_id", flat=True)) if persons else set()
    return frozenset(pair for pair, found in held.items() if found & members)


def alone_of(rulebook: Programme, values: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    """What of these values is one person's alone, as `taken` tells it."""
    return frozenset((kind, values[name]) for name, kind in once_fields(rulebook).items() if values.get(name))


def refusal(
    rulebook: Programme, values: Mapping[str, str], held: Collection[tuple[str, str]], *, within: str = "profile"
) -> IdentityTaken | None:
    """Why a form with these values is refused; None where nothing of it is taken. Nobody is named."""
    for name, kind in once_fields(rulebook).items():
        if values.get(name) and (kind, values[name]) in held:
            clause, title = _said_by(rulebook, name)
            return IdentityTaken(field=f"{within}.{name}", clause=clause, title={"zh": title.zh, "en": title.en})
    return None


def _said_by(rulebook: Programme, name: str) -> tuple[str, Text]:
    """The clause that says a field is one person's alone, and what it calls it."""
    return next(
        (clause.id, field.title)
        for clause in rulebook.of("profile")
        for field in clause.parameters.fields  # type: ignore[attr-defined]
        if field.name == name and field.once
    )


def demand_alone(
    programme: int,
    rulebook: Programme,
    values: Mapping[str, str],
    *,
    but: Collection[int] = (),
    within: str = "profile",
) -> None:
    """IdentityTaken where a value of the form is another's alone."""
    wrong = refusal(rulebook, values, taken(programme, rulebook, [values], but=but), within=within)
    if wrong is not None:
        raise wrong


def own_parties(member: Membership) -> frozenset[int]:
    """The parties that are the member herself: her own, and those of memberships that became one with hers."""
    one = Q(pk=member.pk) | Q(merged_into=member.pk) | Q(pk=member.merged_into or 0)
    rows = Membership.objects.filter(one, programme_id=member.programme_id)
    return frozenset(rows.values_list("party_id", flat=True))
