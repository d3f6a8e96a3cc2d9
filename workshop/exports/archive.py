"""What lies in a zip says neither when nor on which machine it was made: the same data gives the same bytes."""

from zipfile import ZIP_DEFLATED, ZipInfo

NO_CLOCK = (1980, 1, 1, 0, 0, 0)


def entry(path: str, how: int = ZIP_DEFLATED) -> ZipInfo:
    """A place in a zip, to be filled."""
    made = ZipInfo(path, NO_CLOCK)
    made.compress_type, made.create_system, made.external_attr = how, 3, 0o600 << 16
    return made
