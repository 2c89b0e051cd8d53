-- Platforms that keep what was shown to them hear that a credential does not hold any more.
create function credentials.hear_revoked() returns trigger language plpgsql security definer set search_path = credentials, public, pg_temp as $$
begin
  perform provisioning.tell('credential.revoked', new.person_id, null, jsonb_build_object('credential', new.id, 'list', new.list, 'place', new.place));
  return null;
end $$;
create trigger heard after update on credentials.credential for each row
  when (old.revoked_at is null and new.revoked_at is not null) execute function credentials.hear_revoked();
revoke execute on function credentials.hear_revoked() from public;
