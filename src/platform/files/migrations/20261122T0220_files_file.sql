-- Files by content: the bytes lie in the store under their hash, this table says who put which there, when and what for.
create schema files;
grant usage on schema files to qiangshi_app;

create table files.file (
  id uuid primary key,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  name text not null,
  media_type text not null,
  size bigint not null check (size > 0),
  purpose text not null,
  -- Who put it there; null where the product itself did.
  account_id uuid,
  -- In whose scope others may read it; null: only the one who put it there.
  org_path ltree references directory.organisation (path) on update cascade,
  created_at timestamptz not null default db.now()
);
create index on files.file (account_id, created_at desc);
create index on files.file using gist (org_path);
create index on files.file (sha256);

alter table files.file enable row level security;
alter table files.file force row level security;
create policy owner on files.file to current_user using (true) with check (true);
create policy put on files.file for insert to qiangshi_app with check (account_id is not distinct from (select db.account()));
create policy seen on files.file for select to qiangshi_app using (
  account_id = (select db.account()) or org_path <@ any ((select db.scope())::ltree[])
);
grant select, insert on files.file to qiangshi_app;
