"""YAML text to values with places, and single values back into the text.

Reading never runs anything: no tags, no merge keys, bounded size, depth and aliases. This is the
only place that knows PyYAML.
"""

from impactbrief.yamltext.read import LIMITS, Limits, YamlText, read
from impactbrief.yamltext.values import Path, Spelled, Value, Writable, dotted, resolve

__all__ = [
    "LIMITS",
    "Limits",
    "Path",
    "Spelled",
    "Value",
    "Writable",
    "YamlText",
    "dotted",
    "read",
    "resolve",
]
