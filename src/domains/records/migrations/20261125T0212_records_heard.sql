-- What somebody teaches is told to platforms: that it changed is noted where it is written.
create function records.hear_teachings() returns trigger language plpgsql security definer set search_path = records, public, pg_temp as $$
begin
  if not provisioning.watched() then return null; end if;
  perform provisioning.touch(array(select distinct n.person_id from added n));
  perform provisioning.tell('person.changed', t.person_id, null) from (select distinct n.person_id from added n) t;
  return null;
end $$;
create trigger heard_added after insert on records.teaching referencing new table as added for each statement execute function records.hear_teachings();

create function records.hear_teaching() returns trigger language plpgsql security definer set search_path = records, public, pg_temp as $$
begin
  if not provisioning.watched() then return null; end if;
  perform provisioning.touch(array[coalesce(new.person_id, old.person_id)]);
  perform provisioning.tell('person.changed', coalesce(new.person_id, old.person_id), null);
  return null;
end $$;
create trigger heard_changed after update on records.teaching for each row
  when (old.stage is distinct from new.stage or old.subject is distinct from new.subject or old.during is distinct from new.during)
  execute function records.hear_teaching();
create trigger heard_removed after delete on records.teaching for each row execute function records.hear_teaching();
revoke execute on function records.hear_teachings(), records.hear_teaching() from public;
