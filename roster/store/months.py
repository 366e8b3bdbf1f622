"""A month in the database as the instance that the engine knows, and back."""

from functools import lru_cache

from roster.instance import Instance
from roster.store.models import Month


@lru_cache(maxsize=8)
def _instance(month_id: int, version: int, data: str) -> Instance:
    del month_id, version
    return Instance.model_validate_json(data)


def instance_of(month: Month) -> Instance:
    """The month's instance. The newest few are kept in memory."""
    return _instance(month.pk, month.version, month.data)


def data_of(instance: Instance) -> str:
    """The text that a month holds."""
    return instance.model_dump_json(by_alias=True)


def forget_what_was_read() -> None:
    """Keep no instance in memory that was read before."""
    _instance.cache_clear()
