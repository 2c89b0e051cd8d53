-- A document that does not hold any more stays in the register with the day and the reason, as a code that the public page has words for.
grant update (revoked_at, revoked_reason) on documents.document to qiangshi_app;

-- Revoked is for ever: nobody makes a revoked document valid again, and nobody changes when or why.
create function documents.stays_revoked() returns trigger language plpgsql as $$
begin
  if old.revoked_at is not null then
    raise exception 'documents.document % is revoked already', old.id using errcode = '2F002';
  end if;
  return new;
end $$;
create trigger stays_revoked before update of revoked_at, revoked_reason on documents.document
  for each row execute function documents.stays_revoked();
