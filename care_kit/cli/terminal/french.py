"""Typer's own words in French: help headings and usage errors.

Typer bakes English texts in; they are replaced where they come out, so an unknown text simply
stays as it was.
"""

import re
from typing import Any

from typer.core import TyperCommand, TyperGroup

from care_kit.model.words.errors import InputError

_WORDS = (
    ("Usage: ", "Utilisation : "),
    ("COMMAND [ARGS]...", "COMMANDE [ARGUMENTS]…"),
    ("Options:", "Options :"),
    ("Commands:", "Commandes :"),
    ("Arguments:", "Arguments :"),
    ("Show this message and exit.", "Affiche cette aide et quitte."),
    ("[required]", "[obligatoire]"),
    ("[default:", "[par défaut :"),
    ("[env var:", "[variable :"),
    ("; required]", " ; obligatoire]"),
    ("; default: ", " ; par défaut : "),
)


_ARGUMENT = re.compile(r"\{([\w.…]+)\}")
_TYPES = {"str": "TEXTE", "path": "CHEMIN", "int": "NOMBRE", "int range": "NOMBRE"}


class FrenchCommand(TyperCommand):
    """A command whose help is in French."""

    def get_help(self, ctx: Any) -> str:
        """Help text with French headings and value names."""
        for parameter in self.get_params(ctx):
            if parameter.metavar is None and parameter.param_type_name == "option":
                parameter.metavar = _TYPES.get(parameter.type.name)
        return _ARGUMENT.sub(r"\1", _translated(super().get_help(ctx)))


class FrenchGroup(TyperGroup):
    """A group of commands whose help is in French, listed in the order they are declared."""

    def get_help(self, ctx: Any) -> str:
        """Help text with French headings."""
        return _translated(super().get_help(ctx))


def usage_error(error: Any) -> InputError:
    """A French error for what Typer refused, told from the kind of its exception."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "care"
    return InputError(_sentence(error), f"Consultez « {path} --help ».")


def _sentence(error: Any) -> str:
    kind = type(error).__name__
    parameter = getattr(error, "param", None)
    name = parameter.opts[-1] if parameter is not None else getattr(error, "param_hint", "") or ""
    if kind == "NoSuchOption":
        return f"L'option « {error.option_name} » n'existe pas."
    if kind == "MissingParameter":
        return f"Il manque « {name} »."
    if kind == "BadParameter":
        return f"La valeur donnée à « {name} » n'est pas utilisable : {_wanted(parameter)}."
    if kind == "BadOptionUsage":
        return f"L'option « {error.option_name} » attend une valeur."
    if "No such command" in error.message:
        unknown = error.message.split("'")[1]
        return f"La commande « {unknown} » n'existe pas."
    if "Missing command" in error.message:
        return "Il manque une commande."
    return f"La ligne de commande n'est pas comprise ({error.message.rstrip('.')})."


def _wanted(parameter: Any) -> str:
    """What the option takes, told from its type: Typer's own words are in English."""
    asked = getattr(parameter, "type", None)
    low, high = getattr(asked, "min", None), getattr(asked, "max", None)
    if low is not None and high is not None:
        return f"il faut un nombre entier de {low} à {high}"
    if low is not None:
        return f"il faut un nombre entier, {low} au moins"
    if getattr(asked, "name", "").startswith("int"):
        return "il faut un nombre entier"
    return "elle ne convient pas"


def _translated(text: str) -> str:
    for english, french in _WORDS:
        text = text.replace(english, french)
    return text
