-- What an indicator was when somebody looked: figures that a report quoted stay what they were.
create schema indicators;
grant usage on schema indicators to qiangshi_app;

create table indicators.snapshot (
  org_id uuid not null,
  org_path ltree not null,
  indicator text not null,
  period text not null,
  during daterange not null,
  taken_at timestamptz not null default db.now(),
  numerator numeric,
  denominator numeric,
  value numeric,
  -- Held back because the group was too small: the figures are not kept either.
  suppressed boolean not null default false,
  taken_by uuid,
  primary key (org_id, indicator, period, taken_at),
  foreign key (org_id, org_path) references directory.organisation (id, path) on update cascade,
  check (not suppressed or (numerator is null and denominator is null and value is null))
);

alter table indicators.snapshot enable row level security;
alter table indicators.snapshot force row level security;
create policy owner on indicators.snapshot to current_user using (true) with check (true);
create policy seen on indicators.snapshot to qiangshi_app using (org_path <@ any ((select db.scope())::ltree[]))
  with check (org_path <@ any ((select db.scope())::ltree[]));
grant select, insert on indicators.snapshot to qiangshi_app;
