"""From where the run looks: an internal look taken for an external one would make it lie."""

from ipaddress import ip_address

from care_kit.model.facts.scope import Scope
from care_kit.probes.exposure.addresses import parse_address, parse_network


def observed_view(scope: Scope, outgoing: str) -> tuple[str, tuple[str, ...]]:
    """The view to record, and the French limits that go with it.

    A station whose own address lies within the scanned networks looks from the inside, whatever
    the scope says. An external view is proved only when the declared address is the one in use.
    """
    if scope.view != "externe":
        return scope.view, ()
    if not outgoing:
        return scope.view, ("Vue externe déclarée : l'adresse de sortie n'a pas pu être lue.",)
    if any(ip_address(outgoing) in parse_network(one) for one in scope.networks):
        return "interne", (
            "Vue externe déclarée, mais ce poste se trouve dans les plages examinées : "
            "le relevé est marqué « interne ».",
        )
    if not scope.outgoing_address:
        return scope.view, ("Vue externe déclarée, sans adresse de sortie pour la vérifier.",)
    if parse_address(scope.outgoing_address) != ip_address(outgoing):
        return scope.view, (
            f"Adresse de sortie observée sur le poste : {outgoing}, déclarée : "
            f"{scope.outgoing_address} ; une traduction d'adresses est possible et la vue "
            "externe repose sur la déclaration.",
        )
    return scope.view, ()
