"""Reads the dated tables of `checks/data`; any of them may be replaced in the user's folder."""

import re
from datetime import date
from typing import TypeVar

from care_kit.catalog import toml_file
from care_kit.catalog.folders import winner
from care_kit.catalog.kev import load_kev
from care_kit.model.content.dated_tables import DatedTables, ExchangeTable, SupportTable
from care_kit.model.content.kev import KevProducts
from care_kit.model.words.errors import ContentError

T = TypeVar("T")
_EXCHANGE, _SUPPORT, _PRODUCTS = "exchange_builds.toml", "end_of_support.toml", "kev_products.toml"


def load_tables(today: date) -> DatedTables:
    """The tables as of that day; ContentError when one cannot be read."""
    known = _table(_PRODUCTS, KevProducts)
    support = _table(_SUPPORT, SupportTable)
    for one in support.products:
        _compiles(one.pattern)
    return DatedTables(
        today=today,
        kev=load_kev(),
        products={one.name: one for one in known.products},
        support=support,
        exchange=_table(_EXCHANGE, ExchangeTable),
    )


def _table(name: str, shape: type[T]) -> T:
    return toml_file.read(winner("checks", f"data/{name}"), shape)


def _compiles(pattern: str) -> None:
    try:
        groups = re.compile(pattern).groups
    except re.error:
        groups = 0
    if groups != 1:
        raise ContentError(
            f"Dans « {_SUPPORT} », le motif « {pattern} » n'est pas une expression à un groupe.",
            "Corrigez ce motif : son groupe doit donner la branche, par exemple 7.4.",
        )
