"""A made-up register to try Sheet Steward on: an invented shop, errors planted on purpose."""

from __future__ import annotations

from backend.demo.planting import Planted
from backend.demo.register import DemoRegister, make_register
from backend.demo.spoiling import PlantedKind

__all__ = ["DemoRegister", "Planted", "PlantedKind", "make_register"]
