-- Pictures that technicians keep with a session, sealed in the browser (docs/protocol/14-kept-pictures.md). The server has
-- the public keys, the private ones under a passphrase that it never sees, and ciphertext.

create table pictures_key (
    organization_id uuid    not null references organization (id),
    id              text    not null,
    public_key      bytea   not null,
    wrapped         bytea   not null,
    made_by         uuid    not null,
    made_at         bigint  not null,
    primary key (organization_id, id),
    foreign key (organization_id, made_by) references account (organization_id, id)
);

create table kept_picture (
    organization_id uuid    not null,
    id              uuid    not null,
    session_id      text    not null,
    technician_id   uuid    not null,
    pictures_key_id          text    not null,
    envelope        bytea   not null,
    bytes           integer not null,
    kept_at         bigint  not null,
    primary key (organization_id, id),
    foreign key (organization_id, session_id) references session (organization_id, id) on delete cascade,
    foreign key (organization_id, technician_id) references account (organization_id, id),
    foreign key (organization_id, pictures_key_id) references pictures_key (organization_id, id)
);

create index kept_picture_session on kept_picture (organization_id, session_id);
