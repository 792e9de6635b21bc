-- What strangers and devices may do in this database: connect where they were let in, and nothing else.
do $$
declare
    one record;
begin
    execute format('revoke all on database %I from public', current_database());
    execute format('grant connect on database %I to workwell_admin, workwell_device, workwell_invited',
        current_database());
    execute format('revoke all on schema public from public');
    -- nobody but the owner writes programs here, and "do" is one
    execute 'revoke usage on language plpgsql, sql from public';
    -- large objects need no table: every login could fill the disk with them
    for one in
        select p.oid::regprocedure as called from pg_proc p
        where p.pronamespace = 'pg_catalog'::regnamespace
            and (p.proname like 'lo\_%' or p.proname in ('loread', 'lowrite'))
    loop
        execute format('revoke execute on function %s from public', one.called);
    end loop;
    -- who has a login here, who is connected and from where, and how much anybody writes are nobody's business; a login
    -- that watches over the server (a member of pg_monitor) sees them as before
    for one in
        select 'table ' || c.oid::regclass as called, 'select' as act from pg_class c
        where c.relnamespace = 'pg_catalog'::regnamespace and c.relkind in ('r', 'v') and (
            c.relname like 'pg\_stat%' or c.relname in ('pg_locks', 'pg_roles', 'pg_user', 'pg_group', 'pg_settings',
                'pg_auth_members', 'pg_db_role_setting', 'pg_shdepend', 'pg_shdescription', 'pg_shseclabel',
                'pg_seclabels', 'pg_user_mappings', 'pg_database', 'pg_replication_slots', 'pg_prepared_xacts',
                'pg_replication_origin_status'))
            and c.relname not in ('pg_statistic', 'pg_statistic_ext_data')
        union all
        select 'function ' || p.oid::regprocedure, 'execute' from pg_proc p
        where p.pronamespace = 'pg_catalog'::regnamespace and (
            p.proname like 'pg\_stat\_get\_%' or p.proname like 'has\_%\_privilege' or p.proname in (
                'pg_has_role', 'pg_get_userbyid', 'pg_lock_status', 'pg_blocking_pids', 'pg_prepared_xact',
                'pg_safe_snapshot_blocking_pids', 'pg_isolation_test_session_is_blocked', 'pg_relation_size',
                'pg_table_size', 'pg_indexes_size', 'pg_total_relation_size', 'pg_database_size',
                'pg_tablespace_size', 'pg_notification_queue_usage'))
    loop
        execute format('revoke %s on %s from public', one.act, one.called);
        execute format('grant %s on %s to pg_monitor', one.act, one.called);
    end loop;
    execute 'grant select on pg_catalog.pg_roles to workwell_keeper';
    execute 'grant execute on function pg_catalog.pg_stat_get_activity(integer) to workwell_keeper';
    execute 'grant execute on function pg_catalog.pg_lock_status() to workwell_keeper';
    execute 'grant execute on function pg_catalog.pg_notification_queue_usage() to workwell_owner';
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
