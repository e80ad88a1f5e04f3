"""`care export exposure-report`: the report on what the internet sees, for its two readers."""

from pathlib import Path

from care_kit.cli.export.package import Folder, chosen_profile
from care_kit.cli.terminal import options, output


def exposure_report(
    to: Folder = Path(),
    force: options.Force = False,
    profile: options.Profile = "examinateur",
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Écrit le rapport d'exposition (page HTML et PDF)."""
    from care_kit.catalog.dated_tables import load_tables
    from care_kit.exporters.exposure.files import write_exposure_report
    from care_kit.exporters.gather import material
    from care_kit.station.writing import folder

    chosen = chosen_profile(profile)
    with options.open_dossier(dossier, author) as opened:
        paths = write_exposure_report(
            material(opened, options.situation_of(opened)),
            chosen,
            load_tables(options.today()),
            folder(to),
            force=force,
        )
    for path in paths:
        output.say(f"Rapport d'exposition écrit : {path}")
    output.say(f"Profil : {chosen.title} ({chosen.tlp.value}).")
