-- Records: how long customers waited, whose name was erased, signed points of the audit chain.

alter table session add column waited_ms bigint;
alter table session add column erased_at bigint;

create index session_history on session (organization_id, paired_at, id);

-- Null in events that were written before: their hash covers the details themselves (Audit/AuditChain.cs).
alter table audit_event add column salt text;
alter table audit_event add column commitment text;

create index audit_event_object on audit_event (organization_id, object);

-- Certificate: the organization's word for the key, empty while it is kept elsewhere and has not signed.
create table audit_checkpoint (
    organization_id uuid    not null references organization (id),
    seq             bigint not null,
    hash            text    not null,
    time            bigint not null,
    public_key      text    not null,
    certificate     text    not null,
    signature       text    not null,
    primary key (organization_id, seq, time)
);

create table records_settings (
    organization_id     uuid    not null primary key references organization (id),
    technicians_see_all boolean not null
);
