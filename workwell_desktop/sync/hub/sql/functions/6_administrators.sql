-- What an administrator's login may call, and no device's.

create or replace function workwell.vouch(
    p_person uuid, p_keys bytea[], p_teams uuid[], p_administrator boolean, p_all_cases boolean
) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
    perform workwell.know(p_person, coalesce(p_keys, '{}'));
    update workwell.people set active = true, administrator = coalesce(p_administrator, administrator),
        all_cases = coalesce(p_all_cases, all_cases)
    where person = p_person;
    if p_teams is not null then
        perform workwell.set_teams(p_person, p_teams);
    end if;
end
$$;

-- A code for one more device, or for one that is known already and needs a new login.
create or replace function workwell.enrol(
    p_code_id text, p_verifier text, p_people uuid[], p_device uuid, p_label text, p_expires timestamptz, p_parcel bytea
) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_login name := 'we_' || p_code_id;
begin
    if p_code_id !~ '^[0-9a-z]{8}$' or cardinality(p_people) = 0 or octet_length(p_parcel) > 262144
        or exists (select from unnest(p_people) one where one not in (select person from workwell.people)) then
        raise exception 'nobody whom the hub knows' using errcode = 'WW003';
    end if;
    insert into workwell.enrolment (code_id, login, device, people, label, expires, made_by, parcel)
    values (p_code_id, v_login, p_device, p_people, coalesce(p_label, ''), p_expires, session_user, p_parcel);
    perform workwell.invite_login(v_login, p_verifier, p_expires);
end
$$;

-- A device that was lost, or whose person left: its login ends at once, and so do its connections.
create or replace function workwell.revoke(p_device uuid) returns boolean
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_login name;
begin
    perform workwell.take_hold(p_device);
    update workwell.device d set revoked = coalesce(d.revoked, clock_timestamp()) where d.device = p_device
    returning d.login into v_login;
    if not found then
        return false;
    end if;
    if v_login is not null then
        perform workwell.close_login(v_login);
    end if;
    return true;
end
$$;

-- The same for one of which an administrator's signed word is on its way, so that it can still be told that.
create or replace function workwell.show_out(p_device uuid) returns boolean
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
    perform workwell.shut_out(p_device, null);
    return exists (select from workwell.device d where d.device = p_device);
end
$$;

create or replace function workwell.withdraw_code(p_code_id text) returns boolean
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_login name := (select e.login from workwell.enrolment e where e.code_id = p_code_id and e.used is null);
begin
    -- whoever has the code could hold its row by a transaction that is left open
    for again in 1..20 loop
        exit when v_login is null;
        perform from workwell.enrolment e where e.code_id = p_code_id for update skip locked;
        exit when found;
        perform workwell.end_sessions(v_login);
    end loop;
    update workwell.enrolment e set used = clock_timestamp(), parcel = null
    where e.code_id = p_code_id and e.used is null returning e.login into v_login;
    if not found then
        return false;
    end if;
    perform workwell.close_login(v_login);
    return true;
end
$$;

-- Opens a scope to a person by hand, as for an audit or a complaint; ``p_until`` null takes it back.
create or replace function workwell.give(p_person uuid, p_scope uuid, p_until timestamptz) returns void
    language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    update workwell.access set until = statement_timestamp()
    where scope = p_scope and person = p_person and (until is null or until > statement_timestamp())
        and (p_until is null or why = 'given');
    insert into workwell.access (scope, person, why, until)
    select p_scope, p_person, 'given', p_until where p_until is not null;
$$;

create or replace function workwell.set_min_client(p_version text) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
    if p_version !~ '^\d{1,6}(\.\d{1,6}){0,3}$' then
        raise exception 'no version of a client' using errcode = 'WW003';
    end if;
    update workwell.hub set min_client = p_version;
end
$$;

-- After a restored backup: every laptop then reads again and hands back what the hub lost.
create or replace function workwell.new_epoch() returns uuid
    language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    update workwell.hub set epoch = gen_random_uuid() returning epoch
$$;

-- Takes every value and paper of a scope away. ``p_warrant`` is the id of a signed change of kind "erasure" by an
-- administrator, which stands in the scope, names it as its record, or has the record that is made from its id; so
-- that every laptop erases too.
create or replace function workwell.erase(p_scope uuid, p_warrant bytea) returns table (values_gone bigint, papers_gone bigint)
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp set lock_timeout = '30s' as $$
declare
    v_warrant record;
    v_header workwell.header;
begin
    select c.position, c.header, c.signature, c.id into v_warrant from workwell.change c
    where c.id = p_warrant and c.scope in (p_scope, (select h.partnership from workwell.hub h));
    if not found then
        raise exception 'the hub has no such warrant' using errcode = 'WW010';
    end if;
    v_header := workwell.read_header(v_warrant.header);
    if v_header.kind <> 'erasure' or (p_scope not in (v_header.scope, v_header.record)
            and v_header.record <> left(encode(sha256(convert_to(
                'erasure/' || replace(p_scope::text, '-', ''), 'UTF8')), 'hex'), 32)::uuid)
        or p_scope = (select h.partnership from workwell.hub h)
        or not exists (select from workwell.people p where p.person = v_header.author and p.administrator)
        or not workwell.is_signed(v_header.author, v_warrant.id, v_warrant.signature) then
        raise exception 'this is no warrant for the scope' using errcode = 'WW010';
    end if;
    perform workwell.end_lingering('1 hour');
    perform workwell.my_turn(false);
    perform set_config('workwell.erasing', p_scope::text, true);
    with gone as (
        delete from workwell.value v using workwell.change c
        where v.scope = p_scope and c.position = v.position
            and (workwell.read_header(c.header)).kind <> 'erasure'
        returning 1
    )
    select count(*) into values_gone from gone;
    delete from workwell.blob_piece b where b.scope = p_scope;
    with gone as (
        delete from workwell.blob b where b.scope = p_scope returning 1
    )
    select count(*) into papers_gone from gone;
    perform set_config('workwell.erasing', '', true);
    delete from workwell.fact f where f.scope = p_scope;
    insert into workwell.erased (scope, warrant) values (p_scope, p_warrant) on conflict do nothing;
    return next;
end
$$;

-- Lists for the person who runs the hub; nothing in them is about a participant.
create or replace view workwell.devices as
    select d.device, d.label, d.client, d.enrolled, d.seen, d.revoked,
        array(select dp.person from workwell.device_person dp where dp.device = d.device) as people, d.emptied
    from workwell.device d;

-- Codes that still open something.
create or replace view workwell.codes as
    select e.code_id, e.label, e.expires from workwell.enrolment e
    where e.used is null and e.expires > statement_timestamp();

create or replace view workwell.state as
    select h.name, h.partnership, h.schema_version, h.epoch, h.min_client, c.position,
        (select count(*) from workwell.device d where d.revoked is null) as devices,
        (select count(*) from workwell.enrolment e where e.used is null and e.expires > statement_timestamp()) as codes,
        (select count(*) from workwell.fork) as forks
    from workwell.hub h, workwell.counter c;
