-- Two entries with one telephone number may be one person: a blind index of the number, made from the sealed text and forgotten with it.
alter table records.contact add column phone_hash bytea;
create index on records.contact (phone_hash) where phone_hash is not null;
-- Numbers whose mark has yet to be made.
create index on records.contact (person_id, id) where phone_cipher is not null and phone_hash is null;
select cipher.guard_blind('records.contact', 'phone_hash');

create function records.forget_phone_mark() returns trigger language plpgsql as $$
begin
  new.phone_hash := null;
  return new;
end $$;
create trigger forget_phone_mark before update of phone_cipher on records.contact for each row
  when (old.phone_cipher is distinct from new.phone_cipher and old.phone_hash is not distinct from new.phone_hash)
  execute function records.forget_phone_mark();

-- A mark is no fact about a person: neither the history nor the version of the row knows it.
select db.keep_history('records.contact', null, array['org_path', 'version', 'phone_cipher', 'mail_cipher', 'address_cipher', 'emergency_cipher', 'phone_hash']);
drop trigger next_version on records.contact;
create trigger next_version before update on records.contact for each row
  when ((to_jsonb(old) - 'phone_hash') is distinct from (to_jsonb(new) - 'phone_hash'))
  execute function records.next_version();
