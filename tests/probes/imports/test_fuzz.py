"""Whatever the bytes, an import ends with facts or with one French sentence: never a traceback."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from care_kit.catalog.mappings import pingcastle as mapping
from care_kit.demo.recorded import recorded_reading
from care_kit.model.facts import directory_codec
from care_kit.model.words.errors import InputError
from care_kit.probes.imports.ads_open import read_ads_open
from care_kit.probes.imports.bloodhound import read_bloodhound
from care_kit.probes.imports.filters import matcher
from care_kit.probes.imports.ldif_reading import read_ldif_facts
from care_kit.probes.imports.oradad import read_oradad
from care_kit.probes.imports.pingcastle import read_pingcastle
from care_kit.probes.imports.values import decoded, dns
from tests.probes.imports.oradad_files import write_oradad
from tests.probes.imports.reports import ads_open, as_json, bloodhound, pingcastle
from tests.probes.imports.test_ldif import ROOT, WHOLE, header

FUZZ = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def damaged(whole: bytes) -> st.SearchStrategy[bytes]:
    """The file with a slice replaced by anything."""
    places = st.integers(0, len(whole))
    return st.builds(
        lambda at, width, patch: whole[:at] + patch + whole[at + width :],
        places,
        st.integers(0, 40),
        st.binary(max_size=40),
    )


def tolerated(read: Callable[[], object]) -> None:
    try:
        read()
    except InputError as refusal:
        assert refusal.sentence.endswith(".") and refusal.next_step


@FUZZ
@given(st.one_of(damaged(pingcastle()), st.binary(max_size=200)))
def test_pingcastle(raw: bytes) -> None:
    tolerated(lambda: read_pingcastle(raw, "a.xml", mapping()))


@FUZZ
@given(st.one_of(damaged(as_json(ads_open())), st.binary(max_size=200)))
def test_ads_open(raw: bytes) -> None:
    tolerated(lambda: read_ads_open(raw, "report.json"))


@FUZZ
@given(st.one_of(damaged(bloodhound("users", 2)), st.binary(max_size=200)))
def test_bloodhound(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "a.json").write_bytes(raw)
    (tmp_path / "a.zip").write_bytes(raw)
    tolerated(lambda: read_bloodhound(tmp_path / "a.json"))
    tolerated(lambda: read_bloodhound(tmp_path / "a.zip"))


USER = b"dn: CN=a,DC=ch,DC=lan\nobjectClass: user\nobjectSid:: AQIDBA==\nmember: CN=b\n"


@FUZZ
@given(
    st.one_of(
        damaged(b"\n".join((ROOT, header("DC=ch,DC=lan"), USER, WHOLE))), st.binary(max_size=200)
    )
)
def test_ldif(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "a.ldif").write_bytes(raw)
    tolerated(lambda: read_ldif_facts(tmp_path / "a.ldif"))


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Path:
    live = directory_codec.decode(recorded_reading()[0])
    return write_oradad(tmp_path_factory.mktemp("oradad"), live)


@settings(FUZZ, max_examples=40)
@given(data=st.data())
def test_oradad(collection: Path, data: st.DataObject) -> None:
    files = [one for one in sorted(collection.rglob("*.tsv")) if one.stat().st_size]
    file = data.draw(st.sampled_from(files), label="file")
    whole = file.read_bytes()
    file.write_bytes(data.draw(damaged(whole), label="damaged"))
    try:
        tolerated(lambda: read_oradad(collection))
    finally:
        file.write_bytes(whole)


@FUZZ
@given(
    st.sampled_from(("objectsid", "sidhistory", "member", "pwdlastset", "whencreated", "x")),
    st.sampled_from(
        ("varchar(9)", "nvarchar(9)", "int", "tinyint", "datetime2", "uniqueidentifier")
    ),
    st.text(max_size=40),
)
def test_any_cell_is_a_value_or_a_value_error(name: str, kind: str, text: str) -> None:
    try:
        decoded(name, kind, text)
    except ValueError:
        return


@given(st.lists(st.from_regex(r"CN=[a-z\\;]{0,4}[a-z],DC=lan", fullmatch=True), min_size=1))
def test_dns_come_back_whole_or_not_at_all(names: list[str]) -> None:
    try:
        assert ";".join(dns(";".join(names))) == ";".join(names)
    except ValueError:
        assert any(";" in name for name in names)


@pytest.mark.parametrize("text", ["(a=b", "a=b", "(a>=1)", "()", "(a=b)(c=d)", "(&(a=b)"])
def test_a_filter_of_another_form_is_not_guessed(text: str) -> None:
    with pytest.raises(ValueError, match=r"filter|parenthesis|substring"):
        matcher(text)


def test_filters_choose_as_a_server_does() -> None:
    menu = {"objectclass": (b"top", b"Container"), "adminContextMenu".lower(): (b"1,&x,c:\\a.exe",)}
    assert matcher("(|(objectClass=group)(adminContextMenu=*,*,*))")(menu)
    assert matcher("(&(objectClass=container)(!(cn=*)))")(menu)
    assert not matcher("(adminContextMenu=*,*,*,*)")(menu)
    assert matcher("(objectClass=*)")({})
