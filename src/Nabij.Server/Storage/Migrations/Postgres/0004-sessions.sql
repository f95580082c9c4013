-- Consents given in the program, runs, and what wrong codes led to. Hashes are SHA-256 in hex.

create table consent (
    organization_id uuid    not null references organization (id),
    record_hash     text    not null,
    terms_id        text    not null,
    terms_version   text    not null,
    language        text    not null,
    terms_hash      text    not null,
    licence_hash    text    not null,
    ticks           integer not null,
    backup          text    not null check (backup in ('yes', 'no', 'help')),
    accepted_at     bigint  not null,
    received_at     bigint  not null,
    primary key (organization_id, record_hash)
);

create table session (
    organization_id   uuid    not null,
    id                text    not null,
    technician_id     uuid    not null,
    nameplate         text    not null,
    consent_hash      text    not null,
    customer_name     text    not null,
    language          text    not null,
    platform          text    not null,
    program           text    not null,
    lease_hash        text    not null,
    paired_at         bigint  not null,
    started_at        bigint,
    ended_at          bigint,
    bytes_from_host   bigint  not null,
    bytes_from_viewer bigint  not null,
    end_reason        text,
    outcome           text    check (outcome in ('wrong-code', 'broken-off', 'declined')),
    primary key (organization_id, id),
    foreign key (organization_id, technician_id) references account (organization_id, id),
    foreign key (organization_id, consent_hash) references consent (organization_id, record_hash)
);

create index session_lease on session (organization_id, lease_hash, paired_at);
create index session_open on session (ended_at) where ended_at is null;

create table wrong_code (
    organization_id uuid    not null,
    id              uuid    not null,
    technician_id   uuid    not null,
    at              bigint  not null,
    quarters        integer not null,
    primary key (organization_id, id),
    foreign key (organization_id, technician_id) references account (organization_id, id) on delete cascade
);

create index wrong_code_technician on wrong_code (organization_id, technician_id, at);

create table wrong_code_pause (
    organization_id uuid    not null,
    technician_id   uuid    not null,
    paused_until    bigint,
    locked_at       bigint,
    primary key (organization_id, technician_id),
    foreign key (organization_id, technician_id) references account (organization_id, id) on delete cascade
);
