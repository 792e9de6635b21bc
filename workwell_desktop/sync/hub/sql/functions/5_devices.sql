-- What else a device may call: where the hub stands, its papers, and the redeeming of a one-time code.

-- ``p_position`` and ``p_id`` are the newest change that the client saw here, the rest is the newest paper: its scope,
-- hash and number, and when it came (microseconds).
drop function if exists workwell.hello(text, bigint, bytea);
create or replace function workwell.hello(
    p_client text, p_position bigint, p_id bytea, p_scope uuid default null, p_sha256 bytea default null,
    p_number bigint default null, p_came bigint default null
) returns table (
        epoch uuid, "position" bigint, id bytea, same boolean, scopes_digest bytea, partnership uuid, min_client text,
        now timestamptz, papers boolean
    )
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    v_device uuid := workwell.my_device();
    v_scopes uuid[] := workwell.scopes_of(v_device);
begin
    perform workwell.check_client(p_client);
    -- once an hour is enough for "last seen"; a standby writes nothing
    if not pg_is_in_recovery() then
        update workwell.device d set seen = clock_timestamp(), client = p_client
        where d.device = v_device and (d.seen is null or d.seen < clock_timestamp() - interval '1 hour');
        if found then
            -- what nobody waits for keeps the server from tidying up
            perform workwell.end_lingering('1 hour');
        end if;
    end if;
    return query
        -- an id with the moment at which it came: in a hub that was set back, the same change may come to stand at the
        -- same position again, behind others than before
        select h.epoch, c.position, coalesce((
                select k.id || int8send((extract(epoch from k.received) * 1000000)::int8)
                from workwell.change k where k.position = c.position), c.id),
            coalesce(p_position, 0) = 0 or exists (
                select from workwell.change k where k.position = p_position and p_id in (
                    k.id, k.id || int8send((extract(epoch from k.received) * 1000000)::int8))),
            sha256(array_send(v_scopes)),
            h.partnership, h.min_client, clock_timestamp(),
            p_number is null or p_scope = any (v_scopes) and exists (
                select from workwell.blob b
                where b.scope = p_scope and b.sha256 = p_sha256 and b.number = p_number
                    and (extract(epoch from b.came) * 1000000)::int8 = p_came)
        from workwell.hub h, workwell.counter c;
end
$$;

-- One piece of a paper. True when it is whole and its hash is right.
create or replace function workwell.put_piece(
    p_client text, p_scope uuid, p_sha256 bytea, p_size integer, p_media text, p_piece integer, p_data bytea
) returns boolean
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    step constant integer := 262144;
    v_device uuid := workwell.my_device();
    v_many integer := greatest(1, (p_size + 262143) / 262144);
    v_whole boolean;
    v_number bigint;
begin
    perform workwell.check_client(p_client);
    if p_scope is null or p_sha256 is null or p_media is null or p_data is null or p_piece is null or p_size is null
        or octet_length(p_sha256) <> 32 or p_size not between 0 and 20971520 or p_piece not between 0 and v_many - 1
        or length(p_media) > 200 or octet_length(p_data) <> least(step, p_size - p_piece * step) then
        raise exception 'this is no piece of a paper' using errcode = 'WW003';
    end if;
    if not p_scope = any (workwell.scopes_of(v_device)) and not workwell.held(v_device, p_scope) then
        raise exception 'no right to this scope' using errcode = 'WW004';
    end if;
    if exists (select from workwell.erased e where e.scope = p_scope) then
        raise exception 'this scope was erased' using errcode = 'WW007';
    end if;
    if current_setting('synchronous_commit') in ('off', 'local') then
        perform set_config('synchronous_commit', 'on', true);
    end if;
    if (workwell.my_paper(p_scope, p_sha256, p_size, p_media)).complete then
        return true;
    end if;
    insert into workwell.blob_piece (scope, sha256, piece, data) values (p_scope, p_sha256, p_piece, p_data)
    on conflict do nothing;
    if (select count(*) from workwell.blob_piece b where b.scope = p_scope and b.sha256 = p_sha256) < v_many then
        return false;
    end if;
    select sha256(string_agg(b.data, ''::bytea order by b.piece)) = p_sha256 into v_whole
    from workwell.blob_piece b where b.scope = p_scope and b.sha256 = p_sha256;
    if v_whole then
        -- the row is locked until the commit: so the order of numbers is the order of commits
        perform workwell.my_turn(true);
        update workwell.paper_counter c set number = c.number + 1 returning c.number into v_number;
        update workwell.blob b set complete = true, number = v_number, came = clock_timestamp()
        where b.scope = p_scope and b.sha256 = p_sha256;
        return true;
    end if;
    -- somebody sent a wrong piece: none of them is kept, and the answer says so
    perform workwell.drop_pieces(p_scope, p_sha256);
    delete from workwell.blob b where b.scope = p_scope and b.sha256 = p_sha256;
    return null;
