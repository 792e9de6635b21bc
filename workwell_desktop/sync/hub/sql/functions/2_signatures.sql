-- Ed25519 (RFC 8032), verifying only: there are no secrets here and nothing to time. A few milliseconds each, so it is
-- asked for the last change of a run alone, whose hash chain holds the rest.

create or replace function workwell.little_endian(b bytea) returns numeric
    language plpgsql immutable strict parallel safe set search_path = pg_catalog, pg_temp as $$
declare
    n numeric := 0;
begin
    for i in reverse octet_length(b) - 1..0 loop
        n := n * 256 + get_byte(b, i);
    end loop;
    return n;
end
$$;

create or replace function workwell.little_bytes(n numeric) returns bytea
    language plpgsql immutable strict parallel safe set search_path = pg_catalog, pg_temp as $$
declare
    b bytea := decode(repeat('00', 32), 'hex');
    rest numeric := n;
begin
    for i in 0..31 loop
        b := set_byte(b, i, mod(rest, 256)::integer);
        rest := div(rest, 256);
    end loop;
    return b;
end
$$;

create or replace function workwell.power(base numeric, exponent numeric, p numeric) returns numeric
    language plpgsql immutable strict parallel safe set search_path = pg_catalog, pg_temp as $$
declare
    bits bytea := workwell.little_bytes(exponent);
    r numeric := 1;
begin
    for i in reverse 254..0 loop
        r := mod(r * r, p);
        if get_bit(bits, i) = 1 then
            r := mod(r * base, p);
        end if;
    end loop;
    return r;
end
$$;

create or replace function workwell.signed_by(verify_key bytea, signature bytea, message bytea) returns boolean
    language plpgsql immutable strict parallel safe set search_path = pg_catalog, pg_temp as $$
declare
    p constant numeric := 57896044618658097711785492504343953926634992332820282019728792003956564819949;
    l constant numeric := 7237005577332262213973186563042994240857116359379907606001950938285454250989;
    d constant numeric := 37095705934669439343138083508754565189542113879843219016388785533085940283555;
    d2 constant numeric := 16295367250680780974490674513165176452449235426866156013048779062215315747161;
    root constant numeric := 19681161376707505956807079304988542015446066515923890162744021073123829784752;
    bx constant numeric := 15112221349535400772501151409588531511454012693041857206046113283949847762202;
    by_ constant numeric := 46316835694926478169428394003475163141307993866256225615783033603165251855960;
    s bytea := substr(signature, 33, 32);
    h bytea;
    ax numeric; ay numeric; u numeric; v numeric; sign integer;
    x numeric; y numeric; z numeric; t numeric;
    px numeric[]; py numeric[]; pt numeric[]; pz numeric[];
    a numeric; b numeric; c numeric; e numeric; f numeric; g numeric; k numeric;
    which integer;
begin
    if octet_length(verify_key) <> 32 or octet_length(signature) <> 64 or workwell.little_endian(s) >= l then
        return false;
    end if;
    -- the point that the key stands for
    sign := get_bit(verify_key, 255);
    ay := workwell.little_endian(set_bit(verify_key, 255, 0));
    if ay >= p then
        return false;
    end if;
    u := mod(ay * ay - 1 + p, p);
    v := mod(d * mod(ay * ay, p) + 1, p);
    k := mod(mod(v * v, p) * v, p);
    ax := mod(mod(u * k, p) * workwell.power(mod(mod(u * mod(k * k, p), p) * v, p), div(p - 5, 8), p), p);
    a := mod(v * mod(ax * ax, p), p);
    if a <> u then
        if a <> mod(p - u, p) then
            return false;
        end if;
        ax := mod(ax * root, p);
    end if;
    if ax = 0 and sign = 1 then
        return false;
    end if;
    if mod(ax, 2) <> sign then
        ax := p - ax;
    end if;
    -- a key of small order signs anything
    x := ax; y := ay; z := 1; t := mod(ax * ay, p);
    for i in 1..3 loop
        a := mod(x * x, p); b := mod(y * y, p); c := mod(2 * z * z, p);
        k := a + b; e := k - (x + y) * (x + y); g := a - b; f := c + g;
        x := mod(e * f, p); y := mod(g * k, p); z := mod(f * g, p);
    end loop;
    if mod(x, p) = 0 then
        return false;
    end if;
    h := workwell.little_bytes(mod(workwell.little_endian(sha512(substr(signature, 1, 32) || verify_key || message)), l));
    -- [s]B - [h]A at once: the base point, the key's point negated, and their sum
    ax := p - ax;
    px := array[bx, ax, 0]; py := array[by_, ay, 0]; pz := array[1, 1, 1]::numeric[];
    pt := array[mod(bx * by_, p), mod(ax * ay, p), 0];
    a := (by_ - bx) * (ay - ax); b := (by_ + bx) * (ay + ax); c := mod(pt[1] * d2, p) * pt[2];
    e := b - a; f := 2 - c; g := 2 + c; k := b + a;
    px[3] := mod(e * f, p); py[3] := mod(g * k, p); pt[3] := mod(e * k, p); pz[3] := mod(f * g, p);
    x := 0; y := 1; z := 1; t := 0;
    for i in reverse 252..0 loop
        a := x * x; b := y * y; c := 2 * z * z;
        k := mod(a + b, p); e := mod(k - (x + y) * (x + y), p); g := mod(a - b, p); f := mod(c + g, p);
        x := mod(e * f, p); y := mod(g * k, p); z := mod(f * g, p);
        which := get_bit(s, i) + 2 * get_bit(h, i);
        if which > 0 then
            t := mod(e * k, p);
            a := (y - x) * (py[which] - px[which]); b := (y + x) * (py[which] + px[which]);
            c := mod(t * d2, p) * pt[which]; k := 2 * z * pz[which];
            e := mod(b - a, p); f := mod(k - c, p); g := mod(k + c, p); k := mod(b + a, p);
            x := mod(e * f, p); y := mod(g * k, p); z := mod(f * g, p);
        end if;
    end loop;
    k := workwell.power(mod(z + p, p), p - 2, p);
    x := mod(mod(x * k, p) + p, p);
    y := mod(mod(y * k, p) + p, p);
    return set_bit(workwell.little_bytes(y), 255, mod(x, 2)::integer) = substr(signature, 1, 32);
end
$$;

-- Whether one of the keys that the hub knows of this author signed this change.
create or replace function workwell.is_signed(p_author uuid, p_id bytea, p_signature bytea) returns boolean
    language sql stable set search_path = pg_catalog, pg_temp as $$
    select coalesce(bool_or(workwell.signed_by(k.verify_key, p_signature, p_id)), false)
    from workwell.signer k where k.author = p_author
$$;
