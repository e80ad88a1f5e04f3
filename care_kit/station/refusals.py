"""What the system refused, in French: its own messages are in English."""

import errno

_REASONS = {
    "ENOSPC": "il n'y a plus de place sur ce support",
    "EDQUOT": "votre quota sur ce support est atteint",
    "EACCES": "vous n'en avez pas le droit",
    "EPERM": "le système ne le permet pas",
    "EROFS": "ce support est en lecture seule",
    "ENOENT": "ce fichier ou son dossier n'existe pas",
    "ENOTDIR": "un élément du chemin n'est pas un dossier",
    "EISDIR": "c'est un dossier",
    "EEXIST": "ce nom est déjà pris",
    "ENAMETOOLONG": "son nom est trop long",
    "EINVAL": "ce nom ou cette opération n'est pas admis ici",
    "ELOOP": "ses liens tournent en rond",
    "EIO": "le support a une erreur de lecture ou d'écriture",
    "EBUSY": "un autre programme l'occupe",
    "ETXTBSY": "un autre programme l'occupe",
    "EMFILE": "trop de fichiers sont ouverts",
    "ENFILE": "trop de fichiers sont ouverts",
    "EFBIG": "le fichier est trop gros pour ce support",
    "ESTALE": "le partage réseau ne répond plus",
    "ETIMEDOUT": "le support ou le réseau ne répond pas",
    "EHOSTDOWN": "le serveur du partage ne répond pas",
    "EHOSTUNREACH": "le serveur du partage est injoignable",
    "ENODEV": "ce support n'est plus là",
    "ENXIO": "ce support n'est plus là",
    "EPIPE": "le programme qui lisait la sortie s'est arrêté",
    "EBADF": "ce fichier est fermé",
    "ENOMEM": "la mémoire manque",
}


def reason(cause: OSError) -> str:
    """Why the system refused, as the end of a French sentence without its full stop."""
    known = _REASONS.get(errno.errorcode.get(cause.errno or 0, ""))
    if known:
        return known
    return f"erreur du système n° {cause.errno}" if cause.errno else "cause inconnue"
