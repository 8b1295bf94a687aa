"""The wizard's own widgets. A widget knows its value and says when it changes, nothing more."""
