-- Plans, classes, places, enrolments, sessions, attendance, completion, the yearly audit of credits, objections, circulars.
create schema training;
grant usage on schema training to qiangshi_app;

create table training.plan (
  id uuid primary key,
  org_id uuid not null,
  org_path ltree not null,
  year int not null,
  authority text not null,
  document text not null,
  title text not null,
  title_en text not null default '',
  state text not null default 'draft' check (state in ('draft', 'published', 'closed')),
  issued_on date,
  published_at timestamptz,
  unique (org_id, year),
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade
);

create table training.project (
  plan_id uuid not null references training.plan (id),
  id uuid not null unique,
  code text not null,
  name text not null,
  name_en text not null default '',
  aim text not null default '',
  ord int not null,
  primary key (plan_id, id),
  unique (plan_id, code)
);

create table training.class (
  id uuid primary key,
  plan_id uuid not null references training.plan (id),
  project_id uuid not null references training.project (id),
  org_id uuid not null,
  org_path ltree not null,
  code text not null,
  name text not null,
  name_en text not null default '',
  ord int not null default 0,
  level text not null check (level in ('school', 'district', 'city', 'national')),
  kind text not null,
  credit_kind text not null,
  -- Who it is for, as a rule (rules/target.ts).
  target jsonb not null,
  -- null: the plan gives no number.
  places int check (places > 0),
  -- null: an activity without counted hours.
  hours numeric(6, 2) check (hours > 0),
  terms int not null default 1 check (terms between 1 and 20),
  -- When the terms begin, and the sessions thought of: defaults that the office changes.
  schedule jsonb not null default '[]',
  sessions_planned jsonb,
  -- Fields that the plan's text does not give.
  assumed text[] not null default '{}',
  budget_fen bigint not null default 0 check (budget_fen >= 0),
  enrolment text not null default 'delegated' check (enrolment in ('delegated', 'open')),
  clause jsonb not null default '{}',
  state text not null default 'planned' check (state in ('planned', 'open', 'confirmed', 'completed', 'cancelled')),
  deadline timestamptz,
  confirmed_at timestamptz,
  completed_at timestamptz,
  unique (plan_id, code),
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade
);
create index on training.class (plan_id, ord);

-- Places of a class by school; an open class has one row for the organisation that runs it. Never more taken than there are.
create table training.quota (
  class_id uuid not null references training.class (id),
  org_id uuid not null references directory.organisation (id),
  places int not null check (places >= 0),
  taken int not null default 0,
  eligible int not null default 0,
  -- The exact share before rounding, and what the rule gave before changes by hand.
  exact numeric(12, 4) not null default 0,
  by_rule int not null default 0,
  -- What the school had when the class was confirmed; places nobody filled went to other schools' waiting lines then.
  granted int,
  reason text,
  primary key (class_id, org_id),
  constraint never_overrun check (taken between 0 and places)
);
create index on training.quota (org_id);

create table training.enrolment (
  person_id uuid not null references directory.person (id),
  class_id uuid not null references training.class (id),
  -- The school that sent the person, and whose place it is.
  org_id uuid not null,
  org_path ltree not null,
  state text not null check (state in ('proposed', 'accepted', 'waiting', 'confirmed', 'declined', 'withdrawn', 'passed', 'failed')),
  -- True while the person holds a place.
  seated boolean not null,
  term int not null default 1,
  reason text,
  fair_share numeric(6, 2),
  proposed_by uuid,
  proposed_at timestamptz not null default db.now(),
  answered_at timestamptz,
  attended int,
  required int,
  credits numeric(6, 2),
  outcome jsonb,
  primary key (person_id, class_id),
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade,
  check (seated = (state in ('proposed', 'accepted', 'confirmed', 'passed', 'failed')))
);
create index on training.enrolment (class_id, state, org_id);
create index on training.enrolment (org_id, class_id);
create index waiting_line on training.enrolment (class_id, org_id, proposed_at) where state = 'waiting';

create table training.session (
  class_id uuid not null references training.class (id),
  id uuid not null unique,
  ord int not null,
  term int not null default 1,
  title text not null,
  place text not null,
  during tstzrange not null check (not isempty(during)),
  compulsory boolean not null default false,
  host_person uuid,
  primary key (class_id, id)
);
create index on training.session using gist (during);

create table training.attendance (
  person_id uuid not null,
  session_id uuid not null references training.session (id),
  class_id uuid not null,
  state text not null check (state in ('present', 'leave')),
  mode text not null check (mode in ('qr', 'code', 'manual', 'roster', 'leave')),
  reason text,
  recorded_by uuid,
  at timestamptz not null default db.now(),
  primary key (person_id, session_id),
  foreign key (person_id, class_id) references training.enrolment (person_id, class_id)
);
create index on training.attendance (session_id);

