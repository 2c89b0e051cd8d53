-- A list that is put before the public is announced to platforms that asked for it; the list itself stands where everybody reads it.
create function cases.hear_notice() returns trigger language plpgsql security definer set search_path = cases, public, pg_temp as $$
begin
  perform provisioning.tell('notice.published', null, array[new.org_path],
    jsonb_build_object('notice', new.id, 'code', new.code, 'from', new.from_on, 'until', new.until_on));
  return null;
end $$;
create trigger heard after insert on cases.notice for each row execute function cases.hear_notice();
revoke execute on function cases.hear_notice() from public;
