-- Who may be asked to review: one account each, with the fields they know.
create table cases.expert (
  account_id uuid primary key references access.account (id),
  person_id uuid references directory.person (id),
  -- Who keeps them in the pool.
  org_id uuid not null,
  org_path ltree not null,
  name text not null,
  employer text not null,
  -- {field: 1..3}: how well they know it.
  fields jsonb not null,
  title text,
  active boolean not null default true,
  most int not null default 60 check (most between 1 and 500),
  changed_at timestamptz not null default db.now(),
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade
);
-- Ties between people that bar one from reviewing the other, as declared by either or entered by an office.
create table cases.relation (
  person_id uuid not null references directory.person (id),
  id uuid not null,
  other_id uuid not null references directory.person (id),
  kind text not null check (kind in ('same_studio', 'mentor', 'co_author', 'relative', 'declared')),
  during daterange not null default '[,)',
  note text,
  by_account uuid not null,
  at timestamptz not null default db.now(),
  primary key (person_id, id),
  check (person_id <> other_id)
);
create index on cases.relation (other_id);

-- What experts read: a copy without what names the applicant, under a number that says nothing. Whose it is stands apart.
create table cases.paper (
  id uuid primary key,
  call_id uuid not null references cases.call (id),
  stage text not null,
  org_id uuid not null,
  org_path ltree not null,
  nth int not null,
  field text,
  -- [{title, value, depth}] and [{kind, title, fileId}]
  content jsonb not null,
  files jsonb not null default '[]',
  made_at timestamptz not null default db.now(),
  unique (call_id, stage, nth)
);
create table cases.paper_of (
  paper_id uuid primary key references cases.paper (id),
  application_id uuid not null references cases.application (id),
  round int not null default 1,
  unique (application_id, paper_id)
);
create table cases.review (
  paper_id uuid not null references cases.paper (id),
  id uuid not null,
  account_id uuid not null references access.account (id),
  -- 1: as assigned at first; more for reviews that outliers called for.
  round int not null default 1,
  state text not null default 'assigned' check (state in ('assigned', 'declined', 'submitted', 'dropped')),
  -- {rubric item: points}; kept as it is typed.
  scores jsonb not null default '{}',
  words text not null default '',
  total numeric(7, 3),
  conflict text,
  due_on date,
  assigned_at timestamptz not null default db.now(),
  changed_at timestamptz not null default db.now(),
  submitted_at timestamptz,
  primary key (paper_id, id),
  check ((state = 'submitted') = (submitted_at is not null))
);
create unique index one_review_each on cases.review (paper_id, account_id) where state <> 'dropped';
create index on cases.review (account_id);
-- How an assignment came about: load, objective, bound, the checker's data.
create table cases.assigning (
  id uuid primary key,
  call_id uuid not null references cases.call (id),
  stage text not null,
  org_path ltree not null,
  proof jsonb not null,
  by_account uuid not null,
  at timestamptz not null default db.now()
);

alter table cases.expert enable row level security;
alter table cases.expert force row level security;
create policy owner on cases.expert to current_user using (true) with check (true);
create policy seen on cases.expert to qiangshi_app using (org_path <@ any ((select db.scope())::ltree[]) or account_id = (select db.account()))
  with check (org_path <@ any ((select db.scope())::ltree[]));
grant select, insert, update on cases.expert to qiangshi_app;
alter table cases.relation enable row level security;
alter table cases.relation force row level security;
create policy owner on cases.relation to current_user using (true) with check (true);
create policy seen on cases.relation to qiangshi_app
  using (person_id = (select db.self()) or exists (select from directory.person p where p.id = person_id or p.id = other_id))
  with check (person_id = (select db.self()) or exists (select from directory.person p where p.id = person_id));
grant select, insert, delete on cases.relation to qiangshi_app;
alter table cases.paper enable row level security;
alter table cases.paper force row level security;
alter table cases.paper_of enable row level security;
alter table cases.paper_of force row level security;
alter table cases.review enable row level security;
alter table cases.review force row level security;
create policy owner on cases.paper to current_user using (true) with check (true);
create policy owner on cases.paper_of to current_user using (true) with check (true);
create policy owner on cases.review to current_user using (true) with check (true);
-- An expert sees what was given to them, never whose it is; the office that assigns sees both sides.
create policy seen on cases.review to qiangshi_app
  using (account_id = (select db.account()) or exists (select from cases.paper p where p.id = paper_id and p.org_path <@ any ((select db.scope())::ltree[])))
  with check (account_id = (select db.account()) or exists (select from cases.paper p where p.id = paper_id and p.org_path <@ any ((select db.scope())::ltree[])));
create function cases.given_to_me(wanted uuid) returns boolean language sql stable security definer set search_path = cases, public, pg_temp as $$
  select exists (select from cases.review r where r.paper_id = wanted and r.account_id = db.account() and r.state in ('assigned', 'submitted'))
$$;
revoke execute on function cases.given_to_me(uuid) from public;
grant execute on function cases.given_to_me(uuid) to qiangshi_app;
create policy seen on cases.paper to qiangshi_app
  using (org_path <@ any ((select db.scope())::ltree[]) or cases.given_to_me(id)) with check (org_path <@ any ((select db.scope())::ltree[]));
create policy seen on cases.paper_of to qiangshi_app
  using (exists (select from cases.paper p where p.id = paper_id and p.org_path <@ any ((select db.scope())::ltree[])))
  with check (exists (select from cases.paper p where p.id = paper_id and p.org_path <@ any ((select db.scope())::ltree[])));
grant select, insert on cases.paper, cases.paper_of to qiangshi_app;
grant select, insert, update on cases.review to qiangshi_app;
alter table cases.assigning enable row level security;
alter table cases.assigning force row level security;
create policy owner on cases.assigning to current_user using (true) with check (true);
create policy seen on cases.assigning to qiangshi_app using (org_path <@ any ((select db.scope())::ltree[])) with check (org_path <@ any ((select db.scope())::ltree[]));
grant select, insert on cases.assigning to qiangshi_app;
