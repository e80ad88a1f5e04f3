"""Reads an Active Directory over LDAP with an ordinary account, and judges nothing."""

from care_kit.probes.directory.collector import collect
from care_kit.probes.directory.target import Target

__all__ = ["Target", "collect"]
