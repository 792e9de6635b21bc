"""A device's login tried against everything that it should not reach."""

from contextlib import closing
from dataclasses import replace
from uuid import UUID

import psycopg
import pytest
from psycopg import sql

from tests.sync.hubs import CLIENT, Laptop, TestHub, hex_id, push
from workwell_desktop.errors import HubCertificate, HubRefused, HubUnreachable
from workwell_desktop.sync.hub import wire
from workwell_desktop.sync.hub.local import SUPERUSER
from workwell_desktop.sync.hub.wire import Address

TABLES = ("change", "value", "stream", "blob", "blob_piece", "erased")
HIDDEN = (
    *("hub", "counter", "scope", "people", "signer", "device", "device_person", "enrolment", "fork", "fact", "access"),
    *("member", "told", "devices", "codes", "state", "paper_counter"),
)
WRITES = (
    "update workwell.{} set scope = scope",
    "delete from workwell.{}",
    "truncate workwell.{}",
    "insert into workwell.{} select * from workwell.{}",
    "copy workwell.{} from stdin",
    "do $$ begin lock table workwell.{} in access exclusive mode; end $$",
    "select * from workwell.{} for update",
    "alter table workwell.{} disable row level security",
    "alter table workwell.{} disable trigger all",
    "create trigger mine before insert on workwell.{} execute function suppress_redundant_updates_trigger()",
    "create index on workwell.{} (scope)",
    "drop table workwell.{}",
    "create policy mine on workwell.{} using (true)",
    "create rule mine as on select to workwell.{} do instead select 1",
    "alter table workwell.{} owner to current_user",
    "comment on table workwell.{} is 'x'",
)
STATEMENTS = (
    # other people's rights
    "set role workwell_owner",
    "set role workwell_keeper",
    "set role workwell_admin",
    "set role postgres",
    "set session authorization postgres",
    "grant workwell_admin to current_user",
    "alter role current_user superuser",
    "alter role current_user createrole",
    "alter role current_user bypassrls",
    "alter role current_user connection limit 1000",
    "alter role current_user valid until 'infinity'",
    "create role mine",
    "reassign owned by workwell_owner to current_user",
    "alter default privileges for role workwell_owner grant all on tables to public",
    # functions of the owner, of administrators and of the keeper
    "select workwell.erase(gen_random_uuid(), '\\x00')",
    "select workwell.revoke(gen_random_uuid())",
    "select workwell.show_out(gen_random_uuid())",
    "select workwell.shut_out(gen_random_uuid(), null)",
    "select workwell.vouch(gen_random_uuid(), '{}', null, true, true)",
    "select workwell.enrol('abcdefgh', 'x', '{}', null, '', now(), null)",
    "select workwell.give(gen_random_uuid(), gen_random_uuid(), now())",
    "select workwell.set_min_client('9')",
    "select workwell.new_epoch()",
    "select workwell.withdraw_code('abcdefgh')",
    "select workwell.redeem(gen_random_uuid(), 'x', null)",
    "select workwell.keep_login('wd_00000000000000000000000000000000', 'SCRAM-SHA-256$x')",
    "select workwell.invite_login('we_abcdefgh', 'SCRAM-SHA-256$x', now())",
    "select workwell.close_login('we_abcdefgh')",
    "select workwell.end_sessions('we_abcdefgh')",
    "select workwell.end_lingering('0 seconds')",
    "select workwell.my_turn(false)",
    "select workwell.my_paper(gen_random_uuid(), '\\x00', 1, 'a')",
    "select workwell.drop_pieces(gen_random_uuid(), '\\x00')",
    "select workwell.take_hold(gen_random_uuid())",
    "select workwell.scopes_of(gen_random_uuid())",
    "select workwell.held(gen_random_uuid(), gen_random_uuid())",
    "select workwell.decides(gen_random_uuid(), gen_random_uuid())",
    "select workwell.reckon(gen_random_uuid())",
    "select workwell.set_teams(gen_random_uuid(), '{}')",
    "select workwell.know(gen_random_uuid(), '{}')",
    "select workwell.take_fact(null, null)",
    "select workwell.take_word(null, null)",
    "select workwell.read_header('\\x00')",
    "select workwell.is_signed(gen_random_uuid(), null, null)",
    "select workwell.my_device()",
    # files, programs and the server
    "select pg_read_file('postgresql.conf')",
    "select pg_read_binary_file('PG_VERSION')",
    "select pg_ls_dir('.')",
    "select pg_stat_file('PG_VERSION')",
    "select pg_ls_waldir()",
    "copy (select 1) to '/tmp/mine'",
    "copy (select 1) to program 'true'",
    "select pg_reload_conf()",
    "select pg_switch_wal()",
    "select pg_logical_emit_message(false, 'a', 'b')",
    "select pg_create_physical_replication_slot('mine')",
    "checkpoint",
    "alter system set fsync = off",
    "set log_statement = 'all'",
    "set session_replication_role = 'replica'",
    "load 'auto_explain'",
    "create extension dblink",
    "drop extension plpgsql",
    "create database mine",
    "create tablespace mine location '/tmp'",
    "create subscription mine connection '' publication mine",
    "create publication mine",
    "create server mine foreign data wrapper x",
    "create event trigger mine on ddl_command_start execute function x()",
    # objects of one's own, also in places that a function could be led to
    "create schema mine",
    "create table public.mine (a int)",
    "create table workwell.mine (a int)",
    "create temporary table mine (a int)",
    "create temporary view mine as select 1",
    "create function public.mine() returns int language sql as 'select 1'",
    "create function pg_temp.mine() returns int language sql as 'select 1'",
    "create or replace function workwell.my_scopes() returns uuid[] language sql as 'select null'",
    "create operator public.= (leftarg = uuid, rightarg = uuid, function = uuid_eq)",
    "create type workwell.mine as (a int)",
    "alter function workwell.push(text, bytea[], bytea[], bytea[], bytea[]) security invoker",
    "do $$ begin perform 1; end $$",
    # what needs no table
    "select lo_create(0)",
    "select lo_creat(-1)",
    "select lo_from_bytea(0, 'x')",
    "select lo_import('/etc/passwd')",
    "select pg_advisory_lock(1)",
    # who else is there
    "select * from pg_stat_activity",
    "select * from pg_stat_get_activity(null)",
    "select * from pg_stat_ssl",
    "select * from pg_locks",
    "select * from pg_roles",
    "select * from pg_user",
    "select * from pg_authid",
    "select * from pg_shadow",
    "select * from pg_hba_file_rules",
    "select * from pg_file_settings",
    "select * from pg_stats",
    "select * from pg_statistic",
    "select * from pg_settings",
)


