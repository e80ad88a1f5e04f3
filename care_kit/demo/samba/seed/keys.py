"""Keys that open the domain's secrets: ordinary accounts must not even see them."""

import uuid

from care_kit.demo.samba.seed.store import Store, filetime

BACKUP_KEY = "CN=BCKUPKEY_0b5e9d2c-6a4f-4a55-9e0a-3d8f6d1c7a20 Secret,CN=System"
_KDS = "CN=Group Key Distribution Service,CN=Services"
ROOT_KEYS = f"CN=Master Root Keys,{_KDS}"
ROOT_KEY = f"CN=5f2c3a10-8f4e-4f0e-9b57-2f1d7c6e9a41,{ROOT_KEYS}"
_FULL = "RPWPCRCCDCLCLORCWOWDSDDTSW"


def add_backup_key(store: Store, readers: str) -> None:
    """Add the key that opens users' protected data; `readers` (SDDL entries) see it too."""
    permissions = f"O:SYG:SYD:P(A;;{_FULL};;;SY){readers}"
    store.add(
        f"{BACKUP_KEY},{store.domain}",
        {"objectClass": "secret", "nTSecurityDescriptor": store.packed(permissions)},
    )


def add_root_key(store: Store, readers: str) -> None:
    """Add the key of managed accounts' passwords; `readers` (SDDL entries) see it too."""
    for dn in (_KDS, ROOT_KEYS):
        store.add_missing(f"{dn},{store.configuration}", {"objectClass": "container"})
    permissions = f"O:EAG:EAD:P(A;;{_FULL};;;SY)(A;;{_FULL};;;EA){readers}"
    store.add(
        f"{ROOT_KEY},{store.configuration}",
        {
            "objectClass": "msKds-ProvRootKey",
            "msKds-Version": "1",
            "msKds-DomainID": f"CN=DC1,OU=Domain Controllers,{store.domain}",
            "msKds-KDFAlgorithmID": "SP800_108_CTR_HMAC",
            "msKds-SecretAgreementAlgorithmID": "DH",
            "msKds-PublicKeyLength": "2048",
            "msKds-PrivateKeyLength": "512",
            "msKds-RootKeyData": uuid.uuid4().bytes * 4,
            "msKds-UseStartTime": filetime(400),
            "msKds-CreateTime": filetime(400),
            "nTSecurityDescriptor": store.packed(permissions),
        },
    )
