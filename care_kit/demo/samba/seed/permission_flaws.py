"""The hospital's flaws that are permissions: who was given too much, over what."""

from care_kit.demo.samba.seed import baseline, keys, pki
from care_kit.demo.samba.seed.people import agents
from care_kit.demo.samba.seed.store import Store, filetime, generalized
from care_kit.demo.samba.seeds import REALM

SUPPORT = "GG_Support"
TWICE = f"imagerie.{REALM}"
_FULL = "RPWPCRCCDCLCLORCWOWDSDDTSW"
_RESET = "00299570-246d-11d0-a768-00aa006e0529"
_RESOURCE_DELEGATION = "3f78c3e5-f79a-46bd-a0b8-9d18116ddc79"
_POLICY_LINK = "f30e3bbe-9ff0-11d1-b603-0000f80367c1"
_REPLICATION = (
    "1131f6aa-9c07-11d1-f79f-00c04fc2dcd2",
    "1131f6ad-9c07-11d1-f79f-00c04fc2dcd2",
)
CONTROLLERS_POLICY = "CN={6AC1786C-016F-11D2-945F-00C04FB984F9},CN=Policies,CN=System"


def fill(store: Store) -> None:
    """Give a help desk group, and a few service accounts, what no one but the system should."""
    hospital = f"OU=Hôpital,{store.domain}"
    support = _support(store, hospital)
    _domain(store, hospital, support)
    _system(store, hospital, support)
    keys.add_backup_key(store, f"(A;;{_FULL};;;AU)")
    keys.add_root_key(store, "(A;;RPLCLORCCR;;;AU)")
    _certificates(store, hospital)
    _hidden(store)


def _support(store: Store, hospital: str) -> str:
    """A group that one ordinary agent belongs to; its SID."""
    dn = f"CN={SUPPORT},OU=Informatique,{hospital}"
    agent = agents()[1]
    member = f"CN={agent.name},OU={agent.unit},{hospital}"
    store.add_group(dn, [member])
    return store.sid(dn)


def _service(store: Store, hospital: str, name: str) -> str:
    return store.sid(f"CN={name},OU=Services,{hospital}")


def _domain(store: Store, hospital: str, support: str) -> None:
    imaging = _service(store, hospital, "Service imagerie")
    administrator = f"CN=Administrator,CN=Users,{store.domain}"
    store.replace(administrator, {"lastLogonTimestamp": filetime(5)})
    store.permit(store.domain, *(f"(OA;;CR;{right};;{imaging})" for right in _REPLICATION))
    controller = f"CN=DC2,OU=Domain Controllers,{store.domain}"
    store.permit(controller, f"(OA;;WP;{_RESOURCE_DELEGATION};;{support})")
    store.permit(f"OU=Informatique,{hospital}", f"(OA;;WP;{_POLICY_LINK};;{support})")
    dubois = f"CN=Administrateur Dubois,OU=Informatique,{hospital}"
    store.permit(dubois, f"(OA;;CR;{_RESET};;{support})")
    laboratory = _service(store, hospital, "Service automates")
    store.permit(f"{CONTROLLERS_POLICY},{store.domain}", f"(A;;WP;;;{laboratory})")
    agent = agents()[1]
    owner = store.sid(f"CN={agent.name},OU={agent.unit},{hospital}")
    workstation = f"CN=PC-001,OU=Postes,{hospital}"
    store.give(workstation, owner)
    store.replace(workstation, {"whenCreated": generalized(900)})


def _system(store: Store, hospital: str, support: str) -> None:
    system = f"CN=System,{store.domain}"
    store.permit(f"CN=AdminSDHolder,{system}", f"(A;;{_FULL};;;{support})")
    store.permit(f"CN=DFSR-GlobalSettings,{system}", f"(A;;WO;;;{support})")
    store.permit(f"CN=MicrosoftDNS,{system}", f"(A;;WP;;;{support})")
    portal = _service(store, hospital, "Service portail")
    member = f"CN=Service portail,OU=Services,{hospital}"
    store.join_group(f"CN=DnsAdmins,CN=Users,{store.domain}", member)
    store.permit(f"CN=Member,CN=Schema,{store.configuration}", f"(A;;WD;;;{portal})")
    zone = f"DC={REALM},CN=MicrosoftDNS,DC=DomainDnsZones,{store.domain}"
    baseline.set_updates(store, zone, 1)
    for part in ("DomainDnsZones", "ForestDnsZones"):
        twice = f"DC={TWICE},CN=MicrosoftDNS,DC={part},{store.domain}"
        store.add(twice, {"objectClass": "dnsZone"})
        baseline.set_updates(store, twice, 2)


def _certificates(store: Store, hospital: str) -> None:
    """A template that anyone may rewrite, and by which anyone takes any name."""
    portal = _service(store, hospital, "Service portail")
    store.permit(pki.place(store), f"(A;;WD;;;{portal})")
    template = pki.add_template(store, "CHU-Medecins", chosen_subject=True, enrolled="DU")
    store.permit(template, "(A;;WP;;;DU)")
    service = f"CN={pki.AUTHORITY},CN=Enrollment Services,{pki.place(store)}"
    store.append(service, {"certificateTemplates": ["CHU-Medecins"]})


def _hidden(store: Store) -> None:
    """What someone hid from ordinary accounts, and from any audit."""
    store.permit(f"CN=Schema Admins,CN=Users,{store.domain}", "(D;;RPLCLORC;;;AU)")
    external = f"CN=Prestataire 01,OU=Prestataires,OU=Hôpital,{store.domain}"
    store.permit(external, "(D;;RC;;;AU)")
