-- Other programs: tokens by which they call /api/v1, answers kept so that a repeated call acts once, webhooks that tell them
-- what happened, and the outbox of these. Of tokens only SHA-256 is kept (they have 256 random bits); secrets of webhooks are
-- sealed by the key ring, kept answers by the token itself, which is stored nowhere.

create table api_token (
    organization_id text    not null references organization (id),
    id              text    not null,
    name            text    not null,
    hint            text    not null,
    secret_hash     text    not null,
    scopes          text    not null,
    networks        text,
    made_by         text    not null,
    created_at      integer not null,
    expires_at      integer not null,
    used_at         integer,
    used_from       text    not null,
    revoked_at      integer,
    primary key (organization_id, id),
    foreign key (organization_id, made_by) references account (organization_id, id) on delete cascade
) strict;

create unique index api_token_secret on api_token (secret_hash);

create table kept_answer (
    organization_id text    not null,
    token_id        text    not null,
    idempotency_hash text    not null,
    request_hash    text    not null,
    status          integer not null,
    sealed          blob    not null,
    made_at         integer not null,
    primary key (organization_id, token_id, idempotency_hash),
    foreign key (organization_id, token_id) references api_token (organization_id, id) on delete cascade
) strict;

create table webhook (
    organization_id text    not null references organization (id),
    id              text    not null,
    name            text    not null,
    address         text    not null,
    events          text    not null,
    secret          text    not null,
    older_secret    text,
    older_until     integer,
    made_by         text    not null,
    created_at      integer not null,
    failing_since   integer,
    off_at          integer,
    off_reason      text    not null,
    primary key (organization_id, id)
) strict;

create table webhook_delivery (
    organization_id text    not null,
    id              text    not null,
    webhook_id      text    not null,
    event           text    not null,
    subject         text    not null,
    body            text    not null,
    created_at      integer not null,
    next_at         integer,
    attempts        integer not null,
    last_at         integer,
    last_status     integer,
    outcome         text    not null,
    primary key (organization_id, id),
    foreign key (organization_id, webhook_id) references webhook (organization_id, id) on delete cascade
) strict;

create index webhook_delivery_due on webhook_delivery (next_at) where next_at is not null;
create index webhook_delivery_log on webhook_delivery (organization_id, webhook_id, created_at);
