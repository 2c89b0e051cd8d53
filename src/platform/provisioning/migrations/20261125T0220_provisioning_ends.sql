-- What a holder ended it may open again, as long as nobody else opened or closed the account since.
create function provisioning.forget_ended() returns trigger language plpgsql security definer set search_path = provisioning, public, pg_temp as $$
begin
  delete from provisioning.ended e where e.account_id = new.id;
  return null;
end $$;
create trigger ended_no_more after update of disabled_at on access.account for each row
  when (old.disabled_at is distinct from new.disabled_at) execute function provisioning.forget_ended();
-- Before this was watched: only what has stood since it was ended.
delete from provisioning.ended e using access.account a
  where a.id = e.account_id and (a.disabled_at is null or a.disabled_at > e.at + interval '1 second');

-- Whether somebody's own wish to have the account closed was granted: an account that was ended before keeps its instant then.
create function provisioning.closed_for_good(wanted uuid) returns boolean
language sql stable security definer set search_path = provisioning, public, pg_temp as $$
  select exists (select from privacy.request r join access.account a on a.id = r.account_id
    where r.account_id = wanted and r.kind = 'close' and r.state = 'granted' and provisioning.holder() is not null and a.org_path <@ any (db.scope()))
$$;
revoke execute on function provisioning.forget_ended(), provisioning.closed_for_good(uuid) from public;
grant execute on function provisioning.closed_for_good(uuid) to qiangshi_app;
