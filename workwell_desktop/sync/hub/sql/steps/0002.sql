-- Version 2. Papers are numbered as they become whole, in the order of their commits, so that a laptop which was told of
-- one can tell whether the hub was set back behind it. Of a lost computer it is kept who said so, and when it had heard.

create table workwell.paper_counter (
    one boolean primary key default true check (one),
    number bigint not null default 0
) with (fillfactor = 10);

alter table workwell.blob add column number bigint, add column came timestamptz;

update workwell.blob b set number = n.number, came = clock_timestamp()
from (
    select scope, sha256, row_number() over (order by scope, sha256) as number from workwell.blob where complete
) n
where b.scope = n.scope and b.sha256 = n.sha256;

insert into workwell.paper_counter (number) select coalesce(max(b.number), 0) from workwell.blob b;

alter table workwell.device add column lost bytea, add column emptied timestamptz;
