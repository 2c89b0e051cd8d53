-- What is told also goes out by e-mail, to whom wants it: where to, how often, what is still to be put into a letter, and the letters that wait.
create table inbox.notices (
  account_id uuid primary key references access.account (id) on delete cascade,
  -- A verified address, sealed to the account; nothing is sent anywhere else.
  address_cipher bytea,
  address_masked text,
  verified_at timestamptz,
  -- A mail server said for good that nobody is there.
  refused_at timestamptz,
  frequency text not null default 'daily' check (frequency in ('never', 'at_once', 'daily', 'weekly')),
  -- Wall clock in China.
  send_at text not null default '07:30' check (send_at ~ '^([01]\d|2[0-3]):[0-5]\d$'),
  weekday int not null default 1 check (weekday between 1 and 7),
  quiet_from text check (quiet_from ~ '^([01]\d|2[0-3]):[0-5]\d$'),
  quiet_until text check (quiet_until ~ '^([01]\d|2[0-3]):[0-5]\d$'),
  -- By the product's clock: not before then.
  next_at timestamptz,
  check ((quiet_from is null) = (quiet_until is null)),
  check ((address_cipher is null) = (address_masked is null) and (verified_at is null) = (address_cipher is null))
);
create index on inbox.notices (next_at) where address_cipher is not null and refused_at is null and frequency <> 'never';

-- An address that somebody says is theirs, until the code that was sent there comes back. Codes run on real time.
create table inbox.address_claim (
  account_id uuid primary key references access.account (id) on delete cascade,
  address_cipher bytea not null,
  address_masked text not null,
  code_hash bytea not null,
  expires_at timestamptz not null,
  failures int not null default 0,
  -- Codes sent since then: nobody floods somebody else's box.
  sent int not null default 1,
  since timestamptz not null default now()
);

-- Told, and not yet in a letter to this account.
create table inbox.to_mail (
  account_id uuid not null references inbox.notices (account_id) on delete cascade,
  recipient_id uuid not null,
  item_id uuid not null,
  primary key (account_id, recipient_id, item_id),
  foreign key (recipient_id, item_id) references inbox.item (recipient_id, id) on delete cascade
);
create index on inbox.to_mail (recipient_id, item_id);

-- Letters: written once, tried until they are taken. Tries run on real time.
create table inbox.mail (
  account_id uuid not null references access.account (id) on delete cascade,
  id uuid not null,
  kind text not null check (kind in ('code', 'digest', 'changed')),
  -- {to, subject, text, html, headers}, sealed to the letter; gone once it is sent or given up.
  envelope_cipher bytea,
  made_at timestamptz not null default db.now(),
  due_at timestamptz not null default now(),
  attempts int not null default 0,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed')),
  -- What the mail server answered: its code, nothing of its words.
  error text,
  ended_at timestamptz,
  primary key (account_id, id),
  check ((state = 'waiting') = (envelope_cipher is not null))
);
create index on inbox.mail (due_at) where state = 'waiting';

-- A calendar that other programs read: whoever has the secret. Only its hash is kept.
create table inbox.feed (
  account_id uuid primary key references access.account (id) on delete cascade,
  secret_hash bytea not null unique,
  made_at timestamptz not null default db.now(),
  read_at timestamptz
);

do $$
declare
  t text;
begin
  foreach t in array array['notices', 'address_claim', 'to_mail', 'mail', 'feed'] loop
    execute format('alter table inbox.%I enable row level security', t);
    execute format('alter table inbox.%I force row level security', t);
    execute format('create policy owner on inbox.%I to current_user using (true) with check (true)', t);
    execute format('create policy seen on inbox.%I to qiangshi_app using (account_id = (select db.account())) with check (account_id = (select db.account()))', t);
  end loop;
end $$;
grant select, insert, update on inbox.notices to qiangshi_app;
grant select, insert, update, delete on inbox.address_claim, inbox.feed to qiangshi_app;
grant select, insert on inbox.mail to qiangshi_app;

-- Whoever wants no letters any more, or has no address, is owed none.
create function inbox.owe_nothing() returns trigger language plpgsql security definer set search_path = inbox, public, pg_temp as $$
begin
  delete from inbox.to_mail q where q.account_id = new.account_id;
  return null;
end $$;
create trigger owed after update on inbox.notices for each row
  when (new.frequency = 'never' or new.address_cipher is null) execute function inbox.owe_nothing();

-- One tap settles it: the procedure that does, its input and its label. `act` is null where somebody has to look first.
alter table inbox.item add column act jsonb;

