-- Who may read what. Everything here is decided by the login (session_user), which no function and no SET changes.
--
-- What is asked at every hello and push is in plpgsql although one statement says it: that is planned once for each
-- connection, and a function of SQL at each call.

-- The device that is logged in; raises WW001 where the login is no device's, or the device was revoked.
create or replace function workwell.my_device() returns uuid
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
    found uuid;
begin
    select d.device into found from workwell.device d where d.login = session_user and d.revoked is null;
    if found is null then
        raise exception 'this login is no device of the hub' using errcode = 'WW001';
    end if;
    return found;
end
$$;

-- By index alone: where some hold many cases, PostgreSQL takes it that everybody does, and would read through all of
-- them for somebody with one.
create or replace function workwell.scopes_of(p_device uuid) returns uuid[]
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
declare
    found uuid[];
begin
    with me as materialized (
        select p.person, p.all_cases, p.administrator
        from workwell.device d
        join workwell.device_person dp on dp.device = d.device
        join workwell.people p on p.person = dp.person
        where d.device = p_device and d.revoked is null and p.active
    ), mine(scope) as (
        -- also where nobody of it works here any more: from there it learns that, and lets go of the rest
        select h.partnership from workwell.hub h
        where exists (select from workwell.device d where d.device = p_device and d.revoked is null)
        union all
        select me.person from me
        union all
        select m.team from workwell.member m join me on me.person = m.person where m.until is null
        union all
        -- who sets up teams does not have to sit in them
        select s.scope from workwell.scope s where s.kind = 'team' and exists (select from me where me.administrator)
        union all
        select a.scope from workwell.access a join me on me.person = a.person
        where a.until is null or a.until > statement_timestamp()
        union all
        select a.scope from workwell.access a
        join workwell.member m on m.team = a.team and m.until is null
        join me on me.person = m.person and me.all_cases
        where a.until is null
    )
    select array(select distinct m.scope from mine m order by m.scope) into found;
    return found;
end
$$;

-- The scopes whose rows row-level security shows; a login that is no device's has none.
create or replace function workwell.my_scopes() returns uuid[]
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    return workwell.scopes_of((select d.device from workwell.device d where d.login = session_user and d.revoked is null));
end
$$;

-- Whether a person could ever read a scope, so that what they wrote before a grant ended can still be sent.
create or replace function workwell.held_by(p_person uuid, p_scope uuid) returns boolean
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    return exists (
        select from workwell.people p
        where p.person = p_person and (
            p.person = p_scope
            or exists (select from workwell.access a where a.person = p.person and a.scope = p_scope)
            or exists (select from workwell.member m where m.person = p.person and m.team = p_scope)
            or p.all_cases and exists (
                select from workwell.access a join workwell.member m on m.team = a.team
                where a.scope = p_scope and m.person = p.person)));
end
$$;

-- Whether any of the people of a device could.
create or replace function workwell.held(p_device uuid, p_scope uuid) returns boolean
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    return exists (
        select from workwell.device_person dp where dp.device = p_device and workwell.held_by(dp.person, p_scope));
end
$$;

-- Whether a person may open a case to others, which somebody invited to one session may not.
create or replace function workwell.decides(p_person uuid, p_scope uuid) returns boolean
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    return exists (
        select from workwell.people p
        where p.person = p_person and p.active and (
            p.administrator
            or exists (
                select from workwell.access a
                where a.person = p_person and a.scope = p_scope and a.why in ('opened', 'coach', 'given')
                    and (a.until is null or a.until > statement_timestamp()))
            or p.all_cases and exists (
                select from workwell.access a join workwell.member m on m.team = a.team and m.until is null
                where a.scope = p_scope and a.until is null and m.person = p_person)));
end
$$;

-- Brings the access to one participant's scope up to the heads that say so: coach, team, grants.
create or replace function workwell.reckon(p_scope uuid) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    with head as (
        select f.record, f.field, f.said from workwell.fact f where f.scope = p_scope and not f.replaced
    ), gone as (
        select record from head where field = '@deleted' and said = 'true'
    ), wanted as (
        select workwell.id_of(h.said) as person, null::uuid as team, 'coach' as why, h.record as source,
            null::timestamptz as until
        from head h where h.field = 'coach' and h.record not in (select record from gone)
        union
        select null, workwell.id_of(h.said), 'case_of_team', h.record, null
        from head h where h.field = 'team' and h.record not in (select record from gone)
        union
        select workwell.id_of(h.said), null, 'grant', h.record,
            coalesce(
                (select min(((workwell.day_of(e.said) + 1)::timestamp) at time zone 'Europe/London')
                    from head e where e.record = h.record and e.field = 'ends_on'),
                'infinity')
        from head h
        where h.field = 'person' and h.record not in (select record from gone)
            and not exists (select from head e where e.record = h.record and e.field = 'ended_at' and e.said is not null)
    ), sound as (
        select * from wanted w where (w.person is null) <> (w.team is null)
    ), ended as (
        update workwell.access a set until = statement_timestamp()
        where a.scope = p_scope and (a.until is null or a.until > statement_timestamp()) and (
            a.why in ('coach', 'case_of_team', 'grant') and not exists (
                select from sound w
                where w.person is not distinct from a.person and w.team is not distinct from a.team
                    and w.why = a.why and w.source = a.source and w.until is not distinct from a.until)
            or a.why = 'opened' and exists (select from sound w where w.why = 'coach'))
        returning 1
    )
    insert into workwell.access (scope, person, team, why, source, until)
    select p_scope, w.person, w.team, w.why, w.source, w.until from sound w
    where not exists (
        select from workwell.access a
        where a.scope = p_scope and a.person is not distinct from w.person and a.team is not distinct from w.team
            and a.why = w.why and a.source = w.source and a.until is not distinct from w.until);
    -- what was opened and closed again before the hub heard of either was held all the same
    insert into workwell.access (scope, person, why, source, until)
    select distinct p_scope, workwell.id_of(f.said), case f.field when 'coach' then 'coach' else 'grant' end, f.record,
        statement_timestamp()
    from workwell.fact f
    where f.scope = p_scope and f.field in ('coach', 'person') and workwell.id_of(f.said) is not null
        and not exists (
            select from workwell.access a where a.scope = p_scope and a.person = workwell.id_of(f.said));
