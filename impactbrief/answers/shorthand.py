"""What the answer file lets people write shorter: a lone value for a list of one, an id for the
entry that has no more than that.
"""

from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from impactbrief.shape import Matching, Unfit


class OneOrMany:
    """A list that may be written as a lone value, where it holds one."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        def listed(value: Any) -> Any:
            return [value] if isinstance(value, str) else value

        return core_schema.no_info_before_validator_function(listed, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        many = handler(schema)
        return {"anyOf": [many["items"], many]}


class BareId:
    """An entry that may be written as its bare id."""

    def __init__(self, id_: Matching) -> None:
        self._id = id_

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        def entry(value: Any) -> Any:
            bare = isinstance(value, str) and not isinstance(value, Unfit)
            return {"id": value} if bare else value

        return core_schema.no_info_before_validator_function(entry, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"anyOf": [self._id.schema(), handler(schema)]}
