-- A list before the public: what it shows is fixed when it is published, and its hash stands on the page.
create table cases.notice (
  id uuid primary key,
  call_id uuid not null references cases.call (id),
  stage text not null,
  org_id uuid not null,
  org_path ltree not null,
  -- Part of the public address; not to be guessed from the call.
  code text not null unique,
  -- {title, call, from, until, rows: [{nth, shown: {name: value}}]}
  listed jsonb not null,
  hash text not null,
  from_on date not null,
  -- The last day, by working days; objections do not move it, they stop their case.
  until_on date not null,
  state text not null default 'open' check (state in ('open', 'over', 'withdrawn')),
  published_by uuid not null references access.account (id),
  published_at timestamptz not null default db.now(),
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade
);
create index on cases.notice (call_id, stage);
create table cases.notice_entry (
  notice_id uuid not null references cases.notice (id),
  nth int not null,
  application_id uuid not null references cases.application (id),
  primary key (notice_id, nth)
);
create index on cases.notice_entry (application_id);

-- Against what is listed, or (kind appeal) by the applicant against the end of the case. Words and contact are read by who answers.
create table cases.objection (
  application_id uuid not null references cases.application (id),
  id uuid not null,
  kind text not null check (kind in ('notice', 'appeal')),
  notice_id uuid references cases.notice (id),
  stage text not null,
  words text not null check (length(words) between 2 and 4000),
  -- Sealed under the installation's key; null where it is anonymous.
  name_sealed bytea,
  contact_sealed bytea,
  -- Who raised it finds it again by a code that only they hold.
  code_hash bytea not null,
  raised_at timestamptz not null default db.now(),
  due_on date,
  answer_role text not null,
  answer_org uuid not null,
  answer_path ltree not null,
  state text not null default 'open' check (state in ('open', 'upheld', 'dismissed')),
  answer text,
  answered_at timestamptz,
  answered_by uuid,
  answered_by_name text,
  primary key (application_id, id),
  foreign key (answer_org, answer_path) references directory.organisation (id, path) on update cascade,
  check ((state = 'open') = (answered_at is null) and (state = 'open' or length(answer) >= 2))
);
create index on cases.objection using gist (answer_path) where state = 'open';

alter table cases.notice enable row level security;
alter table cases.notice force row level security;
create policy owner on cases.notice to current_user using (true) with check (true);
create policy seen on cases.notice to qiangshi_app
  using (org_path <@ any ((select db.scope())::ltree[]) or exists (select from cases.notice_entry e join cases.application a on a.id = e.application_id where e.notice_id = cases.notice.id))
  with check (org_path <@ any ((select db.scope())::ltree[]));
grant select, insert, update on cases.notice to qiangshi_app;
alter table cases.notice_entry enable row level security;
alter table cases.notice_entry force row level security;
create policy owner on cases.notice_entry to current_user using (true) with check (true);
create policy seen on cases.notice_entry to qiangshi_app using (exists (select from cases.application a where a.id = application_id))
  with check (exists (select from cases.application a where a.id = application_id));
grant select, insert on cases.notice_entry to qiangshi_app;
alter table cases.objection enable row level security;
alter table cases.objection force row level security;
create policy owner on cases.objection to current_user using (true) with check (true);
-- The applicant sees an appeal of their own; objections of others are for who answers them.
create policy seen on cases.objection to qiangshi_app
  using (answer_path <@ any ((select db.scope())::ltree[]) or exists (select from cases.application a where a.id = application_id
    and (a.org_path <@ any ((select db.scope())::ltree[]) or kind = 'appeal' and a.person_id = (select db.self()))))
  with check (exists (select from cases.application a where a.id = application_id));
grant select, insert, update on cases.objection to qiangshi_app;

-- The page without sign-in: what is listed, by its code; nothing else of the house can be reached from it.
create function cases.public_notice(wanted text) returns table (listed jsonb, hash text, from_on date, until_on date, state text, anonymous boolean)
language sql stable security definer set search_path = cases, public, pg_temp as $$
  select n.listed, n.hash, n.from_on, n.until_on, n.state,
    coalesce((select (s -> 'objections' ->> 'anonymous')::boolean from jsonb_array_elements(c.definition -> 'stages') s where s ->> 'id' = n.stage), false)
  from cases.notice n join cases.call c on c.id = n.call_id where n.code = wanted and n.state <> 'withdrawn'
$$;
revoke execute on function cases.public_notice(text) from public;
grant execute on function cases.public_notice(text) to qiangshi_app;
