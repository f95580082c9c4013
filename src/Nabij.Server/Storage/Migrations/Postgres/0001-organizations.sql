-- Organizations. Ids are 128 random bits as text; times are Unix milliseconds, UTC.

create table organization (
    id                     uuid    not null primary key,
    slug                   text    not null unique,
    name                   text    not null,
    legal_name             text    not null,
    trade_number           text    not null,
    phone                  text    not null,
    color                  text    not null,
    origin                 text    not null,
    language               text    not null,
    demands_second_factor  boolean not null,
    created_at             bigint  not null
);

create table account (
    id                 uuid    not null,
    organization_id    uuid    not null references organization (id),
    email              text    not null,
    normalized_email   text    not null,
    user_name          text    not null,
    normalized_user_name text    not null,
    display_name       text    not null,
    password_hash      text,
    security_stamp     text    not null,
    concurrency_stamp  text    not null,
    email_confirmed    boolean not null,
    two_factor_enabled boolean not null,
    totp_secret        text,
    totp_last_step     bigint  not null,
    created_at         bigint  not null,
    disabled_at        bigint,
    primary key (organization_id, id),
    unique (organization_id, normalized_email),
    unique (organization_id, normalized_user_name)
);

create table account_role (
    organization_id uuid    not null,
    account_id      uuid    not null,
    role            text    not null check (role in ('owner', 'admin', 'technician', 'auditor', 'reports')),
    primary key (organization_id, account_id, role),
    foreign key (organization_id, account_id) references account (organization_id, id) on delete cascade
);

-- Recovery codes are single use; only SHA-256 is kept (a code has 80 random bits).
create table recovery_code (
    organization_id uuid    not null,
    account_id      uuid    not null,
    code_hash       text    not null,
    used_at         bigint,
    primary key (organization_id, account_id, code_hash),
    foreign key (organization_id, account_id) references account (organization_id, id) on delete cascade
);

-- A sign-in is a random reference in a cookie; only its SHA-256 is kept, so that a copy of this table opens nothing.
create table sign_in (
    organization_id uuid    not null,
    reference_hash  text    not null,
    account_id      uuid    not null,
    stage           text    not null check (stage in ('second-factor', 'complete')),
    created_at      bigint  not null,
    seen_at         bigint  not null,
    primary key (organization_id, reference_hash),
    foreign key (organization_id, account_id) references account (organization_id, id) on delete cascade
);

create unique index sign_in_reference on sign_in (reference_hash);

-- Failures are counted per account name and network address, for unknown names as well.
create table sign_in_failure (
    organization_id uuid    not null references organization (id),
    pair_hash       text    not null,
    failures        integer not null,
    failed_at       bigint  not null,
    locked_until    bigint  not null,
    primary key (organization_id, pair_hash)
);
