-- The audit chain (settled.md 28): each event's hash covers the one before. The head tells a cut-off end.

create table audit_event (
    organization_id uuid    not null references organization (id),
    seq             bigint  not null,
    time            bigint  not null,
    actor           text    not null,
    action          text    not null,
    object          text    not null,
    outcome         text    not null,
    details         text    not null,
    previous_hash   text    not null,
    hash            text    not null,
    primary key (organization_id, seq)
);

create table audit_head (
    organization_id uuid    not null primary key references organization (id),
    seq             bigint  not null,
    hash            text    not null
);
