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


class PasswordTooWeak(Refusal):
    text = Text(
        zh="密码不能只由一种字符重复而成，也不能包含用户名。",
        en="A password may not repeat one character nor contain the username.",
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
        zh="失败次数太多，请 {seconds} 秒后再试。", en="Too many failed attempts: try again in {seconds} seconds."
    )
    status = 429
    rank = "limit"
