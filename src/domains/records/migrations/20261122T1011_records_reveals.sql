-- When an account was shown identity numbers in full: only for keeping the pace. Who saw whose and why is in the audit trail.
create table records.reveal (
  account_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  primary key (account_id, id)
);
alter table records.reveal enable row level security;
alter table records.reveal force row level security;
create policy owner on records.reveal to current_user using (true) with check (true);
create policy own on records.reveal to qiangshi_app using (account_id = (select db.account())) with check (account_id = (select db.account()));
grant select, insert, delete on records.reveal to qiangshi_app;
