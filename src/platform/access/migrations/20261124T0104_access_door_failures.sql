-- Whoever fails at a public door waits longer and longer, whichever account is tried and whichever of our programs is asked. `who` is a keyed hash of
-- the address the request came from: the addresses themselves are nobody's business here.
create table access.door_failure (
  who bytea primary key,
  -- Halved every ten minutes.
  failures float8 not null,
  last_at timestamptz not null
);

-- Seconds that are still to be waited: none for the first so many failures, then double as long each time, a quarter of an hour at most.
create function access.door_wait(wanted bytea, free int) returns float8 language sql stable security definer
set search_path = access, public, pg_temp as $$
  select greatest(0, least(900, power(2, least(f.failures - free, 10))) - extract(epoch from now() - f.last_at))
  from access.door_failure f where f.who = wanted and f.failures > free
$$;

create function access.note_door_failure(wanted bytea) returns void language sql security definer
set search_path = access, public, pg_temp as $$
  delete from access.door_failure f where f.last_at < now() - interval '1 day';
  insert into access.door_failure as f (who, failures, last_at) values (wanted, 1, now())
  on conflict (who) do update set last_at = now(),
    failures = 1 + f.failures * power(0.5, extract(epoch from now() - f.last_at) / 600)
$$;
revoke execute on function access.door_wait(bytea, int), access.note_door_failure(bytea) from public;
grant execute on function access.door_wait(bytea, int), access.note_door_failure(bytea) to qiangshi_app;
