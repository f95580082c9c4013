-- Several people in one session: each has a run of its own. parent_id is the first technician's run; null at that one itself.
-- A relative has no account: technician_id of such a run is that of the run by which it was invited.

alter table session add column parent_id text;
alter table session add column role text not null default 'technician' check (role in ('technician', 'relative'));

create index session_parent on session (organization_id, parent_id) where parent_id is not null;
