"""Judges what stands beside a package. Absence is said, never a fault."""

import asyncio
import hashlib
import io
import re
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from care_kit.exporters.sealing import keys
from care_kit.exporters.sealing.companions import TAG_MANIFEST, Companions
from care_kit.exporters.sealing.stamps import token
from care_kit.model.words.errors import CareError, InputError
from care_kit.review.codes import Code
from care_kit.review.signature import words
from care_kit.review.signature.trust import Trust
from care_kit.review.verification import Contents, Problem

_LARGEST = 20_000_000
ABSENT = "Signature : absente. Le paquet se vérifie sans, mais rien ne dit qui l'a fait."


@dataclass(frozen=True)
class Signed:
    """Sentences about what stands beside a package, faults, and what could not be judged."""

    told: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    reserves: tuple[str, ...] = ()


def beside(package: Path, contents: Contents, trust: Trust) -> Signed:
    """Everything that stands beside a zip."""
    files = Companions(package)
    judges: list[tuple[Path, Callable[[bytes], str]]] = [
        (files.signature, lambda raw: signature(raw, contents.small.get(TAG_MANIFEST, b""), trust)),
        (files.slip, lambda raw: slip(raw, contents.sha512, trust)),
        (files.stamp, lambda raw: stamp(raw, contents.small.get(TAG_MANIFEST, b""), trust)),
    ]
    there = [(path, judge) for path, judge in judges if path.is_file()]
    if not there:
        return Signed((ABSENT,))
    try:
        keys.require()
    except InputError as missing:
        return Signed((), (), (f"{missing.sentence} Rien n'est dit de {there[0][0].name}.",))
    told: list[str] = []
    problems: list[Problem] = []
    for path, judge in there:
        try:
            told.append(f"{path.name} : {judge(_read(path))}.")
        except RefusedError as refused:
            problems.append(Problem(path.name, f"{path.name} {refused}.", refused.code))
    if files.signature not in [path for path, _ in there]:
        told.insert(0, "Signature : absente.")
    return Signed(tuple(told), tuple(problems))


class RefusedError(Exception):
    """A companion that does not hold; its text ends a French sentence."""

    def __init__(self, why: str, code: Code = Code.SIGNATURE) -> None:
        super().__init__(why)
        self.code = code


def signature(raw: bytes, data: bytes, trust: Trust) -> str:
    """What a detached CAdES signature over `data` proves; RefusedError when it does not hold."""
    from asn1crypto import cms
    from pyhanko.sign.validation import async_validate_detached_cms

    try:
        content = cms.ContentInfo.load(raw, strict=True)
        signed = content["content"]
        _ = signed["signer_infos"]
    except (ValueError, TypeError, KeyError) as cause:
        raise RefusedError("n'est pas une signature lisible") from cause
    status = _run(
        async_validate_detached_cms(
            data,
            signed,
            signer_validation_context=trust.context(),
            ts_validation_context=Trust(trust.roots).context(),
        )
    )
    return _words(status, trust)


def slip(raw: bytes, sha512: str, trust: Trust) -> str:
    """What the signed PDF slip proves, once it prints the SHA-512 of this very zip."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import async_validate_pdf_signature

    try:
        found = PdfFileReader(io.BytesIO(raw)).embedded_signatures
    except Exception as cause:  # pyHanko raises of every kind on a hostile PDF
        raise RefusedError("est un PDF abîmé", Code.SLIP) from cause
    if len(found) != 1:
        raise RefusedError("n'est pas signé une fois et une seule", Code.SLIP)
    if sha512 not in _printed(raw):
        raise RefusedError("n'est pas le bordereau de ce paquet : autre SHA-512", Code.SLIP)
    status = _run(async_validate_pdf_signature(found[0], signer_validation_context=trust.context()))
    if status.coverage.name != "ENTIRE_FILE":
        raise RefusedError("a été complété après sa signature", Code.SLIP)
    return f"bordereau, signature {_words(status, trust)}"


def stamp(raw: bytes, data: bytes, trust: Trust) -> str:
    """What a time-stamp over `data` alone proves."""
    from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
    from pyhanko.sign.validation.status import TimestampSignatureStatus

    try:
        found = token(raw, data)
    except CareError as refused:
        raise RefusedError(_clause(refused.sentence), Code.TIMESTAMP) from refused
    status = TimestampSignatureStatus(
        **_run(
            validate_tst_signed_data(
                found["content"],
                Trust(trust.roots).context(),
                lambda algorithm: hashlib.new(algorithm, data).digest(),
            )
        )
    )
    if not (status.valid and status.intact):
        raise RefusedError("est un jeton d'horodatage qui ne tient pas", Code.TIMESTAMP)
    return words.stamp(status, trust)


def _words(status: Any, trust: Trust) -> str:
    if not status.intact:
        raise RefusedError("est la signature d'un autre fichier, ou le paquet a changé depuis")
    if not status.valid:
        raise RefusedError("porte une signature fausse")
    who = words.name(status.signing_cert)
    if status.revoked:
        raise RefusedError(f"est signé par un certificat révoqué (« {who} »)")
    if trust.roots and not status.trusted:
        raise RefusedError(
            f"est signé par « {who} », qu'aucune des racines données ne "
            "garantit (chaîne inconnue, expirée, ou sans preuve de non-révocation)"
        )
    found = status.timestamp_validity
    if found is not None and not (found.valid and found.intact):
        raise RefusedError("porte un jeton d'horodatage qui ne tient pas", Code.TIMESTAMP)
    return " ; ".join(words.told(status, trust))


def _run(task: Coroutine[Any, Any, Any]) -> Any:
    """pyHanko's answer; RefusedError when the structure itself does not hold."""
    try:
        return asyncio.run(task)
    except Exception as cause:  # its exceptions have no common root
        raise RefusedError("n'est pas une signature lisible") from cause


def _printed(raw: bytes) -> str:
    """The text of the PDF, without any blank: long values are cut into lines."""
    from pypdf import PdfReader

    try:
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(raw)).pages[:3])
    except Exception as cause:  # a hostile PDF
        raise RefusedError("est un PDF abîmé", Code.SLIP) from cause
    return re.sub(r"[\s\u200b]", "", text)


def _read(path: Path) -> bytes:
    if path.stat().st_size > _LARGEST:
        raise RefusedError("est démesuré")
    return path.read_bytes()


def _clause(sentence: str) -> str:
    return sentence.removeprefix("La réponse ").rstrip(".")
