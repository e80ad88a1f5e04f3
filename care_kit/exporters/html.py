"""Self-contained HTML pages: Jinja2 with escaping on, no script, nothing fetched from anywhere.

Templates come from the user's overlay first, then from the shipped folder; they run sandboxed,
since an overlay may replace a page but never bring code.
"""

import base64
import hashlib
import re
from dataclasses import replace
from typing import Any

from jinja2 import FunctionLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from care_kit import resources
from care_kit.exporters.material import Material
from care_kit.model.results.wording import interval
from care_kit.model.words import french
from care_kit.model.words.errors import ContentError
from care_kit.model.words.spacing import spaced_page
from care_kit.model.words.text import printable, shown

_STYLE = "style.css"
_PLAIN_NAME = re.compile(r"(?!.*\.\.)[\w-][\w./-]*")
_FILTERS = (
    french.counted,
    french.cut,
    french.day,
    french.euros,
    french.instant,
    interval,
    french.number,
    french.octets,
    french.percent,
    french.seconds,
    french.short,
)


def template(name: str) -> str:
    """Text of a template file; ContentError when there is none of that name."""
    own = resources.overlay("templates")
    if not _PLAIN_NAME.fullmatch(name):
        raise _outside(name)
    try:
        if own is not None and (own / name).is_file():
            if not (own / name).resolve().is_relative_to(own.resolve()):
                raise _outside(name)
            return (own / name).read_text("utf-8")
        return resources.data("templates").joinpath(*name.split("/")).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as cause:
        raise ContentError(
            f"Le modèle de document « {name} » ne peut pas être lu.",
            "Réinstallez care-kit, ou corrigez le fichier de votre dossier de surcharge.",
        ) from cause


def _outside(name: str) -> ContentError:
    return ContentError(
        f"Un modèle de document veut lire « {shown(name)} », hors de son dossier.",
        "Corrigez le fichier de votre dossier de surcharge, ou retirez-le.",
    )


def page(name: str, **values: Any) -> bytes:
    """Render a page as UTF-8 bytes; a name the template asks for and lacks is an error.

    A material is handed over without its key, the bytes it gives access to, nor its journal.
    """
    values = {key: _bare(one) for key, one in values.items()}
    environment = ImmutableSandboxedEnvironment(
        loader=FunctionLoader(template),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    for one in _FILTERS:
        environment.filters[one.__name__] = one
    style = template(_STYLE)
    try:
        text = environment.get_template(name).render(
            style=Markup(style),  # noqa: S704 - our own style sheet, not data
            style_hash=_csp_hash(style),
            **values,
        )
    except TemplateError as cause:
        raise broken(name, cause) from cause
    return spaced_page(text).encode("utf-8")


def _bare(value: Any) -> Any:
    if not isinstance(value, Material):
        return value
    return replace(value, digest_of=_nothing, opened=_nothing, own_files={}, journal=())


def _nothing(_asked: str) -> Any:
    return ""


def broken(name: str, cause: Exception) -> ContentError:
    """The error told when a template, most likely of the overlay, cannot be rendered."""
    return ContentError(
        f"Le modèle de document « {name} » est fautif : {cause}.",
        "Corrigez le fichier de votre dossier de surcharge, ou retirez-le.",
    )


def _csp_hash(style: str) -> str:
    """What the content security policy must allow: this style and no other."""
    return base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")


def _shown(value: Any) -> Any:
    """Every printed value, freed of control characters; SVG made by our charts goes untouched."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return printable(value)
