"""batchUpdate requests about conditional formats."""

from backend.localsheets.formats import with_colour_styles
from backend.localsheets.problems import Json, invalid
from backend.localsheets.sheet import Sheet
from backend.localsheets.spreadsheets import shown_object
from backend.localsheets.workbook import Workbook


def _kept_rule(rule: Json, sheet: Sheet) -> Json:
    if not rule.get("ranges"):
        raise invalid(message="ConditionalFormatRule.ranges must not be empty")
    if any(int(each.get("sheetId") or 0) != sheet.sheet_id for each in rule["ranges"]):
        raise invalid(message="All ranges of a ConditionalFormatRule must be on the same sheet.")
    for each in rule["ranges"]:
        sheet.area(each)
    ranges = [{name: value for name, value in each.items() if name != "sheetId"} for each in rule["ranges"]]
    return {**with_colour_styles(rule), "ranges": ranges}


def add_conditional_format_rule(book: Workbook, request: Json) -> None:
    """Insert a rule at `index`; the first rule wins."""
    rule = request.get("rule") or {}
    first = (rule.get("ranges") or [{}])[0]
    sheet = book.sheet_of(first)
    index = int(request.get("index") or 0)
    if not 0 <= index <= len(sheet.conditional_formats):
        raise invalid(message=f"index[{index}] is after the last rule[{len(sheet.conditional_formats)}]")
    rules = sheet.conditional_formats
    sheet.conditional_formats = [*rules[:index], _kept_rule(rule, sheet), *rules[index:]]


def _rule_at(sheet: Sheet, index: int) -> Json:
    if not 0 <= index < len(sheet.conditional_formats):
        raise invalid(message=f"No conditional format on sheet: {sheet.sheet_id} at index: {index}")
    return sheet.conditional_formats[index]


def update_conditional_format_rule(book: Workbook, request: Json) -> Json:
    """Replace the rule at `index`, or move it to `newIndex`; reply with the rule before and after."""
    rule = request.get("rule")
    sheet = book.sheet_of((rule.get("ranges") or [{}])[0] if rule else request)
    index = int(request.get("index") or 0)
    old = _rule_at(sheet, index)
    new_index = index if rule else int(request.get("newIndex") or 0)
    _rule_at(sheet, new_index)
    new = _kept_rule(rule, sheet) if rule else old
    rest = [each for place, each in enumerate(sheet.conditional_formats) if place != index]
    sheet.conditional_formats = [*rest[:new_index], new, *rest[new_index:]]
    reply = {"newRule": shown_object(new, sheet), "newIndex": new_index}
    if not rule:
        reply |= {"oldIndex": index}
    else:
        reply |= {"oldRule": shown_object(old, sheet), "oldIndex": index}
    return {name: value for name, value in reply.items() if value}


def delete_conditional_format_rule(book: Workbook, request: Json) -> Json:
    """Take the rule at `index` away; reply with it."""
    sheet = book.sheet_of(request)
    index = int(request.get("index") or 0)
    old = _rule_at(sheet, index)
    rules = sheet.conditional_formats
    sheet.conditional_formats = [*rules[:index], *rules[index + 1 :]]
    return {"rule": shown_object(old, sheet)}
