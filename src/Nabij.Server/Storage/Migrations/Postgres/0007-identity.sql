-- Technicians who may not help any more; keys of technicians' browsers where the organization's key is kept elsewhere, with
-- the certificates that came back; and where customers report abuse.

alter table organization add column abuse_contact text not null default '';

create table denied_technician (
    organization_id uuid    not null references organization (id),
    technician_id   uuid    not null,
    name            text    not null,
    denied_at       bigint  not null,
    primary key (organization_id, technician_id)
);

create table technician_key (
    organization_id uuid    not null,
    technician_id   uuid    not null,
    public_key      text    not null,
    asked_at        bigint  not null,
    certificate     bytea,
    not_after       bigint,
    primary key (organization_id, technician_id, public_key),
    foreign key (organization_id, technician_id) references account (organization_id, id) on delete cascade
);
