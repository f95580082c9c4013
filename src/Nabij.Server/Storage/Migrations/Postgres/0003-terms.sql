-- Texts that customers agree to, as exact bytes, and who agreed to which. A version is never changed: a new text is a
-- new version.

create table terms_text (
    organization_id uuid    not null references organization (id),
    version         text    not null,
    language        text    not null,
    kind            text    not null check (kind in ('terms', 'licence')),
    content         bytea   not null,
    sha256          text    not null,
    created_at      bigint  not null,
    primary key (organization_id, version, language, kind)
);

create table acceptance (
    organization_id uuid    not null references organization (id),
    id              uuid    not null,
    reference_hash  text    not null,
    terms_id        text    not null,
    terms_version   text    not null,
    language        text    not null,
    terms_sha256    text    not null,
    licence_sha256  text    not null,
    terms_tick      boolean not null,
    licence_tick    boolean not null,
    backup          text    not null check (backup in ('yes', 'no', 'help')),
    accepted_at     bigint  not null,
    primary key (organization_id, id),
    unique (organization_id, reference_hash)
);
