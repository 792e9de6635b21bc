"""The site pack that a store works with: one that comes with the program, or the partnership's own from the store."""

from functools import lru_cache

from workwell_desktop import assets
from workwell_desktop.domain.people import Partnership
from workwell_desktop.domain.site import Site
from workwell_desktop.domain.site_reading import load_site, read_site
from workwell_desktop.errors import BadInput
from workwell_desktop.store import Reader

GENERIC = "generic"


@lru_cache(maxsize=64)
def site_named(code: str) -> Site:
    """The site pack of that code. Raises BadInput where no such pack is here, SiteInvalid for one with problems."""
    path = assets.resource("sites", f"{code}.toml")
    if not code.replace("-", "").replace("_", "").isalnum() or not path.is_file():
        raise BadInput("site_missing")
    return load_site(path)


def site_of(reader: Reader) -> Site:
    """The pack that the partnership uses. Raises as ``site_named``, and NotFound while its own is not here yet."""
    partnership = reader.list(Partnership)[0]
    code = partnership.site or GENERIC
    own = own_site(reader, partnership)
    return own if own is not None and own.code == code else site_named(code)


def own_site(reader: Reader, partnership: Partnership) -> Site | None:
    """The partnership's own pack, in use or not; None where it never brought one."""
    return _own(reader.blob(partnership.site_pack)) if partnership.site_pack is not None else None


@lru_cache(maxsize=4)
def _own(data: bytes) -> Site:
    return read_site(data, "site.toml")
