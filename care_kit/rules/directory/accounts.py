"""Points about ordinary accounts, and the two that every domain has: krbtgt and Guest."""

from care_kit.model.content.check import Check
from care_kit.model.facts.directory import DirectoryEntry, sid_text
from care_kit.model.words.french import counted
from care_kit.rules.directory import flags, policies
from care_kit.rules.directory.decision import (
    RULES,
    Outcome,
    each,
    failed,
    lowest,
    passed,
    share,
    untested,
)
from care_kit.rules.directory.view import View, enabled, has_flag, is_computer


@RULES.decides("vuln_user_accounts_dormant")
def dormant(view: View, check: Check) -> Outcome:
    """Share of enabled users and machines with an old password and no recent logon."""
    password, silence = check.threshold("password_age_days"), check.threshold("silent_days")

    def asleep(account: DirectoryEntry) -> bool | None:
        # A password at 0 was never chosen by its holder: it is as old as the account.
        never_set = account.integer("pwdLastSet") == 0
        old = view.older(account, "whenCreated" if never_set else "pwdLastSet", password)
        if old is False:
            return False
        silent = view.silent(account, silence)
        return silent if old or silent is False else None

    accounts = (*view.enabled_users, *view.enabled_computers)
    blind = view.blind_users + view.blind_computers
    return share("Comptes actifs inutilisés", accounts, asleep, check, unread=blind)


@RULES.decides("vuln_dont_expire")
def never_expires(view: View, check: Check) -> Outcome:
    """Share of enabled users whose password never expires."""
    return share(
        "Comptes dont le mot de passe n'expire jamais",
        view.enabled_users,
        lambda one: has_flag(one, flags.NEVER_EXPIRES),
        check,
        unread=view.blind_users,
    )


@RULES.decides("vuln_kerberos_properties_preauth")
def no_preauthentication(view: View, check: Check) -> Outcome:
    """Enabled users that give material to crack without authenticating."""

    def offends(account: DirectoryEntry) -> bool | None:
        pardon = policies.excused(
            view, account, check.threshold("min_length"), check.threshold("max_age_days")
        )
        return None if pardon is None else not pardon

    suspects = view.enabled_with(flags.NO_PREAUTHENTICATION)
    return each(
        "Comptes sans préauthentification",
        suspects,
        offends,
        lowest(check),
        innocent=len(view.enabled_users) - len(suspects),
        unread=view.blind_users,
        tolerated_percent=check.threshold("max_unreadable_percent"),
    )


@RULES.decides("vuln_kerberos_properties_deskey")
def des_only(view: View, check: Check) -> Outcome:
    """Enabled users restricted to DES keys."""
    guilty = view.enabled_with(flags.DES_ONLY)
    return each(
        "Comptes limités à DES",
        guilty,
        lambda _: True,
        lowest(check),
        innocent=len(view.enabled_users) - len(guilty),
        unread=view.blind_users,
        tolerated_percent=check.threshold("max_unreadable_percent"),
    )


@RULES.decides("vuln_kerberos_properties_encryption")
def no_aes(view: View, check: Check) -> Outcome:
    """Enabled service accounts, machines left out, that do not state AES."""
    services = [one for one in view.enabled_users if one.values("servicePrincipalName")]
    return each(
        "Comptes de service sans AES déclaré",
        services,
        lambda one: not (one.integer("msDS-SupportedEncryptionTypes") or 0) & flags.AES_TYPES,
        lowest(check),
    )


@RULES.decides("vuln_krbtgt")
def krbtgt(view: View, check: Check) -> Outcome:
    """Age of the password that signs every Kerberos ticket of the domain."""
    account = view.by_rid(flags.KRBTGT)
    days = check.threshold("max_age_days")
    changed = account.moment("pwdLastSet") if account else None
    if account is None or changed is None:
        return untested("La date du mot de passe de krbtgt n'est pas lisible.")
    age = (view.now - changed).days
    reason = f"Mot de passe de krbtgt changé il y a {counted(age, 'jour')} (maximum {days:.0f})."
    if view.older(account, "pwdLastSet", days):
        return failed(reason, [account.name], lowest(check))
    return passed(reason)


@RULES.decides("vuln_guest")
def guest(view: View, check: Check) -> Outcome:
    """The built-in guest account must stay disabled."""
    account = view.by_rid(flags.GUEST)
    disabled = has_flag(account, flags.DISABLED) if account else None
    if account is None or disabled is None:
        return untested("L'état du compte Invité n'est pas lisible.")
    if disabled:
        return passed("Le compte Invité est désactivé.")
    return failed("Le compte Invité est activé.", [account.name], lowest(check))


@RULES.decides("vuln_primary_group_id_1000")
def privileged_primary_group(view: View, check: Check) -> Outcome:
    """A primary group below 1000 that is not the default one is a hidden membership."""
    return _primary_group(view, check, below=True)


@RULES.decides("vuln_primary_group_id_nochange")
def changed_primary_group(view: View, check: Check) -> Outcome:
    """A primary group that someone changed to an ordinary group."""
    return _primary_group(view, check, below=False)


def _primary_group(view: View, check: Check, *, below: bool) -> Outcome:
    def offends(account: DirectoryEntry) -> bool | None:
        group = account.integer("primaryGroupID")
        expected = _expected_primary_groups(account)
        if group is None or expected is None:
            return None
        return group not in expected and (group < flags.FIRST_ORDINARY) is below

    return each("Comptes au groupe principal inattendu", view.accounts, offends, lowest(check))


def _expected_primary_groups(account: DirectoryEntry) -> tuple[int, ...] | None:
    """Default groups by kind of account; None when the kind is hidden."""
    if not is_computer(account):
        return flags.DOMAIN_USERS, flags.DOMAIN_GUESTS
    control = account.integer("userAccountControl")
    if control is None:
        return None
    if control & flags.PARTIAL_SECRETS:
        return (flags.READ_ONLY_CONTROLLERS,)
    return (flags.CONTROLLERS if control & flags.SERVER_TRUST else flags.DOMAIN_COMPUTERS,)


@RULES.decides("vuln_sidhistory_present")
def sid_history(view: View, check: Check) -> Outcome:
    """Any former identifier still gives the rights it had."""
    guilty = view.with_former_sids
    return each(
        "Objets portant un historique de SID",
        guilty,
        lambda _: True,
        lowest(check),
        innocent=len(view.principals) - len(guilty),
    )


@RULES.decides("vuln_sidhistory_dangerous")
def dangerous_sid_history(view: View, check: Check) -> Outcome:
    """A former identifier that is a well-known or privileged one is a back door."""
    return each(
        "Objets dont l'historique porte un SID réservé",
        view.with_former_sids,
        lambda one: any(map(_reserved, one.values("sIDHistory"))),
        lowest(check),
        innocent=len(view.principals) - len(view.with_former_sids),
    )


def _reserved(raw: bytes) -> bool:
    sid = sid_text(raw)
    if sid is None or not sid.startswith("S-1-5-21-"):
        return True
    return flags.rid(sid) < flags.FIRST_ORDINARY


@RULES.decides("vuln_password_change_msa_no_change_90")
def managed_password(view: View, check: Check) -> Outcome:
    """Enabled managed service accounts whose password stopped rolling."""
    days = check.threshold("max_age_days")
    blind = sum(1 for one in view.managed if one.integer("userAccountControl") is None)
    return each(
        "Comptes de service managés concernés",
        [one for one in view.managed if enabled(one)],
        lambda one: view.password_older(one, days),
        lowest(check),
        unread=blind,
    )
