"""Makes text that came from the network safe to store and to print."""

import re
import unicodedata

_TERMINAL_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|.?)")
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
MAX_LINE = 300


def clean(value: str | bytes, limit: int = MAX_LINE) -> str:
    """One printable line: no control, no terminal escape, no direction override, cut to `limit`."""
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
    text = _TERMINAL_SEQUENCE.sub("", text[: limit * 4])
    kept = "".join(" " if unicodedata.category(one) in _HIDDEN else one for one in text)
    return " ".join(kept.split())[:limit]


def clean_lines(value: str | bytes, limit: int = 4000) -> str:
    """Like `clean`, keeping line breaks: the text output of a script."""
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
    lines = (clean(line) for line in text[:limit].splitlines())
    return "\n".join(line for line in lines if line)


def escaped(raw: bytes, limit: int = 200) -> str:
    """Bytes as printable ASCII, the others as `\\xNN`: a banner may be binary (Telnet, RFB)."""
    return "".join(chr(one) if 32 <= one < 127 else f"\\x{one:02x}" for one in raw[:limit])
