"""Signs a package: CAdES over its tag manifest, a PAdES slip, and all in one when asked."""

import asyncio
import hashlib
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from care_kit.exporters import typeset
from care_kit.exporters.sealing.companions import Companions, tag_manifest
from care_kit.exporters.sealing.stamps import asked, request, signed_value, stamped
from care_kit.model.words.errors import PackageError
from care_kit.station.writing import whole_file, write_files

if TYPE_CHECKING:
    from pyhanko.sign.signers import Signer

ASIC_TYPE = b"application/vnd.etsi.asic-e+zip"
MANIFEST, SIGNATURE = "META-INF/ASiCManifest001.xml", "META-INF/signature001.p7s"
_DIGEST = "sha256"
_FIELD = "Signature"
_CHUNK = 1 << 20


@dataclass(frozen=True)
class SlipLines:
    """What the slip prints of a package, as (French label, value) in order."""

    establishment: str
    tlp: str
    rows: Sequence[tuple[str, str]]


def sign(
    package: Path, lines: SlipLines, signer: "Signer", tsa: str = "", *, asic: bool
) -> list[Path]:
    """Write the companions of a package, all or none; their paths."""
    beside = Companions(package)
    data = tag_manifest(package)
    signature = cades(data, signer)
    if tsa:
        signature = stamped(signature, asked(tsa, request(signed_value(signature))))
    made = {beside.signature: signature, beside.slip: signed_slip(package, lines, signer)}
    paths = list(write_files(made, force=True))
    if asic:
        _wrap(beside, signer, tsa)
        paths.append(beside.container)
    return paths


def cades(data: bytes, signer: "Signer") -> bytes:
    """A detached CAdES signature (B-B) of these bytes."""
    from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes

    signed = asyncio.run(
        signer.async_sign_general_data(
            data,
            _DIGEST,
            detached=True,
            use_cades=True,
            signed_attr_settings=PdfCMSSignedAttributes(signing_time=datetime.now(UTC)),
        )
    )
    return bytes(signed.dump())


def signed_slip(package: Path, lines: SlipLines, signer: "Signer") -> bytes:
    """The slip as a signed PDF (PAdES)."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

    now = datetime.now(UTC).replace(microsecond=0)
    size, digest = measured(package)
    rows = [
        *lines.rows,
        ("Fichier", package.name),
        ("Taille", f"{size} octets"),
        ("SHA-512 du fichier", digest),
    ]
    data = {
        "establishment": lines.establishment,
        "tlp": lines.tlp,
        "rows": [list(one) for one in rows],
    }
    page = typeset.pdf("bordereau.typ", data, now)
    metadata = PdfSignatureMetadata(
        field_name=_FIELD, md_algorithm=_DIGEST, subfilter=SigSeedSubFilter.PADES
    )
    out = asyncio.run(
        PdfSigner(metadata, signer).async_sign_pdf(IncrementalPdfFileWriter(io.BytesIO(page)))
    )
    return bytes(out.getvalue())


def measured(path: Path) -> tuple[int, str]:
    """Size and SHA-512 of a file, read in pieces."""
    digest, size = hashlib.sha512(), 0
    try:
        with path.open("rb") as stream:
            while piece := stream.read(_CHUNK):
                digest.update(piece)
                size += len(piece)
    except OSError as cause:
        raise PackageError(
            f"« {path} » ne peut pas être lu : {cause.strerror or cause}.", "Vérifiez vos droits."
        ) from cause
    return size, digest.hexdigest()


def asic_manifest(package: Path) -> bytes:
    """The manifest that an ASiC-E signature covers: the package and its digest."""
    import base64

    _, digest = measured(package)
    value = base64.b64encode(bytes.fromhex(digest)).decode("ascii")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<ASiCManifest xmlns="http://uri.etsi.org/02918/v1.2.1#" '
        'xmlns:ds="http://www.w3.org/2000/09/xmldsig#">\n'
        f'<SigReference URI="{SIGNATURE}" MimeType="application/pkcs7-signature"/>\n'
        f'<DataObjectReference URI="{package.name}" MimeType="application/zip">\n'
        '<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha512"/>\n'
        f"<ds:DigestValue>{value}</ds:DigestValue>\n"
        "</DataObjectReference>\n</ASiCManifest>\n"
    ).encode()


def _wrap(beside: Companions, signer: "Signer", tsa: str) -> None:
    """`X.asice`: the package, a manifest with its digest, and the signature of that manifest."""
    manifest = asic_manifest(beside.package)
    signature = cades(manifest, signer)
    if tsa:
        signature = stamped(signature, asked(tsa, request(signed_value(signature))))
    with (
        whole_file(beside.container, force=True) as writing,
        zipfile.ZipFile(writing.stream, "w") as archive,
    ):
        archive.writestr(zipfile.ZipInfo("mimetype"), ASIC_TYPE)
        with (
            beside.package.open("rb") as source,
            archive.open(zipfile.ZipInfo(beside.package.name), "w", force_zip64=True) as target,
        ):
            while piece := source.read(_CHUNK):
                target.write(piece)
        archive.writestr(zipfile.ZipInfo(MANIFEST), manifest)
        archive.writestr(zipfile.ZipInfo(SIGNATURE), signature)
