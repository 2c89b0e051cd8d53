-- What people can carry away and anybody can check: keys that sign, credentials that were issued, lists that tell which do not hold any more.
create schema credentials;
grant usage on schema credentials to qiangshi_app;

-- The private part is sealed under the installation's master key. The newest that is not lost signs; all that are not lost stay published for ever.
create table credentials.signing_key (
  kid text primary key,
  alg text not null,
  public jsonb not null,
  sealed bytea not null,
  made_at timestamptz not null,
  lost_at timestamptz
);
grant select, insert, update (lost_at) on credentials.signing_key to qiangshi_app;

-- Lists of so many places each; a place says nothing about whose it is.
create table credentials.status_list (
  id int primary key,
  taken int not null default 0 check (taken <= 131072)
);
grant select, insert, update on credentials.status_list to qiangshi_app;

create table credentials.credential (
  person_id uuid not null references directory.person (id),
  id uuid not null,
  -- Which module's item it says: `records.title`, and the item's own id.
  source text not null,
  subject_id uuid not null,
  -- What the item said when it was signed; `mark` is what must stay the same for the credential to hold.
  said jsonb not null,
  mark text not null,
  name text not null,
  with_number boolean not null,
  kid text not null references credentials.signing_key (kid),
  list int not null references credentials.status_list (id),
  place int not null,
  jwt text not null,
  issued_at timestamptz not null default db.now(),
  revoked_at timestamptz,
  reason text,
  primary key (person_id, id),
  check ((revoked_at is null) = (reason is null))
);
create unique index credential_once on credentials.credential (person_id, source, subject_id) where revoked_at is null;
create index on credentials.credential (list) where revoked_at is not null;
alter table credentials.credential enable row level security;
alter table credentials.credential force row level security;
create policy owner on credentials.credential to current_user using (true) with check (true);
create policy seen on credentials.credential to qiangshi_app using (exists (select from directory.person p where p.id = person_id))
  with check (exists (select from directory.person p where p.id = person_id));
grant select, insert, update (revoked_at, reason) on credentials.credential to qiangshi_app;

-- Revoked is for ever.
create function credentials.stays_revoked() returns trigger language plpgsql as $$
begin
  if old.revoked_at is not null then raise exception 'credentials.credential % is revoked already', old.id using errcode = '2F002'; end if;
  return new;
end $$;
create trigger stays_revoked before update of revoked_at, reason on credentials.credential for each row execute function credentials.stays_revoked();

-- The public question: which places of a list are revoked. Numbers, never whose.
create function credentials.revoked_places(wanted int) returns int[]
language sql stable security definer set search_path = credentials, public, pg_temp as $$
  select coalesce(array_agg(c.place order by c.place), '{}') from credentials.credential c where c.list = wanted and c.revoked_at is not null
$$;
revoke execute on all functions in schema credentials from public;
grant execute on function credentials.revoked_places(int) to qiangshi_app;

-- A key that was lost takes everything with it that it signed, wherever that is. Only a lost key.
create function credentials.revoke_signed_by(wanted text) returns int
language sql security definer set search_path = credentials, public, pg_temp as $$
  with gone as (update credentials.credential c set revoked_at = db.now(), reason = 'key' from credentials.signing_key k
    where k.kid = wanted and k.lost_at is not null and c.kid = k.kid and c.revoked_at is null returning 1)
  select count(*)::int from gone
$$;
revoke execute on function credentials.revoke_signed_by(text) from public;
grant execute on function credentials.revoke_signed_by(text) to qiangshi_app;
