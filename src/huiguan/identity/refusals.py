"""What this room refuses, by name."""

from __future__ import annotations

from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text


class HouseAlreadyFounded(Refusal):
    text = Text(zh="这个计划已有总部和店主。", en="This programme already has its house and owner.")


class CodeTaken(Refusal):
    text = Text(zh="代码 {given} 已在使用。", en="The code {given} is already in use.")
    rank = "input"


class UsernameTaken(Refusal):
    text = Text(zh="用户名 {given} 已在使用。", en="The username {given} is already in use.")
    rank = "input"


class ClientNameTaken(Refusal):
    text = Text(zh="已有名为 {given} 的客户端。", en="There is already a client named {given}.")
    rank = "input"


class PlaceClosed(Refusal):
    text = Text(zh="{place} 已停业。", en="{place} is closed.")


class PlaceStillOpen(Refusal):
    text = Text(zh="{place} 下面还有在营业的门店或大区。", en="There are still open places under {place}.")


class PostNotHere(Refusal):
    text = Text(zh="{post}不设在{place}。", en="A {post} is not appointed at a {place}.")
    status = 422
    rank = "input"


class PostAlreadyHeld(Refusal):
    text = Text(zh="此人在这里已任此职。", en="This person already holds this post here.")


class PostNotHeld(Refusal):
    text = Text(zh="此人在这里没有此职。", en="This person does not hold this post here.")


class LastOwner(Refusal):
    text = Text(zh="这是最后一位店主，须先另立一位。", en="This is the last owner: appoint another first.")


class PostFixed(Refusal):
    text = Text(
        zh="{post}的权限不能改，也不能取消。", en="The {post}'s post is as it is; it cannot be changed or removed."
    )


class PostStillHeld(Refusal):
    text = Text(zh="还有人任{post}：{who}。", en="{who} still holds the post of {post}.")


class AbovePowers(Refusal):
    """Somebody who organises would give, or touch, more than she holds herself."""

    text = Text(
        zh="涉及你自己没有的权限：{power}。只能安排自己已有的权限。",
        en="This touches a permission you do not hold yourself: {power}. One can only arrange what one holds.",
    )
    status = 403
    rank = "permission"


class OutsidePlaces(Refusal):
    text = Text(zh="{place}不在你管的范围内。", en="{place} is not within the places you look after.")
    status = 403
    rank = "permission"


class StillHere(Refusal):
    text = Text(zh="此人没有离职。", en="This person has not left.")


class HasLeft(Refusal):
    text = Text(zh="此人已离职。", en="This person has left.")


class PasswordTooWeak(Refusal):
    text = Text(
        zh="密码不能只由一两种字符重复而成，不能包含用户名，也不能是最常见的那些。",
        en="A password may not repeat one or two characters, contain the username, nor be one of the most common.",
    )
    status = 422
    rank = "input"


class SignInRefused(Refusal):
    """Wrong name, wrong password, or a person no longer on the staff: which of them is not told."""

    text = Text(zh="用户名或密码不对。", en="The username or the password is wrong.")
    status = 401
    rank = "permission"


class SignInMustWait(Refusal):
    text = Text(
        zh="失败次数太多，请 {seconds} 秒后再试。",
        en="Too many failed attempts: try again in {seconds} {seconds:second|seconds}.",
    )
    status = 429
    rank = "limit"


class PasswordWrong(Refusal):
    """One's own password, asked for again before a change of how one signs in."""

    text = Text(zh="密码不对。", en="The password is wrong.")
    status = 422
    rank = "permission"


class CodeRefused(Refusal):
    """Wrong, outdated, or already used: which of them is not told."""

    text = Text(
        zh="验证码不对，或已用过。请输入验证器上现在显示的六位数字。",
        en="The code is wrong or was used before. Enter the six digits the authenticator shows now.",
    )
    status = 422
    rank = "permission"


class PasskeyRefused(Refusal):
    text = Text(
        zh="这把通行密钥在这里打不开门：不认得、已移除，或验证没有通过。",
        en="This passkey does not open here: it is not known, was removed, or could not be verified.",
    )
    status = 422
    rank = "permission"


