"""Reads an Active Directory over LDAP with an ordinary account, and judges nothing."""

from care_kit.probes.directory.collector import Reading, collect, read, together
from care_kit.probes.directory.target import Target

__all__ = ["Reading", "Target", "collect", "read", "together"]
