"""Whether a document is what another tool collected: it names every account of a directory."""

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile

_KINDS = (
    "users|computers|groups|domains|gpos|ous|containers|sessions|certtemplates|enterprisecas|"
    "aiacas|rootcas|ntauthstores|issuancepolicies|opengraph"
)
# Names that SharpHound and its kin, PingCastle and ORADAD give to what they write.
_MEMBER = re.compile(
    rf"(^|[/_])({_KINDS})\.json$|(^|/)ad_hc_[^/]*\.(xml|html)$|\.mla$|(^|/)oradad\.log$",
    re.IGNORECASE,
)
_META = re.compile(rb'"meta"\s*:\s*\{[^{}]*"type"\s*:\s*"(' + _KINDS.encode() + rb')"')
_PINGCASTLE = re.compile(rb"<(HealthcheckData|HealthCheckData)[\s>]")
_ENDS = 100_000


def is_collection(content: bytes) -> bool:
    """True for a collection of BloodHound, PingCastle or ORADAD, alone or in a zip."""
    if content.startswith(b"PK"):
        try:
            with ZipFile(BytesIO(content)) as archive:
                return any(_MEMBER.search(one.replace("\\", "/")) for one in archive.namelist())
        except (BadZipFile, NotImplementedError, ValueError, OSError):
            return False
    ends = content[:_ENDS], content[-_ENDS:]
    return any(_META.search(one) or _PINGCASTLE.search(one) for one in ends)
