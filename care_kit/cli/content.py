"""`care content`: tools for those who write questionnaires and checks."""

from care_kit.cli import output


def validate() -> None:
    """Valide tous les contenus livrés et ceux de votre surcouche."""
    from care_kit.catalog.content import load
    from care_kit.rules import directory, exposure

    content = load()
    ruled = directory.rule_ids() | exposure.rule_ids()
    orphans = sorted(content.checks.keys() ^ ruled)
    if orphans:
        from care_kit.model.errors import ContentError

        raise ContentError(
            f"Contrôles sans règle, ou règles sans contrôle : {', '.join(orphans)}.",
            "Un contrôle est un fichier TOML et une fonction du même identifiant.",
        )
    indicators = sum(len(one.indicators) for one in content.questionnaires.values())
    output.say(
        f"Contenus valides : {len(content.questionnaires)} questionnaire(s) "
        f"({indicators} indicateurs), {len(content.programmes)} programme(s), "
        f"{len(content.checks)} contrôles, {len(content.profiles)} profils d'export."
    )
    for one, file in sorted(content.origins.items()):
        output.say(f"  {one}  {file}")
