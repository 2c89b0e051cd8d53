-- What reaches schools from outside: lists, the register, what each school was asked, what reached it unregistered.
create schema burden;
grant usage on schema burden to qiangshi_app;

-- 清单: social affairs that may go into schools, and inspections of the year. Everybody may know it.
create table burden.listed (
  id uuid primary key,
  org_id uuid not null,
  org_path ltree not null,
  kind text not null check (kind in ('event', 'inspection')),
  title text not null check (length(title) between 2 and 120),
  document text not null check (length(document) between 2 and 200),
  number text not null default '',
  announced_on date not null,
  from_on date not null check (from_on >= announced_on),
  -- The first day on which it is on the list no more.
  ends_on date check (ends_on >= from_on),
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade
);
create index on burden.listed using gist (org_path);

-- Inspections of 2019, against which they are cut.
create table burden.base (
  org_id uuid primary key,
  org_path ltree not null,
  items int not null check (items between 0 and 9999),
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade
);
grant select, insert, update on burden.listed, burden.base to qiangshi_app;

-- The register. The office that asks is the row's organisation.
create table burden.item (
  id uuid primary key,
  org_id uuid not null,
  org_path ltree not null,
  kind text not null check (kind in ('data', 'inspection', 'event', 'app', 'secondment', 'meeting')),
  title text not null check (length(title) between 2 and 120),
  about text not null default '',
  -- Department and person to ask.
  asker text not null check (length(asker) between 2 and 80),
  document text not null check (length(document) between 2 and 200),
  number text not null default '',
  article text not null default '',
  listed_id uuid references burden.listed (id),
  from_on date not null,
  until_on date not null,
  check (from_on <= until_on),
  -- School year by the year in which it begins, and term.
  year int not null,
  term int not null check (term in (1, 2)),
  -- How much it is for a school: things to fill in or do, minutes for each, people.
  items int not null check (items between 0 and 9999),
  minutes int not null check (minutes between 0 and 99999),
  people int not null check (people between 0 and 9999),
  school_consents boolean,
  person_consents boolean,
  -- What the product holds and answers itself (`group.field`), and what is asked of schools.
  held text[] not null default '{}',
  asked text[] not null default '{}',
  targets uuid[] not null,
  -- waiting: for a second person. answered: by the product; nothing reached schools.
  state text not null check (state in ('waiting', 'open', 'answered', 'declined', 'withdrawn', 'ended')),
  -- What is against it, and why it goes through nevertheless.
  against text[] not null default '{}',
  reason text,
  decided text,
  account_id uuid,
  decided_by uuid,
  at timestamptz not null,
  check (state <> 'waiting' or reason is not null),
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade
);
create index on burden.item using gist (org_path);
create index on burden.item (from_on desc, id desc);

-- A school that it reached.
create table burden.reached (
  item_id uuid not null references burden.item (id),
  org_id uuid not null,
  org_path ltree not null,
  done_at timestamptz,
  primary key (item_id, org_id),
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade
);
create index on burden.reached (org_id);
create index on burden.reached using gist (org_path);

-- How often in a term: whoever counts up holds the row until it is certain.
create table burden.count (
  org_id uuid not null references directory.organisation (id),
  year int not null,
  term int not null,
  kind text not null,
  n int not null default 0 check (n >= 0),
  primary key (org_id, year, term, kind)
);
grant select, insert, update on burden.item, burden.reached, burden.count to qiangshi_app;

alter table burden.reached enable row level security;
alter table burden.reached force row level security;
create policy owner on burden.reached to current_user using (true) with check (true);
-- A school, who is above it, and those who work there.
create policy seen on burden.reached to qiangshi_app using (
  org_path <@ any ((select db.scope())::ltree[]) or org_id = (select p.org_id from directory.person p where p.id = (select db.self()))
) with check (org_path <@ any ((select db.scope())::ltree[]));

alter table burden.item enable row level security;
alter table burden.item force row level security;
create policy owner on burden.item to current_user using (true) with check (true);
create policy seen on burden.item to qiangshi_app using (
  org_path <@ any ((select db.scope())::ltree[]) or exists (select from burden.reached r where r.item_id = id)
) with check (org_path <@ any ((select db.scope())::ltree[]));

-- Apps are looked at every year: kept for a reason, or ended.
create table burden.review (
  item_id uuid not null references burden.item (id),
  year int not null,
  verdict text not null check (verdict in ('keep', 'end')),
  reason text not null,
  account_id uuid,
  at timestamptz not null,
  primary key (item_id, year)
);
grant select, insert on burden.review to qiangshi_app;
alter table burden.review enable row level security;
alter table burden.review force row level security;
create policy owner on burden.review to current_user using (true) with check (true);
create policy seen on burden.review to qiangshi_app
  using (exists (select from burden.item i where i.id = item_id and i.org_path <@ any ((select db.scope())::ltree[])))
  with check (exists (select from burden.item i where i.id = item_id and i.org_path <@ any ((select db.scope())::ltree[])));

-- 监测: what reached a school without being registered.
create table burden.report (
  id uuid primary key,
  org_id uuid not null,
  org_path ltree not null,
  -- Who looks into it.
  to_id uuid not null,
  to_path ltree not null,
  -- Whether those who look into it learn which school it was.
  named boolean not null,
  kind text not null check (kind in ('data', 'inspection', 'event', 'app', 'secondment', 'meeting')),
  title text not null check (length(title) between 2 and 120),
  asker text not null check (length(asker) between 2 and 80),
  words text not null check (length(words) between 2 and 1000),
  came_on date not null,
  state text not null default 'open' check (state in ('open', 'stopped', 'registered', 'groundless')),
  answer text,
  account_id uuid,
  at timestamptz not null,
  answered_at timestamptz,
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade,
  foreign key (to_id, to_path) references directory.organisation (id, path) on update cascade
);
create index on burden.report using gist (to_path);
create index on burden.report (org_id);
grant select, insert on burden.report to qiangshi_app;
alter table burden.report enable row level security;
alter table burden.report force row level security;
create policy owner on burden.report to current_user using (true) with check (true);
-- Above the school only where it gave its name; the others are read through the function below, which leaves the school out.
create policy seen on burden.report to qiangshi_app using (
  org_path = any ((select db.scope())::ltree[]) or named and org_path <@ any ((select db.scope())::ltree[])
) with check (org_path = any ((select db.scope())::ltree[]));

create function burden.reports() returns table (id uuid, org_id uuid, org_name text, kind text, title text, asker text, words text, came_on date,
  state text, answer text, at timestamptz, answered_at timestamptz)
language sql stable security definer set search_path = burden, directory, public, pg_temp as $$
  select r.id, case when r.named then r.org_id end, case when r.named then o.short_name end, r.kind, r.title, r.asker, r.words, r.came_on,
    r.state, r.answer, r.at, r.answered_at
  from burden.report r join directory.organisation o on o.id = r.org_id where r.to_path <@ any (db.scope())
$$;
-- Settles one and says whom to tell; nothing where there is none open.
create function burden.settle_report(wanted uuid, became text, said text) returns uuid
language sql security definer set search_path = burden, directory, public, pg_temp as $$
  update burden.report r set state = became, answer = said, answered_at = db.now()
  where r.id = wanted and r.state = 'open' and r.to_path <@ any (db.scope()) returning r.org_id
$$;
revoke execute on all functions in schema burden from public;
grant execute on all functions in schema burden to qiangshi_app;
