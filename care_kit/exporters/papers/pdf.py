"""A paper as PDF."""

from dataclasses import asdict
from datetime import datetime

from care_kit.exporters import typeset
from care_kit.exporters.papers.shape import Paper


def pdf(paper: Paper, made_at: datetime) -> bytes:
    """Bytes of a tagged PDF."""
    return typeset.pdf("financement.typ", asdict(paper), made_at)
