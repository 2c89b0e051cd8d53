-- Every role that an account has or is about to have, whether the asker sees it or not: nobody acts on an account that stands above them.
create function access.standing(wanted uuid) returns table (role text, org_path text)
language sql stable security definer set search_path = access, public, pg_temp as $$
  select s.role, s.org_path::text from access.assignment s
  where s.account_id = wanted and not isempty(s.during) and not s.during << daterange(db.today(), null)
$$;

-- Offices of an account over organisations where the one who acts has neither the same office nor an administrator's.
create function access.office_above(wanted uuid) returns boolean
language sql stable security definer set search_path = access, public, pg_temp as $$
  select db.account() is not null and exists (
    select from access.standing(wanted) t where t.role <> 'teacher' and not exists (
      select from access.assignment own where own.account_id = db.account() and own.during @> db.today()
        and own.role in (t.role, 'administrator') and own.org_path @> t.org_path::ltree))
$$;

revoke execute on function access.standing(uuid), access.office_above(uuid) from public;
grant execute on function access.standing(uuid), access.office_above(uuid) to qiangshi_app;
