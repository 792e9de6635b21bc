-- push(): the one way into the log.

-- One stream of a push, and the first change of it that is refused.
drop type if exists workwell.run;
create type workwell.run as (
    scope uuid, incarnation uuid, device uuid, number bigint, tip bytea, bad integer, code text, bad_number bigint
);

-- Raises WW002 where the client is older than the least version that may talk to this hub, WW003 for no version.
create or replace function workwell.check_client(p_client text) returns void
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
    least_version text := (select h.min_client from workwell.hub h);
begin
    if p_client is null or p_client !~ '^[0-9]{1,6}(\.[0-9]{1,6}){0,3}(\.?[-+a-zA-Z][!-~]*)?$'
        or length(p_client) > 40
    then
        raise exception 'no version of a client' using errcode = 'WW003';
    end if;
    if string_to_array(substring(p_client from '^[0-9]+(?:\.[0-9]+)*'), '.')::integer[]
        < string_to_array(least_version, '.')::integer[] then
        raise exception 'this client is too old for the hub' using errcode = 'WW002', detail = least_version;
    end if;
end
$$;

-- Fields that say who may read what; the rest the hub keeps without looking.
create or replace function workwell.is_fact(p_kind text, p_field text) returns boolean
    language sql immutable as $$
    select case p_kind
        when 'episode' then p_field in ('coach', 'team', '@deleted')
        when 'grant' then p_field in ('person', 'ends_on', 'ended_at', '@deleted')
        when 'person' then p_field in ('verify_key', 'teams', 'roles', 'active', 'all_cases')
        when 'device' then p_field in ('verify_key', 'lost')
        else false
    end
$$;

create or replace function workwell.push(
    p_client text, p_headers bytea[], p_signatures bytea[], p_salts bytea[], p_values bytea[]
) returns table (
    scope uuid, incarnation uuid, accepted integer, known integer, number bigint, tip bytea, "position" bigint,
    code text, at_number bigint
)
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp set jit = off as $$
#variable_conflict use_column
declare
    nothing constant bytea := decode(repeat('00', 32), 'hex');
    v_device uuid := workwell.my_device();
    v_people uuid[];
    v_scopes uuid[];
    v_partnership uuid := (select h.partnership from workwell.hub h);
    -- taken apart by unnest: to reach one of them by its number, all before it are stepped over
    v_rows workwell.header[];
    v_runs workwell.run[];
    v_run integer[];
    v_new boolean[];
    v_cut integer[];
    v_base bigint;
    v_taken integer;
    v_last bytea;
    v_asked record;
    v_touched uuid[] := '{}';
    v_foreign integer[] := '{}';
    v_first integer;
    v_strangers uuid[];
