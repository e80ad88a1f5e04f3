"""Comments, marks and answers taken back from the command line."""

from tests.cli.conftest import Care


def test_comments_are_added_and_listed(started: Care) -> None:
    assert "aucun commentaire" in started("comment", "ck-gov-01").out
    started("comment", "ck-gov-01", "--text", "Voir la DSI.")
    told = started("comment", "CK-GOV-01", "--text", "Vu.").out
    assert "Camille Testeur, le " in told
    assert "Voir la DSI." in told
    assert "Vu." in told


def test_a_question_is_marked_listed_and_unmarked(started: Care) -> None:
    assert "Aucune question n'est à revoir." in started("mark").out
    assert "CK-GOV-01 : marquée à revoir." in started("mark", "ck-gov-01").out
    assert "CK-GOV-01 : Camille Testeur, le " in started("mark").out
    assert "marque retirée" in started("mark", "CK-GOV-01", "--done").out
    assert "Aucune question n'est à revoir." in started("mark").out


def test_an_answer_is_withdrawn_once(started: Care) -> None:
    started("answer", "-i", "CK-GOV-01", "-l", "2")
    assert "le journal garde les deux" in started("withdraw", "ck-gov-01").out
    assert started("withdraw", "CK-GOV-01").refused_clearly


def test_an_unknown_question_is_refused(started: Care) -> None:
    for command in (("comment", "RIEN", "--text", "x"), ("mark", "RIEN"), ("withdraw", "RIEN")):
        assert started(*command).refused_clearly
