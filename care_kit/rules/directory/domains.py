"""One finding per check for a whole forest, from the findings of each of its domains."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from care_kit.model.facts.directory import dns_name
from care_kit.model.facts.finding import Finding
from care_kit.model.words.vocabulary import WORST_FIRST
from care_kit.rules.directory.access import ARROW
from care_kit.rules.directory.view import View


def homes(view: View) -> Mapping[str, str]:
    """Domain (DNS name) of each account and group by name; the view's own domain comes first."""
    return {
        entry.name: dns_name(one.facts.domain_dn)
        for one in (*view.neighbours, view)
        for entry in one.principals
    }


def located(finding: Finding, domains: Mapping[str, str]) -> Finding:
    """The finding with `(domain)` after each account: two domains may use the same names."""

    def shown(name: str) -> str:
        return f"{name} ({domains[name]})" if name in domains else name

    return replace(
        finding,
        objects=tuple(ARROW.join(map(shown, one.split(ARROW))) for one in finding.objects),
    )


def merged(found: Sequence[Finding]) -> Finding:
    """What one check says of the forest: the worst that it says of a domain.

    Objects, reasons and levels are those of the domains where it is at its worst.
    """
    verdict = min((one.verdict for one in found), key=WORST_FIRST.index)
    worst = [one for one in found if one.verdict is verdict]
    return replace(
        worst[0],
        reason=" ".join(dict.fromkeys(one.reason for one in worst)),
        objects=tuple(sorted({name for one in worst for name in one.objects})),
        level=min(one.level for one in worst),
    )
