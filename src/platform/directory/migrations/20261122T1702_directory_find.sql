-- People are found by any part of a number, by their school, and by several words of which each narrows; middle dots and blanks in names do not count.

-- A name as it is typed in a hurry: small letters, no blanks, no dots between the parts (阿里·库尔班).
create function directory.plain_name(name text) returns text language sql immutable strict parallel safe as
  $$ select lower(translate(name, E'·•‧・･．.\' \t\n\u3000\u00a0', '')) $$;

create or replace function directory.grams(name text) returns text[] language plpgsql immutable strict parallel safe as $$
declare
  chars text[] := string_to_array(directory.plain_name(name), null);
  made text[] := chars;
begin
  for i in 2..cardinality(chars) loop
    made := made || (chars[i - 1] || chars[i]);
  end loop;
  return made;
end $$;
alter table directory.person drop column grams;
alter table directory.person add column grams text[] not null generated always as (directory.grams(name)) stored;
create index on directory.person using gin (grams);
create index on directory.person using gin (upper(number) gin_trgm_ops);

-- People in scope whose name, its sound or whose number is meant by one word.
create function directory.people_named(word text) returns setof uuid language plpgsql stable rows 50 security definer
set search_path = directory, public, pg_temp as $$
declare
  plain text := plain_name(word);
  typed text := replace(plain, 'ü', 'v');
  -- 'zhang' up to, not including, 'zhang{': in byte order '{' follows 'z', and everything that a number is made of.
  past text := typed || '{';
  -- Parts shorter than three characters are no help to the index and mean too many numbers; they only begin one.
  within text := case when char_length(typed) > 2 and typed ~ '[0-9]' then '%' || replace(upper(typed), '_', '\_') || '%' end;
begin
  if plain = '' then
    return;
  elsif typed !~ '^[a-z0-9_-]+$' then
    return query select p.id from directory.person p
      where (p.grams @> grams(plain) and position(plain in plain_name(p.name)) > 0 or upper(p.number) = upper(plain))
        and (p.org_path <@ any ((select db.scope())::ltree[]) or p.id = (select db.self()));
  else
    return query select p.id from directory.person p
      where ((p.pinyin ~>=~ typed and p.pinyin ~<~ past) or (p.initials ~>=~ typed and p.initials ~<~ past)
          or (upper(p.number) ~>=~ upper(typed) and upper(p.number) ~<~ (upper(typed) || '{'))
          or upper(p.number) like within
          or p.grams @> grams(plain) and position(plain in plain_name(p.name)) > 0)
        and (p.org_path <@ any ((select db.scope())::ltree[]) or p.id = (select db.self()));
  end if;
end $$;

-- Organisations in scope that one word means, with what lies below them: part of the short name, the full name begun, the code, or the initials of the short name. Initials
-- of three letters are rather somebody's, so they must be all of a school's.
create function directory.schools_named(word text) returns setof uuid language sql stable security definer
set search_path = directory, public, pg_temp as $$
  select d.id from plain_name(word) as plain, directory.organisation o join directory.organisation d on d.path <@ o.path
  where o.path <@ any ((select db.scope())::ltree[]) and o.kind <> 'municipality' and char_length(plain) > 1
    and (position(plain in plain_name(o.short_name)) > 0 or starts_with(plain_name(o.name), plain)
      or upper(o.code) = upper(plain) or char_length(plain) > 5 and starts_with(upper(o.code), upper(plain))
      or plain ~ '^[a-z]{3,}$' and (o.initials = plain or char_length(plain) > 3 and starts_with(o.initials, plain)))
$$;

-- The term as a whole, or each of its words: 史梓英 城南 is 史梓英 at a school of 城南; 张 三 and zhang san are one name.
create or replace function directory.find_people(term text) returns setof uuid language plpgsql stable rows 50 security definer
set search_path = directory, public, pg_temp as $$
declare
  words text[] := array(select w from regexp_split_to_table(term, '\s+') w where plain_name(w) <> '');
  word text;
  named uuid[];
  schools uuid[];
  found_so_far uuid[];
begin
  named := array(select people_named(term));
  schools := array(select schools_named(term));
  return query select p.id from directory.person p where p.id = any (named) or p.org_id = any (schools);
  if cardinality(words) not between 2 and 5 then return; end if;
  foreach word in array words loop
    named := array(select people_named(word));
    schools := array(select schools_named(word));
    if found_so_far is null then
      found_so_far := array(select p.id from directory.person p where p.id = any (named) or p.org_id = any (schools));
    else
      found_so_far := array(select p.id from directory.person p
        where p.id = any (found_so_far) and (p.id = any (named) or p.org_id = any (schools)));
    end if;
    exit when cardinality(found_so_far) = 0;
  end loop;
  return query select unnest(found_so_far);
end $$;
revoke execute on function directory.people_named(text), directory.schools_named(text) from public;
