-- More of what a version says: when a value is to be looked at again, what a lower authority may do with it, and the worked cases.
alter table policy.parameter_value add column review_on date;
alter table policy.parameter
  add column below text not null default 'free' check (below in ('free', 'raise', 'lower', 'fixed')),
  -- the clause that permits what the authority above does not leave open
  add column permission jsonb;

create table policy.pack_case (
  version_id text not null references policy.pack_version (id),
  nth int not null,
  declared jsonb not null,
  primary key (version_id, nth)
);
create trigger immutable before update or delete or truncate on policy.pack_case for each statement execute function audit.refuse_change();
grant select on policy.pack_case to qiangshi_app;