@pytest.fixture
def kim(hub: TestHub) -> Laptop:
    """A laptop with a case of its own, on a hub where Anna has one too."""
    anna, kim = hub.laptop(), hub.laptop()
    kim.case(), anna.case()
    return kim


def refused(laptop: Laptop, statement: str) -> bool:
    """Refused for want of a right, or because what it names is not there for this login."""
    try:
        laptop.hub.execute(statement.encode())
    except (
        psycopg.errors.InsufficientPrivilege,
        psycopg.errors.ReservedName,
        psycopg.errors.UndefinedObject,
        psycopg.errors.UndefinedFunction,
        psycopg.errors.UndefinedFile,
    ):
        return True
    except psycopg.Error as error:
        print(statement, error.sqlstate)
    return False


def test_no_statement_reaches_what_is_not_the_devices(kim: Laptop) -> None:
    assert [one for one in STATEMENTS if not refused(kim, one)] == []


def test_no_table_is_written_or_changed(kim: Laptop) -> None:
    statements = [form.replace("{}", table) for form in WRITES for table in TABLES]
    assert [one for one in statements if not refused(kim, one)] == []


def test_what_the_server_only_warns_of_changes_nothing(kim: Laptop, hub: TestHub) -> None:
    def rights() -> list[tuple[object, ...]]:
        return hub.admin().execute("select oid, relacl, relfilenode from pg_class order by oid").fetchall()

    before = rights()
    for table in TABLES:
        kim.hub.execute(f"grant all on workwell.{table} to public".encode())
        kim.hub.execute(f"vacuum full workwell.{table}".encode())
        kim.hub.execute(f"analyze workwell.{table}".encode())
    assert rights() == before


def test_other_tables_are_not_read(kim: Laptop, hub: TestHub) -> None:
    assert [one for one in HIDDEN if not refused(kim, f"table workwell.{one}")] == []
    rows = hub.admin().execute(
        "select relname from pg_class where relnamespace = 'workwell'::regnamespace and relkind in ('r', 'v')"
    )
    assert {row[0] for row in rows} == {*TABLES, *HIDDEN}, "a table that no test of this file tries"


