-- People: links by which a person sets a password (an invitation or a reset), what a sign-in tells its owner, and when it
-- was last proven by a second factor. Times that people read are shown in the organization's zone.

alter table organization add column time_zone text not null default 'Europe/Amsterdam';

-- A secret that awaits its first code, beside the one that counts until then.
alter table account add column totp_pending text;

alter table sign_in add column confirmed_at bigint not null default 0;
alter table sign_in add column address text not null default '';
alter table sign_in add column device text not null default '';

-- Only SHA-256 of the secret is kept (it has 192 random bits). One live link per account.
create table account_link (
    organization_id uuid    not null,
    account_id      uuid    not null,
    secret_hash     text    not null,
    kind            text    not null check (kind in ('invitation', 'password', 'everything')),
    made_by         text    not null,
    created_at      bigint  not null,
    expires_at      bigint  not null,
    primary key (organization_id, account_id),
    foreign key (organization_id, account_id) references account (organization_id, id) on delete cascade
);

create unique index account_link_secret on account_link (secret_hash);
