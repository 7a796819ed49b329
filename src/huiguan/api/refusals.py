"""What this entrance refuses before any room is asked."""

from __future__ import annotations

from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text


class KeyUnknown(Refusal):
    text = Text(
        zh="请以 Authorization: Bearer hg_… 出示有效的接口密钥。",
        en="Show a valid API key as Authorization: Bearer hg_….",
    )
    status = 401
    rank = "permission"


class TooManyRequests(Refusal):
    text = Text(
        zh="请求太密，请在 {wait} 秒后再试。", en="Too many requests; try again in {wait} {wait:second|seconds}."
    )
    status = 429
    rank = "limit"


class AddressUnknown(Refusal):
    text = Text(zh="没有这个地址：{path}。", en="No such address: {path}.")
    status = 404
    rank = "existence"


class MethodNotAllowed(Refusal):
    text = Text(zh="这个地址不接受 {method}，只接受 {allowed}。", en="This address takes {allowed}, not {method}.")
    status = 405
    rank = "input"


class BodyNotJson(Refusal):
    text = Text(zh="正文不是 JSON：{why}", en="The body is not JSON: {why}")
    status = 400
    rank = "input"


class BodyTooLarge(Refusal):
    text = Text(zh="正文超过 {most} 字节。", en="The body has more than {most} {most:byte|bytes}.")
    status = 413
    rank = "input"


class BodyIncomplete(Refusal):
    text = Text(zh="正文没有收全。", en="The body did not arrive whole.")
    status = 400
    rank = "input"


class NotMediaTypeJson(Refusal):
    text = Text(
        zh="正文须为 JSON，并注明 Content-Type: application/json。",
        en="Send JSON and say so: Content-Type: application/json.",
    )
    status = 415
    rank = "input"


class IdempotencyKeyMissing(Refusal):
    text = Text(
        zh="凡写入须带 Idempotency-Key：1 至 120 个可见的 ASCII 字符，每件事一个。",
        en="A write takes an Idempotency-Key: 1 to 120 visible ASCII characters, one for each thing to be done.",
    )
    status = 400
    rank = "input"


class RequestMalformed(Refusal):
    text = Text(zh="请求不合 HTTP 的规矩。", en="The request is not proper HTTP.")
    status = 400
    rank = "input"


class Unavailable(Refusal):
    text = Text(
        zh="数据库暂时不可用；以同一个幂等键重试是安全的。",
        en="The database is not available now; trying again with the same key is safe.",
    )
    status = 503
    rank = "state"


class Unexpected(Refusal):
    text = Text(
        zh="这边出了错，已经记录，编号 {reference}；以同一个幂等键重试是安全的。",
        en="Something went wrong here and was logged as {reference}; trying again with the same key is safe.",
    )
    status = 500
    rank = "state"
