-- When and from where people may work: of the organization, and of one person in its place. Empty is always and anywhere;
-- null at a person is as the organization. Hours are lines "1 09:00-17:30" (1 is Monday), networks lines in CIDR.

alter table organization add column hours text not null default '';
alter table organization add column networks text not null default '';

alter table account add column own_hours text;
alter table account add column own_networks text;
