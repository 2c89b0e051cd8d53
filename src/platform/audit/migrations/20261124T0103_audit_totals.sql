-- The total of a day: where the chain stood, signed with a key of the installation. Whoever keeps a copy of the latest can tell later whether anything
-- before it was changed, also when the database, the data folder and everybody who runs them are not to be believed.
create table audit.total (
  number bigint primary key,
  day date not null unique,
  seq bigint not null,
  hash bytea not null,
  counts jsonb not null,
  made_at timestamptz not null,
  -- SHA-256 over the statement of the total before it; each holds all that were before.
  previous bytea,
  signature bytea not null
);
create trigger append_only before update or delete or truncate on audit.total for each statement execute function audit.refuse_change();
grant select, insert on audit.total to qiangshi_app;
