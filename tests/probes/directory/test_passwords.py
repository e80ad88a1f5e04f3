"""A password is sent as it was typed: each other writing is a failed try, nearer a lock-out."""

import pytest
from ldap3.operation.bind import bind_operation

from care_kit.probes.directory.session import _connection
from care_kit.probes.directory.target import Target
from care_kit.probes.directory.tls import CheckedTls

TYPED = (
    *("Été²2026", "10µm!", "½ litre", "a\u00a0b", "\ufb01nal", "e\u0301te\u0301"),
    *("\uff21", "p\tq", "x\u00ad"),
)


@pytest.mark.parametrize("password", TYPED)
def test_a_password_leaves_as_it_was_typed(password: str) -> None:
    target = Target(server="127.0.0.1", user="lecture@ch.lan")
    made = _connection(target, CheckedTls(target), password)
    request = bind_operation(3, made.authentication, made.user, made.password)
    assert bytes(request["authentication"]["simple"]) == password.encode("utf-8")
