-- The roles of a hub. They belong to the whole server; this may be run again at any time.
--
--   workwell_owner    nologin  owns the schema and every table; no other right on the server
--   workwell_keeper   nologin  owns the few functions that make and close logins and end sessions; CREATEROLE
--   workwell_admin    nologin  what an administrator's login is a member of
--   workwell_device   nologin  what a device's login is a member of
--   workwell_invited  nologin  what the login of a one-time code is a member of
do $$
declare
    one text;
begin
    foreach one in array array['workwell_owner', 'workwell_keeper', 'workwell_admin', 'workwell_device',
        'workwell_invited']
    loop
        if not exists (select from pg_catalog.pg_roles where rolname = one) then
            execute pg_catalog.format('create role %I nologin noinherit', one);
        end if;
    end loop;
end
$$;
alter role workwell_owner nologin noinherit nosuperuser nocreaterole nocreatedb nobypassrls;
alter role workwell_keeper nologin inherit nosuperuser createrole nocreatedb nobypassrls;
alter role workwell_admin nologin inherit nosuperuser nocreaterole nocreatedb nobypassrls;
alter role workwell_device nologin inherit nosuperuser nocreaterole nocreatedb nobypassrls;
alter role workwell_invited nologin inherit nosuperuser nocreaterole nocreatedb nobypassrls;
grant workwell_device, workwell_invited to workwell_keeper with admin option;
-- only so that a revoked device can be shown out, and one that holds up the others; used in two functions
grant pg_signal_backend, pg_read_all_stats to workwell_keeper;
