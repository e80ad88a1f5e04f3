"""The sealed package of what a screen shows: slow, so called away from it."""

from dataclasses import replace
from pathlib import Path

from care_kit.model.content.export_profile import ExportProfile
from care_kit.tui.views.view import View
from care_kit.tui.work.looking import looked_into


def packed(view: View, profile: ExportProfile, to: Path) -> Path:
    """Write the package of a view in a folder, made when it does not exist; its path.

    The journal stops where the state of the view does, whatever other windows wrote meanwhile:
    a package is sealed on one state.
    """
    from care_kit.exporters.gather import material
    from care_kit.exporters.package import build_package
    from care_kit.station.writing import folder

    now = looked_into(view, thorough=True)
    gathered = replace(material(view.dossier, now), journal=view.dossier.journal(now.state))
    return build_package(gathered, profile, folder(to))
