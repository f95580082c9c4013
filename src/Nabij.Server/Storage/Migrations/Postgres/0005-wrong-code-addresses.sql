-- Wrong codes count for a network address and a whole organization too. The address of a run is kept until a
-- session has ended or the failure of a run is told, and about a day at most; that of a wrong code for a day, as the rows themselves.

alter table session add column technician_address text;
alter table wrong_code add column address text not null default '';

create index wrong_code_address on wrong_code (address, at);
create index session_address on session (paired_at) where technician_address is not null;

create table wrong_code_stop (
    organization_id uuid    not null primary key references organization (id),
    at              bigint  not null
);
