-- Policy packs as immutable versions: a decision taken under a version can be explained for ever.
create schema policy;
grant usage on schema policy to qiangshi_app;

create table policy.pack_version (
  -- authority@hash of the content
  id text primary key,
  authority text not null,
  name jsonb not null,
  extends text,
  loaded_at timestamptz not null default db.now()
);

-- The version in force for each authority.
create table policy.pack (
  authority text primary key,
  version_id text not null references policy.pack_version (id),
  since timestamptz not null default db.now()
);

create table policy.parameter (
  version_id text not null references policy.pack_version (id),
  id text not null,
  title jsonb not null,
  unit text not null,
  primary key (version_id, id)
);

create table policy.parameter_value (
  version_id text not null,
  parameter_id text not null,
  during daterange not null check (not isempty(during)),
  -- jsonb null: there is no limit
  value jsonb not null,
  clause jsonb,
  confidence text not null check (confidence in ('L', 'F', 'S', 'P', 'M', 'U')),
  note text,
  primary key (version_id, parameter_id, during),
  foreign key (version_id, parameter_id) references policy.parameter (version_id, id),
  check (clause is not null or confidence = 'U'),
  constraint one_value_at_a_time exclude using gist (version_id with =, parameter_id with =, during with &&)
);

create trigger immutable before update or delete or truncate on policy.pack_version for each statement execute function audit.refuse_change();
create trigger immutable before update or delete or truncate on policy.parameter for each statement execute function audit.refuse_change();
create trigger immutable before update or delete or truncate on policy.parameter_value for each statement execute function audit.refuse_change();

grant select on policy.pack_version, policy.pack, policy.parameter, policy.parameter_value to qiangshi_app;
