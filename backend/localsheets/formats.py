"""Cell formats as Google keeps them: colours in 8 bit steps, each colour also as a ColorStyle."""

import struct

from backend.localsheets.problems import Json

WHITE = {"red": 1, "green": 1, "blue": 1}
DEFAULT_FORMAT: Json = {
    "backgroundColor": WHITE,
    "padding": {"top": 2, "right": 3, "bottom": 2, "left": 3},
    "verticalAlignment": "BOTTOM",
    "wrapStrategy": "OVERFLOW_CELL",
    "textFormat": {
        "foregroundColor": {},
        "fontFamily": "arial,sans,sans-serif",
        "fontSize": 10,
        "bold": False,
        "italic": False,
        "strikethrough": False,
        "underline": False,
        "foregroundColorStyle": {"rgbColor": {}},
    },
    "backgroundColorStyle": {"rgbColor": WHITE},
}
STEPS = 255


def quantised(colour: Json) -> Json:
    """Give a colour in steps of 1/255 as 32 bit floats; a channel at 0 is left out.

    Source: recording WorksheetTest.test_update_tab_color (0.5 comes back as 0.49803922).
    """
    result: Json = {}
    for channel in ("red", "green", "blue"):
        step = int(float(colour.get(channel) or 0) * STEPS + 1e-6)
        if step:
            result[channel] = _float32(step / STEPS)
    return result


def _float32(number: float) -> float:
    packed = struct.pack("f", number)
    spellings = (f"{number:.{digits}g}" for digits in range(1, 18))
    shown = next(each for each in spellings if struct.pack("f", float(each)) == packed)
    return int(shown) if shown.isdigit() else float(shown)


def with_colour_styles(fields: Json) -> Json:
    """Give a message with each `xColor` and `xColorStyle` filled in from the other, at every depth.

    Source: recording WorksheetTest.test_format.
    """
    result: Json = {}
    for name, value in fields.items():
        if isinstance(value, dict) and name.lower().endswith("color"):
            result[name] = quantised(value)
        elif isinstance(value, dict) and name.endswith("ColorStyle") and "rgbColor" in value:
            result[name] = {"rgbColor": quantised(value["rgbColor"] or {})}
        elif isinstance(value, dict):
            result[name] = with_colour_styles(value)
        elif isinstance(value, list):
            result[name] = [with_colour_styles(each) if isinstance(each, dict) else each for each in value]
        elif value is not None:
            result[name] = value
    return _paired(result)


def is_colour(name: str) -> bool:
    """Tell whether a field is a colour with a ColorStyle beside it; those inside a ColorStyle have none."""
    return name.lower().endswith("color") and name not in {"rgbColor", "themeColor"}


def _paired(fields: Json) -> Json:
    pairs: Json = {}
    for name, value in fields.items():
        if is_colour(name) and name + "Style" not in fields:
            pairs[name + "Style"] = {"rgbColor": value}
        elif name.endswith("ColorStyle") and "rgbColor" in value and name[: -len("Style")] not in fields:
            pairs[name[: -len("Style")]] = value["rgbColor"]
    return {**fields, **pairs}


def effective(cell_format: Json | None) -> Json:
    """Give the format a cell shows: the default with the cell's own on top."""
    if not cell_format:
        return DEFAULT_FORMAT
    text = {**DEFAULT_FORMAT["textFormat"], **cell_format.get("textFormat", {})}
    return {**DEFAULT_FORMAT, **cell_format, "textFormat": text}
