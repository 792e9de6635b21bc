-- Version 1: the tables. Run once, as workwell_owner; what a later version adds is a step of its own.

-- one row: whose hub this is
create table workwell.hub (
    one boolean primary key default true check (one),
    partnership uuid not null,
    name text not null,
    schema_version integer not null,
    epoch uuid not null,
    min_client text not null default '0',
    made timestamptz not null default clock_timestamp()
);

-- one row, locked by each push until it commits: so the order of positions is the order of commits
create table workwell.counter (
    one boolean primary key default true check (one),
    position bigint not null default 0,
    id bytea
) with (fillfactor = 10);

create table workwell.scope (
    scope uuid primary key,
    kind text not null check (kind in ('partnership', 'person', 'team', 'participant')),
    opened timestamptz not null default clock_timestamp()
);

-- people as the administrators vouched for them
create table workwell.people (
    person uuid primary key,
    administrator boolean not null default false,
    all_cases boolean not null default false,
    active boolean not null default true
);

create table workwell.signer (
    author uuid not null,
    verify_key bytea not null check (octet_length(verify_key) = 32),
    primary key (author, verify_key)
);

create table workwell.device (
    device uuid primary key,
    login name unique,
    label text not null default '',
    client text,
    enrolled timestamptz not null default clock_timestamp(),
    seen timestamptz,
    revoked timestamptz,
    answer bytea
);

create table workwell.device_person (
    device uuid not null references workwell.device,
    person uuid not null references workwell.people,
    primary key (device, person)
);

create table workwell.enrolment (
    code_id text primary key,
    login name not null unique,
    device uuid,
    people uuid[] not null,
    label text not null default '',
    expires timestamptz not null,
    used timestamptz,
    made_by name not null,
    parcel bytea
);

-- the log: appended to, and never touched again by anybody
create table workwell.change (
    position bigint primary key,
    scope uuid not null,
    incarnation uuid not null,
    number bigint not null,
    received timestamptz not null default transaction_timestamp(),
    id bytea not null,
    header bytea not null,
    signature bytea not null,
    constraint change_place unique (scope, incarnation, number)
);
create index change_scope on workwell.change (scope, position);

-- apart, so that a value can be erased by law and the chain still verifies
create table workwell.value (
    position bigint primary key,
    scope uuid not null,
    salt bytea not null,
    value bytea not null
);
create index value_scope on workwell.value (scope);

-- how far each stream is known
create table workwell.stream (
    scope uuid not null,
    incarnation uuid not null,
    device uuid not null,
    number bigint not null,
    tip bytea not null,
    position bigint not null,
    primary key (scope, incarnation)
) with (fillfactor = 70);

create table workwell.fork (
    id bytea primary key,
    scope uuid not null,
    incarnation uuid not null,
    number bigint not null,
    received timestamptz not null default clock_timestamp(),
    sent_by uuid not null,
    header bytea not null,
    signature bytea not null
);

-- heads of the few fields that say who may read what
create table workwell.fact (
    id bytea primary key,
    scope uuid not null,
    record uuid not null,
    field text not null,
    said text,
    replaces bytea[] not null,
    replaced boolean not null default false
);
create index fact_record on workwell.fact (scope, record);

-- who may read a scope, why, and until when; rows are ended and never deleted: who held a scope may send what is left
create table workwell.access (
    scope uuid not null,
    person uuid,
    team uuid,
    why text not null check (why in ('opened', 'coach', 'grant', 'case_of_team', 'given')),
    source uuid,
    since timestamptz not null default clock_timestamp(),
    until timestamptz,
    check ((person is null) <> (team is null))
);
create index access_person on workwell.access (person, scope);
create index access_team on workwell.access (team, scope);
create index access_scope on workwell.access (scope);

create table workwell.member (
    person uuid not null,
    team uuid not null,
    since timestamptz not null default clock_timestamp(),
    until timestamptz
);
create index member_person on workwell.member (person);
create index member_team on workwell.member (team);

-- the newest word of an administrator on a field of a person
create table workwell.told (
    person uuid not null,
    field text not null,
    lamport bigint not null,
    id bytea not null,
    primary key (person, field)
);

create table workwell.blob (
    scope uuid not null,
    sha256 bytea not null check (octet_length(sha256) = 32),
    size integer not null check (size between 0 and 20971520),
    media_type text not null,
    complete boolean not null default false,
    primary key (scope, sha256)
);

create table workwell.blob_piece (
    scope uuid not null,
    sha256 bytea not null,
    piece integer not null,
    data bytea not null check (octet_length(data) <= 262144),
    primary key (scope, sha256, piece),
    foreign key (scope, sha256) references workwell.blob
);

create table workwell.erased (
    scope uuid primary key,
    warrant bytea not null,
    at timestamptz not null default clock_timestamp()
);
