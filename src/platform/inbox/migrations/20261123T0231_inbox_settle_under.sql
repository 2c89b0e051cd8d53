-- Settles everything that is told under a beginning of keys, for one recipient: what comes again later has a key of its own and is told again.
create function inbox.settle_under(start text, whose uuid) returns int language plpgsql security definer set search_path = inbox, public, pg_temp as $$
declare
  settled int;
begin
  update inbox.item i set done_at = db.now(), read_at = coalesce(i.read_at, db.now())
    where i.recipient_id = whose and i.done_at is null and starts_with(i.key, start);
  get diagnostics settled = row_count;
  return settled;
end $$;
revoke execute on function inbox.settle_under(text, uuid) from public;
grant execute on function inbox.settle_under(text, uuid) to qiangshi_app;
