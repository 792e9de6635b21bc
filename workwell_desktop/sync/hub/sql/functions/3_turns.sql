-- Nobody holds up the others for ever. A device begins and ends its transactions as it likes, and no limit of time that
-- the server sets holds for a session that sets another; so whoever waits too long ends what stands in the way.
--
-- A client of ours sends each push and each piece as one statement, and is nowhere idle in a transaction that writes.

-- Ends the transactions of devices that were left standing, and those that last longer than ``p_longest``; gives how
-- many. The server's log names their logins.
create or replace function workwell.end_lingering(p_longest interval) returns integer
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    one record;
    ended integer := 0;
begin
    for one in
        select a.pid, r.rolname
        from pg_stat_get_activity(null) a join pg_roles r on r.oid = a.usesysid
        where r.rolname ~ '^w[de]_' and a.pid <> pg_backend_pid() and (
            a.xact_start < clock_timestamp() - p_longest
            or (a.state like 'idle in transaction%' and a.state_change < clock_timestamp() - interval '10 seconds'
                    or a.xact_start < clock_timestamp() - interval '5 minutes')
                and exists (
                    select from pg_lock_status() l
                    where l.pid = a.pid and l.granted and l.mode in ('RowShareLock', 'RowExclusiveLock')))
    loop
        raise log 'a transaction of % held up the hub, and was ended', one.rolname;
        ended := ended + pg_terminate_backend(one.pid, 2000)::integer;
    end loop;
    return ended;
end
$$;

-- The newest position (or the newest number of a paper), locked: from here to the end of the transaction the next one is
-- the caller's. Raises 55P03 where others keep it for a minute.
create or replace function workwell.my_turn(p_papers boolean) returns bigint
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp set lock_timeout = '5s' as $$
declare
    found_there bigint;
begin
    for again in 1..12 loop
        begin
            if p_papers then
                select c.number into found_there from workwell.paper_counter c for update;
            else
                select c.position into found_there from workwell.counter c for update;
            end if;
            return found_there;
        exception when lock_not_available then
            perform workwell.end_lingering('1 hour');
        end;
    end loop;
    raise exception 'somebody else is at it' using errcode = 'lock_not_available';
end
$$;

-- The row of a paper, made where there is none, and locked. One that is not whole gives way to another size: whoever
-- knows the hash of a paper could else keep it away for ever. Raises WW003 for another size than that of the whole one.
create or replace function workwell.my_paper(p_scope uuid, p_sha256 bytea, p_size integer, p_media text)
    returns workwell.blob
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp set lock_timeout = '5s' as $$
declare
    r workwell.blob;
begin
    for again in 1..12 loop
        begin
            insert into workwell.blob (scope, sha256, size, media_type) values (p_scope, p_sha256, p_size, p_media)
            on conflict do nothing;
            select * into r from workwell.blob b where b.scope = p_scope and b.sha256 = p_sha256 for update;
            exit when found;
        exception when lock_not_available then
            perform workwell.end_lingering('1 hour');
        end;
    end loop;
    if r.sha256 is null then
        raise exception 'somebody else is at it' using errcode = 'lock_not_available';
    end if;
    if r.size <> p_size then
        if r.complete then
            raise exception 'this paper has another size' using errcode = 'WW003';
        end if;
        perform workwell.drop_pieces(p_scope, p_sha256);
        update workwell.blob b set size = p_size where b.scope = p_scope and b.sha256 = p_sha256 returning * into r;
    end if;
    return r;
end
$$;

-- Takes away the pieces of a paper that is not whole.
create or replace function workwell.drop_pieces(p_scope uuid, p_sha256 bytea) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
    perform set_config('workwell.erasing', p_scope::text, true);
    delete from workwell.blob_piece b where b.scope = p_scope and b.sha256 = p_sha256;
    perform set_config('workwell.erasing', '', true);
end
$$;

-- The row of a device, locked, and its sessions ended: whoever has a lost computer could else hold its row, and with it
-- whoever shows it out, for as long as they like.
create or replace function workwell.take_hold(p_device uuid) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_login name := (select d.login from workwell.device d where d.device = p_device);
begin
    for again in 1..20 loop
        exit when v_login is null;
        perform from workwell.device d where d.device = p_device for update skip locked;
        exit when found;
        -- a session of its own may be what asks, and is not ended; it has what it holds
        perform workwell.end_sessions(v_login);
    end loop;
end
$$;
