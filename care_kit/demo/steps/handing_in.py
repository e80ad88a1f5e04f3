"""From the deadlines to what is handed in: funding papers, report, sealed package."""

from datetime import date, timedelta

from care_kit.demo import material
from care_kit.demo.commands import Commands
from care_kit.demo.material.show_key import SHOW_ROOT, show_key

FOLDER = "remise"


def calendar(run: Commands) -> None:
    """What ends and what is due, on screen and for a diary."""
    run.step("Ce qui expire, ce qui est dû")
    run.care("calendar", first=20)
    run.care("calendar", "--ics", "echeances.ics")


def precheck(run: Commands) -> None:
    """What an examiner would refuse, and the list to tick."""
    run.step("Ce qu'un examinateur refuserait")
    run.care("precheck", "--checklist", "controle.pdf", expected=1, first=10, last=1)
    run.say("↑ code 1 : ce dossier de démonstration est volontairement incomplet.")


def money(run: Commands) -> None:
    """A quote, an invoice, one too old to count, under a notified ceiling."""
    run.step("Le financement : devis, factures, plafond notifié")
    today = date.today()
    quote, invoice, late = (today - timedelta(days=days) for days in (60, 20, 400))
    _spend(run, "D-014", quote, "D1.O2.B", "Audit externe", "12 000,50")
    _spend(run, "F-201", invoice, "D1-NIVEAU-AD", "Assainissement des comptes", "21 600")
    _spend(run, "F-033", late, "D1-AUDIT-AD", "Audit ancien", "4 800")
    source = "Notification fictive de la démonstration"
    run.care("spending", "ceiling", "--domain", "d1", "--amount", "30 000", "--source", source)
    run.care("funding", "d1")
    run.say("Pour être payé, seules comptent les factures de la période :")
    run.care("funding", "d1", "--paper", "paiement")


def _spend(
    run: Commands, number: str, dated: date, objective: str, label: str, amount: str
) -> None:
    """A quote (D-…) or an invoice (F-…), with the document that shows it."""
    kind = "devis" if number.startswith("D") else "facture"
    material.document(run.folder, f"{number}.pdf", f"{kind.capitalize()} {number}", dated)
    what = ("--domain", "d1", "--objective", objective, "--label", label, "--amount", amount)
    shown = ("--kind", kind, "--number", number, "--supplier", "Société fictive")
    run.care("spending", "add", *what, *shown, "--date", str(dated), "--file", f"{number}.pdf")


def papers(run: Commands) -> None:
    """The three funding papers, and what is copied at the counter."""
    run.step("Les trois documents de financement, et ce qui se recopie au guichet")
    for paper in ("candidature", "declaration", "paiement"):
        run.care("export", "application", "--domain", "d1", "--paper", paper, "--to", FOLDER)
    run.care("counter", "copy", "d1", first=8, last=1)
    run.care("counter", "attachments", "d1", "--limit", "5")


def package(run: Commands) -> None:
    """The exposure report, then the sealed package and its verification."""
    run.step("Le rapport d'exposition et le paquet de preuves, vérifiable sans l'outil")
    run.care("export", "exposure-report", "--to", FOLDER)
    run.care("export", "package", "--to", FOLDER)
    for sealed in sorted((run.folder / FOLDER).glob("*.zip")):
        signed(run, str(sealed.relative_to(run.folder)))


def signed(run: Commands, package: str) -> None:
    """The package signed with a key made on the spot, then verified: its figures are recomputed."""
    run.step("La signature, et le verdict recalculé")
    try:
        certificate, passphrase = show_key(run.folder)
    except ImportError:
        run.say("La signature demande l'extra « sign », absent ici : le paquet reste non signé.")
        run.care("verify", package)
        return
    run.say("Clé fabriquée à l'instant, pour montrer : elle ne prouve l'identité de personne.")
    run.care("sign", package, "--key", certificate, passphrase=passphrase)
    run.care("verify", package, "--trust", SHOW_ROOT)
