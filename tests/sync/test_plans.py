"""How PostgreSQL goes about what a laptop asks, once it has counted the tables, as every hub does sooner or later."""

from uuid import UUID

from psycopg import ClientCursor
from psycopg.types.json import Jsonb

from tests.sync.hubs import TestHub
from workwell_desktop.sync import link

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
    asked = (scopes, 0, 10 * CHANGES, UUID(anna.incarnation), Jsonb({}))
    with ClientCursor(anna.hub) as cursor:
        said = cursor.mogrify(link._CHANGES.replace("%b", "%s").encode(), asked)
        plan = "\n".join(row[0] for row in cursor.execute(f"explain declare pages cursor for {said}".encode()))
    assert "value_pkey" in plan
    assert "Join Filter" not in plan
    assert "Hash" not in plan
    # the set of what may be read, for the changes and for their values
    assert plan.count("hashed SubPlan") == 2
