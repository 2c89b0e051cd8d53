-- To-dos and messages: to an account, to a person, or to whoever holds a role at an organisation.
create schema inbox;
grant usage on schema inbox to qiangshi_app;

create table inbox.item (
  -- The account, the person or the organisation it is for: everything of one recipient lies together.
  recipient_id uuid not null,
  id uuid not null,
  addressed_to text not null check (addressed_to in ('account', 'person', 'role')),
  role text,
  org_path ltree,
  kind text not null check (kind in ('todo', 'message')),
  -- The key of the words in the catalogs of the module that sent it, and what fills them.
  code text not null,
  data jsonb not null default '{}',
  link text,
  due date,
  -- What it is about: the same recipient is told the same thing once.
  key text not null,
  created_at timestamptz not null default db.now(),
  read_at timestamptz,
  done_at timestamptz,
  primary key (recipient_id, id),
  foreign key (recipient_id, org_path) references directory.organisation (id, path) on update cascade,
  check ((addressed_to = 'role') = (role is not null) and (role is null) = (org_path is null))
);
create unique index told_once on inbox.item (recipient_id, addressed_to, coalesce(role, ''), key);
create index on inbox.item (recipient_id, created_at desc, id desc);
create index on inbox.item (key) where done_at is null;

-- One’s own, whatever the permission reaches; and what is for a role at an organisation in scope.
alter table inbox.item enable row level security;
alter table inbox.item force row level security;
create policy owner on inbox.item to current_user using (true) with check (true);
create policy seen on inbox.item to qiangshi_app using (
  (addressed_to = 'account' and recipient_id = (select db.account()))
  or (addressed_to = 'person' and recipient_id = (select db.actor_person()))
  or (addressed_to = 'role' and org_path <@ any ((select db.scope())::ltree[]))
);
grant select, update (read_at) on inbox.item to qiangshi_app;

-- A school tells the commission and the commission tells teachers: writing reaches further than the writer sees.
-- What was told already is left as it is. Returns how many are new.
create function inbox.tell(rows jsonb) returns int language plpgsql security definer set search_path = inbox, public, pg_temp as $$
declare
  told int;
begin
  insert into inbox.item (recipient_id, id, addressed_to, role, org_path, kind, code, data, link, due, key)
    select r.recipient_id, r.id, r.addressed_to, r.role, o.path, r.kind, r.code, coalesce(r.data, '{}'), r.link, r.due, r.key
    from jsonb_to_recordset(rows) as r(recipient_id uuid, id uuid, addressed_to text, role text, kind text, code text, data jsonb,
      link text, due date, key text)
    left join directory.organisation o on r.addressed_to = 'role' and o.id = r.recipient_id
    on conflict (recipient_id, addressed_to, coalesce(role, ''), key) do nothing;
  get diagnostics told = row_count;
  return told;
end $$;

-- What an item was about is settled: for one recipient, or for all. Returns how many were open.
create function inbox.settle(about text, whose uuid) returns int language plpgsql security definer set search_path = inbox, public, pg_temp as $$
declare
  settled int;
begin
  update inbox.item i set done_at = db.now(), read_at = coalesce(i.read_at, db.now())
    where i.key = about and i.done_at is null and (whose is null or i.recipient_id = whose);
  get diagnostics settled = row_count;
  return settled;
end $$;
revoke execute on function inbox.tell(jsonb), inbox.settle(text, uuid) from public;
grant execute on function inbox.tell(jsonb), inbox.settle(text, uuid) to qiangshi_app;
