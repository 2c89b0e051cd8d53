-- Everybody in the asker's scope, below `within` where it is given, asked once by the owner: for sums over all of them. Policies hide from
-- the planner how many people a scope has, and it would go through them one by one.
create function directory.seen(within ltree default null) returns table (person_id uuid, org_id uuid)
language plpgsql stable security definer rows 5000 set search_path = directory, public, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  wanted ltree[] := db.scope();
  own uuid := db.self();
begin
  return query select p.id, p.org_id from directory.person p
    where (p.org_path <@ any (wanted) or p.id = own) and (within is null or p.org_path <@ within);
end $$;
revoke execute on function directory.seen(ltree) from public;
grant execute on function directory.seen(ltree) to qiangshi_app;