create or replace function inbox.tell(rows jsonb) returns int language plpgsql security definer set search_path = inbox, public, pg_temp as $$
declare
  told int;
begin
  with fresh as (
    insert into inbox.item (recipient_id, id, addressed_to, role, org_path, kind, code, data, link, due, key, act)
      select r.recipient_id, r.id, r.addressed_to, r.role, o.path, r.kind, r.code, coalesce(r.data, '{}'), r.link, r.due, r.key, r.act
      from jsonb_to_recordset(rows) as r(recipient_id uuid, id uuid, addressed_to text, role text, kind text, code text, data jsonb,
        link text, due date, key text, act jsonb)
      left join directory.organisation o on r.addressed_to = 'role' and o.id = r.recipient_id
      on conflict (recipient_id, addressed_to, coalesce(role, ''), key) do nothing
      returning recipient_id, id, addressed_to, role
  ), wanted as (
    select n.account_id, a.person_id from inbox.notices n join access.account a on a.id = n.account_id
    where n.address_cipher is not null and n.refused_at is null and n.frequency <> 'never'
  ), owed as (
    insert into inbox.to_mail (account_id, recipient_id, item_id)
      select w.account_id, f.recipient_id, f.id from fresh f join wanted w on w.account_id = f.recipient_id where f.addressed_to = 'account'
      union
      select w.account_id, f.recipient_id, f.id from fresh f join wanted w on w.person_id = f.recipient_id where f.addressed_to = 'person'
      union
      select w.account_id, f.recipient_id, f.id from fresh f
        join access.assignment s on s.org_id = f.recipient_id and s.role = f.role and s.during @> db.today()
        join wanted w on w.account_id = s.account_id where f.addressed_to = 'role'
  )
  select count(*) into told from fresh;
  return told;
end $$;

-- Accounts whose next letter is due, each taken by one sender at a time.
create function inbox.letters_due(most int) returns table (
  account_id uuid, address_cipher bytea, locale text, frequency text, send_at text, weekday int, quiet_from text, quiet_until text
) language sql security definer set search_path = inbox, public, pg_temp as $$
  select n.account_id, n.address_cipher, a.locale, n.frequency, n.send_at, n.weekday, n.quiet_from, n.quiet_until
  from inbox.notices n join access.account a on a.id = n.account_id and a.disabled_at is null
  where n.address_cipher is not null and n.refused_at is null and n.frequency <> 'never' and coalesce(n.next_at, '-infinity') <= db.now()
    and (n.frequency <> 'at_once' or exists (select from inbox.to_mail q where q.account_id = n.account_id))
  order by n.next_at nulls first limit most for update of n skip locked
$$;

-- What these accounts are owed: what is new and still open, and for those who get one letter a day or a week what falls due until the next.
-- What was answered or read meanwhile, and what is for a role no longer held, is owed no more.
create function inbox.take_owed(accounts uuid[]) returns table (
  account_id uuid, fresh boolean, kind text, code text, data jsonb, link text, due date, role text, org_name text, org_name_en text, created_at timestamptz
) language sql security definer set search_path = inbox, public, pg_temp as $$
  with taken as (
    delete from inbox.to_mail q where q.account_id = any (accounts) returning q.account_id, q.recipient_id, q.item_id
  ), of_role as (
    select s.account_id, s.role, s.org_id from access.assignment s where s.account_id = any (accounts) and s.during @> db.today()
  ), mine as (
    select n.account_id, n.frequency, a.person_id from inbox.notices n join access.account a on a.id = n.account_id where n.account_id = any (accounts)
  ), soon as (
    select i.recipient_id, i.id, m.account_id from mine m join inbox.item i on i.addressed_to = 'account' and i.recipient_id = m.account_id
      or i.addressed_to = 'person' and i.recipient_id = m.person_id
    where i.due between db.today() and db.today() + case m.frequency when 'daily' then 1 when 'weekly' then 6 end and i.kind = 'todo' and i.done_at is null
    union
    select i.recipient_id, i.id, m.account_id from mine m join of_role r on r.account_id = m.account_id
      join inbox.item i on i.addressed_to = 'role' and i.recipient_id = r.org_id and i.role = r.role
    where i.due between db.today() and db.today() + case m.frequency when 'daily' then 1 when 'weekly' then 6 end and i.kind = 'todo' and i.done_at is null
  ), listed as (
    select account_id, recipient_id, item_id, true as fresh from taken
    union all
    select s.account_id, s.recipient_id, s.id, false from soon s
    where not exists (select from taken t where t.account_id = s.account_id and t.recipient_id = s.recipient_id and t.item_id = s.id)
  )
  select l.account_id, l.fresh, i.kind, i.code, i.data, i.link, i.due, i.role, o.short_name, o.name_en, i.created_at
  from listed l join inbox.item i on i.recipient_id = l.recipient_id and i.id = l.item_id
  left join directory.organisation o on i.addressed_to = 'role' and o.id = i.recipient_id
  where case i.kind when 'todo' then i.done_at is null else i.read_at is null end
    and (i.addressed_to <> 'role' or exists (select from of_role r where r.account_id = l.account_id and r.role = i.role and r.org_id = i.recipient_id))
  order by l.account_id, i.kind desc, i.due nulls last, i.id
