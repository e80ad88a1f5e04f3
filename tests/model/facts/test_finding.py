"""A name without end does not enter a finding, and two of them stay apart."""

from care_kit.model.facts.finding import LONGEST_NAME, Finding
from care_kit.model.words.vocabulary import Verdict


def finding(target: str, *objects: str) -> Finding:
    return Finding("vuln1_x", target, Verdict.FAIL, "2 comptes", objects=objects)


def test_names_without_end_are_cut_and_stay_apart() -> None:
    one, other = "a" * 3_000_000, "a" * 2_999_999 + "b"
    found = finding(one, one, other, "DUPONT")
    assert len(set(found.objects)) == 3
    assert max(map(len, (found.target, *found.objects))) < 300
    assert "3000000 caractères" in found.objects[0]


def test_the_longest_name_of_a_directory_is_kept_whole() -> None:
    name = "CN=" + "x" * (LONGEST_NAME - 3)
    assert finding("exemple.invalid", name).objects == (name,)
