-- Rosters on their way in: an upload is read and compared first; nothing of it holds until it is applied as a whole.
create table records.import (
  id uuid primary key,
  account_id uuid,
  file_id uuid references files.file (id),
  file_name text not null,
  state text not null default 'waiting' check (state in ('waiting', 'checked', 'applied')),
  -- Keys of the columns that the file has: what it does not have is not touched.
  sent text[] not null default '{}',
  notices jsonb not null default '[]',
  rows int not null default 0,
  added int not null default 0,
  changed int not null default 0,
  moved int not null default 0,
  unchanged int not null default 0,
  faulty int not null default 0,
  created_at timestamptz not null default db.now(),
  checked_on date,
  applied_at timestamptz,
  check (state <> 'applied' or faulty = 0)
);
create index on records.import (account_id, created_at desc);

-- One row of the file as it was read, and what it would do. Cleared once it is applied or out of date.
create table records.import_row (
  import_id uuid not null references records.import (id),
  row_no int not null,
  account_id uuid,
  -- Judged faulty before it was compared.
  broken boolean not null,
  -- The id of the person, if the row brings a new one.
  new_id uuid not null,
  number text,
  name text,
  pinyin text not null default '',
  initials text not null default '',
  sex text,
  birth_date date,
  id_type text,
  id_cipher bytea,
  id_hash bytea,
  id_masked text,
  org_id uuid,
  org_path ltree,
  category text,
  basis text,
  work_since date,
  entered date,
  stages text[],
  subjects text[],
  titles text[],
  posts text[],
  action text check (action in ('added', 'changed', 'moved', 'unchanged', 'faulty')),
  person_id uuid,
  -- Which facts differ, and their values now and then.
  changes text[],
  was jsonb,
  becomes jsonb,
  -- The employment that is ended or goes on, and the one with which the time at the school began.
  stint_id uuid,
  first_id uuid,
  primary key (import_id, row_no)
);

create table records.import_fault (
  import_id uuid not null references records.import (id),
  ord int not null,
  account_id uuid,
  row_no int not null,
  -- A fault as the sheets module tells it.
  fault jsonb not null,
  primary key (import_id, ord)
);

-- An upload may hold more than its school may see: it is its sender's alone.
do $$
declare
  name text;
begin
  foreach name in array array['import', 'import_row', 'import_fault'] loop
    execute format('alter table records.%I enable row level security', name);
    execute format('alter table records.%I force row level security', name);
    execute format('create policy owner on records.%I to current_user using (true) with check (true)', name);
    execute format('create policy own on records.%I to qiangshi_app
      using (account_id is not distinct from (select db.account()))
      with check (account_id is not distinct from (select db.account()))', name);
  end loop;
end $$;
grant select, insert, update on records.import to qiangshi_app;
grant select, insert, update, delete on records.import_row to qiangshi_app;
grant select, insert, delete on records.import_fault to qiangshi_app;
