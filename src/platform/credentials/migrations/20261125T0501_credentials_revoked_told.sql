-- Whose credentials a lost key takes along is told to them.
drop function credentials.revoke_signed_by(text);
create function credentials.revoke_signed_by(wanted text) returns table (person_id uuid, said jsonb)
language sql security definer set search_path = credentials, public, pg_temp as $$
  update credentials.credential c set revoked_at = db.now(), reason = 'key' from credentials.signing_key k
    where k.kid = wanted and k.lost_at is not null and c.kid = k.kid and c.revoked_at is null returning c.person_id, c.said
$$;
revoke execute on function credentials.revoke_signed_by(text) from public;
grant execute on function credentials.revoke_signed_by(text) to qiangshi_app;
