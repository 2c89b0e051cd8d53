-- Of these logins those that are somebody's, in scope or not, each with the next free one made from it: t0012-2, t0012-3.
create function access.taken_logins(wanted text[]) returns table (login text, free text)
language sql stable security definer set search_path = access, public, pg_temp as $$
  select a.login, (
    select a.login || '-' || n from generate_series(2, 1000) n
    where not exists (select from access.account b where b.login = a.login || '-' || n)
      and not a.login || '-' || n = any (wanted) order by n limit 1)
  from access.account a where a.login = any (wanted)
$$;
revoke execute on function access.taken_logins(text[]) from public;
grant execute on function access.taken_logins(text[]) to qiangshi_app;
