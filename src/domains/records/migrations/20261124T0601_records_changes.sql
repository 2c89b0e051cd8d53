-- Changes that people propose to a record, with evidence: confirmed by the school, by the district where it takes that, then applied.
create table records.change (
  person_id uuid not null references directory.person (id),
  id uuid not null,
  group_id text not null,
  -- Of a new row, its id to be.
  row_id uuid not null,
  kind text not null check (kind in ('add', 'correct', 'remove')),
  -- The row as whoever proposed saw it.
  base_version int,
  was jsonb,
  -- Only the fields that change; sealed ones stay sealed.
  becomes jsonb not null,
  reason text check (length(reason) between 1 and 400),
  -- Where it waits, or what came of it.
  state text not null check (state in ('school', 'district', 'applied', 'refused', 'withdrawn')),
  -- Whether the district decides after the school.
  by_district boolean not null,
  account_id uuid,
  proposed_at timestamptz not null default db.now(),
  settled_at timestamptz,
  primary key (person_id, id),
  check ((kind = 'add') = (base_version is null)),
  check ((settled_at is null) = (state in ('school', 'district')))
);
create index on records.change (state, proposed_at) where settled_at is null;
-- A row has one proposal waiting at a time.
create unique index one_waiting on records.change (person_id, group_id, row_id) where settled_at is null;

create table records.change_evidence (
  person_id uuid not null,
  change_id uuid not null,
  id uuid not null,
  file_id uuid not null references files.file (id),
  name text not null,
  primary key (person_id, id),
  foreign key (person_id, change_id) references records.change (person_id, id)
);

create table records.change_step (
  person_id uuid not null,
  change_id uuid not null,
  id uuid not null,
  stage text not null check (stage in ('school', 'district')),
  decision text not null check (decision in ('confirm', 'refuse', 'withdraw')),
  note text,
  -- The version over which it was confirmed although somebody else had changed the row.
  over_version int,
  account_id uuid,
  name text not null,
  at timestamptz not null default db.now(),
  primary key (person_id, id),
  foreign key (person_id, change_id) references records.change (person_id, id)
);
create index on records.change_step (person_id, change_id);

do $$
declare
  name text;
begin
  foreach name in array array['change', 'change_evidence', 'change_step'] loop
    execute format('alter table records.%I enable row level security', name);
    execute format('alter table records.%I force row level security', name);
    execute format('create policy owner on records.%I to current_user using (true) with check (true)', name);
    execute format('create policy seen on records.%I to qiangshi_app
      using ((select directory.sees_all()) or exists (select from directory.person p where p.id = person_id))
      with check (exists (select from directory.person p where p.id = person_id))', name);
    execute format('grant select, insert on records.%I to qiangshi_app', name);
  end loop;
end $$;
grant update on records.change to qiangshi_app;
create trigger append_only before update or delete or truncate on records.change_step for each statement execute function audit.refuse_change();
