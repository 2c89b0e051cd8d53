-- Requirement sets as they stand in a version of a pack.
create table policy.requirement (
  version_id text not null references policy.pack_version (id),
  id text not null,
  declared jsonb not null,
  primary key (version_id, id)
);
create trigger immutable before update or delete or truncate on policy.requirement for each statement execute function audit.refuse_change();
grant select on policy.requirement to qiangshi_app;
