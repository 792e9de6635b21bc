"""What a device's login can learn of who else is there: every catalogue and function is asked, not a list of ours."""

from typing import Any

import psycopg
import pytest

from tests.sync.hubs import Laptop, TestHub
from workwell_desktop.errors import HubRefused
from workwell_desktop.sync.hub import wire

READABLE = """
    select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('pg_catalog', 'information_schema') and c.relkind in ('r', 'v')
        and has_table_privilege(%s, c.oid, 'select')
"""
CALLABLE = """
    select distinct p.proname::text, p.proargtypes::regtype[]::text from pg_proc p
    where p.pronamespace = 'pg_catalog'::regnamespace and p.prokind = 'f' and p.pronargs <= 1
        and p.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype, 'internal'::regtype, 'cstring'::regtype)
        and p.proname <> 'pg_sleep' and has_function_privilege(%s, p.oid, 'execute')
"""


NUMBERS = {26, 4096}
"""The types in which PostgreSQL writes the number of a login: oid and regrole. As plain numbers they tell nothing."""


def said(laptop: Laptop, statement: str) -> str | None:
    """Everything that comes back, as text, numbers of logins marked; None where it is refused or makes no sense."""
    try:
        cursor = laptop.hub.execute(statement.encode())
        rows: list[Any] = cursor.fetchall()
    except psycopg.Error:
        return None
    at = [number for number, one in enumerate(cursor.description or ()) if one.type_code in NUMBERS]
    return repr(rows) + "".join(f" login:{row[number]};" for row in rows for number in at)


def test_no_catalogue_and_no_function_tells_who_else_has_a_login(hub: TestHub) -> None:
    anna, kim = hub.laptop(), hub.laptop()
    anna.case(), kim.case()
    admin = hub.admin()
    login, own = f"wd_{anna.device}", f"wd_{kim.device}"
    row = admin.execute("select oid::int8 from pg_roles where rolname = %s", (login,)).fetchone()
    assert row is not None
    oid = row[0]
    tells = (login, anna.device, f"login:{oid};")
    leaks, asked = [], 0
    for (table,) in admin.execute(READABLE.encode(), (own,)).fetchall():
        found = said(kim, f"select * from {table}")  # noqa: S608 names from the catalogue
        asked += found is not None
        leaks += [table for one in tells if found is not None and one in found]
    # the numbers of logins and of those who are connected may be guessed: what a function makes of them
    guesses = {
        "": [""],
        "oid": [str(oid)],
        "integer": [*map(str, range(1, 12)), str(anna.hub.info.backend_pid)],
        "name": [f"'{login}'"],
    }
    for name, given in admin.execute(CALLABLE.encode(), (own,)).fetchall():
        kind = given[given.index("=") + 1 :].strip("{}") if "=" in given else given.strip("{}")
        for guess in guesses.get(kind, []):
            found = said(kim, f"select * from pg_catalog.{name}({guess}) x")  # noqa: S608
            asked += found is not None
            leaks += [name for one in tells if found is not None and one in found and one not in guess]
    assert leaks == []
    assert asked > 150, "hardly anything was asked"


def test_what_is_left_is_the_name_of_a_login_which_says_no_more_than_the_record_of_the_computer(hub: TestHub) -> None:
    """PostgreSQL writes the name of any login whose number is guessed (``regrole``); nothing forbids that."""
    anna, kim = hub.laptop(), hub.laptop()
    row = hub.admin().execute("select oid::int8 from pg_roles where rolname = %s", (f"wd_{anna.device}",)).fetchone()
    assert row is not None
    assert said(kim, f"select {row[0]}::oid::regrole::text") == repr([(f"wd_{anna.device}",)])
    # every laptop holds that id in the partnership's records; whose it is, or whether it is here, stays unsaid
    for question in (
        f"select pg_has_role({row[0]}, 'workwell_admin', 'member')",
        f"select has_table_privilege('wd_{anna.device}', 'workwell.change', 'select')",
        f"select pg_get_userbyid({row[0]})",
        "select pg_stat_get_backend_userid(1)",
        "table pg_auth_members",
        "table pg_db_role_setting",
        "select pg_total_relation_size('workwell.change')",
    ):
        assert said(kim, question) is None, question


def test_no_other_database_of_the_server_lets_a_device_in(hub: TestHub) -> None:
    kim = hub.laptop()
    assert kim.login is not None
    for database in ("postgres", "template1"):
        with pytest.raises(HubRefused):
            wire.connect(hub.server.address(database), kim.login.user, kim.login.password)
