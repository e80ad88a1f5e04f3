"""RFC 3161: a third party's word on the date, asked from here or carried to a connected station."""

import hashlib
import secrets
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

from care_kit.exporters.sealing import keys
from care_kit.model.words.errors import InputError, PackageError

if TYPE_CHECKING:
    from asn1crypto.cms import ContentInfo

LARGEST = 1_000_000
_SECONDS = 30
_TYPE = "application/timestamp-query"
_TOKEN = "signature_time_stamp_token"  # noqa: S105 - the name of an attribute


def request(data: bytes) -> bytes:
    """A request (`.tsq`) over the SHA-512 of these bytes."""
    keys.require()
    from asn1crypto import tsp

    return bytes(
        tsp.TimeStampReq(
            {
                "version": 1,
                "message_imprint": {
                    "hash_algorithm": {"algorithm": "sha512"},
                    "hashed_message": hashlib.sha512(data).digest(),
                },
                "nonce": secrets.randbits(63),
                "cert_req": True,
            }
        ).dump()
    )


def asked(url: str, query: bytes) -> bytes:
    """What the authority at this address answers (`.tsr`); InputError when it does not."""
    if not url.startswith(("https://", "http://")):
        raise InputError(f"« {url} » n'est pas une adresse http.", "Donnez celle de l'autorité.")
    sent = urllib.request.Request(url, query, {"Content-Type": _TYPE})  # noqa: S310 - checked above
    try:
        with urllib.request.urlopen(sent, timeout=_SECONDS) as answer:  # noqa: S310
            return bytes(answer.read(LARGEST))
    except (urllib.error.URLError, OSError, ValueError) as cause:
        raise InputError(
            f"L'autorité d'horodatage « {url} » ne répond pas.",
            "Écrivez la demande avec --request, et portez-la sur un poste connecté.",
        ) from cause


def token(answer: bytes, data: bytes) -> "ContentInfo":
    """The token of an answer, once it is known to be about these bytes; PackageError else."""
    keys.require()
    from asn1crypto import cms, tsp

    try:
        response = tsp.TimeStampResp.load(answer, strict=True)
        status = response["status"]["status"].native
        found = cms.ContentInfo.load(response["time_stamp_token"].dump())
        imprint = found["content"]["encap_content_info"]["content"].parsed["message_imprint"]
        algorithm = imprint["hash_algorithm"]["algorithm"].native
        digest = imprint["hashed_message"].native
    except (ValueError, TypeError, KeyError, AttributeError) as cause:
        raise _refused("n'est pas une réponse d'horodatage (RFC 3161)") from cause
    if status not in ("granted", "granted_with_mods"):
        raise _refused("est un refus de l'autorité d'horodatage")
    if algorithm not in ("sha256", "sha384", "sha512"):
        raise _refused("emploie une empreinte trop faible")
    if hashlib.new(algorithm, data).digest() != digest:
        raise _refused("date autre chose que ce paquet")
    return cms.ContentInfo.load(found.dump())  # afresh: parsed structures are slow to write


def stamped(signature: bytes, answer: bytes) -> bytes:
    """The signature with the token of an answer about it; its own bytes stay what they were."""
    from asn1crypto import cms

    content = cms.ContentInfo.load(signature)
    found = token(answer, signed_value(signature))
    signer = content["content"]["signer_infos"][0]
    attribute = cms.CMSAttribute({"type": _TOKEN, "values": [found]})
    kept = [one for one in signer["unsigned_attrs"] or () if one["type"].native != _TOKEN]
    signer["unsigned_attrs"] = cms.CMSAttributes([*kept, attribute])
    return bytes(content.dump())


def signed_value(signature: bytes) -> bytes:
    """What a token over a signature is about: its value."""
    from asn1crypto import cms

    try:
        content = cms.ContentInfo.load(signature, strict=True)
        return bytes(content["content"]["signer_infos"][0]["signature"].native)
    except (ValueError, TypeError, KeyError, IndexError) as cause:
        raise PackageError(
            "La signature jointe au paquet est illisible.", "Signez à nouveau le paquet."
        ) from cause


def _refused(why: str) -> PackageError:
    return PackageError(
        f"La réponse {why}.", "Refaites la demande (.tsq) pour ce paquet, puis la réponse (.tsr)."
    )
