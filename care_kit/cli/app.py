"""The command tree. Bodies import what they need, so that `--help` loads almost nothing."""

from collections.abc import Callable, Mapping, Sequence

import typer
from typer.exceptions import TyperException

from care_kit import __version__
from care_kit.cli import (
    assess,
    calendar,
    conflicts,
    counter,
    data,
    demo,
    establishment,
    evidence,
    findings,
    funding,
    ght,
    init,
    journal,
    merge,
    plan,
    programme,
    questionnaire,
    readings,
    referential,
    reported,
    risk,
    scope,
    spending,
    tui,
    web,
)
from care_kit.cli.answer import answer, remarks
from care_kit.cli.content import authoring as content
from care_kit.cli.content import exchange as content_exchange
from care_kit.cli.export import exposure_report as export_exposure
from care_kit.cli.export import opssies as export_opssies
from care_kit.cli.export import package as export
from care_kit.cli.probe import import_nmap, imports
from care_kit.cli.probe import measure as probe
from care_kit.cli.seal import secrecy, sign, timestamp
from care_kit.cli.terminal import output
from care_kit.cli.terminal.french import FrenchCommand, FrenchGroup, usage_error
from care_kit.cli.verify import opssies as verify_opssies
from care_kit.cli.verify import package as verify
from care_kit.model.words.errors import CareError, InputError

INTERRUPTED = 130
_WRITERS = (output.__name__, "csv", "typer._click.utils")

Body = Callable[..., None]
COMMANDS: Mapping[str, Body] = {
    "init": init.init,
    "answer": answer.answer,
    "questions": answer.questions,
    "explain": answer.explain,
    "comment": remarks.comment,
    "mark": remarks.mark,
    "withdraw": remarks.withdraw,
    "assess": assess.assess,
    "precheck": assess.precheck,
    "calendar": calendar.calendar,
    "funding": funding.funding,
    "findings": findings.findings,
    "sign": sign.sign,
    "timestamp": timestamp.timestamp,
    "encrypt": secrecy.encrypt,
    "decrypt": secrecy.decrypt,
    "verify": verify.verify,
    "verify-opssies": verify_opssies.verify_opssies,
    "journal": journal.journal,
    "merge": merge.merge,
    "conflicts": conflicts.conflicts,
    "tui": tui.tui,
    "web": web.web,
    "demo": demo.demo,
}
GROUPS: Mapping[str, tuple[str, Mapping[str, Body]]] = {
    "questionnaire": (
        "Questionnaire suivi par le dossier.",
        {
            "list": questionnaire.show,
            "use": questionnaire.use,
            "migrate": questionnaire.migrate,
        },
    ),
    "referential": (
        "Autres textes, lus dans vos réponses.",
        {"list": referential.show, "coverage": referential.coverage},
    ),
    "programme": (
        "Programmes de financement suivis.",
        {
            "list": programme.show,
            "follow": programme.follow,
            "leave": programme.leave,
            "period": programme.period,
        },
    ),
    "ght": (
        "Entités, parts d'activité, effectifs.",
        {"show": ght.show, "share": ght.share, "headcount": ght.headcount},
    ),
    "establishment": (
        "Établissement du dossier : montrer, corriger.",
        {"show": establishment.show, "set": establishment.correct},
    ),
    "scope": (
        "Périmètre à sonder : vérifier, autoriser.",
        {"check": scope.check, "sign": scope.sign},
    ),
    "probe": (
        "Mesurer l'annuaire et l'exposition.",
        {
            "directory": probe.directory,
            "exposure": probe.exposure,
            "import-oradad": imports.oradad,
            "import-ldif": imports.ldif,
            "import-pingcastle": imports.pingcastle,
            "import-ads-open": imports.ads_open,
            "import-bloodhound": imports.bloodhound,
            "import-nmap": import_nmap.import_nmap,
        },
    ),
    "readings": (
        "Relevés des sondes : lister, comparer.",
        {
            "list": readings.show,
            "use": readings.use,
            "withdraw": readings.withdraw,
            "compare": readings.compare,
            "held": readings.held,
        },
    ),
    "reported": (
        "Constats d'un rapport reçu (SILENE…).",
        {"add": reported.add, "follow": reported.follow, "list": reported.show},
    ),
    "risk": (
        "Risques acceptés pour un temps.",
        {"accept": risk.accept, "list": risk.show, "withdraw": risk.withdraw},
    ),
    "evidence": (
        "Preuves jointes au dossier.",
        {"add": evidence.add, "list": evidence.show, "withdraw": evidence.withdraw},
    ),
    "plan": (
        "Plan d'actions : gain simulé, coût, budget.",
        {
            "suggest": plan.suggest,
            "add": plan.add,
            "change": plan.change,
            "withdraw": plan.withdraw,
            "list": plan.show,
            "export": plan.export,
            "import": plan.import_file,
        },
    ),
    "counter": (
        "Guichets : valeurs à recopier, formulaire prérempli, envois.",
        {
            "copy": counter.copy,
            "prefill": counter.prefill,
            "attachments": counter.attachments,
        },
    ),
    "spending": (
        "Dépenses, devis, factures, plafond notifié.",
        {
            "add": spending.add,
            "list": spending.show,
            "withdraw": spending.withdraw,
            "ceiling": spending.ceiling,
        },
    ),
    "export": (
        "Documents à remettre.",
        {
            "package": export.package,
            "opssies": export_opssies.opssies,
            "exposure-report": export_exposure.exposure_report,
            "application": export.application,
        },
    ),
    "review": (
        "Examinateurs : clés, destinataires.",
        {"key new": secrecy.new_key, "recipients": secrecy.recipients},
    ),
    "data": (
        "Données de référence et leur âge.",
        {"show": data.show, "import": data.import_file},
    ),
    "content": (
        "Outils des auteurs de contenus.",
        {
            "show": content.show,
            "new": content.new,
            "validate": content.validate,
            "diff": content.diff,
            "fingerprint": content.fingerprint,
            "import-annex": content_exchange.import_annex,
            "import-ciso": content_exchange.import_ciso,
            "export-ciso": content_exchange.export_ciso,
        },
    ),
}


