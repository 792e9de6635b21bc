-- What strangers and devices may do in this database: connect where they were let in, and nothing else.
do $$
declare
    one record;
begin
    execute format('revoke all on database %I from public', current_database());
    execute format('grant connect on database %I to workwell_admin, workwell_device, workwell_invited',
        current_database());
    execute format('revoke all on schema public from public');
    -- large objects need no table: every login could fill the disk with them
    for one in
        select p.oid::regprocedure as called from pg_proc p
        where p.pronamespace = 'pg_catalog'::regnamespace
            and (p.proname like 'lo\_%' or p.proname in ('loread', 'lowrite'))
    loop
        execute format('revoke execute on function %s from public', one.called);
    end loop;
    -- names of people's computers, who is connected and from where are nobody's business
    execute 'revoke select on pg_catalog.pg_stat_activity, pg_catalog.pg_stat_ssl, pg_catalog.pg_stat_database,
        pg_catalog.pg_stat_replication, pg_catalog.pg_locks, pg_catalog.pg_stats, pg_catalog.pg_stats_ext,
        pg_catalog.pg_roles, pg_catalog.pg_user, pg_catalog.pg_group, pg_catalog.pg_stat_user_tables,
        pg_catalog.pg_stat_all_tables, pg_catalog.pg_statio_all_tables, pg_catalog.pg_settings from public';
    execute 'revoke execute on function pg_catalog.pg_stat_get_activity(integer) from public';
    execute 'grant select on pg_catalog.pg_roles to workwell_keeper';
    execute 'grant execute on function pg_catalog.pg_stat_get_activity(integer) to workwell_keeper';
    -- advisory locks would let one device stop others that use them, and messages in the journal fill the disk
    for one in
        select p.oid::regprocedure as called from pg_proc p
        where p.pronamespace = 'pg_catalog'::regnamespace
            and (p.proname like 'pg\_%advisory%' or p.proname = 'pg_logical_emit_message')
    loop
        execute format('revoke execute on function %s from public', one.called);
    end loop;
end
$$;
