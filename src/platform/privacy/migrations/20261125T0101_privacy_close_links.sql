-- With an account end its links to other providers, and what was asked about them.
create or replace function privacy.close_account(wanted uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if (select db.permission()) is distinct from 'privacy.request.answer'
    or not exists (select from privacy.request r where r.account_id = wanted and r.kind = 'close' and r.state = 'granted' and r.org_path <@ any (db.scope()))
    then raise exception 'not permitted' using errcode = '42501'; end if;
  update access.account a set disabled_at = coalesce(a.disabled_at, db.now()) where a.id = wanted;
  delete from access.session s where s.account_id = wanted;
  delete from access.totp t where t.account_id = wanted;
  delete from access.passkey t where t.account_id = wanted;
  delete from access.recovery_code t where t.account_id = wanted;
  delete from access.device t where t.account_id = wanted;
  delete from upstream.link t where t.account_id = wanted;
  delete from upstream.request t where t.account_id = wanted;
  update sso.consent c set withdrawn_at = db.now() where c.account_id = wanted and c.withdrawn_at is null;
  delete from inbox.feed t where t.account_id = wanted;
  delete from inbox.address_claim t where t.account_id = wanted;
  delete from inbox.notices t where t.account_id = wanted;
  update privacy.export e set content_cipher = null, expires_at = db.now() where e.account_id = wanted;
end $$;
