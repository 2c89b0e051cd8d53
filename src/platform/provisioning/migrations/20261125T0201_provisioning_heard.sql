-- What the directory and the accounts say is heard where it is written, whichever way it is: nothing that is committed goes unheard.

create function provisioning.hear_people() returns trigger language plpgsql security definer set search_path = provisioning, public, pg_temp as $$
begin
  if not provisioning.watched() then return null; end if;
  perform provisioning.touch(array(select n.id from added n) || array(select distinct n.org_id from added n));
  insert into provisioning.event (type, key, paths, data)
    select 'person.joined', n.id, array[n.org_path], jsonb_build_object('to', n.org_id) from added n;
  return null;
end $$;
create trigger heard_added after insert on directory.person referencing new table as added for each statement execute function provisioning.hear_people();

create function provisioning.hear_person() returns trigger language plpgsql security definer set search_path = provisioning, public, pg_temp as $$
begin
  if not provisioning.watched() then return null; end if;
  perform provisioning.touch(array[new.id, old.org_id, new.org_id]);
  if old.merged_into is null and new.merged_into is not null then
    perform provisioning.tell('person.left', new.id, array[old.org_path], jsonb_build_object('from', old.org_id, 'on', db.today()));
  elsif old.merged_into is not null and new.merged_into is null then
    perform provisioning.tell('person.joined', new.id, array[new.org_path], jsonb_build_object('to', new.org_id));
  elsif old.org_id <> new.org_id then
    perform provisioning.tell('person.moved', new.id, array[old.org_path, new.org_path], jsonb_build_object('from', old.org_id, 'to', new.org_id, 'on', db.today()));
  else
    perform provisioning.tell('person.changed', new.id, null);
  end if;
  return null;
end $$;
create trigger heard_changed after update on directory.person for each row
  when (old.name is distinct from new.name or old.number is distinct from new.number or old.org_id is distinct from new.org_id
    or old.merged_into is distinct from new.merged_into) execute function provisioning.hear_person();

-- Whether somebody leaves or goes elsewhere is known when the transaction is over: `employment.ended` becomes `person.left` where no other begins.
create function provisioning.hear_employment() returns trigger language plpgsql security definer set search_path = provisioning, public, pg_temp as $$
begin
  if not provisioning.watched() then return null; end if;
  perform provisioning.touch(array[coalesce(new.person_id, old.person_id)]);
  if tg_op = 'UPDATE' and new.kind = 'main' and upper_inf(old.during) and not upper_inf(new.during) then
    perform provisioning.tell('employment.ended', new.person_id, array[new.org_path], jsonb_build_object('from', new.org_id, 'on', upper(new.during)));
  else
    perform provisioning.tell('person.changed', coalesce(new.person_id, old.person_id), null);
  end if;
  return null;
end $$;
create trigger heard_changed after update on directory.employment for each row
  when (old.during is distinct from new.during) execute function provisioning.hear_employment();
create trigger heard_removed after delete on directory.employment for each row execute function provisioning.hear_employment();

create function provisioning.hear_employments() returns trigger language plpgsql security definer set search_path = provisioning, public, pg_temp as $$
begin
  if not provisioning.watched() then return null; end if;
  perform provisioning.touch(array(select n.person_id from added n));
  insert into provisioning.event (type, key) select distinct 'person.changed', n.person_id from added n;
  return null;
end $$;
create trigger heard_added after insert on directory.employment referencing new table as added for each statement execute function provisioning.hear_employments();

create function provisioning.hear_organisation() returns trigger language plpgsql security definer set search_path = provisioning, public, pg_temp as $$
begin
  perform provisioning.touch(array[new.id]);
  return null;
end $$;
create trigger heard_changed after insert or update on directory.organisation for each row execute function provisioning.hear_organisation();

create function provisioning.hear_account() returns trigger language plpgsql security definer set search_path = provisioning, public, pg_temp as $$
begin
  if new.kind <> 'person' or not provisioning.watched() then return null; end if;
  perform provisioning.touch(array[coalesce(new.person_id, new.id)]);
  if old.disabled_at is null and new.disabled_at is not null then
    perform provisioning.tell('account.disabled', coalesce(new.person_id, new.id), array[new.org_path]);
  elsif old.disabled_at is not null and new.disabled_at is null then
    perform provisioning.tell('account.enabled', coalesce(new.person_id, new.id), array[new.org_path]);
  else
    perform provisioning.tell('person.changed', coalesce(new.person_id, new.id), null);
  end if;
  return null;
end $$;
create trigger heard_changed after update on access.account for each row
  when (old.name is distinct from new.name or old.locale is distinct from new.locale or old.disabled_at is distinct from new.disabled_at
    or old.ends_on is distinct from new.ends_on or old.person_id is distinct from new.person_id) execute function provisioning.hear_account();

create function provisioning.hear_accounts() returns trigger language plpgsql security definer set search_path = provisioning, public, pg_temp as $$
begin
  if not provisioning.watched() then return null; end if;
  perform provisioning.touch(array(select coalesce(n.person_id, n.id) from added n where n.kind = 'person'));
  insert into provisioning.event (type, key) select 'person.changed', coalesce(n.person_id, n.id) from added n where n.kind = 'person';
  return null;
end $$;
create trigger heard_added after insert on access.account referencing new table as added for each statement execute function provisioning.hear_accounts();

create function provisioning.hear_roles() returns trigger language plpgsql security definer set search_path = provisioning, public, pg_temp as $$
begin
  if not provisioning.watched() then return null; end if;
  perform provisioning.touch(array(select coalesce(a.person_id, a.id) from added n join access.account a on a.id = n.account_id));
  insert into provisioning.event (type, key)
    select distinct 'person.changed', coalesce(a.person_id, a.id) from added n join access.account a on a.id = n.account_id;
  return null;
end $$;
create trigger heard_added after insert on access.assignment referencing new table as added for each statement execute function provisioning.hear_roles();

create function provisioning.hear_role() returns trigger language plpgsql security definer set search_path = provisioning, public, pg_temp as $$
declare
  whose uuid;
begin
  if not provisioning.watched() then return null; end if;
  select coalesce(a.person_id, a.id) into whose from access.account a where a.id = new.account_id;
  perform provisioning.touch(array[whose]);
  perform provisioning.tell('person.changed', whose, null);
  return null;
end $$;
create trigger heard_changed after update on access.assignment for each row when (old.during is distinct from new.during) execute function provisioning.hear_role();

revoke execute on all functions in schema provisioning from public;
grant execute on all functions in schema provisioning to qiangshi_app;
