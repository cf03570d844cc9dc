"""What an endpoint's errors mean: try again, ask in another way, or say what would work."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from summarizer.errors import (
    AnswerRejected,
    AnswerTruncated,
    ModelError,
    ModelRefused,
    ModelUnavailable,
)
from summarizer.models import answer, dialect
from summarizer.models.address import RedirectedElsewhere

if TYPE_CHECKING:
    import httpx2
    import openai

    from summarizer.models.address import Address

_TOO_LONG = re.compile(
    r"context.{0,12}(length|size|window|limit)|exceed_context|too many( input)? tokens"
    r"|(prompt|input|tokens|messages?) (is |are )?too long|request too large"
    r"|range of input length should be|inputs\W.{0,40}must (have less than|be <)"
    r"|reduce the length of|longer than the (model|maximum)|max(imum)? (prompt|input|model) "
    r"|exceed\w* (the )?(model|maximum|max)\w* .{0,20}(token|length)"
    r"|(length|count)( of [\d,]+)? (of (the )?\w+ )?(should not |cannot )?exceed"
    r"|(prompt|输入|请求|上下文|文本|内容).{0,6}(超长|过长|超出|超过)"
    r"|tokens?(数量?|总数|长度)?(超过|超出)",
    re.IGNORECASE,
)
_NO_MODEL = re.compile(
    r"model\W.{0,60}(not (exist|found)|n't exist|unknown|unsupported)"
    r"|(unknown|invalid|no such) model|model_not_found",
    re.IGNORECASE,
)
_NO_QUOTA = re.compile(
    r"insufficient.{0,3}(quota|balance|credit|account balance)|exceeded.(your.)?current.quota"
    r"|balance is (insufficient|too low)|billing.hard.limit|(requires|need) more credits"
    r"|arrearage|overdue|in good standing|check your plan and billing|payment required"
    r"|欠费|余额(不足|为)|额度(已|不足)|资源包.{0,6}(用尽|耗尽|不足)",
    re.IGNORECASE,
)
_NAMES_SHOWN = 5


class Refused(ModelError):
    """A request that the endpoint did not take; `reason` is the error for when nothing helps."""

    def __init__(self, status: int, message: str, reason: ModelError) -> None:
        super().__init__(str(reason))
        self.status = status
        self.message = message
        self.reason = reason


def is_transient(error: BaseException, *, has_answered: bool) -> bool:
    """True for what may be gone at the next try.

    A connection that is refused is transient only at an endpoint that has answered before:
    otherwise nobody is there.
    """
    import openai

    if isinstance(error, answer.Garbled | openai.APITimeoutError):
        return True
    if isinstance(error, openai.APIConnectionError):
        if isinstance(error.__cause__, RedirectedElsewhere):
            return False
        return has_answered or not _is_nobody_there(error)
    if isinstance(error, openai.RateLimitError):
        return not _is_out_of_quota(error) and not _TOO_LONG.search(_message(error))
    if isinstance(error, openai.APIStatusError):
        is_too_long = error.status_code == 500 and _TOO_LONG.search(_message(error))
        if is_too_long or _is_out_of_quota(error):
            return False
        if error.status_code in {408, 409}:
            return True
        return 500 <= error.status_code != 501 and not dialect.names_form(_message(error))
    return False


def hidden(raw: Any, response: httpx2.Response) -> openai.APIStatusError | None:
    """The error that an endpoint sent as an answer, with status 200; None for an answer."""
    import httpx2
    import openai

    told = raw.get("error") if isinstance(raw, dict) and not raw.get("choices") else None
    if not told:
        return None
    body = told if isinstance(told, dict) else {"message": str(told)}
    words = _words(body.get("message") or "no reason given")
    status = _status(str(body.get("code") or body.get("status") or ""), words)
    kinds: dict[int, type[openai.APIStatusError]] = {
        400: openai.BadRequestError,
        401: openai.AuthenticationError,
        403: openai.PermissionDeniedError,
        404: openai.NotFoundError,
        422: openai.UnprocessableEntityError,
        429: openai.RateLimitError,
    }
    other = openai.InternalServerError if status >= 500 else openai.APIStatusError
    shown = httpx2.Response(status, request=response.request, headers=response.headers)
    return kinds.get(status, other)(words, response=shown, body=body)


def _status(code: str, words: str) -> int:
    """The status that an error should have had: its own code, else what its words say."""
    if re.fullmatch(r"[45]\d\d", code):
        return int(code)
    if _NO_QUOTA.search(f"{code} {words}"):
        return 429
    return 400 if _TOO_LONG.search(words) or dialect.names_form(words) else 502


def is_unknown_model(error: openai.OpenAIError) -> bool:
    """True if the endpoint says that it serves no model of this name."""
    import openai

    if isinstance(error, openai.NotFoundError):
        return True
    return isinstance(error, openai.BadRequestError) and bool(_NO_MODEL.search(_message(error)))


def explain(
    error: openai.OpenAIError, address: Address, name: str, served: tuple[str, ...] = ()
) -> ModelError:
    """The error to raise for what is left of an OpenAI error after all retries."""
    import openai

    if isinstance(error, openai.APITimeoutError):
        return ModelUnavailable(
            f"{address.url} gave no answer in time; a longer `timeout` (and "
            "`max_call_seconds`) or a faster model helps"
        )
    if isinstance(error, openai.APIConnectionError):
        if isinstance(error.__cause__, RedirectedElsewhere):
            return ModelRefused(
                f"{address.url} sends requests on to {error.__cause__}, which was not followed; "
                f"if that is the endpoint, {address.origin} should name it"
            )
        cause = type(error.__cause__ or error).__name__
        kind = ModelRefused if _is_nobody_there(error) else ModelUnavailable
        return kind(
            f"{address.url} cannot be reached ({cause}): is the server running? "
            f"{address.origin} names it"
        )
    if is_unknown_model(error):
        return ModelRefused(address.without_key(_no_model(address, name, served)))
    if isinstance(error, openai.APIStatusError):
        return _explain_status(error, address)
    return ModelUnavailable(f"{address.url}: {type(error).__name__}")


def _explain_status(error: openai.APIStatusError, address: Address) -> ModelError:
    status, message = error.status_code, address.without_key(_message(error))
    short = f"{address.url} says {status}: {_line(message)}"
    if _is_out_of_quota(error):
        return ModelRefused(f"{short}; the account has no quota left")
    if status in {401, 403}:
        return ModelRefused(f"{short}; OPENAI_API_KEY is what it was shown")
    if status == 413 or (status in {400, 422, 429, 500} and _TOO_LONG.search(message)):
        return AnswerTruncated(f"{short}; a smaller `chunk_chars` or `max_tokens` helps")
    if "content_filter" in message or _code(error) in {
        "content_filter",
        "content_policy_violation",
    }:
        return AnswerRejected(short)
    if status in {400, 422, 501} or (status >= 500 and dialect.names_form(message)):
        return Refused(status, message, AnswerRejected(short))
    if status == 500:  # it may be the schema that broke the server, and nobody says so
        return Refused(status, message, ModelUnavailable(short))
    return ModelUnavailable(short)


def _no_model(address: Address, name: str, served: tuple[str, ...]) -> str:
    if not served:
        hint = f"check the name and that {address.origin} ends in /v1 or the like"
    else:
        more = ", …" if len(served) > _NAMES_SHOWN else ""
        hint = f"it serves: {', '.join(served[:_NAMES_SHOWN])}{more}"
    return f"{address.url} serves no model {name!r}; {hint}"


def _is_nobody_there(error: BaseException) -> bool:
    """True if the chain of causes ends in a refused connection or an unknown host."""
    link: BaseException | None = error
    while link is not None:
        text = str(link)
        if isinstance(link, ConnectionRefusedError) or re.search(
            r"refused|Errno -[235]\b|not known|getaddrinfo|No route|unreachable", text
        ):
            return True
        link = link.__cause__ or link.__context__
    return False


def _is_out_of_quota(error: openai.APIStatusError) -> bool:
    if error.status_code == 402:
        return True
    told = f"{_code(error)} {getattr(error, 'type', '')} {_message(error)}"
    return 400 <= error.status_code < 500 and bool(_NO_QUOTA.search(told))


def _code(error: openai.APIStatusError) -> str:
    return str(error.code or "")


def _message(error: openai.APIStatusError) -> str:
    """The server's own words, wherever it put them."""
    body: Any = error.body
    if isinstance(body, dict):
        inner = body.get("error", body)
        if isinstance(inner, dict):
            words = [inner.get(name) for name in ("message", "detail", "param", "code")]
            return " ".join(_words(word) for word in words if word)
        return _words(inner)
    return _words(body or "")


def _words(said: Any) -> str:
    """Validation errors come as a list whose `input` repeats the request: only `msg` is taken."""
    if isinstance(said, list):
        return "; ".join(str(item.get("msg", "")) for item in said if isinstance(item, dict))
    return str(said)


def _line(message: str) -> str:
    """The beginning of a server's message, on one line: it may repeat the whole request."""
    line = " ".join("".join(c if c.isprintable() else " " for c in message).split())
    return line[:160] + ("…" if len(line) > 160 else "") or "no reason given"