def test_nobody_elses_session_is_ended(kim: Laptop, hub: TestHub) -> None:
    anna, admin = hub.laptop(), hub.admin()
    for other in (anna.hub, admin):
        assert refused(kim, f"select pg_terminate_backend({other.info.backend_pid})")
        assert refused(kim, f"select pg_cancel_backend({other.info.backend_pid})")


def test_every_function_but_five_is_refused(kim: Laptop, hub: TestHub) -> None:
    rows = hub.admin().execute(
        "select p.proname from pg_proc p where p.pronamespace = 'workwell'::regnamespace"
        " and has_function_privilege(%s, p.oid, 'execute')",
        (f"wd_{kim.device}",),
    )
    assert sorted(row[0] for row in rows) == ["hello", "last_word", "my_scopes", "push", "put_piece"]
    pinned = hub.admin().execute(
        "select proname from pg_proc where pronamespace = 'workwell'::regnamespace and prosecdef"
        " and not coalesce(proconfig::text like '%%search_path=pg_catalog, pg_temp%%', false)"
    )
    assert pinned.fetchall() == []


def test_other_scopes_stay_unseen_however_they_are_asked_for(hub: TestHub) -> None:
    anna, kim = hub.laptop(), hub.laptop()
    case = anna.case()
    anna.hub.execute(
        "select workwell.put_piece(%s, %s, sha256('paper'::bytea), 5, 'text/plain', 0, 'paper')", (CLIENT, UUID(case))
    )
    mine = {UUID(one) for one in kim.scopes()}
    for table in TABLES:
        rows = kim.hub.execute(sql.SQL("select scope from workwell.{}").format(sql.Identifier(table))).fetchall()
        assert {row[0] for row in rows} <= mine
    # a function of the asker's that the planner might run before the policy; a count; a join; a cursor by position
    asked = (
        "select count(*) from workwell.change c where c.scope = %(case)s",
        "select count(*) from workwell.change c where 1 / (c.position - c.position + 1) = 1 and c.scope = %(case)s",
        "select count(*) from workwell.value v join workwell.change c on true where v.scope = %(case)s",
        "select count(*) from workwell.change c where c.position between 0 and 9999 and c.scope = %(case)s",
        "select count(*) from (table workwell.change) c where c.scope = %(case)s",
    )
    for statement in asked:
        assert kim.hub.execute(statement.encode(), {"case": UUID(case)}).fetchone() == (0,)
    # an error that would give a row away by being raised
    kim.hub.execute("select 1 / (case when c.scope = %s then 0 else 1 end) from workwell.change c", (UUID(case),))
    kim.hub.execute("set row_security = off")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        kim.hub.execute("select * from workwell.change")


def test_the_log_is_kept_from_everybody(hub: TestHub) -> None:
    anna = hub.laptop()
    anna.case()
    admin = hub.admin()
    for attempt in (
        "update workwell.change set number = number",
        "delete from workwell.change",
        "truncate workwell.change",
        "delete from workwell.value",
        "update workwell.value set salt = salt",
        "truncate workwell.value",
        "delete from workwell.fork",
        "truncate workwell.blob_piece cascade",
        "set session_replication_role = replica; delete from workwell.change",
    ):
        with pytest.raises(psycopg.Error) as kept:
            admin.execute(attempt.encode())
        assert kept.value.sqlstate == "WW009", attempt


def test_no_time_position_author_or_device_can_be_claimed(hub: TestHub) -> None:
    anna, kim = hub.laptop(), hub.laptop()
    case = anna.case()
    anna.push([anna.coach(case, kim.person)])
    before = hub.admin().execute("select clock_timestamp()").fetchone()
    # as Anna with one's own key, on one's own laptop
    (author,) = kim.push([kim.write(case, by=anna, key=kim.key)])
    assert author.code == "signature"
    # on Anna's laptop, going on with her chain, signed by nobody who works there
    stolen = replace(kim, device=anna.device, incarnation=anna.incarnation, tips=dict(anna.tips))
    (forged,) = kim.push([stolen.write(case, by=anna, key=kim.key)])
    assert forged.code == "signature"
    # going on with her chain from one's own device
    other = replace(kim, incarnation=anna.incarnation, tips=dict(anna.tips))
    (device,) = kim.push([other.write(case)])
    assert device.code == "device"
    # the hub's own time and place, whatever a session sets
    kim.tips.clear()
    kim.hub.execute("set timezone = 'Pacific/Kiritimati'")
    assert kim.push([kim.write(case)])[0].accepted == 1
    row = kim.hub.execute(
        "select c.received >= %s and c.received <= clock_timestamp(), c.position from workwell.change c"
        " order by c.position desc limit 1",
        before,
    ).fetchone()
    assert row == (True, 4)


