"""The pages about one person in the window of ``at_work``."""

from tests.desktop.pages.at_work import AtWork
from workwell_desktop.desktop.pages import routes


def with_pages(work: AtWork) -> AtWork:
    """Every page of the product by its route, the real record too."""
    for route, place in routes.table().items():
        work.workspace.navigator.routes.add(route, place)
    return work
