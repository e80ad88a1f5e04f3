"""Points about certificate services: a certificate can stand for an administrator."""

from collections.abc import Iterator

from care_kit.model.content.check import Check
from care_kit.model.facts.directory import DirectoryEntry
from care_kit.rules.directory import flags
from care_kit.rules.directory.access import ARROW, Target
from care_kit.rules.directory.decision import RULES, Outcome, failed, lowest, passed, untested
from care_kit.rules.directory.judging import access, judge
from care_kit.rules.directory.membership import fold
from care_kit.rules.directory.rights import Grant, Kind, effective
from care_kit.rules.directory.view import View

_TEMPLATE, _SERVICE = "pKICertificateTemplate", "pKIEnrollmentService"
_CHOSEN_SUBJECT, _APPROVAL = 0x1, 0x2  # MS-CRTD 2.27 and 2.26
_CONTROL_ACCESS = 0x100
_ENROL = ("Certificate-Enrollment", "Certificate-AutoEnrollment")
# Uses by which a certificate logs on: client, smart card, PKINIT, any.
_LOGON = {"1.3.6.1.5.5.7.3.2", "1.3.6.1.4.1.311.20.2.2", "1.3.6.1.5.2.3.4", "2.5.29.37.0"}
_OWN_PLACES = ("cn=aia,", "cn=cdp,", "cn=kra,", "cn=enrollment services,")


@RULES.decides("vuln_adcs_control")
def containers(view: View, check: Check) -> Outcome:
    """Containers and authorities of the certificate services, templates left out.

    An authority's own host, and Cert Publishers, write where it publishes its certificates.
    """
    place = _place(view)
    view.required(place, "conteneur des autorités de certification")
    return judge(
        view,
        check,
        [
            Target(one, Kind.OTHER, _publishers(view, one, place))
            for one in view.under(place)
            if {_TEMPLATE, "msPKI-Enterprise-Oid"}.isdisjoint(one.classes)
        ],
    )


@RULES.decides("vuln_adcs_template_control")
def control(view: View, check: Check) -> Outcome:
    """Templates that someone may rewrite: those an authority publishes (1), the others (2)."""
    found = _templates(view)
    published = {fold(one.dn) for one in _published(view, found)}
    kept = [Target(one, Kind.TEMPLATE) for one in found if fold(one.dn) in published]
    others = [Target(one, Kind.TEMPLATE) for one in found if fold(one.dn) not in published]
    if not found:
        return passed("Aucun modèle de certificats dans la forêt.")
    who = access(view)
    demoted = [
        (one, Grant(2, grant.right, grant.sid))
        for one in others
        for grant in who.dangerous(one) or ()
    ]
    hidden = sum(1 for one in others if who.dangerous(one) is None)
    outcome = judge(view, check, kept, demoted, unread=hidden)
    if kept or demoted or hidden:
        return outcome
    return passed(f"Modèles sans droit dangereux : {len(others)}, aucun n'est publié.")


@RULES.decides("vuln_adcs_template_auth_enroll_with_name")
def impersonation(view: View, check: Check) -> Outcome:
    """Published templates by which an ordinary account gets a certificate in any name."""
    templates = list(_published(view, _templates(view)))
    who = access(view)
    found: list[str] = []
    unknown = 0
    for template in templates:
        harmless = _harmless(template)
        enrolled = [] if harmless else _enrolled(view, template)
        if harmless is None or enrolled is None:
            unknown += 1
            continue
        found += [
            ARROW.join((who.name(sid), "inscription", template.dn))
            for sid in dict.fromkeys(enrolled)
            if not who.trusted(sid)
        ]
    subject = "Modèles publiés permettant de choisir son identité"
    guilty = len({line.rpartition(ARROW)[2] for line in found})
    if found:
        return failed(f"{subject} : {guilty} sur {len(templates)}.", found, lowest(check))
    if unknown:
        return untested(f"{subject} : réglages illisibles pour {unknown} sur {len(templates)}.")
    return passed(f"{subject} : aucun sur {len(templates)}.")


def _place(view: View) -> str:
    return f"CN=Public Key Services,CN=Services,{view.facts.configuration_dn}"


def _templates(view: View) -> list[DirectoryEntry]:
    """Every template; UntestedError when their container was not read."""
    view.required(f"CN=Certificate Templates,{_place(view)}", "conteneur des modèles")
    return view.of_class(_TEMPLATE)


def _published(view: View, templates: list[DirectoryEntry]) -> Iterator[DirectoryEntry]:
    """Templates offered by an authority whose certificates the domain accepts for logging on."""
    store = view.entry(f"CN=NTAuthCertificates,{_place(view)}")
    accepted = set(store.values("cACertificate")) if store else set()
    offered = {
        fold(name)
        for service in view.of_class(_SERVICE)
        if accepted & set(service.values("cACertificate"))
        for name in service.texts("certificateTemplates")
    }
    return (one for one in templates if fold(_name(one)) in offered)


def _name(entry: DirectoryEntry) -> str:
    return entry.dn.partition(",")[0].partition("=")[2]


def _harmless(template: DirectoryEntry) -> bool | None:
    """Whether it asks for an approval, names the holder itself, or cannot log on.

    None when a setting is hidden.
    """
    subject = template.integer("msPKI-Certificate-Name-Flag")
    approval = template.integer("msPKI-Enrollment-Flag")
    signatures = template.integer("msPKI-RA-Signature")
    uses = set(template.texts("pKIExtendedKeyUsage"))
    if subject is not None and not subject & _CHOSEN_SUBJECT:
        return True
    if (approval or 0) & _APPROVAL or signatures or (uses and not uses & _LOGON):
        return True
    return None if None in (subject, approval, signatures) else False


def _enrolled(view: View, template: DirectoryEntry) -> list[str] | None:
    """SIDs that may ask for it; None when its permissions are hidden."""
    descriptor = template.descriptor
    if descriptor is None:
        return None
    return [
        ace.sid
        for ace, mask in effective(descriptor.dacl or ())
        if mask & _CONTROL_ACCESS
        and (not ace.object_type or view.identifiers.right(ace.object_type) in _ENROL)
    ]


def _publishers(view: View, entry: DirectoryEntry, place: str) -> frozenset[str]:
    """SIDs that write by design where an authority publishes: its host and Cert Publishers."""
    inside = fold(entry.dn).removesuffix(fold(f",{place}"))
    if not any(inside.endswith(own.rstrip(",")) for own in _OWN_PLACES):
        return frozenset()
    hosts = {
        (service.text("dNSHostName") or "").casefold() for service in view.of_class(_SERVICE)
    } - {""}
    machines = (
        one for one in view.computers if (one.text("dNSHostName") or "").casefold() in hosts
    )
    return frozenset(
        {f"{view.domain_sid}-{flags.CERT_PUBLISHERS}", *(one.sid or "" for one in machines)}
    )
