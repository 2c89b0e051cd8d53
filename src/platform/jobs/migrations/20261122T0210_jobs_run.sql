-- What was asked of the background, how far it is and what came of it. The queue itself belongs to pg-boss (schema pgboss).
create schema jobs;
grant usage on schema jobs to qiangshi_app;

create table jobs.run (
  id uuid primary key,
  name text not null,
  -- The account that asked, under whose scope it runs; null where the product itself asked.
  account_id uuid,
  org_path ltree references directory.organisation (path) on update cascade,
  input jsonb not null,
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  -- Counts every start: a worker that was given up for dead can no longer write.
  attempt int not null default 0,
  failures int not null default 0,
  cancel_asked boolean not null default false,
  done bigint not null default 0,
  total bigint,
  message jsonb,
  result jsonb,
  error jsonb,
  created_at timestamptz not null default db.now(),
  started_at timestamptz,
  ended_at timestamptz
);
create index on jobs.run (account_id, created_at desc, id desc);
create index on jobs.run using gist (org_path);
create index on jobs.run (name) where state in ('queued', 'running');

alter table jobs.run enable row level security;
alter table jobs.run force row level security;
create policy owner on jobs.run to current_user using (true) with check (true);
create policy asked on jobs.run for insert to qiangshi_app with check (account_id is not distinct from (select db.account()));
create policy seen on jobs.run for select to qiangshi_app using (
  account_id = (select db.account()) or org_path <@ any ((select db.scope())::ltree[])
);
create policy cancelled on jobs.run for update to qiangshi_app using (
  account_id = (select db.account()) or org_path <@ any ((select db.scope())::ltree[])
);
grant select, insert on jobs.run to qiangshi_app;
grant update (state, cancel_asked, ended_at) on jobs.run to qiangshi_app;

-- Every step is announced, so that screens and workers need not ask again and again.
create function jobs.announce() returns trigger language plpgsql as $$
begin
  perform pg_notify('jobs', jsonb_build_object('id', new.id, 'name', new.name, 'state', new.state, 'cancel', new.cancel_asked)::text);
  return null;
end $$;
create trigger announce after insert or update on jobs.run for each row execute function jobs.announce();

-- True while this start of the run is the current one. Holds off the next start until the asking transaction ends.
create function jobs.still_mine(run uuid, start int) returns boolean language plpgsql volatile security definer
set search_path = jobs, public, pg_temp as $$
begin
  perform pg_advisory_xact_lock_shared(hashtextextended(run::text, 0));
  return exists (select from jobs.run r where r.id = run and r.attempt = start and r.state = 'running');
end $$;
revoke execute on function jobs.still_mine(uuid, int) from public;
grant execute on function jobs.still_mine(uuid, int) to qiangshi_app;