create table training.leave_request (
  person_id uuid not null,
  session_id uuid not null references training.session (id),
  class_id uuid not null,
  reason text not null,
  state text not null default 'asked' check (state in ('asked', 'granted', 'refused')),
  answer text,
  asked_at timestamptz not null default db.now(),
  decided_by uuid,
  decided_at timestamptz,
  primary key (person_id, session_id),
  foreign key (person_id, class_id) references training.enrolment (person_id, class_id)
);

create table training.objection (
  person_id uuid not null references directory.person (id),
  id uuid not null,
  entry_id uuid,
  text text not null,
  state text not null default 'open' check (state in ('open', 'upheld', 'rejected')),
  answer text,
  raised_at timestamptz not null default db.now(),
  due_on date not null,
  answered_by uuid,
  answered_at timestamptz,
  primary key (person_id, id)
);
create unique index one_open_objection on training.objection (person_id, entry_id) where state = 'open';

-- The yearly audit of a school's credits.
create table training.audit (
  org_id uuid not null,
  org_path ltree not null,
  year int not null,
  state text not null default 'confirmed' check (state in ('confirmed', 'checked', 'locked')),
  confirmed_by uuid,
  confirmed_at timestamptz,
  checked_by uuid,
  checked_at timestamptz,
  locked_at timestamptz,
  primary key (org_id, year),
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade
);
create table training.audit_sample (
  person_id uuid not null references directory.person (id),
  year int not null,
  org_id uuid not null,
  drawn text not null check (drawn in ('rule', 'hand')),
  result text check (result in ('sound', 'fault')),
  note text,
  checked_by uuid,
  checked_at timestamptz,
  primary key (person_id, year)
);
create index on training.audit_sample (org_id, year);

create table training.circular (
  id uuid primary key,
  plan_id uuid not null references training.plan (id),
  org_id uuid not null,
  org_path ltree not null,
  document_id uuid not null,
  issued_at timestamptz not null,
  figures jsonb not null,
  acknowledged_by uuid,
  acknowledged_at timestamptz,
  note text,
  unique (plan_id, org_id),
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade
);

-- What is about a person is seen by whoever sees the person; a former school keeps seeing whom it sent.
do $$
declare t text;
begin
  foreach t in array array['attendance', 'leave_request', 'objection', 'audit_sample'] loop
    execute format('alter table training.%I enable row level security', t);
    execute format('alter table training.%I force row level security', t);
    execute format('create policy owner on training.%I to current_user using (true) with check (true)', t);
    execute format('create policy seen on training.%I to qiangshi_app using (exists (select from directory.person p where p.id = person_id))
      with check (exists (select from directory.person p where p.id = person_id))', t);
  end loop;
  foreach t in array array['enrolment', 'circular', 'audit'] loop
    execute format('alter table training.%I enable row level security', t);
    execute format('alter table training.%I force row level security', t);
    execute format('create policy owner on training.%I to current_user using (true) with check (true)', t);
  end loop;
end $$;
create policy seen on training.enrolment to qiangshi_app
  using (org_path <@ any ((select db.scope())::ltree[]) or person_id = (select db.self()))
  with check (org_path <@ any ((select db.scope())::ltree[]) or person_id = (select db.self()));
create policy seen on training.circular to qiangshi_app
  using (org_path <@ any ((select db.scope())::ltree[])) with check (org_path <@ any ((select db.scope())::ltree[]));
create policy seen on training.audit to qiangshi_app
  using (org_path <@ any ((select db.scope())::ltree[])) with check (org_path <@ any ((select db.scope())::ltree[]));

grant select, insert, update on all tables in schema training to qiangshi_app;
grant delete on training.session, training.quota to qiangshi_app;

-- Gives a place that became free to the first in the school's waiting line; the place is counted where the line is, whoever gave it up.
create function training.promote(wanted_class uuid, wanted_org uuid) returns uuid language plpgsql security definer
set search_path = training, public, pg_temp as $$
declare next_person uuid; open_line boolean; line uuid;
begin
  -- An open class has one line for everybody, a delegated one a line for each school.
  select c.enrolment = 'open', case when c.enrolment = 'open' then c.org_id else wanted_org end into open_line, line
    from training.class c where c.id = wanted_class;
  select e.person_id into next_person from training.enrolment e
    where e.class_id = wanted_class and (open_line or e.org_id = wanted_org) and e.state = 'waiting'
    order by e.proposed_at, e.person_id limit 1 for update skip locked;
  if next_person is null then return null; end if;
  update training.quota q set taken = q.taken + 1 where q.class_id = wanted_class and q.org_id = line and q.taken < q.places;
  if not found then return null; end if;
  update training.enrolment e set state = case when open_line then 'confirmed' else 'proposed' end, seated = true
    where e.person_id = next_person and e.class_id = wanted_class;
  return next_person;
end $$;
revoke execute on function training.promote(uuid, uuid) from public;
grant execute on function training.promote(uuid, uuid) to qiangshi_app;
