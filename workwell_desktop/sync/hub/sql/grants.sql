-- Last of all: whose everything is, and what each kind of login may. Nobody but the owner calls or reads the rest.
do $$
declare
    one record;
begin
    execute 'alter schema workwell owner to workwell_owner';
    for one in select c.oid::regclass as named, c.relkind from pg_class c
        where c.relnamespace = 'workwell'::regnamespace and c.relkind in ('r', 'v')
    loop
        execute format('alter %s %s owner to workwell_owner',
            case one.relkind when 'v' then 'view' else 'table' end, one.named);
    end loop;
    for one in select t.oid::regtype as named from pg_type t join pg_class c on c.oid = t.typrelid
        where t.typnamespace = 'workwell'::regnamespace and c.relkind = 'c'
    loop
        execute format('alter type %s owner to workwell_owner', one.named);
    end loop;
    for one in select p.oid::regprocedure as named from pg_proc p where p.pronamespace = 'workwell'::regnamespace
    loop
        execute format('alter function %s owner to workwell_owner', one.named);
    end loop;
end
$$;
revoke all on schema workwell from public;
revoke all on all tables in schema workwell from public, workwell_admin, workwell_invited;
revoke all on all functions in schema workwell from public, workwell_device, workwell_admin, workwell_invited;

alter function workwell.keep_login(name, text) owner to workwell_keeper;
alter function workwell.invite_login(name, text, timestamptz) owner to workwell_keeper;
alter function workwell.close_login(name) owner to workwell_keeper;
alter function workwell.end_sessions(name) owner to workwell_keeper;
alter function workwell.end_lingering(interval) owner to workwell_keeper;
revoke all on function workwell.keep_login(name, text), workwell.invite_login(name, text, timestamptz),
    workwell.close_login(name), workwell.end_sessions(name), workwell.end_lingering(interval) from public;
grant execute on function workwell.keep_login(name, text), workwell.invite_login(name, text, timestamptz),
    workwell.close_login(name), workwell.end_sessions(name), workwell.end_lingering(interval) to workwell_owner;
grant usage on schema workwell to workwell_keeper, workwell_device, workwell_admin, workwell_invited;

grant execute on function workwell.hello(text, bigint, bytea, uuid, bytea, bigint, bigint), workwell.my_scopes(),
    workwell.push(text, bytea[], bytea[], bytea[], bytea[]),
    workwell.put_piece(text, uuid, bytea, integer, text, integer, bytea), workwell.last_word(boolean)
    to workwell_device;
grant execute on function workwell.redeem(uuid, text, bytea) to workwell_invited;
grant execute on function workwell.vouch(uuid, bytea[], uuid[], boolean, boolean),
    workwell.enrol(text, text, uuid[], uuid, text, timestamptz, bytea), workwell.revoke(uuid),
    workwell.show_out(uuid),
    workwell.withdraw_code(text), workwell.give(uuid, uuid, timestamptz), workwell.set_min_client(text),
    workwell.new_epoch(), workwell.erase(uuid, bytea) to workwell_admin;
grant select on workwell.devices, workwell.codes, workwell.state to workwell_admin;
