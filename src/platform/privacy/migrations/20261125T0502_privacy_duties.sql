-- What whoever handles personal data must write down: assessments before risky handling (个人信息保护法 55, 56), and what was done when data leaked (57).

create table privacy.assessment (
  id uuid primary key,
  org_id uuid not null,
  org_path ltree not null,
  title text not null,
  -- Which case of article 55 makes it necessary.
  grounds text[] not null check (cardinality(grounds) > 0 and grounds <@ '{sensitive,automated,entrusted,abroad,other}'),
  -- Whether purpose and way are lawful, legitimate and necessary; what it does to people and how risky it is; whether the measures fit the risk.
  lawful text not null,
  risks text not null,
  measures text not null,
  verdict text not null check (verdict in ('go', 'conditions', 'stop')),
  assessed_on date not null,
  keep_until date not null,
  by_name text not null,
  by_id uuid not null references access.account (id),
  made_at timestamptz not null default db.now(),
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade
);
create index on privacy.assessment using gist (org_path);
alter table privacy.assessment enable row level security;
alter table privacy.assessment force row level security;
create policy owner on privacy.assessment to current_user using (true) with check (true);
create policy seen on privacy.assessment to qiangshi_app using (org_path <@ any ((select db.scope())::ltree[]))
  with check (org_path <@ any ((select db.scope())::ltree[]) and by_id = (select db.account()));
-- Nothing is changed or taken away: a new assessment follows an old one.
grant select, insert on privacy.assessment to qiangshi_app;

create table privacy.incident (
  id uuid primary key,
  org_id uuid not null,
  org_path ltree not null,
  title text not null,
  found_at timestamptz not null,
  -- What people and the authority must be told (57): kinds, causes and possible harm; what was done and what people can do; whom to turn to.
  kinds text not null,
  causes text not null,
  harm text not null,
  measures text not null,
  advice text not null,
  contact text not null,
  -- The authority, and when it was told.
  authority text,
  authority_at timestamptz,
  -- Why people were not told: the measures keep harm from them. The authority may demand it nevertheless.
  untold_why text,
  told_at timestamptz,
  people int not null default 0,
  by_name text not null,
  by_id uuid not null references access.account (id),
  made_at timestamptz not null default db.now(),
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade,
  check ((authority is null) = (authority_at is null))
);
create index on privacy.incident using gist (org_path);

create table privacy.affected (
  person_id uuid not null references directory.person (id),
  id uuid not null,
  incident_id uuid not null references privacy.incident (id),
  told_at timestamptz not null default db.now(),
  primary key (person_id, id),
  unique (person_id, incident_id)
);
create index on privacy.affected (incident_id);
alter table privacy.affected enable row level security;
alter table privacy.affected force row level security;
create policy owner on privacy.affected to current_user using (true) with check (true);
create policy seen on privacy.affected to qiangshi_app using (
  person_id = (select db.self()) or exists (select from directory.person p where p.id = person_id)
) with check (exists (select from directory.person p where p.id = person_id));
grant select, insert on privacy.affected to qiangshi_app;

alter table privacy.incident enable row level security;
alter table privacy.incident force row level security;
create policy owner on privacy.incident to current_user using (true) with check (true);
create policy seen on privacy.incident to qiangshi_app using (
  org_path <@ any ((select db.scope())::ltree[])
  or exists (select from privacy.affected a where a.incident_id = incident.id and a.person_id = (select db.self()))
) with check (org_path <@ any ((select db.scope())::ltree[]));
grant select, insert, update (authority, authority_at, untold_why, told_at, people) on privacy.incident to qiangshi_app;
