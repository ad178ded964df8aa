"""Where mail goes out: the table [mail] of a configuration, checked.

[mail]
server = "smtp.example.com"
port = 587                       # 465 for TLS from the first byte
security = "starttls"            # or "tls"
from = "reports@example.com"
to = ["finance@example.com"]
user = "reports"                 # only where the server asks for a login
ca_file = "/etc/ssl/own-ca.pem"  # only for a server with a certificate of an authority of your own
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from addin.errors import TollsheetError, safe
from addin.hosts.mail.addresses import address, addresses
from addin.hosts.saved import Values, refuse_passwords, refuse_unknown

STARTTLS, TLS = "starttls", "tls"
PORTS = {STARTTLS: 587, TLS: 465}
KEYS = ("server", "port", "security", "from", "to", "user", "ca_file", "timeout_seconds")
TIMEOUT_S = 60
MOST_TIMEOUT_S = 600
_LABEL = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?")


@dataclass(frozen=True, slots=True)
class MailSettings:
    """A server, and from whom to whom."""

    server: str
    port: int
    security: str
    """`starttls`: TLS before anything else is said. `tls`: TLS from the first byte. There is no third."""
    sender: str
    to: tuple[str, ...] = ()
    user: str = ""
    ca_file: Path | None = None
    timeout_s: int = TIMEOUT_S

    @property
    def place(self) -> str:
        return f"{self.server}:{self.port}"

    @classmethod
    def of(cls, given: Values, where: str) -> MailSettings:
        """Read the table [mail]. Raises TollsheetError with what is wrong or missing in it.

        >>> MailSettings.of({"server": "smtp.example.com", "from": "a@example.com"}, "x").place
        'smtp.example.com:587'
        """
        refuse_passwords(given, where)
        refuse_unknown(given, KEYS, f"{where}, [mail]")
        table = _Table(given, where)
        security = table.text("security") or (TLS if given.get("port") == PORTS[TLS] else STARTTLS)
        if security not in PORTS:
            remedy = f'It may be "{STARTTLS}" or "{TLS}": mail is never sent without TLS.'
            raise table.wrong(f'security = "{safe(security)}"', remedy)
        ca_file = table.text("ca_file")
        if ca_file and not Path(ca_file).is_file():
            raise table.wrong(f"the ca_file {safe(ca_file)} is not there", "Give its full path.")
        try:
            return cls(
                server=_host(table.needed("server"), table),
                port=table.number("port", PORTS[security], 65_535),
                security=security,
                sender=address(table.needed("from")),
                to=addresses(table.texts("to")),
                user=table.text("user"),
                ca_file=Path(ca_file) if ca_file else None,
                timeout_s=table.number("timeout_seconds", TIMEOUT_S, MOST_TIMEOUT_S),
            )
        except TollsheetError as error:
            if error.problem.startswith(where):
                raise
            raise table.wrong(error.problem, error.remedy) from None


@dataclass(frozen=True, slots=True)
class _Table:
    given: Values
    where: str

    def text(self, key: str) -> str:
        value = self.given.get(key, "")
        if not isinstance(value, str) or not value.isprintable() or (key in self.given and not value.strip()):
            raise self.wrong(f"{key} is no text of one line", f'Write it in quotes: {key} = "...".')
        return value.strip()

    def needed(self, key: str) -> str:
        if not (value := self.text(key)):
            raise self.wrong(f"{key} is missing", "Say by which server, from whom and to whom mail goes.")
        return value

    def texts(self, key: str) -> list[str]:
        value = self.given.get(key, [])
        listed: list[Any] = [value] if isinstance(value, str) else value
        if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
            raise self.wrong(f"{key} is no list of texts", f'Write {key} = ["finance@example.com"].')
        return listed

    def number(self, key: str, default: int, most: int) -> int:
        value = self.given.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
            raise self.wrong(f"{key} is no whole number from 1 to {most}", f"Usual is {key} = {default}.")
        return value

    def wrong(self, problem: str, remedy: str) -> TollsheetError:
        return TollsheetError(f"{self.where}, [mail]: {problem}", remedy)


def _host(server: str, table: _Table) -> str:
    """A host name or IP address: the port is a key of its own."""
    try:
        return str(ip_address(server))
    except ValueError:
        pass
    if not all(_LABEL.fullmatch(label) for label in server.split(".")):
        raise table.wrong(
            f'server = "{safe(server)}" is not the name of a server',
            "Write its name alone, such as smtp.example.com, and the port as port = 587.",
        )
    return server
