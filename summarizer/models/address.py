"""Where an endpoint is, with what key, and where these came from."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from summarizer.config import Settings, api_key, redacted
from summarizer.errors import ConfigError
from summarizer.models.allowance import guard

if TYPE_CHECKING:
    import httpx2
    import openai

PROVIDER = "https://api.openai.com/v1"
KEYLESS = "none"  # what servers without keys are sent; the client insists on one


class RedirectedElsewhere(Exception):
    """A server sent a request on to another origin."""


@dataclass(frozen=True, slots=True)
class Address:
    """An endpoint's URL (without credentials), its key, and the setting that named it."""

    url: str
    origin: str
    key: str = field(repr=False)

    @classmethod
    def of(cls, settings: Settings) -> Address:
        """The address that the settings name.

        Raises ConfigError for a URL that is none, and for a missing key of the provider's own.
        """
        url = settings.base_url.strip() or PROVIDER
        origin = "the base URL (--base-url, OPENAI_BASE_URL)"
        if "@" in url:
            raise ConfigError(f"{origin} holds a name or password; OPENAI_API_KEY is for keys")
        if "?" in url or "#" in url:
            raise ConfigError(f"{origin} holds a query; OPENAI_API_KEY is for keys")
        try:
            parts = urlsplit(url)
            port_is_good = parts.port is None or parts.port > 0
        except ValueError:
            port_is_good = False
        if not port_is_good or parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ConfigError(
                f"{origin} is no web address: {url[:80]!r}; http://host:port/v1 is one"
            )
        key = api_key().strip()
        if not key and not settings.base_url.strip():
            raise ConfigError(
                "OPENAI_API_KEY is not set, and no other endpoint is named: set it, name one with "
                "--base-url or OPENAI_BASE_URL, or use --model local"
            )
        if not key.isascii() or not key.isprintable() or " " in key:
            raise ConfigError("OPENAI_API_KEY holds characters that no key has")
        return cls(url.rstrip("/"), origin, key or KEYLESS)

    @property
    def is_loopback(self) -> bool:
        """True for an endpoint on this machine, which no proxy can reach."""
        host = urlsplit(self.url).hostname or ""
        try:
            return ipaddress.ip_address(host).is_loopback
        except ValueError:
            return host == "localhost" or host.endswith(".localhost")

    def client(self, timeout: float) -> openai.OpenAI:
        """A client without retries of its own; it asks proxies only for other machines."""
        import httpx2
        import openai

        def stays(request: httpx2.Request) -> None:
            """Neither text nor key goes where a server points but where the user did."""
            there, here = urlsplit(str(request.url)), urlsplit(self.url)
            if _origin(there) != _origin(here):
                raise RedirectedElsewhere(f"{there.scheme}://{there.hostname}")

        limit = patience(timeout)
        return openai.OpenAI(
            base_url=self.url,
            api_key=self.key,
            max_retries=0,
            timeout=limit,
            http_client=httpx2.Client(
                timeout=limit,
                limits=httpx2.Limits(max_connections=None, max_keepalive_connections=None),
                trust_env=not self.is_loopback,
                follow_redirects=True,
                event_hooks={"request": [stays], "response": [guard]},
            ),
        )

    def model_names(self) -> tuple[str, ...]:
        """The models that the endpoint says it serves; none when it does not say."""
        import openai

        client = self.client(5.0)
        try:
            return tuple(sorted(str(model.id) for model in client.models.list().data))
        except (openai.OpenAIError, AttributeError, TypeError):
            return ()
        finally:
            client.close()

    def without_key(self, text: str) -> str:
        """The text with the key blotted out, should a server have repeated it."""
        text = redacted(text)
        return text if self.key == KEYLESS else text.replace(self.key, "…")


def patience(seconds: float) -> httpx2.Timeout:
    """How long a server may be silent, and how long it may take to connect; 0: for ever."""
    import httpx2

    return httpx2.Timeout(seconds or None, connect=5.0 if not seconds else min(5.0, seconds))


def _origin(parts: SplitResult) -> tuple[str, str | None, int | None]:
    """Scheme, host and port, the last also where it is that of the scheme."""
    port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    return parts.scheme, parts.hostname, port
