"""A hospital domain with every flaw the directory rules look for."""

from care_kit.demo.samba.seed import forest_flaws, permission_flaws
from care_kit.demo.samba.seed.machines import machines
from care_kit.demo.samba.seed.objects import (
    account_dn,
    add_account,
    add_machine,
    add_units,
    machine_dn,
)
from care_kit.demo.samba.seed.people import UNITS, administrators, contractors, everyone
from care_kit.demo.samba.seed.store import Store, binary_sid, duration, filetime
from care_kit.demo.samba.seeds import DOMAIN_SID, REALM

_TEAMS = (*UNITS, "Informatique", "Prestataires", "Services", "Postes", "Serveurs")


def fill(store: Store) -> None:
    """Write the hospital over the healthy baseline."""
    hospital = add_units(store, _TEAMS)
    for account in everyone():
        add_account(store, account)
    for machine in machines():
        add_machine(store, machine)
    _groups(store, hospital)
    _identities(store, hospital)
    _read_only_controller(store)
    forest_flaws.fill(store)
    permission_flaws.fill(store)


def _groups(store: Store, hospital: str) -> None:
    """Administrators through two nested groups, and two groups that contain each other."""

    def group(name: str, members: list[str]) -> str:
        dn = f"CN={name},OU=Informatique,{hospital}"
        store.add_group(dn, members)
        return dn

    remote = group("GG_Telemaintenance", [account_dn(store, one) for one in contractors()])
    outsourcing = group("GG_Infogerance", [remote])
    store.join_group(f"CN=Administrators,CN=Builtin,{store.domain}", outsourcing)
    files = group("GG_Dossiers", [remote])
    shares = group("GG_Partages", [files])
    store.join_group(files, shares)
    users = f"CN=Users,{store.domain}"
    for one in administrators():
        store.join_group(f"CN=Domain Admins,{users}", account_dn(store, one))
    dubois = f"CN=Administrateur Dubois,OU=Informatique,{hospital}"
    store.join_group(f"CN=Protected Users,{users}", dubois)
    _hidden_policy(store, dubois)


def _hidden_policy(store: Store, account: str) -> None:
    """A fine-grained policy: ordinary accounts see that it applies, not what it says."""
    store.add(
        f"CN=PSO-Administrateurs,CN=Password Settings Container,CN=System,{store.domain}",
        {
            "objectClass": "msDS-PasswordSettings",
            "msDS-PasswordSettingsPrecedence": "10",
            "msDS-PasswordReversibleEncryptionEnabled": "FALSE",
            "msDS-PasswordHistoryLength": "24",
            "msDS-PasswordComplexityEnabled": "TRUE",
            "msDS-MinimumPasswordLength": "20",
            "msDS-MinimumPasswordAge": "0",
            "msDS-MaximumPasswordAge": duration(365),
            "msDS-LockoutThreshold": "0",
            "msDS-LockoutObservationWindow": "0",
            "msDS-LockoutDuration": "0",
            "msDS-PSOAppliesTo": account,
        },
    )


def _identities(store: Store, hospital: str) -> None:
    """Hidden memberships, former identifiers, Guest, krbtgt and a managed account."""
    users = f"CN=Users,{store.domain}"
    archives = f"CN=Archives médicales,OU=Informatique,{hospital}"
    store.replace(archives, {"primaryGroupID": "512"})
    trainee = f"CN=Stagiaire DIM,OU=Direction,{hospital}"
    readers = f"CN=GG_Lecteurs,OU=Informatique,{hospital}"
    store.add_group(readers, [trainee])
    store.replace(trainee, {"primaryGroupID": store.rid(readers)})
    for name, sid in (("Chirurgie", "S-1-5-21-9-9-9-512"), ("SSR", "S-1-5-21-9-9-9-1234")):
        dn = f"CN={name} (ancien domaine),OU=Services,{hospital}"
        store.replace(dn, {"sIDHistory": binary_sid(sid)})
    store.replace(f"CN=Guest,{users}", {"userAccountControl": str(0x200 | 0x20)})
    store.replace(f"CN=krbtgt,{users}", {"pwdLastSet": filetime(4000)})
    store.add(
        f"CN=gmsa_sauve,CN=Managed Service Accounts,{store.domain}",
        {
            "objectClass": "msDS-GroupManagedServiceAccount",
            "sAMAccountName": "gmsa_sauve$",
            "dNSHostName": f"gmsa_sauve.{REALM}",
            "userAccountControl": "4096",
            "msDS-ManagedPasswordInterval": "30",
            "pwdLastSet": filetime(200),
            "lastLogonTimestamp": filetime(2),
        },
    )


def _read_only_controller(store: Store) -> None:
    """A read-only controller that may keep, and keeps, what it should not."""
    users = f"CN=Users,{store.domain}"
    legrand = f"CN=Administrateur Legrand,OU=Informatique,OU=Hôpital,{store.domain}"
    controller = machine_dn(store, "RODC1", "Domain Controllers")
    store.replace(
        controller,
        {
            "msDS-NeverRevealGroup": [f"CN=Administrators,CN=Builtin,{store.domain}"],
            "msDS-RevealOnDemandGroup": [f"CN=Domain Users,{users}"],
            "msDS-RevealedUsers": [f"B:8:00000001:{legrand}"],
        },
    )
    store.join_group(f"CN=Allowed RODC Password Replication Group,{users}", legrand)
    denied = f"CN=Denied RODC Password Replication Group,{users}"
    store.remove(denied, {"member": f"CN=Domain Admins,{users}"})
    orphan = f"CN=krbtgt_20481,{users}"
    store.add_ticket_account(orphan)
    store.replace(orphan, {"sAMAccountName": "krbtgt_20481"})
    store.replace(
        machine_dn(store, "DC2", "Domain Controllers"),
        {"msDS-AllowedToActOnBehalfOfOtherIdentity": store.descriptor(f"{DOMAIN_SID}-515")},
    )
