"""What each rule must find in the hospital seed, written by hand from the seed itself."""

from care_kit.demo.samba.seed.forest_flaws import OPEN_CLASS, SHARED_CLASS
from care_kit.demo.samba.seed.keys import BACKUP_KEY, ROOT_KEY
from care_kit.demo.samba.seed.people import ENDED, administrators, agents, contractors
from care_kit.demo.samba.seed.permission_flaws import (
    CONTROLLERS_POLICY,
    SUPPORT,
    TWICE,
)
from care_kit.demo.samba.seeds import CONFIGURATION_DN, DOMAIN_DN, DOMAIN_SID, REALM

_SYSTEM = f"CN=System,{DOMAIN_DN}"
_EXTERNAL = tuple(one.login for one in contractors())
_FORGOTTEN = tuple(one.login for one in contractors() if one.password_days > 1095)
_ADMINS = tuple(one.login for one in administrators())
_PRIVILEGED = ("Administrator", *_ADMINS, *_EXTERNAL)
_OLD_READERS = tuple(
    f"CN={sid},CN=ForeignSecurityPrincipals,{DOMAIN_DN}" for sid in ("S-1-5-7", "S-1-1-0")
)
_NEVER_EXPIRING_AGENTS = tuple(one.login for one in agents()[1::4])
_LEFT_AGENTS = tuple(one.login for one in agents()[::3])
_PKI = f"CN=Public Key Services,CN=Services,{CONFIGURATION_DN}"
_HOLDER = f"CN=AdminSDHolder,{_SYSTEM}"
_DCSYNC = "réplication de l'annuaire et de ses secrets (DCSync)"
_EVERYTHING = "écriture de toutes les propriétés"
_TEMPLATE = f"CN=CHU-Medecins,CN=Certificate Templates,{_PKI}"


def _may(who: str, right: str, what: str) -> tuple[str, ...]:
    return (f"{who} → {right} → {what}",)


