-- The ledger only grows: what was known at an instant is what had been entered by then, counter-entries among it.
create function ledger.entry_known(at timestamptz) returns setof ledger.entry language sql stable as $$
  select e.* from ledger.entry e where e.recorded_at <= at
$$;
