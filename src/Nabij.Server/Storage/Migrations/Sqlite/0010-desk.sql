-- What technicians write about a session, how long they say they worked, and the texts they begin a note with. All of it is
-- typed by people: text, never markup. One note and one time for each technician of a session.

create table session_note (
    organization_id text    not null,
    session_id      text    not null,
    technician_id   text    not null,
    text            text    not null,
    revision        integer not null,
    created_at      integer not null,
    changed_at      integer not null,
    primary key (organization_id, session_id, technician_id),
    foreign key (organization_id, session_id) references session (organization_id, id) on delete cascade,
    foreign key (organization_id, technician_id) references account (organization_id, id)
) strict;

-- Seconds. The unit and its rule are the organization's when the time was stored: a later change does not change old times.
create table session_time (
    organization_id   text    not null,
    session_id        text    not null,
    technician_id     text    not null,
    counted_seconds   integer not null,
    corrected_seconds integer,
    unit_minutes      integer not null,
    rounding          text    not null check (rounding in ('up', 'nearest')),
    changed_at        integer not null,
    primary key (organization_id, session_id, technician_id),
    foreign key (organization_id, session_id) references session (organization_id, id) on delete cascade,
    foreign key (organization_id, technician_id) references account (organization_id, id)
) strict;

create table note_template (
    organization_id text    not null references organization (id),
    id              text    not null,
    name            text    not null,
    language        text    not null,
    text            text    not null,
    changed_by      text    not null,
    changed_at      integer not null,
    primary key (organization_id, id)
) strict;

-- 0 is to the second.
alter table organization add column work_unit_minutes integer not null default 0;
alter table organization add column work_rounding text not null default 'up';
