#!/usr/bin/env bash
# Installs the Debian or Ubuntu packages a target needs, when run as root with apt; otherwise says
# what is missing and goes on: the demonstration falls back and says so, the tests say what they skip.
set -euo pipefail

case "${1:-}" in
  python) wanted=(python3-venv) ;;
  demo) wanted=(samba samba-ad-provision samba-dsdb-modules samba-vfs-modules winbind python3-samba
                python3-cryptography
                ldb-tools nmap) ;;
  test) wanted=(samba samba-ad-provision samba-dsdb-modules samba-vfs-modules winbind python3-samba
                python3-cryptography
                ldb-tools nmap ldap-utils bind9 bind9-dnsutils redis-server vsftpd nginx-light openssl
                iproute2 procps dcmtk snmpd poppler-utils chromium tmux age softhsm2
                krb5-user libkrb5-dev gcc python3-dev) ;;
  *) echo "usage: $0 python|demo|test" >&2; exit 2 ;;
esac

if [ "$1" = python ]; then
  python=$(command -v python3.11 || command -v python3)
  "$python" -c 'import ensurepip, venv' 2>/dev/null && exit 0
fi
if ! command -v dpkg-query >/dev/null; then
  echo "Ni Debian ni Ubuntu : paquets système laissés tels quels." >&2
  exit 0
fi
missing=()
for package in "${wanted[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
  echo "Paquets absents (il faut être root pour les installer) : ${missing[*]}" >&2
  exit 0
fi
echo "Installation de : ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
policy=/usr/sbin/policy-rc.d
made_policy=
clean() { rm -f "$log"; if [ -n "$made_policy" ]; then rm -f "$policy"; fi; }
trap clean EXIT
# No daemon may start because its package was installed for the demonstration or the tests.
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod 755 "$policy" && made_policy=yes
fi
if ! { apt-get update && apt-get install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
  tail -n 20 "$log" >&2
  echo "L'installation des paquets a échoué ; la suite dira ce qui manque." >&2
fi
