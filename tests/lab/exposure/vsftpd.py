"""The configuration of a real FTP server that lets anybody in."""

from pathlib import Path

_TEXT = """\
listen=YES
listen_ipv6=NO
listen_address={address}
background=NO
anonymous_enable=YES
local_enable=NO
ftp_username=daemon
anon_root={root}
secure_chroot_dir={empty}
seccomp_sandbox=NO
"""


def configuration(folder: Path, address: str, more: str = "") -> Path:
    """Write vsftpd.conf and the folders it names, in `folder`; `more` are lines of one's own."""
    root, empty = folder / "ftp", folder / "empty"
    root.mkdir(mode=0o755)
    empty.mkdir(mode=0o755)
    file = folder / "vsftpd.conf"
    file.write_text(_TEXT.format(address=address, root=root, empty=empty) + more)
    return file
