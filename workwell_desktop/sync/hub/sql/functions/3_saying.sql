-- Who may say what of people, computers, the partnership and what is erased. Laptops ask the same (store/entitled.py).

-- Whether somebody is an administrator, as far as the hub was told.
create or replace function workwell.administers(p_person uuid) returns boolean
    language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select exists (select from workwell.people p where p.person = p_person and p.administrator and p.active)
$$;

-- Kinds of record that administrators write; what others may say of them is said below.
create or replace function workwell.is_guarded(p_kind text) returns boolean
    language sql immutable parallel safe as $$
    select p_kind in ('person', 'device', 'partnership', 'revocation', 'erasure')
$$;

-- Whether somebody who is no administrator may say this of people, computers and the partnership; laptops ask the same.
create or replace function workwell.may_say(r workwell.header) returns boolean
    language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select case r.kind
        when 'person' then
            r.author = r.record
                and r.field not in ('name', 'profession', 'registration_number', 'roles', 'teams', 'active', 'all_cases',
                    'authority', '@deleted')
            -- a computer vouches for those who work on it, when they forgot their passphrase
            or r.author = r.device and r.field in ('verify_key', 'certificate') and exists (
                select from workwell.device_person d where d.device = r.device and d.person = r.record)
            -- a case that comes from elsewhere names who worked on it there: nobody whom the hub knows
            or r.field in ('name', 'profession', 'registration_number', 'active')
                and not exists (select from workwell.people p where p.person = r.record)
                and not exists (select from workwell.signer k where k.author = r.record)
        when 'device' then
            -- whoever has a lost computer does not say that it was found
            r.field not in ('lost', '@deleted') and (r.author = r.record
            or r.device = r.record and r.field in ('name', 'verify_key')
                and not exists (select from workwell.signer k where k.author = r.record))
        when 'partnership' then
            r.field = 'root' and r.author = r.device and exists (
                select from workwell.device_person d
                where d.device = r.device and workwell.administers(d.person))
        else false
    end
$$;
