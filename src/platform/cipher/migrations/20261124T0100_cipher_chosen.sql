-- Under which suite and version of the key new texts are sealed, and blind indexes are made.
create schema cipher;
grant usage on schema cipher to qiangshi_app;

create table cipher.chosen (
  what text primary key check (what in ('seal', 'blind')),
  suite text not null check (suite in ('aes', 'sm4')),
  version int not null check (version between 1 and 65535),
  since timestamptz not null default now()
);
insert into cipher.chosen (what, suite, version) values ('seal', 'aes', 1), ('blind', 'aes', 1);
grant select on cipher.chosen to qiangshi_app;

-- The head that a hash of a blind index must have now; those under the first choice have none and are 32 bytes long.
create function cipher.blind_head() returns bytea language sql stable security definer set search_path = cipher, public, pg_temp as $$
  select case when c.suite = 'aes' and c.version = 1 then null
    else decode('02' || case c.suite when 'aes' then '01' else '02' end || lpad(to_hex(c.version), 4, '0'), 'hex') end
  from cipher.chosen c where c.what = 'blind'
$$;

/*
 * Lets no hash into a column that was made under another choice than the present one: equal texts would not meet. A program that has not
 * heard of a switch yet is refused until it has.
 */
create function cipher.guard_blind(kept regclass, hash name) returns void language plpgsql as $guard$
declare
  named text; made text;
begin
  select c.relname into named from pg_class c where c.oid = kept;
  made := format('cipher.%I', 'guard_' || named || '_' || hash);
  execute format($made$
    create function %1$s() returns trigger language plpgsql set search_path = cipher, public, pg_temp as $check$
    declare head bytea := cipher.blind_head();
    begin
      if head is null and octet_length(new.%2$I) <> 32 or substring(new.%2$I from 1 for 4) <> head then
        raise exception 'a hash in %2$s was made under a choice that is over' using errcode = '55000';
      end if;
      return new;
    end $check$ $made$, made, hash);
  execute format('revoke execute on function %s() from public', made);
  execute format('create trigger guard_%s before insert or update of %I on %s for each row when (new.%I is not null) execute function %s()',
    hash, hash, kept, hash, made);
end $guard$;
revoke execute on function cipher.guard_blind(regclass, name) from public;
grant execute on function cipher.blind_head() to qiangshi_app;
