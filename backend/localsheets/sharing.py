"""Drive v3 permissions: list, get, create, update and delete; giving a file to another owner.

Who may share: the owner and the writers; the owner's own permission is nobody's to change but by a transfer.
"""

from collections.abc import Callable
from types import MappingProxyType
from typing import TypeAlias

from backend.localsheets.permissions import ROLES, domain_of, is_of, may, owner_of, permission, shared
from backend.localsheets.problems import Answer, Json, RefusedError, drive_refusal, unimplemented
from backend.localsheets.workbook import Workbook

Act: TypeAlias = Callable[[Workbook, str, Json, Json], Json | Answer]
"""Given the book, a permission's id or nothing, the body and the query; changes the draft it is given."""

SHORT = ("kind", "id", "type", "role")
"""What Drive sends of a permission when `fields` names nothing (discovery document, Permission)."""

GIVEN_ALONE = frozenset({"gmail.com", "googlemail.com"})
"""Domains that are nobody's organisation: between their accounts a file changes hands only with consent."""


def _list(book: Workbook, _: str, __: Json, query: Json) -> Json:
    _check_may_share(book)
    shown = [_shown(each, query) for each in book.permissions]
    return {"kind": "drive#permissionList", "permissions": shown}


def _get(book: Workbook, permission_id: str, _: Json, query: Json) -> Json:
    found = _found(book, permission_id)
    if not is_of(found, book.outside.caller):
        _check_may_share(book)
    return _shown(found, query)


def _shown(each: Json, query: Json) -> Json:
    return each if query.get("fields") else {name: each[name] for name in SHORT}


def _found(book: Workbook, permission_id: str) -> Json:
    for each in book.permissions:
        if each["id"] == permission_id:
            return each
    raise drive_refusal(404, "notFound", f"Permission not found: {permission_id}.")


def _check_may_share(book: Workbook) -> None:
    if not may(book.permissions, book.outside.caller, "writer"):
        raise insufficient()


def insufficient() -> RefusedError:
    """Give Drive's 403 for who may see a file but not do this with it (tidyverse/googledrive#298)."""
    message = "The user does not have sufficient permissions for this file."
    return drive_refusal(403, "insufficientFilePermissions", message)


def _create(book: Workbook, _: str, body: Json, query: Json) -> Json:
    """Give somebody access; who has some already keeps it, or gets more."""
    _check_may_share(book)
    kind, role = str(body.get("type") or ""), _checked_role(body)
    if kind not in {"user", "group", "domain", "anyone"}:
        raise drive_refusal(400, "required", "The permission type field is required.")
    new = permission(kind, role, _grantee(body, kind), discoverable=bool(body.get("allowFileDiscovery")))
    if body.get("expirationTime"):
        raise unimplemented(what="permissions that expire")
    old = next((each for each in book.permissions if each["id"] == new["id"]), None)
    if role == "owner":
        return _shown(_given_to(book, old or {**new, "role": "writer"}, query), query)
    if old is not None and ROLES.index(old["role"]) >= ROLES.index(role):
        new = old
    return _shown(_put(book, _pending(book, new, body)), query)


def _checked_role(body: Json) -> str:
    role = str(body.get("role") or "")
    if not role:
        raise drive_refusal(400, "required", "The permission role field is required.")
    if role not in ROLES:
        raise drive_refusal(400, "invalid", f"The specified role is invalid: {role}.")
    return role


def _grantee(body: Json, kind: str) -> str:
    name = {"user": "emailAddress", "group": "emailAddress", "domain": "domain"}.get(kind)
    given = str(body.get(name) or "") if name else ""
    if (name == "emailAddress" and "@" not in given.strip("@")) or (name == "domain" and not given):
        message = f"The specified {name} is invalid or not applicable for the given permission type."
        raise drive_refusal(400, "invalid", message)
    return given


def _update(book: Workbook, permission_id: str, body: Json, query: Json) -> Json:
    """Change the role of a permission, offer the file to its user, or accept such an offer."""
    old = _found(book, permission_id)
    role = _checked_role({"role": old["role"], **body})
    if role == "owner" and old["role"] != "owner":
        return _shown(_given_to(book, old, query), query)
    _check_may_share(book)
    if old["role"] == "owner" and role != "owner":
        raise insufficient()
    return _shown(_put(book, _pending(book, {**old, "role": role}, body)), query)


def _delete(book: Workbook, permission_id: str, _: Json, __: Json) -> Answer:
    """Take access away; everybody may leave, but for the owner."""
    old = _found(book, permission_id)
    if not is_of(old, book.outside.caller):
        _check_may_share(book)
    if old["role"] == "owner":
        raise insufficient()
    book.permissions = [each for each in book.permissions if each is not old]
    return Answer(status=204)


def _pending(book: Workbook, new: Json, body: Json) -> Json:
    """Give a permission as it is when the body offers, or no longer offers, the file to its user.

    Source: Google's guide "Transfer file ownership"; googleapis/google-api-python-client#2741.
    """
    if "pendingOwner" not in body:
        return new
    if new["role"] == "owner" or not may(book.permissions, book.outside.caller, "owner"):
        raise insufficient()
    if body["pendingOwner"] and (new["type"] != "user" or new["role"] != "writer"):
        reason = "the target user does not have a writer role for the file."
        message = f"The target user cannot be a pending owner because {reason}"
        raise drive_refusal(403, "pendingOwnerWriterRequired", message)
    rest = {name: value for name, value in new.items() if name != "pendingOwner"}
    return {**rest, "pendingOwner": True} if body["pendingOwner"] else rest


def _given_to(book: Workbook, new: Json, query: Json) -> Json:
    """Make somebody the owner: who was offered the file takes it; within an organisation it is just given.

    Source: tidyverse/googledrive#297 and googleapis/google-api-python-client#1753 for the two refusals.
    """
    if str(query.get("transferOwnership")).lower() != "true":
        message = "The transferOwnership parameter must be enabled when the permission role is 'owner'."
        raise drive_refusal(403, "forbidden", message)
    caller, owner = book.outside.caller, owner_of(book.permissions)
    takes = is_of(new, caller) and new.get("pendingOwner")
    if not takes and (caller.casefold() != owner.casefold() or new["type"] != "user"):
        raise insufficient()
    domain = domain_of(owner)
    if not takes and (domain in GIVEN_ALONE or domain != domain_of(new["emailAddress"])):
        message = "Consent is required to transfer ownership of a file to another user."
        raise drive_refusal(403, "consentRequiredForOwnershipTransfer", message)
    old = next(each for each in book.permissions if each["role"] == "owner")
    _put(book, {**old, "role": "writer"})
    rest = {name: value for name, value in new.items() if name != "pendingOwner"}
    return _put(book, {**rest, "role": "owner"})


def _put(book: Workbook, new: Json) -> Json:
    book.permissions = shared(book.permissions, new)
    return new


ACTS: MappingProxyType[tuple[str, bool], Act] = MappingProxyType(
    {
        ("GET", False): _list,
        ("POST", False): _create,
        ("GET", True): _get,
        ("PATCH", True): _update,
        ("DELETE", True): _delete,
    }
)
