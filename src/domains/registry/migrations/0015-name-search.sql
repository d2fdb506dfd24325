-- Names are found by one quick walk through a commune's people.

-- An index of words does not do better: half of the names hold the same few words, and row-level security keeps LIKE,
-- which is not leakproof, out of indexes. What costs is LIKE itself: first letters, kept as bits, spare most of it.
create function registry_initials(words text) returns bigint language sql immutable strict parallel safe
  return (select coalesce(bit_or(1::bigint << (ascii(word) % 63)), 0) from unnest(string_to_array(words, ' ')) as word where word <> '');
comment on function registry_initials is 'One bit for the first letter of every word; a name holds the words that are looked for only where it has all their bits.';

alter table registry_resident
  add column name_words text collate "C" generated always as (' ' || translate(search_text, '''’.-', '    ')) stored,
  add column initials bigint generated always as (registry_initials(translate(search_text, '''’.-', '    '))) stored;
comment on column registry_resident.name_words is 'The folded name with a space before every word: `like ''% van%''` finds the beginning of a word. @personal';
comment on column registry_resident.initials is 'See registry_initials. @personal';
create index on registry_member (commune_id, household_id) where left_on is null and merge_id is null;
