"""Which server to read, how it is trusted, and as whom."""

from dataclasses import dataclass
from pathlib import Path

LDAPS_PORT = 636


@dataclass(frozen=True)
class Target:
    """A domain controller and the account that reads it (UPN: `compte@domaine`).

    The server's certificate is always checked against `ca_file` (the station's own authorities
    when None) and against `certificate_name` (`server` when None), unless `unverified` says that
    a person accepted not to: the statement records it. With `starttls`, `port` is usually 389.
    With `kerberos` the station's ticket signs in, and `user` is whose ticket it is.
    """

    server: str
    user: str
    port: int = LDAPS_PORT
    starttls: bool = False
    ca_file: Path | None = None
    certificate_name: str | None = None
    unverified: bool = False
    kerberos: bool = False

    @property
    def url(self) -> str:
        """How the target is written in the statement."""
        scheme = "ldap+starttls" if self.starttls else "ldaps"
        return f"{scheme}://{self.server}:{self.port}"
