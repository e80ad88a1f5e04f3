"""What no honest zip holds, whoever wrote it: links, secrets, unknown compressions, bombs."""

import stat
import zipfile

_READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def entry_fault(entry: zipfile.ZipInfo, most_ratio: int, harmless: int) -> str:
    """Why an entry must not be opened: a French clause about its archive, empty when it may.

    `most_ratio` is how many times its compressed size an entry may announce, above `harmless`
    bytes.
    """
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "contient un lien symbolique"
    if entry.flag_bits & 1:
        return "contient un fichier chiffré"
    if entry.compress_type not in _READABLE:
        return "emploie une compression inconnue"
    if entry.file_size > max(harmless, most_ratio * max(entry.compress_size, 1)):
        return "cache une bombe de décompression"
    return ""
