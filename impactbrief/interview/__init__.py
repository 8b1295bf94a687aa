"""The interview: every question of an answer file, in the order in which people answer them.

Both front ends walk this list, so a question is worded, ordered and marked in one place.
"""

from impactbrief.interview.build import Interview
from impactbrief.interview.labels import ids_of, label, place, quoted
from impactbrief.interview.model import Choice, Kind, Spot, State, Step, Topic, TopicGroup

__all__ = [
    "Choice",
    "Interview",
    "Kind",
    "Spot",
    "State",
    "Step",
    "Topic",
    "TopicGroup",
    "ids_of",
    "label",
    "place",
    "quoted",
]
