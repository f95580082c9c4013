-- Other programs: tokens by which they call /api/v1, answers kept so that a repeated call acts once, webhooks that tell them
-- what happened, and the outbox of these. Of tokens only SHA-256 is kept (they have 256 random bits); secrets of webhooks are
-- sealed by the key ring, kept answers by the token itself, which is stored nowhere.

create table api_token (
    organization_id uuid    not null references organization (id),
    id              uuid    not null,
    name            text    not null,
    hint            text    not null,
    secret_hash     text    not null,
    scopes          text    not null,
    networks        text,
    made_by         uuid    not null,
    created_at      bigint  not null,
    expires_at      bigint  not null,
    used_at         bigint,
    used_from       text    not null,
    revoked_at      bigint,
    primary key (organization_id, id),
    foreign key (organization_id, made_by) references account (organization_id, id) on delete cascade
);

create unique index api_token_secret on api_token (secret_hash);

create table kept_answer (
    organization_id uuid    not null,
    token_id        uuid    not null,
    idempotency_hash text    not null,
    request_hash    text    not null,
    status          integer not null,
    sealed          bytea   not null,
    made_at         bigint  not null,
    primary key (organization_id, token_id, idempotency_hash),
    foreign key (organization_id, token_id) references api_token (organization_id, id) on delete cascade
);

create table webhook (
    organization_id uuid    not null references organization (id),
    id              uuid    not null,
    name            text    not null,
    address         text    not null,
    events          text    not null,
    secret          text    not null,
    older_secret    text,
    older_until     bigint,
    made_by         uuid    not null,
    created_at      bigint  not null,
    failing_since   bigint,
    off_at          bigint,
    off_reason      text    not null,
    primary key (organization_id, id)
);

create table webhook_delivery (
    organization_id uuid    not null,
    id              uuid    not null,
    webhook_id      uuid    not null,
    event           text    not null,
    subject         text    not null,
    body            text    not null,
    created_at      bigint  not null,
    next_at         bigint,
    attempts        integer not null,
    last_at         bigint,
    last_status     integer,
    outcome         text    not null,
    primary key (organization_id, id),
    foreign key (organization_id, webhook_id) references webhook (organization_id, id) on delete cascade
);

create index webhook_delivery_due on webhook_delivery (next_at) where next_at is not null;
create index webhook_delivery_log on webhook_delivery (organization_id, webhook_id, created_at);
