-- Numbers are found whatever their case and with their hyphens; ü may be typed as such or as v.
drop index directory.person_number_idx;
create index person_number_idx on directory.person (upper(number) text_pattern_ops);

create or replace function directory.find_people(term text) returns setof uuid language plpgsql stable rows 50 security definer
set search_path = directory, public, pg_temp as $$
declare
  plain text := lower(regexp_replace(term, '[\s'']', '', 'g'));
  typed text := replace(plain, 'ü', 'v');
  -- 'zhang' up to, not including, 'zhang{': in byte order '{' follows 'z', and everything that a number is made of.
  past text := typed || '{';
begin
  if typed ~ '^[a-z0-9_-]+$' then
    return query select p.id from directory.person p
      where ((p.pinyin ~>=~ typed and p.pinyin ~<~ past) or (p.initials ~>=~ typed and p.initials ~<~ past)
          or (upper(p.number) ~>=~ upper(typed) and upper(p.number) ~<~ (upper(typed) || '{'))
          or p.grams @> directory.grams(plain) and position(plain in lower(p.name)) > 0)
        and (p.org_path <@ any ((select db.scope())::ltree[]) or p.id = (select db.self()));
  elsif plain <> '' then
    return query select p.id from directory.person p
      where (p.grams @> directory.grams(plain) and position(plain in lower(p.name)) > 0
          or upper(p.number) = upper(plain))
        and (p.org_path <@ any ((select db.scope())::ltree[]) or p.id = (select db.self()));
  end if;
end $$;
