"""Bits and relative identifiers of Active Directory that several rules need (MS-ADTS)."""

# userAccountControl
DISABLED = 0x2
PASSWORD_NOT_REQUIRED = 0x20
REVERSIBLE_PASSWORD = 0x80
INTERDOMAIN_TRUST = 0x800
WORKSTATION_TRUST = 0x1000
SERVER_TRUST = 0x2000
NEVER_EXPIRES = 0x10000
UNCONSTRAINED_DELEGATION = 0x80000
DES_ONLY = 0x200000
NO_PREAUTHENTICATION = 0x400000
PROTOCOL_TRANSITION = 0x1000000
PARTIAL_SECRETS = 0x4000000

# msDS-SupportedEncryptionTypes
DES_TYPES = 0x3
RC4_TYPE = 0x4
AES_TYPES = 0x18

# Relative identifiers within a domain
ADMINISTRATOR = 500
GUEST = 501
KRBTGT = 502
DOMAIN_ADMINS = 512
DOMAIN_USERS = 513
DOMAIN_GUESTS = 514
DOMAIN_COMPUTERS = 515
CONTROLLERS = 516
CERT_PUBLISHERS = 517
SCHEMA_ADMINS = 518
ENTERPRISE_ADMINS = 519
POLICY_CREATORS = 520
READ_ONLY_CONTROLLERS = 521
PROTECTED_USERS = 525
KEY_ADMINS = 526
ENTERPRISE_KEY_ADMINS = 527
REPLICATION_ALLOWED = 571
REPLICATION_DENIED = 572
FIRST_ORDINARY = 1000

NO_LEVEL = 0  # of a finding that is an observation: it never counts

ADMINISTRATORS = "S-1-5-32-544"
ACCOUNT_OPERATORS = "S-1-5-32-548"
SERVER_OPERATORS = "S-1-5-32-549"
PRINT_OPERATORS = "S-1-5-32-550"
BACKUP_OPERATORS = "S-1-5-32-551"
REPLICATOR = "S-1-5-32-552"
PRE_WINDOWS_2000 = "S-1-5-32-554"
ANONYMOUS = "S-1-5-7"
AUTHENTICATED_USERS = "S-1-5-11"

EVERYONE = "S-1-1-0"
_BROAD = frozenset(
    {
        *(EVERYONE, ANONYMOUS, AUTHENTICATED_USERS, PRE_WINDOWS_2000),
        *("S-1-5-2", "S-1-5-4", "S-1-5-13", "S-1-5-14", "S-1-5-15", "S-1-5-113", "S-1-5-114"),
        *("S-1-5-32-545", "S-1-5-32-546"),
    }
)
_BROAD_ENDS = ("-513", "-514", "-515")


def is_broad(sid: str) -> bool:
    """Whether that principal is everybody, or nearly: all users, all machines, all guests.

    Well-known groups the system fills by itself, and a domain's users, guests and computers: none
    is ever trusted because somebody put it in a privileged group.
    """
    return sid in _BROAD or (sid.startswith("S-1-5-21-") and sid.endswith(_BROAD_ENDS))


# The groups whose members ANSSI calls privileged; controllers are left out of the count.
PRIVILEGED_RIDS = (
    DOMAIN_ADMINS,
    CONTROLLERS,
    SCHEMA_ADMINS,
    ENTERPRISE_ADMINS,
    KEY_ADMINS,
    ENTERPRISE_KEY_ADMINS,
)
PRIVILEGED_BUILTINS = (
    ADMINISTRATORS,
    ACCOUNT_OPERATORS,
    SERVER_OPERATORS,
    PRINT_OPERATORS,
    BACKUP_OPERATORS,
    REPLICATOR,
)


def rid(sid: str) -> int:
    """Last number of a SID."""
    return int(sid.rpartition("-")[2])
