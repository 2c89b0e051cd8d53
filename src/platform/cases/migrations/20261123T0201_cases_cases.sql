-- One application: of a person, or of an organisation (person_id is null).
create table cases.application (
  id uuid primary key,
  call_id uuid not null references cases.call (id),
  person_id uuid references directory.person (id),
  -- Where the person worked when they applied, or the organisation itself.
  org_id uuid not null,
  org_path ltree not null,
  -- As shown in lists: the name of the person or the organisation.
  name text not null,
  track text,
  state text not null default 'draft'
    check (state in ('draft', 'returned', 'waiting', 'paused', 'appealed', 'refused', 'withdrawn', 'lapsed', 'filed')),
  stage text,
  -- In this state at this stage since.
  since timestamptz not null default db.now(),
  due_on date,
  form_version text not null references forms.form (version),
  answers jsonb not null default '{}',
  -- What the product knew, by fact or field; taken over into the answers when it was submitted.
  known jsonb not null default '{}',
  -- The requirement sets as they came out when it was submitted: [{set, outcome, decisionId, title, holds, unknown: [{id, title, ask}]}].
  judged jsonb not null default '[]',
  -- What is to be corrected: [{question?, material?, says}].
  points jsonb not null default '[]',
  score numeric(7, 3),
  rank int,
  submitted_at timestamptz,
  made_by uuid not null references access.account (id),
  revision int not null default 1,
  changed_at timestamptz not null default db.now(),
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade,
  check (state in ('draft', 'withdrawn', 'lapsed') or submitted_at is not null)
);
create unique index one_of_a_person on cases.application (call_id, person_id) where state not in ('withdrawn', 'lapsed') and person_id is not null;
create unique index one_of_an_organisation on cases.application (call_id, org_id) where state not in ('withdrawn', 'lapsed') and person_id is null;
create index on cases.application using gist (org_path);
create index on cases.application (call_id, stage, state, id);
create index on cases.application (person_id);
alter table cases.application enable row level security;
alter table cases.application force row level security;
create policy owner on cases.application to current_user using (true) with check (true);
create policy seen on cases.application to qiangshi_app
  using (person_id = (select db.self()) or org_path <@ any ((select db.scope())::ltree[]))
  with check (person_id = (select db.self()) or org_path <@ any ((select db.scope())::ltree[]));
grant select, insert, update on cases.application to qiangshi_app;

create table cases.material (
  application_id uuid not null references cases.application (id),
  id uuid not null,
  kind text not null,
  file_id uuid not null,
  name text not null,
  -- Whether the words of the file name the applicant: null where it could not be read.
  names_applicant boolean,
  added_at timestamptz not null default db.now(),
  primary key (application_id, id)
);
alter table cases.material enable row level security;
alter table cases.material force row level security;
create policy owner on cases.material to current_user using (true) with check (true);
create policy seen on cases.material to qiangshi_app using (exists (select from cases.application a where a.id = application_id))
  with check (exists (select from cases.application a where a.id = application_id));
grant select, insert, delete on cases.material to qiangshi_app;

-- What was done with it, by whom, in their words; for ever.
create table cases.step (
  application_id uuid not null references cases.application (id),
  nth bigint generated always as identity,
  act text not null,
  from_state text not null,
  from_stage text,
  to_state text not null,
  to_stage text,
  by_account uuid,
  by_name text not null,
  -- Not for the applicant: who reviewed, say.
  closed boolean not null default false,
  at timestamptz not null default db.now(),
  words text,
  data jsonb not null default '{}',
  primary key (application_id, nth)
);
create trigger immutable before update or delete or truncate on cases.step for each statement execute function audit.refuse_change();
alter table cases.step enable row level security;
alter table cases.step force row level security;
create policy owner on cases.step to current_user using (true) with check (true);
create policy seen on cases.step to qiangshi_app
  using (exists (select from cases.application a where a.id = application_id and (not closed or a.org_path <@ any ((select db.scope())::ltree[]))))
  with check (exists (select from cases.application a where a.id = application_id));
grant select, insert on cases.step to qiangshi_app;

-- A signature that is asked for: of whoever holds the role at the organisation, or of one account.
create table cases.task (
  application_id uuid not null references cases.application (id),
  id uuid not null,
  stage text not null,
  role text not null,
  org_id uuid not null,
  org_path ltree not null,
  account_id uuid references access.account (id),
  -- By an act of somebody who was asked; must sign even where any one is enough.
  added boolean not null default false,
  state text not null default 'open' check (state in ('open', 'signed', 'refused', 'handed_over', 'dropped')),
  due_on date,
  opened_at timestamptz not null default db.now(),
  urged_at timestamptz,
  done_at timestamptz,
  done_by uuid,
  done_by_name text,
  words text,
  report jsonb,
  primary key (application_id, id),
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade
);
create index on cases.task (org_id, role) where state = 'open';
create index on cases.task using gist (org_path) where state = 'open';
alter table cases.task enable row level security;
alter table cases.task force row level security;
create policy owner on cases.task to current_user using (true) with check (true);
create policy seen on cases.task to qiangshi_app using (exists (select from cases.application a where a.id = application_id))
  with check (exists (select from cases.application a where a.id = application_id));
grant select, insert, update on cases.task to qiangshi_app;

-- One place for each of these applications in every quota that counts at the stage, or none at all: then the quotas that lack places. Rows
-- are locked in one order, so that two who want the last place are told apart by the database. All are of one call and seen by who asks.
create function cases.take_places(wanted uuid[], at_stage text, back boolean default false) returns table (quota_id uuid, lacking int)
language plpgsql security definer set search_path = cases, public, pg_temp as $$
declare
  counted jsonb;
begin
  if exists (select from cases.application a where a.id = any (wanted) and not (a.org_path <@ any (db.scope()) or a.person_id = db.self())) then
    raise exception 'no such application' using errcode = '42501';
  end if;
  select coalesce(jsonb_object_agg(n.id, n.wanted), '{}') into counted from (
    select q.id, count(*)::int as wanted from cases.application a
      join cases.quota q on q.call_id = a.call_id and q.stage = at_stage and (q.track is null or q.track = a.track) and a.org_path <@ q.org_path
      where a.id = any (take_places.wanted) group by q.id) n;
  perform from cases.quota q where counted ? q.id::text order by q.id for update;
  if not back then
    return query select q.id, q.taken + (counted ->> q.id::text)::int - q.places from cases.quota q
      where counted ? q.id::text and q.taken + (counted ->> q.id::text)::int > q.places order by q.id;
    if found then return; end if;
  end if;
  update cases.quota q set taken = q.taken + case when back then -1 else 1 end * (counted ->> q.id::text)::int where counted ? q.id::text;
end $$;
revoke execute on function cases.take_places(uuid[], text, boolean) from public;
grant execute on function cases.take_places(uuid[], text, boolean) to qiangshi_app;
