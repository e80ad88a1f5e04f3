import pytest

from care_kit.model.words.vocabulary import Verdict
from care_kit.rules.directory.loops import looped
from tests.rules.directory.domain import BASE, CONFIGURATION, Domain, Spoil, failure, spoiled

SERVICE = f"CN=Directory Service,CN=Windows NT,CN=Services,{CONFIGURATION}"
SAFE = "0000000001000000000200000001130"


def heuristics(position: int, character: str) -> Spoil:
    value = SAFE[: position - 1] + character + SAFE[position:]
    return lambda d: d.change("service", dSHeuristics=value)


@pytest.mark.parametrize(
    ("position", "character", "level"),
    [
        (8, "1", 1),
        (16, "f", 1),
        (7, "2", 2),
        (21, "3", 2),
        (28, "2", 2),
        (29, "2", 2),
        (28, "0", 4),
        (29, "0", 4),
    ],
)
def test_each_dangerous_heuristic_fails_at_its_level(
    position: int, character: str, level: int
) -> None:
    assert failure("vuln_dsheuristics_bad", heuristics(position, character)) == ((SERVICE,), level)


def test_heuristics_never_written_are_zeros() -> None:
    spoil: Spoil = lambda d: d.hide("service", "dSHeuristics")  # noqa: E731
    assert failure("vuln_dsheuristics_bad", spoil) == ((SERVICE,), 4)
    reason = spoiled("vuln_dsheuristics_bad", spoil).reason
    assert reason == (
        "Caractères de dSHeuristics à corriger : 28 (AttributeAuthorizationOnLDAPAdd), "
        "29 (BlockOwnerImplicitRights)."
    )


@pytest.mark.parametrize(("version", "level"), [(3, 1), (4, 3), (5, 3), (6, 4)])
def test_each_functional_level_fails_at_its_own(version: int, level: int) -> None:
    spoil: Spoil = lambda d: d.change("partitions", msDS_Behavior_Version=version)  # noqa: E731
    objects = (f"CN=Partitions,{CONFIGURATION}",)
    assert failure("vuln_functional_level", spoil) == (objects, level)


def menu(command: str) -> Spoil:
    return lambda d: d.setting(
        "menu",
        "CN=user-Display,CN=40C,CN=DisplaySpecifiers",
        "displaySpecifier",
        adminContextMenu=command,
    )


@pytest.mark.parametrize(
    ("check", "spoil", "objects", "level"),
    [
        (
            "vuln_adupdate_bad",
            lambda d: d.change("update", revision=15),
            (f"CN=ActiveDirectoryUpdate,CN=DomainUpdates,CN=System,{BASE}",),
            2,
        ),
        (
            "vuln_user_accounts_machineaccountquota",
            lambda d: d.change("root", ms_DS_MachineAccountQuota=10),
            (BASE,),
            4,
        ),
        (
            "vuln_smartcard_expire_passwords",
            lambda d: d.change("root", msDS_ExpirePasswordsOnSmartCardOnlyAccounts="FALSE"),
            (BASE,),
            4,
        ),
        (
            "vuln_reversible_password_priv_namingcontext",
            lambda d: d.change("root", pwdProperties=17),
            (BASE,),
            3,
        ),
        (
            "vuln_compatible_2000_anonymous",
            lambda d: d.join("Compatible", d.foreign("S-1-5-7")),
            (f"CN=S-1-5-7,CN=ForeignSecurityPrincipals,{BASE}",),
            2,
        ),
        (
            "vuln_compatible_2000_not_default",
            lambda d: d.join("Compatible", d.user("reader", 5001)),
            ("reader",),
            3,
        ),
        (
            "vuln_group_loop",
            lambda d: d.join("rid-520", d.group("loop", 7001, f"CN=rid-520,CN=Users,{BASE}")),
            ("loop", "rid-520"),
            4,
        ),
        (
            "vuln_display_specifier",
            menu(r"7,&Aide,\\poste\partage\aide.vbs"),
            (f"CN=user-Display,CN=40C,CN=DisplaySpecifiers,{CONFIGURATION}",),
            1,
        ),
        (
            "vuln_sysvol_ntfrs",
            lambda d: (
                d.change("dfsr", msDFSR_Flags=0),
                d.add(
                    "frs",
                    f"CN=DC1,CN=Domain System Volume (SYSVOL share),CN=FRS,{BASE}",
                    objectClass="nTFRSMember",
                ),
            ),
            (f"CN=DC1,CN=Domain System Volume (SYSVOL share),CN=FRS,{BASE}",),
            2,
        ),
    ],
)
def test_fails(check: str, spoil: Spoil, objects: tuple[str, ...], level: int) -> None:
    assert failure(check, spoil) == (objects, level)


@pytest.mark.parametrize(
    ("check", "spoil"),
    [
        ("vuln_functional_level", lambda d: d.hide("partitions", "msDS-Behavior-Version")),
        ("vuln_functional_level", lambda d: d.remove("partitions")),
        ("vuln_dsheuristics_bad", lambda d: d.remove("service")),
        ("vuln_adupdate_bad", lambda d: d.hide("update", "revision")),
        ("vuln_adupdate_bad", lambda d: d.remove("update")),
        (
            "vuln_user_accounts_machineaccountquota",
            lambda d: d.hide("root", "ms-DS-MachineAccountQuota"),
        ),
        (
            "vuln_smartcard_expire_passwords",
            lambda d: d.hide("root", "msDS-ExpirePasswordsOnSmartCardOnlyAccounts"),
        ),
        (
            "vuln_reversible_password_priv_namingcontext",
            lambda d: d.hide("root", "pwdProperties"),
        ),
        ("vuln_compatible_2000_anonymous", lambda d: d.remove("Compatible")),
        ("vuln_compatible_2000_anonymous", lambda d: d.join("Compatible", "CN=unread,DC=x")),
        ("vuln_compatible_2000_not_default", lambda d: d.remove("Compatible")),
        ("vuln_display_specifier", lambda d: d.remove("menus")),
        ("vuln_sysvol_ntfrs", lambda d: d.hide("dfsr", "msDFSR-Flags")),
    ],
)
def test_is_not_tested_when_what_decides_is_hidden(check: str, spoil: Spoil) -> None:
    assert spoiled(check, spoil).verdict is Verdict.NOT_TESTED


@pytest.mark.parametrize(
    "command",
    [
        "0,{08eb4fa6-6ffd-11d1-b0e0-00c04fd8dca6}",
        r"7,&Aide,\\test.lan\SYSVOL\test.lan\scripts\aide.vbs",
        "7,&Aide,notepad.exe",
    ],
)
def test_menus_that_run_nothing_from_elsewhere_pass(command: str) -> None:
    assert spoiled("vuln_display_specifier", menu(command)).verdict is Verdict.PASS


def test_an_emptied_compatible_group_passes() -> None:
    def spoil(domain: Domain) -> None:
        domain.hide("Compatible", "member")

    assert spoiled("vuln_compatible_2000_not_default", spoil).verdict is Verdict.PASS


def test_loops_are_told_from_what_leads_to_them() -> None:
    graph = {
        "in": ["a"],
        "a": ["b"],
        "b": ["a", "out"],
        "out": [],
        "bridge": ["a"],
        "self": ["self"],
    }
    assert looped(graph) == ("a", "b", "self")