begin
    perform workwell.check_client(p_client);
    v_taken := cardinality(p_headers);
    if p_headers is null or v_taken is distinct from cardinality(p_signatures)
        or v_taken is distinct from cardinality(p_salts) or v_taken is distinct from cardinality(p_values)
        or v_taken > 20000 or array_position(p_headers, null) is not null
        or pg_column_size(p_headers) + pg_column_size(p_values) > 64 * 1024 * 1024
        or exists (select from unnest(p_signatures) s where s is null or octet_length(s) <> 64)
        or exists (
            select from unnest(p_salts, p_values) as t(salt, value) where (salt is null) <> (value is null))
    then
        raise exception 'these are no changes to push' using errcode = 'WW003';
    end if;
    if v_taken = 0 then
        return;
    end if;
    begin
        v_rows := array(
            select workwell.read_header(h) from unnest(p_headers) with ordinality as t(h, ord) order by ord);
    exception
        -- a byte asked for beyond the end, or letters that are none
        when array_subscript_error or untranslatable_character or character_not_in_repertoire then
            raise exception 'not the header of a change' using errcode = 'WW003';
    end;
    -- what a client sets for its session must not make an answer less durable than the hub promised
    if current_setting('synchronous_commit') in ('off', 'local') then
        perform set_config('synchronous_commit', 'on', true);
    end if;
    -- from here to the end of the transaction there is one push at a time: the next position is ours
    select c.position into v_base from workwell.counter c for update skip locked;
    if not found then
        v_base := workwell.my_turn(false);
    end if;

    -- each change against the one before it, in the push or in the log
    with r as materialized (
        select t.*, s.salt, s.value, t.ord::integer as at,
            dense_rank() over (order by t.scope, t.incarnation)::integer as run
        from unnest(v_rows) with ordinality as t(
            id, kind, record, scope, field, author, device, incarnation, number, lamport, at_claimed, replaces,
            previous, seal, ord)
        join unnest(p_salts, p_values) with ordinality as s(salt, value, ord) on s.ord = t.ord
    ), stands as materialized (
        select distinct on (r.run) r.run, r.scope, r.incarnation, coalesce(s.device, r.device) as device,
            coalesce(s.number, 0) as number, coalesce(s.tip, nothing) as tip
        from r left join workwell.stream s on s.scope = r.scope and s.incarnation = r.incarnation
        order by r.run, r.at
    ), told as (
        select r.run, r.at, r.number, false as fresh,
            case when c.id = r.id then null else 'fork' end as code
        from r join stands s on s.run = r.run and r.number <= s.number
        join workwell.change c on c.scope = r.scope and c.incarnation = r.incarnation and c.number = r.number
        union all
        select n.run, n.at, n.number, n.number is distinct from n.before or n.id is distinct from n.before_id,
            case
                when n.device <> n.stream_device then 'device'
                when n.before is null and n.number <> n.stands + 1 then 'gap'
                when n.before is null and n.previous <> n.tip then 'chain'
                when n.before is null then n.broken
                when n.number = n.before and n.id = n.before_id then null
                when n.number = n.before then 'fork'
                when n.number <> n.before + 1 then 'gap'
                when n.previous <> n.before_id then 'chain'
                else n.broken
            end
        from (
            select r.run, r.at, r.number, r.id, r.previous, r.device, s.device as stream_device, s.tip,
                s.number as stands,
                lag(r.number) over w as before, lag(r.id) over w as before_id,
                case
                    when r.salt is not null and workwell.seal_of(r.salt, r.value) is distinct from r.seal then 'value'
                end as broken
            from r join stands s on s.run = r.run and r.number > s.number
            window w as (partition by r.run order by r.at)
        ) n
    ), worst as (
        select distinct on (run) run, at, code, number from told where code is not null order by run, at
    )
    select
        (select array_agg(t.run order by t.at) from told t),
        (select array_agg(t.fresh order by t.at) from told t),
        (select array_agg(row(s.scope, s.incarnation, s.device, s.number, s.tip, w.at, w.code, w.number)
            ::workwell.run order by s.run) from stands s left join worst w on w.run = s.run)
    into v_run, v_new, v_runs;

    v_cut := array(
        select coalesce(r.bad, 20001) from unnest(v_runs) with ordinality as r(
            scope, incarnation, device, number, tip, bad, code, bad_number, run) order by r.run);
    -- whose login does not stand for the author has to show a signature; so has whoever speaks as an administrator
    v_people := array(select d.person from workwell.device_person d where d.device = v_device) || v_device;
    for v_asked in
        select t.run, t.author, min(t.ord)::integer as first, max(t.ord)::integer as last
        from rows from (unnest(v_rows), unnest(v_run), unnest(v_new)) with ordinality as t(
            id, kind, record, scope, field, author, device, incarnation, number, lamport, at_claimed, replaces,
            previous, seal, run, fresh, ord)
        where t.fresh and t.ord < v_cut[t.run]
        group by t.run, t.author
        having bool_or(
            t.device <> v_device or t.author <> all (v_people)
            or t.kind in ('person', 'device') and workwell.is_fact(t.kind, t.field))
        order by first
    loop
        if workwell.is_signed(v_asked.author, (v_rows[v_asked.last]).id, p_signatures[v_asked.last]) then
            -- who was seen to work on this computer is one of its people
            if (v_rows[v_asked.last]).device = v_device and v_asked.author <> all (v_people) then
                insert into workwell.device_person (device, person)
                select v_device, p.person from workwell.people p where p.person = v_asked.author
                on conflict do nothing;
            end if;
        elsif v_asked.first < coalesce((v_runs[v_asked.run]).bad, 20001) then
            v_runs[v_asked.run].bad := v_asked.first;
            v_runs[v_asked.run].bad_number := (v_rows[v_asked.first]).number;
            v_runs[v_asked.run].code := case
                when exists (select from workwell.signer k where k.author = v_asked.author) then 'signature'
                else 'author'
            end;
        end if;
    end loop;

    -- what its author may not say is refused, and what follows it; an administrator's computer hands the past on as it
    -- stands, since a new hub was not told who was an administrator long ago
    if not exists (select from unnest(v_people) one where workwell.administers(one)) then
        for v_asked in
            select t.run, min(t.ord)::integer as first
            from rows from (unnest(v_rows), unnest(v_run), unnest(v_new)) with ordinality as t(
                id, kind, record, scope, field, author, device, incarnation, number, lamport, at_claimed, replaces,
                previous, seal, run, fresh, ord)
            where t.fresh and t.ord < v_cut[t.run] and workwell.is_guarded(t.kind)
                and not workwell.administers(t.author) and not workwell.may_say(v_rows[t.ord])
            group by t.run order by first
        loop
            if v_asked.first < coalesce((v_runs[v_asked.run]).bad, 20001) then
                v_runs[v_asked.run].bad := v_asked.first;
                v_runs[v_asked.run].bad_number := (v_rows[v_asked.first]).number;
                v_runs[v_asked.run].code := 'right';
            end if;
        end loop;
    end if;

    -- a scope of one's own, or one that nobody knew; in any other the author has to have held it when they wrote, for
    -- whoever carries it: a laptop from which a case was taken away, or a hub that was set back and forgot who held it
    v_scopes := workwell.scopes_of(v_device);
    for v_asked in
        select r.run::integer as run, r.scope
        from unnest(v_runs) with ordinality as r(
            scope, incarnation, device, number, tip, bad, code, bad_number, run)
        join workwell.scope k on k.scope = r.scope
        left join (select unnest(v_scopes) as scope) m on m.scope = r.scope
        where m.scope is null
        order by r.run
    loop
        -- what is here already is told so, or a laptop would hold for ever what it may not read any more; and no more
        -- is told than it knew
        v_foreign := v_foreign || v_asked.run;
        v_strangers := array(
            select a.author from (
                select distinct t.author
                from rows from (unnest(v_rows), unnest(v_run), unnest(v_new)) as t(
                    id, kind, record, scope, field, author, device, incarnation, number, lamport, at_claimed, replaces,
                    previous, seal, run, fresh)
                where t.run = v_asked.run and t.fresh) a
            where not workwell.held_by(a.author, v_asked.scope));
        select min(t.ord) into v_first
        from rows from (unnest(v_rows), unnest(v_run), unnest(v_new)) with ordinality as t(
            id, kind, record, scope, field, author, device, incarnation, number, lamport, at_claimed, replaces,
            previous, seal, run, fresh, ord)
        where t.run = v_asked.run and (
            t.fresh and t.author = any (v_strangers)
            or (v_runs[v_asked.run]).code = 'fork' and t.ord >= (v_runs[v_asked.run]).bad);
        if v_first <= coalesce((v_runs[v_asked.run]).bad, 20001) then
            v_runs[v_asked.run].bad := v_first;
            v_runs[v_asked.run].code := 'scope';
            v_runs[v_asked.run].bad_number := (v_rows[v_first]).number;
        end if;
    end loop;
    v_cut := array(
        select coalesce(r.bad, 20001) from unnest(v_runs) with ordinality as r(
            scope, incarnation, device, number, tip, bad, code, bad_number, run) order by r.run);
    insert into workwell.fork (id, scope, incarnation, number, sent_by, header, signature)
    select (v_rows[r.bad]).id, r.scope, r.incarnation, r.bad_number, v_device, p_headers[r.bad], p_signatures[r.bad]
    from unnest(v_runs) as r where r.code = 'fork'
    on conflict do nothing;

    with t as materialized (
        select t.* from rows from (unnest(v_rows), unnest(v_run), unnest(v_new), unnest(p_headers), unnest(p_signatures),
            unnest(p_salts), unnest(p_values)) with ordinality as t(
            id, kind, record, scope, field, author, device, incarnation, number, lamport, at_claimed, replaces,
            previous, seal, run, fresh, written, signed, salt, value, ord)
    ), taken as materialized (
        select t.*, v_base + row_number() over (order by t.ord) as position
        from t where t.fresh and t.ord < v_cut[t.run]
    ), opened as (
        insert into workwell.scope (scope, kind)
        select t.scope, case when bool_or(t.kind = 'team' and t.record = t.scope) then 'team' else 'participant' end
        from taken t group by t.scope
        on conflict do nothing
        returning scope, kind
    ), openers as (
        select distinct on (o.scope) o.scope, o.kind, t.author
        from opened o join taken t on t.scope = o.scope order by o.scope, t.ord
    ), holds as (
        insert into workwell.access (scope, person, why)
        select o.scope, o.author, 'opened' from openers o where o.kind = 'participant'
    ), belongs as (
        insert into workwell.member (person, team)
        select o.author, o.scope from openers o where o.kind = 'team'
    ), logged as (
        insert into workwell.change (position, scope, incarnation, number, id, header, signature)
        select t.position, t.scope, t.incarnation, t.number, t.id, t.written, t.signed from taken t order by t.position
    ), valued as (
        insert into workwell.value (position, scope, salt, value)
        select t.position, t.scope, t.salt, t.value
        from taken t left join workwell.erased e on e.scope = t.scope
        where t.salt is not null and (e.scope is null or t.kind = 'erasure')
        order by t.position
    ), streams as (
        insert into workwell.stream as s (scope, incarnation, device, number, tip, position)
        select distinct on (t.run) t.scope, t.incarnation, t.device, t.number, t.id, t.position
        from taken t order by t.run, t.ord desc
        on conflict (scope, incarnation) do update
        set number = excluded.number, tip = excluded.tip, position = excluded.position
    )
    select count(*), (array_agg(t.id order by t.position desc))[1] into v_taken, v_last from taken t;

    -- values that came after their change
    insert into workwell.value (position, scope, salt, value)
    select c.position, c.scope, t.salt, t.value
    from rows from (unnest(v_rows), unnest(v_run), unnest(v_new), unnest(p_salts), unnest(p_values)) as t(
        id, kind, record, scope, field, author, device, incarnation, number, lamport, at_claimed, replaces,
        previous, seal, run, fresh, salt, value)
    join workwell.change c on c.scope = t.scope and c.incarnation = t.incarnation and c.number = t.number
        and c.id = t.id
    left join workwell.erased e on e.scope = t.scope
    left join workwell.value v on v.position = c.position
    where not t.fresh and t.salt is not null and v.position is null and (e.scope is null or t.kind = 'erasure')
        and v_cut[t.run] > 0 and workwell.seal_of(t.salt, t.value) = t.seal
    on conflict do nothing;

    for v_asked in
        select t.ord::integer as ord, t.scope, t.kind
        from rows from (unnest(v_rows), unnest(v_run), unnest(v_new)) with ordinality as t(
            id, kind, record, scope, field, author, device, incarnation, number, lamport, at_claimed, replaces,
            previous, seal, run, fresh, ord)
        where t.fresh and t.ord < v_cut[t.run]
            and workwell.is_fact(t.kind, t.field) and (t.kind in ('person', 'device')) = (t.scope = v_partnership)
        order by t.ord
    loop
        perform workwell.take_fact(v_rows[v_asked.ord], p_values[v_asked.ord]);
        v_touched := v_touched || v_asked.scope;
    end loop;
    perform workwell.reckon(one)
    from (select distinct unnest(v_touched) as one) t where one <> v_partnership;

    update workwell.device d set seen = clock_timestamp(), client = p_client where d.device = v_device;
    if v_taken > 0 then
        update workwell.counter c set position = v_base + v_taken, id = v_last;
        -- a queue that somebody fills while they listen to nothing would in the end stop every push
        if pg_notification_queue_usage() < 0.01 then
            perform pg_notify('workwell', (v_base + v_taken)::text);
        else
            perform workwell.end_lingering('1 minute');
        end if;
    end if;
    return query
        with counted as (
            select t.run, count(*) filter (where t.fresh and t.ord < v_cut[t.run]) as fresh,
                count(*) filter (where not t.fresh and t.ord < v_cut[t.run]) as again,
                max(t.number) filter (where t.ord < v_cut[t.run]) as shown
            from rows from (unnest(v_rows), unnest(v_run), unnest(v_new)) with ordinality as t(
                id, kind, record, scope, field, author, device, incarnation, number, lamport, at_claimed, replaces,
                previous, seal, run, fresh, ord)
            group by t.run
        )
        select r.scope, r.incarnation, n.fresh::integer, n.again::integer,
            case when r.run = any (v_foreign) then coalesce(n.shown, 0) else coalesce(s.number, 0) end,
            coalesce(s.tip, nothing), coalesce(s.position, 0), r.code, r.bad_number
        from unnest(v_runs) with ordinality as r(
            scope, incarnation, device, number, tip, bad, code, bad_number, run)
        join counted n on n.run = r.run
        left join workwell.stream s on s.scope = r.scope and s.incarnation = r.incarnation
            and r.run <> all (v_foreign)
        order by r.run;
end
$$;
