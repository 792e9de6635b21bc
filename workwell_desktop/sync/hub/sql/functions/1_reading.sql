-- Reading what devices send: the header of a change, its seal, and the few values that say who may read what. These
-- are called a row at a time by functions whose search path is pinned, and take it from them: pinning costs as much as
-- the work itself. Nobody else may call them.

do $$
begin
    if to_regtype('workwell.header') is null then
        create type workwell.header as (
            id bytea, kind text, record uuid, scope uuid, field text, author uuid, device uuid, incarnation uuid,
            number bigint, lamport bigint, at bigint, replaces bytea[], previous bytea, seal bytea
        );
    end if;
end
$$;

-- Canonical CBOR of one list of fourteen parts or more; a later version may add parts at its end. Raises WW003, and
-- array_subscript_error where the bytes end too early.
create or replace function workwell.read_header(h bytea) returns workwell.header
    language plpgsql immutable strict parallel safe as $$
declare
    r workwell.header;
    o integer;
    b integer;
    n integer;
    said text[] := '{}';
    numbers bigint[] := '{}';
    many integer;
begin
    if octet_length(h) < 150 or octet_length(h) > 1048576 then
        raise exception 'no change has this length' using errcode = 'WW003';
    end if;
    b := get_byte(h, 0);
    if b between 142 and 151 then
        o := 1;
    elsif b = 152 and get_byte(h, 1) > 23 then
        o := 2;
    else
        raise exception 'not the list of a change' using errcode = 'WW003';
    end if;
    if get_byte(h, o) > 23 then
        raise exception 'no version of a change' using errcode = 'WW003';
    end if;
    o := o + 1;
    -- kind, record, scope, field
    for part in 1..2 loop
        b := get_byte(h, o);
        if b between 96 and 119 then
            n := b - 96; o := o + 1;
        elsif b = 120 then
            n := get_byte(h, o + 1); o := o + 2;
        elsif b = 121 then
            n := get_byte(h, o + 1) * 256 + get_byte(h, o + 2); o := o + 3;
        else
            raise exception 'no text where a change has text' using errcode = 'WW003';
        end if;
        said := said || convert_from(substr(h, o + 1, n), 'UTF8');
        o := o + n;
        if part = 1 then
            if get_byte(h, o) <> 80 or get_byte(h, o + 17) <> 80 then
                raise exception 'no id where a change has ids' using errcode = 'WW003';
            end if;
            r.record := encode(substr(h, o + 2, 16), 'hex')::uuid;
            r.scope := encode(substr(h, o + 19, 16), 'hex')::uuid;
            o := o + 34;
        end if;
    end loop;
    if get_byte(h, o) <> 80 or get_byte(h, o + 17) <> 80 or get_byte(h, o + 34) <> 80 then
        raise exception 'no id where a change has ids' using errcode = 'WW003';
    end if;
    r.author := encode(substr(h, o + 2, 16), 'hex')::uuid;
    r.device := encode(substr(h, o + 19, 16), 'hex')::uuid;
    r.incarnation := encode(substr(h, o + 36, 16), 'hex')::uuid;
    o := o + 51;
    -- number, lamport, at
    for part in 1..3 loop
        b := get_byte(h, o);
        if b < 24 then
            numbers := numbers || b::bigint;
            o := o + 1;
        elsif b <= 27 then
            n := 1 << (b - 24);
            numbers := numbers || ('x' || lpad(encode(substr(h, o + 2, n), 'hex'), 16, '0'))::bit(64)::bigint;
            o := o + 1 + n;
        else
            raise exception 'no number where a change has numbers' using errcode = 'WW003';
        end if;
    end loop;
    if numbers[1] < 1 or least(numbers[1], numbers[2], numbers[3]) < 0
        or greatest(numbers[1], numbers[2], numbers[3]) >= 4611686018427387904 then
        raise exception 'no number of a change' using errcode = 'WW003';
    end if;
    b := get_byte(h, o);
    if b between 128 and 151 then
        many := b - 128; o := o + 1;
    elsif b = 152 then
        many := get_byte(h, o + 1); o := o + 2;
    elsif b = 153 then
        many := get_byte(h, o + 1) * 256 + get_byte(h, o + 2); o := o + 3;
    else
        raise exception 'no list of what a change replaces' using errcode = 'WW003';
    end if;
    r.replaces := '{}';
    for part in 1..many loop
        if get_byte(h, o) <> 88 or get_byte(h, o + 1) <> 32 then
            raise exception 'no hash where a change has hashes' using errcode = 'WW003';
        end if;
        r.replaces := r.replaces || substr(h, o + 3, 32);
        o := o + 34;
    end loop;
    if get_byte(h, o) <> 88 or get_byte(h, o + 1) <> 32 or get_byte(h, o + 34) <> 88 or get_byte(h, o + 35) <> 32 then
        raise exception 'no hash where a change has hashes' using errcode = 'WW003';
    end if;
    r.previous := substr(h, o + 3, 32);
    r.seal := substr(h, o + 37, 32);
    o := o + 68;
    if octet_length(h) < o or (get_byte(h, 0) = 142 and octet_length(h) <> o) then
        raise exception 'a change ends elsewhere' using errcode = 'WW003';
    end if;
    r.id := sha256(h);
    r.kind := said[1];
    r.field := said[2];
    r.number := numbers[1];
    r.lamport := numbers[2];
    r.at := numbers[3];
    return r;
