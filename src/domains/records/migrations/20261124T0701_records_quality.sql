-- What the quality rules found, person by person, and the score of a school on a day. Both are made anew by every check.
create table records.finding (
  person_id uuid not null,
  id uuid not null,
  rule text not null,
  -- The row that is meant, where a person has several: a post, an honour.
  item_id uuid,
  -- What stands there, as the person who mends it reads it; never an identity number.
  value text,
  found_on date not null,
  primary key (person_id, id)
);
create index on records.finding (rule, person_id);
alter table records.finding enable row level security;
alter table records.finding force row level security;
create policy owner on records.finding to current_user using (true) with check (true);
create policy seen on records.finding to qiangshi_app
  using ((select directory.sees_all()) or exists (select from directory.person p where p.id = person_id))
  with check ((select directory.sees_all()) or exists (select from directory.person p where p.id = person_id));
grant select, insert, delete on records.finding to qiangshi_app;

-- One row a school and day: how many people were looked at, what was found, and the points of all of them together (100 a person at most).
create table records.quality (
  org_id uuid not null,
  day date not null,
  org_path ltree not null,
  people int not null,
  faulty int not null,
  severe int not null,
  warning int not null,
  hint int not null,
  points bigint not null,
  checked_at timestamptz not null,
  primary key (org_id, day),
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade
);
create index on records.quality using gist (org_path);
alter table records.quality enable row level security;
alter table records.quality force row level security;
create policy owner on records.quality to current_user using (true) with check (true);
create policy seen on records.quality to qiangshi_app
  using (org_path <@ any ((select db.scope())::ltree[])) with check (org_path <@ any ((select db.scope())::ltree[]));
grant select, insert, update, delete on records.quality to qiangshi_app;

-- Two entries that may be one person, the smaller id first. Somebody may have said that they are two.
create table records.twin (
  person_id uuid not null,
  other_id uuid not null check (person_id < other_id),
  rule text not null,
  found_on date not null,
  dismissed_at timestamptz,
  dismissed_by uuid,
  reason text,
  primary key (person_id, other_id)
);
alter table records.twin enable row level security;
alter table records.twin force row level security;
create policy owner on records.twin to current_user using (true) with check (true);
create policy seen on records.twin to qiangshi_app
  using (exists (select from directory.person p where p.id = person_id) and exists (select from directory.person p where p.id = other_id))
  with check (exists (select from directory.person p where p.id = person_id) and exists (select from directory.person p where p.id = other_id));
grant select, insert, update, delete on records.twin to qiangshi_app;
