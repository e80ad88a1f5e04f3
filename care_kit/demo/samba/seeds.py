"""The domains the lab can start, and the fixed names they share."""

from enum import StrEnum

REALM = "chu-exemple.lan"
DOMAIN_DN = "DC=chu-exemple,DC=lan"
CONFIGURATION_DN = f"CN=Configuration,{DOMAIN_DN}"
NETBIOS = "CHU"
HOST = "dc1"
HOST_NAME = f"{HOST}.{REALM}"
DOMAIN_SID = "S-1-5-21-1111111111-2222222222-3333333333"
AUDITOR = "auditeur"
ADDRESS = "127.0.0.53"


class Seed(StrEnum):
    """What a domain is filled with: nothing wrong, or every flaw the rules look for."""

    SAIN = "sain"
    HOPITAL = "hopital"
