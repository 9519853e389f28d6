"""Who may do what with a spreadsheet: its Drive permissions, JSON objects that are replaced, never changed.

Source: discovery document drive.v3, Permission; Google's guide "Roles and permissions".
"""

import hashlib
from collections.abc import Iterable

from backend.localsheets.problems import Json

ROLES = ("reader", "commenter", "writer", "owner")
"""What an account may do, the least first; a writer may also share, as Drive has it unless told otherwise."""

ANYONE, ANYONE_WITH_LINK = "anyone", "anyoneWithLink"


def permission(kind: str, role: str, grantee: str = "", *, discoverable: bool = False) -> Json:
    """Give a Permission.

    Args:
        kind: user, group, domain or anyone.
        role: One of `ROLES`.
        grantee: The e-mail address or the domain; nothing for anyone.
        discoverable: Whether a domain or anyone finds the file without having its link.
    """
    result: Json = {"kind": "drive#permission", "id": _id(kind, grantee, discoverable=discoverable)}
    result |= {"type": kind, "role": role}
    if kind in {"user", "group"}:
        return {**result, "emailAddress": grantee, "displayName": grantee.partition("@")[0], "deleted": False}
    if kind == "domain":
        result |= {"domain": grantee, "displayName": grantee}
    return {**result, "allowFileDiscovery": discoverable}


def _id(kind: str, grantee: str, *, discoverable: bool) -> str:
    """Give an id that is the same for one grantee in all files, twenty digits as Google's are."""
    if kind == "anyone":
        return ANYONE if discoverable else ANYONE_WITH_LINK
    digest = hashlib.sha256(f"{kind}:{grantee.casefold()}".encode()).hexdigest()
    return f"{int(digest, 16) % 10**20:020d}"


def owned_by(account: str) -> list[Json]:
    """Give the permissions of a new file."""
    return [permission("user", "owner", account)]


def is_of(each: Json, account: str) -> bool:
    """Tell whether a permission is that of this very account."""
    return bool(each["type"] == "user" and each["emailAddress"].casefold() == account.casefold())


def domain_of(account: str) -> str:
    """Give the domain of an e-mail address."""
    return account.rpartition("@")[2].casefold()


def _reaches(each: Json, account: str) -> bool:
    """Tell whether a permission lets an account in; nobody is in a group, as the server knows no members."""
    if each["type"] == "domain":
        return bool(each["domain"].casefold() == domain_of(account))
    return each["type"] == "anyone" or is_of(each, account)


def may(permissions: Iterable[Json], account: str, role: str) -> bool:
    """Tell whether an account has a role, or one that may more."""
    enough = ROLES[ROLES.index(role) :]
    return any(each["role"] in enough and _reaches(each, account) for each in permissions)


def finds(permissions: Iterable[Json], account: str) -> bool:
    """Tell whether a list of an account's files shows this one: a link alone does not put it there."""
    return any(
        is_of(each, account) or (each.get("allowFileDiscovery") and _reaches(each, account))
        for each in permissions
    )


def shared(permissions: Iterable[Json], new: Json) -> list[Json]:
    """Give permissions with a new one, in the place of the one its grantee had."""
    old = list(permissions)
    kept = [new if each["id"] == new["id"] else each for each in old]
    return kept if any(each is new for each in kept) else [*kept, new]


def owner_of(permissions: Iterable[Json]) -> str:
    """Give the address of the owner."""
    return next(str(each["emailAddress"]) for each in permissions if each["role"] == "owner")
