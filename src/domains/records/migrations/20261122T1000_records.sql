-- Dated facts about teachers, the code tables they are written in, and rosters on their way in.
create schema records;
grant usage on schema records to qiangshi_app;

-- Code tables of the state and the ministry, and the house's own where those have no code.
create table records.code (
  "table" text not null,
  code text not null,
  zh text not null,
  en text,
  "from" date,
  "to" date,
  source text not null,
  local boolean not null default false,
  -- The code of the standard that a local code is reported as, as TABLE:code.
  maps_to text,
  position int not null,
  primary key ("table", code)
);
grant select on records.code to qiangshi_app;

-- 参加工作 and 从教 dates, and when the first teacher certificate was given.
create table records.service (
  person_id uuid not null references directory.person (id),
  id uuid not null,
  work_since date,
  teaching_since date,
  qualified_on date,
  primary key (person_id, id),
  unique (person_id),
  check (teaching_since >= work_since)
);

-- 任课学段 (RKXD) and subject (ZXXKC with local codes).
create table records.teaching (
  person_id uuid not null references directory.person (id),
  id uuid not null,
  stage text not null,
  subject text not null,
  during daterange not null check (not isempty(during)),
  primary key (person_id, id),
  constraint teaching_once exclude using gist (person_id with =, stage with =, subject with =, during with &&)
);

-- Professional title of the unified series of primary and secondary school teachers.
create table records.title (
  person_id uuid not null references directory.person (id),
  id uuid not null,
  level text not null,
  during daterange not null check (not isempty(during)),
  primary key (person_id, id),
  constraint one_title exclude using gist (person_id with =, during with &&)
);

-- What somebody does besides teaching, at an organisation: class teacher, finance officer, principal …
create table records.post (
  person_id uuid not null references directory.person (id),
  id uuid not null,
  code text not null,
  org_id uuid not null,
  org_path ltree not null,
  during daterange not null check (not isempty(during)),
  primary key (person_id, id),
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade,
  constraint post_once exclude using gist (person_id with =, code with =, org_id with =, during with &&)
);
create index on records.post (org_id, code);

create table records.honour (
  person_id uuid not null references directory.person (id),
  id uuid not null,
  code text not null,
  name text not null,
  -- 级别 (JB): 10 national, 20 province or ministry, 33 city, 43 county, 60 school.
  level text not null,
  awarded_on date,
  during daterange not null check (not isempty(during)),
  primary key (person_id, id),
  constraint honour_once exclude using gist (person_id with =, code with =, name with =, during with &&)
);

-- Education: GB/T 4658 and GB/T 6864.
create table records.education (
  person_id uuid not null references directory.person (id),
  id uuid not null,
  level text not null,
  degree text,
  institution text,
  major text,
  graduated_on date,
  primary key (person_id, id),
  unique nulls not distinct (person_id, level, institution, graduated_on)
);

do $$
declare
  name text;
begin
  foreach name in array array['service', 'teaching', 'title', 'post', 'honour', 'education'] loop
    execute format('alter table records.%I enable row level security', name);
    execute format('alter table records.%I force row level security', name);
    execute format('create policy owner on records.%I to current_user using (true) with check (true)', name);
    execute format('create policy seen on records.%I to qiangshi_app
      using (exists (select from directory.person p where p.id = person_id))
      with check (exists (select from directory.person p where p.id = person_id))', name);
    execute format('grant select, insert, update, delete on records.%I to qiangshi_app', name);
  end loop;
end $$;
