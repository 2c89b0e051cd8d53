-- Organisations as a tree, clusters and institutions beside it, people, and where they are employed over time.
create schema directory;
grant usage on schema directory to qiangshi_app;

create table directory.organisation (
  id uuid primary key,
  parent_id uuid references directory.organisation (id),
  path ltree not null unique,
  kind text not null check (kind in ('municipality', 'district', 'school', 'institution', 'department')),
  -- 办学类型 (JY/T 1001 BXLX) of a school: 111 kindergarten, 211 primary, 311 junior secondary …
  school_type text,
  code text unique,
  name text not null,
  short_name text not null,
  name_en text,
  pinyin text not null default '',
  initials text not null default '',
  -- 城乡类型 (JY/T 1001)
  locality text,
  -- The pack whose parameters hold here; the nearest ancestor's where null.
  authority text,
  during daterange not null default daterange('1949-10-01', null),
  unique (id, path),
  check (kind <> 'school' or school_type is not null)
);
create index on directory.organisation using gist (path);
create index on directory.organisation (parent_id);
create index on directory.organisation using gin (name gin_trgm_ops);

-- 学区 and 教育集团: groups of schools across the tree.
create table directory.cluster (
  id uuid primary key,
  org_id uuid not null references directory.organisation (id),
  org_path ltree not null,
  kind text not null check (kind in ('school_district', 'education_group')),
  name text not null,
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade
);
create table directory.cluster_member (
  cluster_id uuid not null references directory.cluster (id),
  org_id uuid not null references directory.organisation (id),
  during daterange not null,
  primary key (cluster_id, org_id, during),
  exclude using gist (cluster_id with =, org_id with =, during with &&)
);

-- The characters of a name and its pairs of neighbours: names have two or three characters, too short for trigrams.
create function directory.grams(name text) returns text[] language plpgsql immutable strict parallel safe as $$
declare
  chars text[] := string_to_array(lower(name), null);
  made text[] := chars;
begin
  for i in 2..cardinality(chars) loop
    made := made || (chars[i - 1] || chars[i]);
  end loop;
  return made;
end $$;

-- Numbers for people whom nobody gave one.
create sequence directory.person_number;

create table directory.person (
  id uuid primary key,
  number text not null unique,
  name text not null,
  -- Full pinyin and initials, so that “zs” and “zhangsan” find 张三.
  pinyin text not null default '',
  initials text not null default '',
  grams text[] not null generated always as (directory.grams(name)) stored,
  sex text not null default '0' check (sex in ('0', '1', '2', '9')),
  birth_date date,
  id_type text not null default '1',
  -- Identity number: encrypted at rest, searched by keyed hash, shown masked.
  id_cipher bytea,
  id_hash bytea unique,
  id_masked text,
  -- Where the person belongs now: the current main employment, or the last one.
  org_id uuid not null,
  org_path ltree not null,
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade
);
create index on directory.person using gist (org_path);
create index on directory.person (org_id);
create index on directory.person (initials text_pattern_ops);
create index on directory.person (pinyin text_pattern_ops);
create index on directory.person (number text_pattern_ops);
create index on directory.person (name collate "zh-x-icu", id);
create index on directory.person using gin (grams);

create table directory.employment (
  person_id uuid not null references directory.person (id),
  id uuid not null,
  org_id uuid not null,
  org_path ltree not null,
  kind text not null default 'main' check (kind in ('main', 'secondary')),
  -- 教职工类别 (JY/T 1001 JZGLB): 11 full-time teacher, 12 teaching support, 13 administration, 14 worker …
  category text not null default '11',
  -- in_post (在编) or contract
  basis text not null default 'in_post' check (basis in ('in_post', 'contract')),
  during daterange not null check (not isempty(during)),
  -- Why it ended, in words.
  end_reason text,
  primary key (person_id, id),
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade,
  constraint one_main_employment exclude using gist (person_id with =, during with &&) where (kind = 'main')
);
create index on directory.employment (org_id);

alter table directory.person enable row level security;
alter table directory.person force row level security;
create policy owner on directory.person to current_user using (true) with check (true);
create policy seen on directory.person to qiangshi_app using (
  org_path <@ any ((select db.scope())::ltree[]) or id = (select db.self())
) with check (org_path <@ any ((select db.scope())::ltree[]) or id = (select db.self()));

-- What belongs to a person is seen by whoever sees the person.
alter table directory.employment enable row level security;
alter table directory.employment force row level security;
create policy owner on directory.employment to current_user using (true) with check (true);
create policy seen on directory.employment to qiangshi_app
  using (exists (select from directory.person p where p.id = person_id))
  with check (exists (select from directory.person p where p.id = person_id));

-- Policies hide indexes on operators that might leak (arrays, LIKE) from the planner, so people are found by name, pinyin,
-- initials or number by a function of the owner, which holds to the same scope.
create function directory.find_people(term text) returns setof uuid language plpgsql stable rows 50 security definer
set search_path = directory, public, pg_temp as $$
declare
  plain text := lower(regexp_replace(term, '[\s'']', '', 'g'));
  -- 'zhang' up to, not including, 'zhanh': in byte order '{' follows 'z', and ':' follows '9'.
  past text := plain || '{';
begin
  if plain ~ '^[a-z0-9]+$' then
    return query select p.id from directory.person p
      where ((p.pinyin ~>=~ plain and p.pinyin ~<~ past) or (p.initials ~>=~ plain and p.initials ~<~ past)
          or (p.number ~>=~ upper(plain) and p.number ~<~ (upper(plain) || '{'))
          or p.grams @> directory.grams(plain) and position(plain in lower(p.name)) > 0)
        and (p.org_path <@ any ((select db.scope())::ltree[]) or p.id = (select db.self()));
  elsif plain <> '' then
    return query select p.id from directory.person p
      where p.grams @> directory.grams(plain) and position(plain in lower(p.name)) > 0
        and (p.org_path <@ any ((select db.scope())::ltree[]) or p.id = (select db.self()));
  end if;
end $$;

-- Who holds these numbers or identity numbers (keyed hashes), for refusing duplicates. Of people out of scope it says
-- only that somebody holds it.
create function directory.holders(numbers text[], hashes bytea[])
returns table (person_id uuid, number text, id_hash bytea, seen boolean) language sql stable security definer
set search_path = directory, public, pg_temp as $$
  select case when h.seen then h.id end, h.number, h.id_hash, h.seen from (
    select p.id, p.number, p.id_hash, (p.org_path <@ any ((select db.scope())::ltree[])) as seen
    from directory.person p where p.number = any (numbers) or p.id_hash = any (hashes)) h
$$;
revoke execute on function directory.find_people(text), directory.holders(text[], bytea[]) from public;
grant execute on function directory.find_people(text), directory.holders(text[], bytea[]) to qiangshi_app;

grant usage on sequence directory.person_number to qiangshi_app;
grant select on directory.organisation, directory.cluster, directory.cluster_member to qiangshi_app;
grant insert, update on directory.organisation, directory.cluster, directory.cluster_member to qiangshi_app;
grant delete on directory.cluster_member to qiangshi_app;
grant select, insert, update on directory.person, directory.employment to qiangshi_app;