def test_a_key_that_signs_for_anybody_is_no_key(hub: TestHub) -> None:
    anna, kim = hub.laptop(), hub.laptop()
    case = anna.case()
    anna.push([anna.coach(case, kim.person)])
    weak = bytes([1]) + bytes(31)
    with closing(hub.server.connect(hub.database)) as admin:
        admin.execute("insert into workwell.signer values (%s, %s)", (anna.person, weak))
    sent = anna.write(case)
    forged = sent.change._replace(signature=weak + bytes(32))
    assert kim.push([sent._replace(change=forged)])[0].code == "signature"


def test_a_case_is_not_taken_by_naming_it_first_or_again(hub: TestHub) -> None:
    anna, kim = hub.laptop(), hub.laptop()
    case = anna.case()
    assert kim.push([kim.coach(case, kim.person)])[0].code == "scope"
    assert kim.push([kim.write(anna.person)])[0].code == "scope"
    with pytest.raises(psycopg.Error) as refusal:
        kim.hub.execute("select workwell.put_piece(%s, %s, sha256('x'::bytea), 1, 'a', 0, 'x')", (CLIENT, UUID(case)))
    assert refusal.value.sqlstate == "WW004"


def test_what_a_session_sets_does_not_make_an_answer_less_durable(hub: TestHub) -> None:
    anna = hub.laptop()
    anna.hub.execute("set synchronous_commit = off")
    with anna.hub.transaction():
        anna.push([anna.write(hex_id())])
        assert anna.hub.execute("show synchronous_commit").fetchone() == ("on",)


def test_shadows_of_the_catalogue_change_nothing(kim: Laptop) -> None:
    kim.hub.execute("set search_path = pg_temp, workwell, pg_catalog")
    assert kim.push([kim.write(hex_id())])[0].accepted == 1
    assert refused(kim, "create function pg_temp.sha256(bytea) returns bytea language sql as 'select null::bytea'")


def test_too_much_at_once_is_refused(kim: Laptop) -> None:
    one = kim.write(hex_id())
    with pytest.raises(psycopg.Error) as refusal:
        push(kim.hub, [one] * 20001)
    assert refusal.value.sqlstate == "WW003"
    # what does not fit stops its own stream alone
    for wrong in (one._replace(value=bytes(1024 * 1024 + 1)), one._replace(salt=bytes(17)), one._replace(salt=b"")):
        other = kim.write(hex_id())
        assert sorted(str(row.code) for row in kim.push([wrong, other])) == ["None", "value"]


def test_no_more_than_four_connections_a_device(hub: TestHub) -> None:
    anna = hub.laptop()
    assert anna.login is not None
    for _ in range(3):
        hub.connect(anna.login)
    with pytest.raises(wire.HubStopped):
        hub.connect(anna.login)


def test_there_is_no_way_in_without_tls_or_past_a_wrong_name(hub: TestHub) -> None:
    anna = hub.laptop()
    assert anna.login is not None
    at = hub.address
    plain = f"host={at.host} port={at.port} dbname={at.database} user={anna.login.user} sslmode=disable"
    with pytest.raises(psycopg.OperationalError, match=r"no pg_hba\.conf entry"):
        psycopg.connect(plain, password=anna.login.password)
    with pytest.raises(HubCertificate):
        wire.connect(replace(at, root=hub_root_of_another()), anna.login.user, anna.login.password)
    with pytest.raises(HubCertificate):
        wire.connect(replace(at, root=None), anna.login.user, anna.login.password)
    with pytest.raises(HubRefused):
        wire.connect(at, anna.login.user, "wrong")
    with pytest.raises(HubRefused):
        wire.connect(at, SUPERUSER, "wrong")
    with pytest.raises(HubUnreachable):
        wire.connect(Address("localhost", 1, root=at.root), "x", "y")
    assert anna.hub.pgconn.ssl_in_use


def hub_root_of_another() -> str:
    from datetime import UTC, datetime

    from workwell_desktop.sync.hub.certificates import server_papers

    return server_papers(("localhost",), datetime.now(UTC)).root
