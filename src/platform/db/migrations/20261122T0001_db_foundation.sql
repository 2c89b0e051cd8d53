-- What every schema stands on: extensions, the application role, the actor and scope of a transaction, the product's clock.
create extension if not exists ltree;
create extension if not exists btree_gist;
create extension if not exists pg_trgm;
create extension if not exists pgcrypto;

-- The role that requests run under. It owns nothing, so row-level security binds it. Roles belong to the whole server,
-- and several databases (tests) may create it at the same moment.
do $$
begin
  if not exists (select from pg_roles where rolname = 'qiangshi_app') then
    create role qiangshi_app nologin;
  end if;
exception when duplicate_object or unique_violation then null;
end $$;
do $$
begin
  if not pg_has_role(current_user, 'qiangshi_app', 'member') then
    execute format('grant qiangshi_app to %I', current_user);
  end if;
end $$;

create schema db;
grant usage on schema db to qiangshi_app;

-- The product's clock: real time plus an offset that the demonstration and the tests may move.
create table db.clock (
  id boolean primary key default true check (id),
  ahead interval not null default interval '0'
);
insert into db.clock default values;
grant select on db.clock to qiangshi_app;

create function db.now() returns timestamptz language sql stable parallel safe as $$
  select coalesce(nullif(current_setting('qiangshi.now', true), '')::timestamptz, now() + (select c.ahead from db.clock c))
$$;
-- The civil date in China.
create function db.today() returns date language sql stable parallel safe as $$
  select (db.now() at time zone 'Asia/Shanghai')::date
$$;

-- The organisations whose subtrees the running transaction may see, and the person it may see besides. Empty means nothing.
create function db.scope() returns ltree[] language sql stable parallel safe as $$
  select coalesce(string_to_array(nullif(current_setting('qiangshi.scope', true), ''), ',')::ltree[], '{}')
$$;
create function db.self() returns uuid language sql stable parallel safe as $$
  select nullif(current_setting('qiangshi.person', true), '')::uuid
$$;
create function db.account() returns uuid language sql stable parallel safe as $$
  select nullif(current_setting('qiangshi.account', true), '')::uuid
$$;

-- The person who acts, whatever the permission reaches: nobody decides on their own case.
create function db.actor_person() returns uuid language sql stable parallel safe as $$
  select nullif(current_setting('qiangshi.actor_person', true), '')::uuid
$$;

-- Opens a transaction for an actor: one round trip sets who acts, with which permission, how far it reaches, and the time.
create function db.enter(account text, actor_person text, self boolean, scope text, permission text, at text) returns timestamptz
language plpgsql as $$
declare
  moment timestamptz := coalesce(nullif(at, '')::timestamptz, now() + (select c.ahead from db.clock c));
begin
  perform set_config('qiangshi.account', account, true), set_config('qiangshi.actor_person', actor_person, true),
          set_config('qiangshi.person', case when self then actor_person else '' end, true),
          set_config('qiangshi.scope', scope, true), set_config('qiangshi.permission', permission, true),
          set_config('qiangshi.now', moment::text, true);
  return moment;
end $$;