class PasskeyTaken(Refusal):
    text = Text(zh="这把通行密钥已经登记过。", en="This passkey is already registered.")


class PasskeyNameTaken(Refusal):
    text = Text(zh="你已有名为 {given} 的通行密钥。", en="You already have a passkey named {given}.")
    rank = "input"


class TotpAlreadyOn(Refusal):
    text = Text(
        zh="验证器已启用；要换一部手机，请先停用。",
        en="An authenticator is already in use; turn it off first to change phones.",
    )


class TotpNotBegun(Refusal):
    text = Text(zh="还没有可以确认的验证器，请重新开始。", en="There is no authenticator to confirm; begin again.")


class SecondFactorDemanded(Refusal):
    text = Text(
        zh="{post}必须使用两步验证：先另设一种，再移除这一种。",
        en="A {post} signs in with a second factor: set up another before this one is removed.",
    )


class LinkSpent(Refusal):
    """Used, too old, or never made: which of them is not told."""

    text = Text(
        zh="这个链接已失效：用过了、过期了，或已换了新的。请向店主再要一个。",
        en="This link opens nothing any more: it was used, has ended or was replaced. Ask for another.",
    )
    status = 404
    rank = "existence"


class ProofTooOld(Refusal):
    """A change of how one signs in comes soon after the password."""

    text = Text(zh="请先再输入一次密码。", en="Enter your password once more first.")
    status = 403
    rank = "permission"


class KeyNotRotating(Refusal):
    text = Text(zh="{name} 已废止，没有密钥可换。", en="{name} was revoked; there is no key to change.")


class CodeTooSoon(Refusal):
    """A code was sent to this address a moment ago."""

    text = Text(
        zh="验证码刚刚发出，{seconds} 秒后可以再要一个。",
        en="A code was sent a moment ago: another can be asked for in {seconds} {seconds:second|seconds}.",
    )
    status = 429
    rank = "limit"


class TooManyCodes(Refusal):
    """So many codes went to this address, or were asked for from this place, that more would be a nuisance."""

    text = Text(
        zh="验证码要得太多了，请在 {minutes} 分钟后再试。",
        en="Too many codes were asked for: try again in {minutes} {minutes:minute|minutes}.",
    )
    status = 429
    rank = "limit"


class OneTimeCodeWrong(Refusal):
    """Wrong, too old, tried too often, used, or never sent: which of them is not told."""

    text = Text(
        zh="验证码不对或已失效。请核对最近收到的六位数字，或重新获取。",
        en="The code is wrong or no longer good. Check the six digits you received last, or ask for another.",
    )
    status = 422
    rank = "permission"


class ProofNotGood(Refusal):
    """Used, too old, or for something else: which of them is not told."""

    text = Text(zh="请重新输入验证码。", en="Enter a code once more.")
    status = 403
    rank = "permission"


class SeatTaken(Refusal):
    text = Text(zh="{body}的这一席由{holder}担任。", en="{holder} has this place in {body}.")


class SeatVacant(Refusal):
    text = Text(zh="这一席本来就空着。", en="This place is vacant already.")


class AlreadySeated(Refusal):
    text = Text(zh="{name}在{body}已有一席。", en="{name} has a place in {body} already.")


class SeatsApart(Refusal):
    text = Text(zh="任{other}者不得兼任{body}。", en="Who has a place in {other} takes none in {body}.")


class TermTooLong(Refusal):
    text = Text(
        zh="任期 {years} 年，至多到 {last:day}。", en="A term is {years} {years:year|years}: until {last:day} at most."
    )
    status = 422
    rank = "input"


class TermsUsedUp(Refusal):
    text = Text(zh="{name}在{body}已连任 {most} 届。", en="{name} had {most} {most:term|terms} in {body} on end.")


class ResolutionNeeded(Refusal):
    text = Text(zh="担任{body}的席位，须写明是哪一份决议。", en="Name the resolution that gives this place in {body}.")
    status = 422
    rank = "input"


class NotEligibleForSeat(Refusal):
    text = Text(zh="{body}的成员须从“{segment}”中产生。", en="Members of {body} are chosen from: {segment}.")
    rank = "standing"
