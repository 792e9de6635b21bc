"""How PostgreSQL goes about what a laptop asks, once it has counted the tables, as every hub does sooner or later."""

from uuid import UUID

from psycopg import ClientCursor
from psycopg.types.json import Jsonb

from tests.sync.hubs import TestHub
from workwell_desktop.sync import link
from workwell_desktop.sync.hub.wire import Hub

CHANGES, EACH = 20_000, 20
_FILL = """
with many as (
    select c.position + n as position, lpad(to_hex(n / %(each)s), 32, '0')::uuid as scope, n
    from workwell.counter c, generate_series(1, %(changes)s) n
), logged as (
    insert into workwell.change (position, scope, incarnation, number, id, header, signature)
    select position, scope, scope, n, sha256(n::text::bytea), decode(repeat('ab', 200), 'hex'), decode('cd', 'hex')
    from many
), held as (
    insert into workwell.access (scope, person, why) select distinct scope, %(person)s::uuid, 'coach' from many
)
insert into workwell.value (position, scope, salt, value)
select position, scope, 'salt'::bytea, 'value'::bytea from many
"""


def test_each_value_is_found_by_its_position_in_a_hub_that_was_counted(hub: TestHub) -> None:
    anna, admin = hub.laptop(), hub.admin()
    admin.execute(_FILL, {"each": EACH, "changes": CHANGES, "person": anna.person})
    admin.execute("analyze")
    scopes = [UUID(one) for one in anna.scopes()]
    assert len(scopes) > CHANGES / EACH
    with ClientCursor(anna.hub) as cursor:

        def plan_of(statement: str, *asked: object) -> str:
            said = cursor.mogrify(statement.replace("%b", "%s").encode(), asked)
            plan = "\n".join(row[0] for row in cursor.execute(f"explain declare pages cursor for {said}".encode()))
            assert "value_pkey" in plan
            assert "Join Filter" not in plan
            assert "Hash" not in plan
            # the set of what may be read, for the changes and for their values
            assert plan.count("hashed SubPlan") == 2
            return plan

        plan_of(link._CHANGES, 0, 10 * CHANGES, UUID(anna.incarnation), Jsonb({}), scopes)
        # a few new ones in all that may be read
        assert "change_pkey" in plan_of(link._NEWS, CHANGES - EACH, CHANGES, UUID(anna.incarnation), Jsonb({}))


def test_somebody_with_one_case_is_told_of_it_without_looking_through_those_of_others(hub: TestHub) -> None:
    anna, ben, admin = hub.laptop(), hub.laptop(), hub.admin()
    ben.case()
    admin.execute(_FILL, {"each": EACH, "changes": CHANGES, "person": anna.person})
    admin.execute("analyze")
    admin.execute("select pg_stat_force_next_flush()")
    before = _read_of_access(admin)
    # what is asked again and again is planned for anybody
    for _ in range(10):
        ben.hub.execute("select workwell.my_scopes()")
    # what a connection has read is counted for all to see before it answers
    ben.hub.execute("select pg_stat_force_next_flush()")
    assert _read_of_access(admin) - before < CHANGES / EACH


def _read_of_access(admin: Hub) -> int:
    """Rows, by all connections since the hub was made."""
    rows = admin.execute(
        "select coalesce(sum(idx_tup_fetch), 0) + sum(seq_tup_read) from pg_stat_user_tables where relname = 'access'"
    ).fetchall()
    return int(rows[0][0])