$$;

-- Letters into the outbox, and when the next one is due to each account: [{account, next, id?, envelope?}], envelope in hexadecimal.
create function inbox.post(rows jsonb) returns int language plpgsql security definer set search_path = inbox, public, pg_temp as $$
declare
  posted int;
begin
  update inbox.notices n set next_at = r.next from jsonb_to_recordset(rows) as r(account uuid, next timestamptz) where n.account_id = r.account;
  insert into inbox.mail (account_id, id, kind, envelope_cipher)
    select r.account, r.id, 'digest', decode(r.envelope, 'hex') from jsonb_to_recordset(rows) as r(account uuid, id uuid, envelope text) where r.id is not null;
  get diagnostics posted = row_count;
  return posted;
end $$;

-- Takes letters that are due; whoever took one and died leaves it to be taken again after a while.
create function inbox.claim_mail(most int) returns table (account_id uuid, id uuid, envelope_cipher bytea, attempts int)
language sql security definer set search_path = inbox, public, pg_temp as $$
  update inbox.mail m set attempts = m.attempts + 1, due_at = now() + interval '5 minutes'
  where (m.account_id, m.id) in (select w.account_id, w.id from inbox.mail w where w.state = 'waiting' and w.due_at <= now()
    order by w.due_at limit most for update skip locked)
  returning m.account_id, m.id, m.envelope_cipher, m.attempts
$$;

-- How it went: taken, given up, or to be tried again in so many minutes. An address where nobody is gets nothing any more.
create function inbox.mail_ended(account uuid, letter uuid, outcome text, answer text, again_in int, nobody_there boolean) returns void
language sql security definer set search_path = inbox, public, pg_temp as $$
  update inbox.mail m set state = outcome, error = answer,
    envelope_cipher = case when outcome = 'waiting' then m.envelope_cipher end,
    due_at = case when outcome = 'waiting' then now() + make_interval(mins => again_in) else m.due_at end,
    ended_at = case when outcome = 'waiting' then null else db.now() end
  where m.account_id = account and m.id = letter and m.state = 'waiting';
  update inbox.notices n set refused_at = db.now() where nobody_there and n.account_id = account and n.address_cipher is not null
    and exists (select from inbox.mail m where m.account_id = account and m.id = letter and m.kind = 'digest');
$$;

-- Without signing in: whoever holds the letter may end the letters. Returns the language of the account, null where it has none to end.
create function inbox.unsubscribe(account uuid) returns text language sql security definer set search_path = inbox, public, pg_temp as $$
  with ended as (update inbox.notices n set frequency = 'never' where n.account_id = account returning n.account_id)
  select a.locale from ended e join access.account a on a.id = e.account_id
$$;

-- What is over is not kept: letters a quarter after they ended, claims a day after their code.
create function inbox.tidy() returns void language sql security definer set search_path = inbox, public, pg_temp as $$
  delete from inbox.mail m where m.state <> 'waiting' and m.ended_at < db.now() - interval '90 days';
  delete from inbox.address_claim c where c.expires_at < now() - interval '1 day';
$$;

create function inbox.feed_account(hash bytea) returns uuid language sql security definer set search_path = inbox, public, pg_temp as $$
  update inbox.feed f set read_at = db.now() where f.secret_hash = hash returning f.account_id
$$;

revoke execute on function inbox.owe_nothing(), inbox.letters_due(int), inbox.take_owed(uuid[]), inbox.post(jsonb), inbox.claim_mail(int),
  inbox.mail_ended(uuid, uuid, text, text, int, boolean), inbox.unsubscribe(uuid), inbox.feed_account(bytea), inbox.tidy() from public;
grant execute on function inbox.letters_due(int), inbox.take_owed(uuid[]), inbox.post(jsonb), inbox.claim_mail(int),
  inbox.mail_ended(uuid, uuid, text, text, int, boolean), inbox.unsubscribe(uuid), inbox.feed_account(bytea), inbox.tidy() to qiangshi_app;