end
$$;

-- What a lost computer is still told: the signed change that says so, which it checks as it checks every other. When it
-- says that it has followed it, its login closes for good.
create or replace function workwell.last_word(p_followed boolean)
    returns table (header bytea, signature bytea, salt bytea, value bytea)
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_device workwell.device;
begin
    select * into v_device from workwell.device d where d.login = session_user and d.lost is not null;
    if not found then
        raise exception 'nothing was said of this device' using errcode = 'WW001';
    end if;
    if p_followed then
        update workwell.device d set emptied = clock_timestamp() where d.device = v_device.device;
        perform workwell.close_login(v_device.login);
        return;
    end if;
    return query
        select c.header, c.signature, v.salt, v.value
        from workwell.change c join workwell.value v on v.position = c.position
        where c.scope = (select h.partnership from workwell.hub h) and c.id = v_device.lost;
end
$$;

-- The login of a one-time code makes the login of its device, once. Gives what the administrator packed for it.
create or replace function workwell.redeem(p_device uuid, p_verifier text, p_answer bytea) returns bytea
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_code workwell.enrolment;
    v_login name := 'wd_' || replace(p_device::text, '-', '');
begin
    if p_device is null or p_verifier is null
        or p_verifier !~ '^SCRAM-SHA-256\$4096:[A-Za-z0-9+/=]{16,64}\$[A-Za-z0-9+/=]{44}:[A-Za-z0-9+/=]{44}$'
        or octet_length(p_answer) > 262144 then
        raise exception 'this is no device' using errcode = 'WW003';
    end if;
    select * into v_code from workwell.enrolment e where e.login = session_user for update;
    if not found or v_code.used is not null or v_code.expires < clock_timestamp()
        or v_code.device is not null and v_code.device <> p_device
        or v_code.device is null and exists (select from workwell.device d where d.device = p_device) then
        raise exception 'this code opens nothing' using errcode = 'WW005';
    end if;
    perform workwell.keep_login(v_login, p_verifier);
    perform workwell.take_hold(p_device);
    insert into workwell.device as d (device, login, label, answer)
    values (p_device, v_login, v_code.label, p_answer)
    on conflict (device) do update
    set login = excluded.login, label = excluded.label, answer = excluded.answer, revoked = null,
        enrolled = clock_timestamp(), lost = null, emptied = null;
    insert into workwell.device_person (device, person) select p_device, unnest(v_code.people) on conflict do nothing;
    update workwell.enrolment e set used = clock_timestamp(), device = p_device, parcel = null
    where e.code_id = v_code.code_id;
    perform workwell.close_login(v_code.login);
    return v_code.parcel;
end
$$;

-- The keeper's four: its right to make logins is reached by nothing else, and with these names alone.
create or replace function workwell.keep_login(p_login name, p_verifier text) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
    if p_login !~ '^wd_[0-9a-f]{32}$' or p_verifier !~ '^SCRAM-SHA-256\$' then
        raise exception 'no login of a device' using errcode = 'WW003';
    end if;
    if exists (select from pg_roles where rolname = p_login) then
        execute format('alter role %I login connection limit 4 password %L', p_login, p_verifier);
    else
        execute format('create role %I login inherit connection limit 4 password %L in role workwell_device',
            p_login, p_verifier);
        execute format('alter role %I set search_path = workwell', p_login);
        execute format('alter role %I set idle_in_transaction_session_timeout = %L', p_login, '5min');
    end if;
end
$$;

create or replace function workwell.invite_login(p_login name, p_verifier text, p_until timestamptz) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
    if p_login !~ '^we_[0-9a-z]{8}$' or p_verifier !~ '^SCRAM-SHA-256\$' then
        raise exception 'no login of a code' using errcode = 'WW003';
    end if;
    execute format('create role %I login inherit connection limit 2 password %L valid until %L in role workwell_invited',
        p_login, p_verifier, p_until);
end
$$;

create or replace function workwell.close_login(p_login name) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
    if p_login !~ '^(wd_[0-9a-f]{32}|we_[0-9a-z]{8})$' then
        raise exception 'no login of a device' using errcode = 'WW003';
    end if;
    if exists (select from pg_roles where rolname = p_login) then
        execute format('alter role %I nologin password null', p_login);
        perform workwell.end_sessions(p_login);
    end if;
end
$$;

create or replace function workwell.end_sessions(p_login name) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
    if p_login !~ '^(wd_[0-9a-f]{32}|we_[0-9a-z]{8})$' then
        raise exception 'no login of a device' using errcode = 'WW003';
    end if;
    perform pg_terminate_backend(a.pid, 2000) from pg_stat_get_activity(null) a
    where a.usesysid = (select r.oid from pg_roles r where r.rolname = p_login) and a.pid <> pg_backend_pid();
end
$$;
