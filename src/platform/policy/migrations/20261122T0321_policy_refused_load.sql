-- That the packs on the disk could not be loaded, and why, for as long as it is so: what is in force stays, and officials are told.
create table policy.refused_load (
  one boolean primary key default true check (one),
  since timestamptz not null default db.now(),
  -- [{file, line, column, path, zh, en}]
  problems jsonb not null
);
grant select on policy.refused_load to qiangshi_app;
