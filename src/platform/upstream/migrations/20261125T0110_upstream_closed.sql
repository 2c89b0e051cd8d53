-- What is told to whoever arrived says nothing of whether a number was right; closing a provider, or setting an account up anew, ends what came of it.

-- How often somebody asked on a day, whether anything came of it or not. Found by the hash of the day: a switch of the cipher begins to count anew.
create table upstream.asked (
  provider_id uuid not null references upstream.provider (id) on delete cascade,
  subject_hash bytea not null,
  day date not null default db.today(),
  times int not null default 1,
  primary key (provider_id, subject_hash, day)
);

create or replace function upstream.arrival_of(browser bytea) returns table (provider_id uuid, waiting boolean, linked boolean)
language sql stable security definer set search_path = upstream, public, pg_temp as $$
  select a.provider_id,
    exists (select from upstream.asked k where k.provider_id = a.provider_id and k.subject_hash = a.subject_hash and k.day = db.today()),
    exists (select from upstream.link l where l.provider_id = a.provider_id and l.subject_hash = a.subject_hash)
  from upstream.arrival a join upstream.provider p on p.id = a.provider_id
  where a.browser_hash = browser and a.expires_at > now() and p.enabled
$$;

-- As before; from the sixth time on a day nothing comes of it either.
create or replace function upstream.ask(wanted uuid, browser bytea, number_said text, note bytea, from_ip text) returns table (
  person_id uuid, account_id uuid, provider_id uuid, org_path text
) language sql security definer set search_path = upstream, public, pg_temp as $$
  with came as (
    select a.* from upstream.arrival a join upstream.provider p on p.id = a.provider_id
    where a.browser_hash = browser and a.expires_at > now() and p.enabled
      and not exists (select from upstream.link l where l.provider_id = a.provider_id and l.subject_hash = a.subject_hash)
  ), counted as (
    insert into upstream.asked as k (provider_id, subject_hash) select came.provider_id, came.subject_hash from came
    on conflict on constraint asked_pkey do update set times = k.times + 1 returning k.times
  ), meant as (
    select n.id as person_id, c.id as account_id, c.org_path from directory.person n join access.account c on c.person_id = n.id
      join came on true join upstream.provider p on p.id = came.provider_id join counted on counted.times <= 5
    where n.number in (number_said, upper(number_said)) and c.disabled_at is null and c.org_path <@ p.org_path
      and not exists (select from upstream.link l where l.provider_id = came.provider_id and l.account_id = c.id)
      and (select count(*) from upstream.request r where r.person_id = n.id and r.state = 'waiting') < 5
    limit 1
  ), made as (
    insert into upstream.request (person_id, id, account_id, provider_id, subject_hash, subject_cipher, label_cipher, note_cipher, ip)
    select meant.person_id, wanted, meant.account_id, came.provider_id, came.subject_hash, came.subject_cipher, came.label_cipher, note, from_ip
    from came, meant on conflict (provider_id, subject_hash) where state = 'waiting' do nothing
    returning request.person_id, request.account_id, request.provider_id
  )
  select made.person_id, made.account_id, made.provider_id, meant.org_path::text from made join meant using (person_id)
$$;

create or replace function upstream.sweep() returns void language sql security definer set search_path = upstream, public, pg_temp as $$
  delete from upstream.attempt a where a.expires_at <= now();
  delete from upstream.arrival a where a.expires_at <= now();
  delete from upstream.asked k where k.day < db.today();
  update upstream.request r set state = 'lapsed' where r.state = 'waiting' and r.asked_at < db.now() - interval '60 days';
  delete from upstream.request r where r.state <> 'waiting' and r.asked_at < db.now() - interval '2 years';
$$;

-- The way in is closed: who came by it is out, but for whoever closes it, and who is on it comes nowhere.
create function upstream.end_ways(provider uuid, keep uuid) returns void
language sql security definer set search_path = upstream, public, pg_temp as $$
  delete from access.session s where s.via ->> 'id' = provider::text and s.id is distinct from keep
    and (select db.permission()) = 'upstream.provider.write';
  delete from upstream.attempt a where a.provider_id = provider and (select db.permission()) = 'upstream.provider.write';
  delete from upstream.arrival a where a.provider_id = provider and (select db.permission()) = 'upstream.provider.write';
$$;

-- An office made the link, and the account runs, guards or checks the system by now: such accounts link themselves.
create function upstream.office_made(account uuid, wanted uuid) returns boolean
language sql stable security definer set search_path = upstream, public, pg_temp as $$
  select exists (select from upstream.link l where l.account_id = account and l.id = wanted and l.how = 'office')
$$;

-- An initial password is given, or lost factors are forgotten: whoever had the old ones may have linked, and that opens nothing any more.
create function upstream.forget_links() returns trigger language plpgsql security definer set search_path = upstream, public, pg_temp as $$
declare
  account uuid := case tg_argv[0] when 'account' then to_jsonb(new) ->> 'id' else to_jsonb(new) ->> 'account_id' end;
begin
  delete from access.session s using upstream.link l
    where l.account_id = account and s.account_id = account and s.via ->> 'id' = l.provider_id::text;
  delete from upstream.link l where l.account_id = account;
  return null;
end $$;
create trigger links_end after update of password_hash on access.account for each row
  when (new.must_change and new.password_hash is not null and new.password_hash is distinct from old.password_hash)
  execute function upstream.forget_links('account');
create trigger links_end after update of used_at on access.recovery_code for each row
  when (old.used_at is null and new.used_at is not null and new.recovery_id is not null)
  execute function upstream.forget_links('code');

revoke execute on function upstream.end_ways(uuid, uuid), upstream.office_made(uuid, uuid), upstream.forget_links() from public;
grant execute on function upstream.end_ways(uuid, uuid), upstream.office_made(uuid, uuid) to qiangshi_app;
