-- Who may see what of the tables, and the triggers that hold for everybody, owner and superuser too.

create or replace function workwell.refuse_rewriting() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    raise exception 'the log is only ever added to' using errcode = 'WW009';
end
$$;

create or replace function workwell.refuse_unless_erasing() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if tg_op = 'DELETE' and coalesce(current_setting('workwell.erasing', true), '') = old.scope::text then
        return old;
    end if;
    raise exception 'values leave by erase() alone' using errcode = 'WW009';
end
$$;

do $$
declare
    one text;
begin
    foreach one in array array['change', 'fork', 'erased'] loop
        execute format('drop trigger if exists kept on workwell.%I', one);
        execute format('create trigger kept before update or delete or truncate on workwell.%I
            for each statement execute function workwell.refuse_rewriting()', one);
        execute format('alter table workwell.%I enable always trigger kept', one);
    end loop;
    foreach one in array array['value', 'blob_piece'] loop
        execute format('drop trigger if exists kept on workwell.%I', one);
        execute format('create trigger kept before update or delete on workwell.%I
            for each row execute function workwell.refuse_unless_erasing()', one);
        execute format('alter table workwell.%I enable always trigger kept', one);
        execute format('drop trigger if exists kept_whole on workwell.%I', one);
        execute format('create trigger kept_whole before truncate on workwell.%I
            for each statement execute function workwell.refuse_rewriting()', one);
        execute format('alter table workwell.%I enable always trigger kept_whole', one);
    end loop;
    -- a device reads these, and of these the rows of its scopes; the list is asked for once a query, not once a row. Of
    -- the log, which is read by the hundred thousand and never without naming scope or position, it is made a set: an
    -- array of some thousand cases would be gone through for each row. "offset 0" keeps it from being asked for while
    -- the query is planned, too
    foreach one in array array['change', 'value', 'stream', 'blob', 'blob_piece', 'erased'] loop
        execute format('alter table workwell.%I enable row level security', one);
        execute format('drop policy if exists of_my_scopes on workwell.%I', one);
        execute format('create policy of_my_scopes on workwell.%I for select to workwell_device using (scope %s)', one,
            case when one in ('change', 'value') then 'in (select unnest(m.scopes) from (select workwell.my_scopes() as scopes offset 0) m)'
                else '= any ((select workwell.my_scopes())::uuid[])' end);
        execute format('revoke all on workwell.%I from public', one);
        execute format('grant select on workwell.%I to workwell_device', one);
    end loop;
end
$$;
