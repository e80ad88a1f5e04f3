"""What may be said on an open port that is neither TLS nor the web: one short exchange at most."""

from collections.abc import Mapping

from care_kit.probes.exposure import dicom, greeting, mailboxes, services, smtp, starttls
from care_kit.probes.exposure.pace import Lane
from care_kit.probes.exposure.targets import Target


def texts(target: Target, port: int, lane: Lane | None = None) -> Mapping[str, str]:
    """Texts by probe id, as `PortFact.scripts` keeps them; most ports are left alone."""
    if port in target.dicom:
        return dicom.associate(target.address, port, lane)
    if port in target.talkative & services.SMTP_PORTS:
        return smtp.hello(target.address, port, lane)
    if port in target.talkative & (services.IMAP_PORTS | services.POP3_PORTS):
        return mailboxes.capabilities(target.address, port, lane)
    if port in target.talkative & services.LDAP_PORTS:
        return starttls.ldap(target.address, port, lane)
    if port in target.talkative & services.GREETING_PORTS:
        return greeting.listen(target.address, port, lane)
    return {}


def ports(target: Target) -> frozenset[int]:
    """Ports with which an exchange would be tried, were they all open."""
    return target.dicom | target.talkative & (services.STARTTLS_PORTS | services.GREETING_PORTS)