FAILURES: dict[str, tuple[str, ...]] = {
    "obs_administrator_used": ("Administrator",),
    # One path per principal that holds a right of level 1 over the heart of the forest.
    "obs_control_paths": (
        *_may("a002 → membre du groupe → GG_Support", "contrôle total", _HOLDER),
        *_may("svc_imagerie", _DCSYNC, DOMAIN_DN),
        *_may("svc_labo", _EVERYTHING, f"{CONTROLLERS_POLICY},{DOMAIN_DN}"),
        *_may("svc_portail", "modification des permissions", _PKI),
    ),
    "obs_dns_duplicate": tuple(
        f"DC={TWICE},CN=MicrosoftDNS,DC={part},{DOMAIN_DN}"
        for part in ("DomainDnsZones", "ForestDnsZones")
    ),
    "obs_laps_coverage": ("PC-001$", "PC-002$", "SRV-GED$"),
    "obs_password_not_required": ("Guest",),
    "obs_privileged_disabled": ("ext47",),
    "obs_privileged_expired": (f"ext{ENDED:02d}",),
    "obs_privileged_script": ("adm_legrand",),
    "obs_schema_containers": (f"{OPEN_CLASS},CN=Schema,{CONFIGURATION_DN}",),
    "obs_schema_permissions": (f"{SHARED_CLASS},CN=Schema,{CONFIGURATION_DN}",),
    "vuln_adcs_control": _may("svc_portail", "modification des permissions", _PKI),
    "vuln_adcs_template_auth_enroll_with_name": _may("Domain Users", "inscription", _TEMPLATE),
    "vuln_adcs_template_control": _may("Domain Users", _EVERYTHING, _TEMPLATE),
    "vuln_adupdate_bad": (f"CN=ActiveDirectoryUpdate,CN=DomainUpdates,{_SYSTEM}",),
    "vuln_certificates_vuln": (
        "CN=CHU-AC-2009,CN=Certification Authorities,CN=Public Key Services,CN=Services,"
        f"{CONFIGURATION_DN}",
    ),
    "vuln_compatible_2000_anonymous": _OLD_READERS[:1],
    "vuln_compatible_2000_not_default": _OLD_READERS,
    "vuln_critical_objects": (f"{DOMAIN_SID}-518",),
    "vuln_dc_crypto": ("DC2$",),
    "vuln_dc_inconsistent_uac": ("DC2$", "RODC1$"),
    "vuln_dc_obsolete": ("DC2$",),
    "vuln_delegation_a2d2": ("svc_imagerie", "svc_portail"),
    "vuln_delegation_sourcedeleg": ("DC2$",),
    "vuln_delegation_t2a4d": ("svc_portail",),
    "vuln_delegation_t4d": ("SRV-IMPRIM$",),
    "vuln_display_specifier": (f"CN=user-Display,CN=40C,CN=DisplaySpecifiers,{CONFIGURATION_DN}",),
    "vuln_dnsadmins": ("svc_portail",),
    "vuln_dnszone_bad_prop": (f"DC={REALM},CN=MicrosoftDNS,DC=DomainDnsZones,{DOMAIN_DN}",),
    "vuln_dont_expire": (*_NEVER_EXPIRING_AGENTS, "svc_labo", "svc_pacs"),
    "vuln_dont_expire_priv": ("svc_pacs",),
    "vuln_dsheuristics_bad": (
        f"CN=Directory Service,CN=Windows NT,CN=Services,{CONFIGURATION_DN}",
    ),
    "vuln_functional_level": (f"CN=Partitions,{CONFIGURATION_DN}",),
    "vuln_group_loop": ("GG_Dossiers", "GG_Partages"),
    "vuln_guest": ("Guest",),
    "vuln_kerberos_properties_deskey": ("svc_labo",),
    "vuln_kerberos_properties_encryption": ("svc_pacs",),
    "vuln_kerberos_properties_preauth": ("adm_legrand", "borne_accueil"),
    "vuln_kerberos_properties_preauth_priv": ("adm_legrand",),
    "vuln_krbtgt": ("krbtgt",),
    "vuln_owner": ("PC-001$",),
    "vuln_password_change_cluster_no_change_3years": ("CLU-SQL$",),
    "vuln_password_change_dc_no_change": ("DC2$",),
    "vuln_password_change_inactive_dc": ("DC2$",),
    "vuln_password_change_inactive_servers": ("SRV-GED$",),
    "vuln_password_change_msa_no_change_90": ("gmsa_sauve$",),
    "vuln_password_change_priv": (*_FORGOTTEN, "adm_moreau", "svc_pacs"),
    "vuln_password_change_server_no_change_45": ("SRV-DPI$", "SRV-GED$"),
    "vuln_password_change_server_no_change_90": ("SRV-GED$",),
    "vuln_permissions_adminsdholder": _may(SUPPORT, "contrôle total", _HOLDER),
    "vuln_permissions_dc": _may(
        SUPPORT, "écriture de msDS-AllowedToActOnBehalfOfOtherIdentity", "DC2$"
    ),
    "vuln_permissions_dfsr_sysvol": _may(
        SUPPORT, "prise de possession", f"CN=DFSR-GlobalSettings,{_SYSTEM}"
    ),
    "vuln_permissions_dpapi": _may(
        "Utilisateurs authentifiés", "contrôle total", f"{BACKUP_KEY},{DOMAIN_DN}"
    ),
    "vuln_permissions_gmsa_keys": _may(
        "Utilisateurs authentifiés", "tous les droits étendus", f"{ROOT_KEY},{CONFIGURATION_DN}"
    ),
    "vuln_permissions_gpo_container_priv": _may(
        SUPPORT, "écriture de gPLink", f"OU=Informatique,OU=Hôpital,{DOMAIN_DN}"
    ),
    "vuln_permissions_gpo_priv": _may("svc_labo", _EVERYTHING, f"{CONTROLLERS_POLICY},{DOMAIN_DN}"),
    "vuln_permissions_msdns": _may(SUPPORT, _EVERYTHING, f"CN=MicrosoftDNS,{_SYSTEM}"),
    "vuln_permissions_naming_context": _may("svc_imagerie", _DCSYNC, DOMAIN_DN),
    "vuln_permissions_schema": _may(
        "svc_portail", "modification des permissions", f"CN=Member,CN=Schema,{CONFIGURATION_DN}"
    ),
    "vuln_primary_group_id_1000": ("archives",),
    "vuln_primary_group_id_nochange": ("stagiaire_dim",),
    "vuln_privileged_members": (*_ADMINS, *_EXTERNAL),
    "vuln_privileged_members_no_admincount": ("adm_dubois", *_EXTERNAL[-3:]),
    # A fine-grained policy governs adm_dubois; its content is hidden from the auditor.
    "vuln_privileged_members_password": tuple(one for one in _PRIVILEGED if one != "adm_dubois"),
    "vuln_privileged_members_perm": _may(SUPPORT, "réinitialisation du mot de passe", "adm_dubois"),
    "vuln_protected_users": tuple(
        one for one in _PRIVILEGED if one not in ("Administrator", "adm_dubois")
    ),
    "vuln_reversible_password_priv_namingcontext": (DOMAIN_DN,),
    "vuln_reversible_password_priv_uac": ("adm_moreau",),
    "vuln_rodc_allowed_group": ("adm_legrand",),
    "vuln_rodc_denied_group": ("Denied RODC Password Replication Group",),
    "vuln_rodc_never_reveal": ("RODC1$",),
    "vuln_rodc_orphan_krbtgt": ("krbtgt_20481",),
    "vuln_rodc_priv_revealed": ("RODC1$",),
    "vuln_rodc_reveal": ("RODC1$",),
    "vuln_sd_failed_sd_read_on_priv": ("ext01",),
    "vuln_sidhistory_dangerous": ("mig_chirurgie",),
    "vuln_sidhistory_present": ("mig_chirurgie", "mig_ssr"),
    "vuln_silo_priv": tuple(one for one in _PRIVILEGED if one != "Administrator"),
    "vuln_smartcard_expire_passwords": (DOMAIN_DN,),
    "vuln_spn_priv": ("svc_pacs",),
    "vuln_sysvol_ntfrs": (
        f"CN=DC2,CN=Domain System Volume (SYSVOL share),CN=File Replication Service,{_SYSTEM}",
    ),
    "vuln_trusts_accounts": ("GHT$",),
    "vuln_trusts_domain_notfiltered": (f"CN=clinique-voisine.lan,{_SYSTEM}",),
    "vuln_trusts_forest_sidhistory": (f"CN=ght-partenaire.lan,{_SYSTEM}",),
    "vuln_trusts_tgt_deleg": (f"CN=ght-partenaire.lan,{_SYSTEM}",),
    "vuln_user_accounts_dormant": (*_LEFT_AGENTS, *_FORGOTTEN),
    "vuln_user_accounts_machineaccountquota": (DOMAIN_DN,),
}
