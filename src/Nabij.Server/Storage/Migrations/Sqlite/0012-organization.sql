-- What an organization tells its customers, and how: address, colors, logo, opening hours, texts of the help page, terms in
-- the making, links for one customer, and requests to be called back. Opening hours are lines "1 09:00-17:30" (1 is Monday,
-- a day may have several), exceptions lines "2026-12-25 closed Christmas" or "2026-12-24 09:00-12:00 Christmas Eve", both by
-- the organization's clock. A retention that is null is the server's setting.

alter table organization add column address text not null default '';
alter table organization add column email text not null default '';
alter table organization add column accent_color text not null default '';
alter table organization add column opening_hours text not null default '';
alter table organization add column opening_exceptions text not null default '';
alter table organization add column takes_callbacks integer not null default 1;
alter table organization add column acceptance_months integer;
alter table organization add column session_months integer;
alter table organization add column callback_days integer;
alter table organization add column logo_sha256 text not null default '';
alter table organization add column logo_width integer not null default 0;
alter table organization add column logo_height integer not null default 0;

create table organization_logo (
    organization_id text    not null primary key references organization (id),
    media_type      text    not null check (media_type in ('image/png', 'image/jpeg')),
    content         blob    not null
) strict;

create table help_text (
    organization_id text    not null references organization (id),
    language        text    not null,
    notice          text    not null,
    welcome         text    not null,
    about           text    not null,
    changed_at      integer not null,
    primary key (organization_id, language)
) strict;

-- A draft becomes a version as a whole; published versions stay for ever and are never changed.
create table terms_draft (
    organization_id text    not null references organization (id),
    language        text    not null,
    kind            text    not null check (kind in ('terms', 'licence')),
    content         text    not null,
    changed_at      integer not null,
    changed_by      text    not null,
    primary key (organization_id, language, kind)
) strict;

create table terms_publication (
    organization_id text    not null references organization (id),
    version         text    not null,
    published_at    integer not null,
    published_by    text    not null,
    note            text    not null,
    primary key (organization_id, version)
) strict;

-- The reference stands in an address and opens nothing but the invitation's own words.
create table customer_invitation (
    organization_id text    not null references organization (id),
    id              text    not null,
    reference       text    not null,
    made_by         text    not null,
    made_by_name    text    not null,
    customer_name   text    not null,
    message         text    not null,
    ticket          text    not null,
    language        text    not null,
    created_at      integer not null,
    expires_at      integer not null,
    opened_at       integer,
    accepted_at     integer,
    revoked_at      integer,
    primary key (organization_id, id),
    unique (organization_id, reference)
) strict;

create table callback_request (
    organization_id text    not null references organization (id),
    id              text    not null,
    name            text    not null,
    phone           text    not null,
    email           text    not null,
    problem         text    not null,
    language        text    not null,
    consent         text    not null,
    check_number    text    not null,
    state           text    not null check (state in ('open', 'taken', 'done')),
    asked_at        integer not null,
    handled_by      text    not null,
    handled_by_name text    not null,
    handled_at      integer,
    primary key (organization_id, id)
) strict;

create index callback_request_state on callback_request (organization_id, state, asked_at);
