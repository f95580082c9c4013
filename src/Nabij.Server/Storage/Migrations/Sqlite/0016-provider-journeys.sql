-- Who is away at the identity provider, and what for. The browser brings back a random reference; here is its SHA-256.
-- The sign-in is empty and the account null where a visitor set out from the sign-in page.

create table provider_journey (
    organization_id text    not null references organization (id),
    reference_hash  text    not null,
    purpose         text    not null,
    return_path     text    not null,
    language        text    not null,
    nonce           text    not null,
    sign_in         text    not null,
    account_id      text,
    began_at        integer not null,
    primary key (organization_id, reference_hash)
) strict;

create index provider_journey_began on provider_journey (began_at);
