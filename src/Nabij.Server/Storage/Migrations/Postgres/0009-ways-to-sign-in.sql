-- Other ways to sign in than a password: passkeys, with the ceremonies in which they are made and shown, and an identity
-- provider of the organization's own. Ids are base64url text; of a ceremony only the hash of its reference is kept.

alter table organization add column passwords_off boolean not null default false;

-- How it was made: 'password', 'passkey', 'provider' or 'recovery'; empty for those from before.
alter table sign_in add column way text not null default '';

create table passkey (
    organization_id    uuid    not null,
    credential_id      text    not null,
    account_id         uuid    not null,
    public_key         bytea   not null,
    name               text    not null,
    sign_count         bigint  not null,
    transports         text    not null,
    is_backup_eligible boolean not null,
    is_backed_up       boolean not null,
    created_at         bigint  not null,
    used_at            bigint ,
    suspected_at       bigint ,
    primary key (organization_id, credential_id),
    foreign key (organization_id, account_id) references account (organization_id, id) on delete cascade
);

create index passkey_account on passkey (organization_id, account_id);

create table passkey_ceremony (
    organization_id uuid    not null references organization (id),
    reference_hash  text    not null,
    purpose         text    not null,
    bound_to        text    not null,
    state           text    not null,
    expires_at      bigint  not null,
    primary key (organization_id, reference_hash)
);

create index passkey_ceremony_expiry on passkey_ceremony (expires_at);

-- The secret is protected by the key ring; null when it lies in a file, or when the provider gave none.
create table identity_provider (
    organization_id     uuid    not null primary key references organization (id),
    issuer              text    not null,
    name                text    not null,
    client_id           text    not null,
    client_secret       text,
    domain              text    not null,
    asks_second_factor  boolean not null,
    changed_at          bigint  not null
);

-- Who at the provider is who here: the issuer and its own id of the person (OpenID Connect Core 5.7), never the address.
create table provider_subject (
    organization_id uuid    not null,
    issuer          text    not null,
    subject         text    not null,
    account_id      uuid    not null,
    linked_at       bigint  not null,
    primary key (organization_id, issuer, subject),
    foreign key (organization_id, account_id) references account (organization_id, id) on delete cascade
);

create unique index provider_subject_account on provider_subject (organization_id, account_id, issuer);
