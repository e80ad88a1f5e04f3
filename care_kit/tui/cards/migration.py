"""What becomes of the answers given to older questions, as the parts of a text."""

from collections.abc import Iterator

from care_kit.model.dossier.migration import Fate, Migration
from care_kit.tui.wording import Part

_WHAT = {
    Fate.CARRIED: "La question n'a pas changé : la réponse vaut pour la nouvelle version.",
    Fate.TO_REVIEW: "La question a changé : la réponse reste, et le contrôle demande de la relire.",
    Fate.GONE: "La question n'est plus posée : la réponse reste dans le journal.",
}


def migration_card(found: Migration) -> Iterator[Part]:
    """Each fate, with its answers; then what recording it does."""
    for fate in Fate:
        yield "", f"{fate.label.capitalize()} ({found.count(fate)})", "bold"
        yield "", _WHAT[fate], ""
        for one in found.of(fate):
            now = f", posée dans {one.now}" if one.now else ""
            title = f" {one.title}" if one.title else ""
            yield "- ", f"{one.indicator}{title} (répondue dans {one.asked}{now})", ""
        yield "", "", ""
    yield "", "Aucune réponse n'est modifiée ni perdue.", ""
