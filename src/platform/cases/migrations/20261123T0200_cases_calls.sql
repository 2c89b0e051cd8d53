create schema cases;
grant usage on schema cases to qiangshi_app;

-- What packs offer to call for; a version is named by its content.
create table cases.template (
  authority text not null,
  id text not null,
  version text not null,
  definition jsonb not null,
  -- Still in the packs; older versions stay for the calls that were made from them.
  offered boolean not null default true,
  loaded_at timestamptz not null default db.now(),
  primary key (authority, id, version)
);
grant select on cases.template to qiangshi_app;

-- One round: a definition, its dates and its places. Until it is published it is a draft of its organisation.
create table cases.call (
  id uuid primary key,
  org_id uuid not null,
  org_path ltree not null,
  -- Whose rules judge.
  authority text not null,
  template text,
  definition jsonb not null,
  -- The form as published.
  form_version text,
  title jsonb not null,
  state text not null default 'draft' check (state in ('draft', 'published', 'ended', 'dropped')),
  opens_on date not null,
  -- The day on which conditions are judged.
  judged_on date not null,
  -- Draws of lots follow from it; published with the call.
  seed text,
  revision int not null default 1,
  made_by uuid not null references access.account (id),
  published_at timestamptz,
  published_by uuid references access.account (id),
  changed_at timestamptz not null default db.now(),
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade,
  check ((state in ('published', 'ended')) <= (published_at is not null and seed is not null and form_version is not null))
);
create index on cases.call using gist (org_path);
alter table cases.call enable row level security;
alter table cases.call force row level security;
create policy owner on cases.call to current_user using (true) with check (true);
create policy seen on cases.call to qiangshi_app
  using (state in ('published', 'ended') and (select db.account() is not null or cardinality(db.scope()) > 0) or org_path <@ any ((select db.scope())::ltree[]))
  with check (org_path <@ any ((select db.scope())::ltree[]));
grant select, insert, update on cases.call to qiangshi_app;

-- What is published changes only by an amendment that says why.
create table cases.amendment (
  call_id uuid not null references cases.call (id),
  nth bigint generated always as identity,
  what text not null,
  before jsonb,
  after jsonb,
  reason text not null check (length(reason) >= 2),
  by_account uuid not null,
  by_name text not null,
  at timestamptz not null default db.now(),
  primary key (call_id, nth)
);
create trigger immutable before update or delete or truncate on cases.amendment for each statement execute function audit.refuse_change();
grant select, insert on cases.amendment to qiangshi_app;

-- Until when a stage takes acts (`submit` for applications); the latest holds, earlier ones stay on record.
create table cases.deadline (
  call_id uuid not null references cases.call (id),
  stage text not null,
  nth bigint generated always as identity,
  closes_at timestamptz not null,
  reason text,
  by_account uuid not null,
  at timestamptz not null default db.now(),
  primary key (call_id, stage, nth)
);
create trigger immutable before update or delete or truncate on cases.deadline for each statement execute function audit.refuse_change();
grant select, insert on cases.deadline to qiangshi_app;

-- Places for those who leave a stage with a yes: of an organisation and all below it. `taken` is only moved by cases.take_place.
create table cases.quota (
  call_id uuid not null references cases.call (id),
  id uuid not null,
  stage text not null,
  track text,
  org_id uuid not null,
  org_path ltree not null,
  places int not null check (places >= 0),
  taken int not null default 0 check (taken between 0 and places),
  -- How the number came about: {rule, claim, of, rank} of the share-out, or {given: true}.
  why jsonb not null default '{}',
  primary key (call_id, id),
  unique nulls not distinct (call_id, stage, track, org_id),
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade
);
create index on cases.quota using gist (org_path);
grant select, insert, delete on cases.quota to qiangshi_app;
grant update (places, why) on cases.quota to qiangshi_app;