def _group(help_text: str) -> typer.Typer:
    return typer.Typer(
        cls=FrenchGroup,
        help=help_text,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=False,
        no_args_is_help=True,
    )


def build() -> typer.Typer:
    """The whole command tree."""
    app = _group("care-kit : mesurer la cybersécurité d'un hôpital, la prouver, la faire financer.")
    app.callback()(_root)
    for name, body in COMMANDS.items():
        app.command(name, cls=FrenchCommand)(body)
    for name, (help_text, bodies) in GROUPS.items():
        app.add_typer(_filled(help_text, bodies), name=name)
    return app


def _filled(help_text: str, bodies: Mapping[str, Body]) -> typer.Typer:
    """A group of commands; « key new » is the command `new` of the inner group `key`."""
    group = _group(help_text)
    inner: dict[str, dict[str, Body]] = {}
    for command, body in bodies.items():
        outer, _, last = command.rpartition(" ")
        if outer:
            inner.setdefault(outer, {})[last] = body
        else:
            group.command(command, cls=FrenchCommand)(body)
    for name, commands in inner.items():
        group.add_typer(_filled(help_text, commands), name=name)
    return group


def run(arguments: Sequence[str]) -> int:
    """Run one command line; every failure is one French sentence and a non-zero exit code.

    A failure of the program itself leaves a report without personal data (exit code 8).
    The commands find this function in their context: `care demo` runs the others.
    """
    output.prepare()
    code = _ran(arguments)
    return output.finish() or code


def _ran(arguments: Sequence[str]) -> int:
    try:
        code = build()(args=list(arguments), prog_name="care", standalone_mode=False, obj=run)
    except CareError as error:
        return output.failed(error)
    except TyperException as error:
        return output.failed(usage_error(error))
    except (KeyboardInterrupt, typer.Abort):
        output.note("Interrompu : ce qui était enregistré l'est resté.")
        return INTERRUPTED
    except SystemExit as leaving:  # how Typer takes a reader who left
        if isinstance(leaving.__context__, OSError):
            return output.unwritten(leaving.__context__)
        raise
    except OSError as error:
        return _refused_by_the_system(error)
    except Exception as error:
        return _broken(error)
    return code if isinstance(code, int) else 0


def _of_output(error: OSError) -> bool:
    """True when it is the output that failed: `print` was called last."""
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    return isinstance(error, BrokenPipeError) or (
        last is not None and last.tb_frame.f_globals.get("__name__") in _WRITERS
    )


def _refused_by_the_system(error: OSError) -> int:
    from care_kit.station.refusals import reason

    if _of_output(error):
        return output.unwritten(error)
    if error.filename is None:
        return _broken(error)
    told = f"« {error.filename} » ne peut pas être lu ou écrit : {reason(error)}."
    return output.failed(InputError(told, "Vérifiez ce chemin, vos droits et le support."))


def _broken(error: Exception) -> int:
    from care_kit.station import crash

    return output.failed(crash.told(error, "care"))


def _root(
    version: bool = typer.Option(False, "--version", help="Affiche la version et quitte."),
) -> None:
    if version:
        output.say(f"care-kit {__version__}")
        raise typer.Exit()