end
$$;

-- HMAC-SHA-256 (RFC 2104) out of what every PostgreSQL has. Salts are 16 bytes, and no value is larger than a mebibyte:
-- null for any other, which has no seal of ours.
create or replace function workwell.seal_of(salt bytea, value bytea) returns bytea
    language plpgsql immutable strict parallel safe as $$
declare
    first bigint := ('x' || encode(substr(salt, 1, 8), 'hex'))::bit(64)::bigint;
    second bigint := ('x' || encode(substr(salt, 9, 8), 'hex'))::bit(64)::bigint;
    inner_pad constant bytea := decode(repeat('36', 48), 'hex');
    outer_pad constant bytea := decode(repeat('5c', 48), 'hex');
begin
    if octet_length(salt) <> 16 or octet_length(value) > 1048576 then
        return null;
    end if;
    return sha256(
        int8send(first # 6655295901103053916) || int8send(second # 6655295901103053916) || outer_pad
        || sha256(
            int8send(first # 3906369333256140342) || int8send(second # 3906369333256140342) || inner_pad || value));
end
$$;

-- A day as somebody wrote it; null for what is none.
create or replace function workwell.day_of(written text) returns date
    language plpgsql immutable strict parallel safe as $$
begin
    return case when written ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' then written::date end;
exception when datetime_field_overflow or invalid_datetime_format then
    return null;
end
$$;

-- Where an item of CBOR begins: its letter (major type), its count, and where its content starts (from 1).
create or replace function workwell.cbor_head(v bytea, at integer, out major integer, out many bigint, out next integer)
    language plpgsql immutable strict parallel safe as $$
declare
    b integer := get_byte(v, at - 1);
    low integer := b & 31;
    n integer;
begin
    major := b >> 5;
    if low < 24 then
        many := low; next := at + 1;
    elsif low <= 27 then
        n := 1 << (low - 24);
        many := ('x' || lpad(encode(substr(v, at + 1, n), 'hex'), 16, '0'))::bit(64)::bigint;
        next := at + 1 + n;
    else
        many := -1; next := at + 1;
    end if;
end
$$;

-- What a value says, as texts: null for null and for what is neither text, code, id, yes or no, day, moment nor set.
-- A value is a list that begins with the letter of its type.
create or replace function workwell.said(v bytea) returns text[]
    language plpgsql immutable strict parallel safe as $$
declare
    head record;
    letter text;
    found text[] := '{}';
    many bigint;
begin
    head := workwell.cbor_head(v, 1);
    if head.major <> 4 or head.many <> 2 or get_byte(v, 1) <> 97 then
        return null;
    end if;
    letter := convert_from(substr(v, 3, 1), 'UTF8');
    if letter = 'b' then
        return case get_byte(v, 3) when 245 then array['true'] when 244 then array['false'] end;
    end if;
    head := workwell.cbor_head(v, 4);
    if letter in ('t', 'k', 'I', 'D', 'm') and head.major = 3 then
        return array[convert_from(substr(v, head.next, head.many::integer), 'UTF8')];
    end if;
    if letter <> 's' or head.major <> 4 then
        return null;
    end if;
    many := head.many;
    while many > 0 loop
        head := workwell.cbor_head(v, head.next);
        if head.major <> 3 then
            return null;
        end if;
        found := found || convert_from(substr(v, head.next, head.many::integer), 'UTF8');
        head.next := head.next + head.many::integer;
        many := many - 1;
    end loop;
    return found;
exception
    when array_subscript_error or untranslatable_character or character_not_in_repertoire or substring_error
        or numeric_value_out_of_range then
        return null;
end
$$;

-- An id of ours as PostgreSQL writes it; null for anything else.
create or replace function workwell.id_of(written text) returns uuid
    language sql immutable strict parallel safe as $$
    select case when written ~ '^[0-9a-f]{32}$' then written::uuid end
$$;
