"""The configuration of the lab's Samba: LDAP, LDAPS and Kerberos only, on one address."""

from pathlib import Path

from care_kit.demo.samba.seeds import NETBIOS, REALM

# Kerberos inside TLS needs no second seal, as on Windows; a password in clear stays refused.
# No DNS, SMB, RPC or winbind: nothing here has a reason to talk to another machine.
_SMB_CONF = """[global]
\tbind interfaces only = Yes
\tinterfaces = {address}/8
\tnetbios name = DC1
\trealm = {realm}
\tworkgroup = {netbios}
\tserver role = active directory domain controller
\tserver services = ldap, cldap, kdc
\tldap server require strong auth = allow_sasl_over_tls
\tprivate dir = {folder}/private
\tstate directory = {folder}/state
\tcache directory = {folder}/cache
\tlock directory = {folder}
\tbinddns dir = {folder}/bind-dns
\tpid directory = {folder}/run/pid
\tncalrpc dir = {folder}/run/ncalrpc
\tntp signd socket directory = {folder}/run/ntp_signd
\tlog file = {folder}/log/log.samba
\tlog level = 1
\tdns update command = /bin/true
\tspn update command = /bin/true
\tsamba kcc command = /bin/true
\tgpo update command = /bin/true
[sysvol]
\tpath = {folder}/state/sysvol
\tread only = No
"""


def write(folder: Path, address: str) -> Path:
    """Write `etc/smb.conf` for a domain kept in `folder`; the file's path."""
    for name in ("etc", "run/pid", "run/ncalrpc", "log"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    file = folder / "etc" / "smb.conf"
    text = _SMB_CONF.format(folder=folder, address=address, realm=REALM.upper(), netbios=NETBIOS)
    file.write_text(text, encoding="utf-8")
    return file
