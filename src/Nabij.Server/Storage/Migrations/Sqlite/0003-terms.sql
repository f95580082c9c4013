-- Texts that customers agree to, as exact bytes, and who agreed to which. A version is never changed: a new text is a
-- new version.

create table terms_text (
    organization_id text    not null references organization (id),
    version         text    not null,
    language        text    not null,
    kind            text    not null check (kind in ('terms', 'licence')),
    content         blob    not null,
    sha256          text    not null,
    created_at      integer not null,
    primary key (organization_id, version, language, kind)
) strict;

create table acceptance (
    organization_id text    not null references organization (id),
    id              text    not null,
    reference_hash  text    not null,
    terms_id        text    not null,
    terms_version   text    not null,
    language        text    not null,
    terms_sha256    text    not null,
    licence_sha256  text    not null,
    terms_tick      integer not null,
    licence_tick    integer not null,
    backup          text    not null check (backup in ('yes', 'no', 'help')),
    accepted_at     integer not null,
    primary key (organization_id, id),
    unique (organization_id, reference_hash)
) strict;
