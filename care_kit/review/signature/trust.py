"""What an examiner trusts: root certificates and lists of revoked ones, given as files."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from care_kit.model.words.errors import InputError

if TYPE_CHECKING:
    from pyhanko_certvalidator import ValidationContext

_LARGEST = 20_000_000


@dataclass(frozen=True)
class Trust:
    """Roots (PEM or DER certificates) and CRLs (PEM or DER) to judge signatures with."""

    roots: tuple[Path, ...] = ()
    crls: tuple[Path, ...] = ()

    def context(self) -> "ValidationContext":
        """What pyHanko judges with: nothing is fetched from anywhere."""
        from asn1crypto import crl, x509
        from pyhanko_certvalidator import ValidationContext

        return ValidationContext(
            trust_roots=list(_all(self.roots, x509.Certificate, "certificat")),
            crls=list(_all(self.crls, crl.CertificateList, "liste de révocation")),
            allow_fetching=False,
            revocation_mode="require" if self.crls else "soft-fail",
        )

    def lists(self) -> tuple[str, ...]:
        """The CRLs, as « liste du 01/12/2026 »."""
        from asn1crypto import crl

        found = _all(self.crls, crl.CertificateList, "liste de révocation")
        return tuple(
            f"liste du {one['tbs_cert_list']['this_update'].native:%d/%m/%Y}" for one in found
        )


def _all(paths: Iterable[Path], shape: Any, what: str) -> Iterable[Any]:
    from asn1crypto import pem

    for path in paths:
        try:
            if not path.is_file() or path.stat().st_size > _LARGEST:
                raise OSError("not a small file")
            raw = path.read_bytes()
            blocks = (
                [one for _, _, one in pem.unarmor(raw, multiple=True)] if pem.detect(raw) else [raw]
            )
            for block in blocks:
                found = shape.load(block, strict=True)
                _ = found.native
                yield found
        except (OSError, ValueError, TypeError) as cause:
            raise InputError(
                f"« {path} » n'est pas un {what} lisible."
                if what == "certificat"
                else f"« {path} » n'est pas une {what} lisible.",
                "Donnez un fichier PEM ou DER.",
            ) from cause