end
$$;

-- Sets the teams of a person; what was left out is ended, not forgotten.
create or replace function workwell.set_teams(p_person uuid, p_teams uuid[]) returns void
    language sql security definer set search_path = pg_catalog, pg_temp as $$
    update workwell.member m set until = statement_timestamp()
    where m.person = p_person and m.until is null and m.team <> all (p_teams);
    insert into workwell.scope (scope, kind) select unnest(p_teams), 'team' on conflict do nothing;
    insert into workwell.member (person, team)
    select p_person, t from (select distinct unnest(p_teams)) one(t)
    where not exists (
        select from workwell.member m where m.person = p_person and m.team = t and m.until is null);
$$;

-- A person whom the hub is to know; again adds keys and leaves the rest.
create or replace function workwell.know(p_person uuid, p_keys bytea[]) returns void
    language sql security definer set search_path = pg_catalog, pg_temp as $$
    insert into workwell.people (person) values (p_person) on conflict do nothing;
    insert into workwell.scope (scope, kind) values (p_person, 'person') on conflict do nothing;
    insert into workwell.signer (author, verify_key) select p_person, unnest(p_keys) on conflict do nothing;
$$;

-- A computer that was lost: nothing is let in under its login or told to it from now on but, once, the signed word of the
-- administrator who said so.
create or replace function workwell.shut_out(p_device uuid, p_word bytea) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_login name;
begin
    perform workwell.take_hold(p_device);
    update workwell.device d set revoked = coalesce(d.revoked, clock_timestamp()), lost = coalesce(p_word, d.lost)
    where d.device = p_device returning d.login into v_login;
    if v_login is not null then
        perform workwell.end_sessions(v_login);
    end if;
end
$$;

-- One change that says who may read what: taken where its author may say so.
create or replace function workwell.take_fact(r workwell.header, p_value bytea) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    said text[] := workwell.said(p_value);
begin
    if r.kind in ('person', 'device') then
        perform workwell.take_word(r, said);
        return;
    end if;
    if not workwell.decides(r.author, r.scope) then
        perform workwell.reckon(r.scope);
        if not workwell.decides(r.author, r.scope) then
            return;
        end if;
    end if;
    update workwell.fact f set replaced = true where f.id = any (r.replaces) and f.scope = r.scope
        and f.record = r.record and f.field = r.field;
    insert into workwell.fact (id, scope, record, field, said, replaces, replaced)
    values (r.id, r.scope, r.record, r.field, said[1], r.replaces, exists (
        select from workwell.fact f
        where f.scope = r.scope and f.record = r.record and f.field = r.field and r.id = any (f.replaces)))
    on conflict do nothing;
end
$$;

-- An administrator's word on a person: keys, teams, roles, whether they work here. The newest counts, as on a laptop.
create or replace function workwell.take_word(r workwell.header, said text[]) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    -- their own key everybody changes themselves, and a computer says its own
    if not workwell.administers(r.author) and not (r.field = 'verify_key' and workwell.may_say(r)) then
        return;
    end if;
    if r.field = 'verify_key' then
        if said[1] ~ '^[0-9a-f]{64}$' then
            if r.kind = 'person' then
                perform workwell.know(r.record, array[decode(said[1], 'hex')]);
            else
                insert into workwell.signer (author, verify_key) values (r.record, decode(said[1], 'hex'))
                on conflict do nothing;
            end if;
        end if;
        return;
    end if;
    if r.kind = 'device' and r.field = 'lost' and said[1] is not null then
        perform workwell.shut_out(r.record, r.id);
    end if;
    if r.kind <> 'person' then
        return;
    end if;
    insert into workwell.told as t (person, field, lamport, id) values (r.record, r.field, r.lamport, r.id)
    on conflict (person, field) do update set lamport = excluded.lamport, id = excluded.id
    where (excluded.lamport, excluded.id) > (t.lamport, t.id);
    if not found then
        return;
    end if;
    perform workwell.know(r.record, '{}');
    if r.field = 'teams' then
        perform workwell.set_teams(r.record, array(
            select workwell.id_of(one) from unnest(coalesce(said, '{}')) one where workwell.id_of(one) is not null));
    elsif r.field = 'active' then
        update workwell.people set active = said[1] is distinct from 'false' where person = r.record;
    elsif r.field = 'all_cases' then
        update workwell.people set all_cases = said[1] is not distinct from 'true' where person = r.record;
    elsif r.field = 'roles' then
        update workwell.people set administrator = 'administrator' = any (coalesce(said, '{}')) where person = r.record;
    end if;
end
$$;
