"""YAML text to values with places, and single values back into the text.

Reading never runs anything: no tags, no merge keys, bounded size, depth and aliases. This is the
only place that knows PyYAML.
"""

from impactbrief.yamltext.candidates import Order
from impactbrief.yamltext.reader import LIMITS, Limits, YamlText, read
from impactbrief.yamltext.splice import dump, insert_item, move_item, remove, set_value
from impactbrief.yamltext.values import Path, Spelled, Value, Writable, dotted, resolve, undotted

__all__ = [
    "LIMITS",
    "Limits",
    "Order",
    "Path",
    "Spelled",
    "Value",
    "Writable",
    "YamlText",
    "dotted",
    "dump",
    "insert_item",
    "move_item",
    "read",
    "remove",
    "resolve",
    "set_value",
    "undotted",
]
