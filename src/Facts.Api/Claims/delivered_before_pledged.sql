-- One row for each commitment of which a delivery was over before any pledge of it was stated.
select key, min(stated_from) filter (where kind = 'pledge') as stated, min(happened_to) filter (where kind = 'delivery') as happened
from unnest(@keys) as named (key)
-- `offset 0` makes PostgreSQL use the index of keys alone. With both conditions it would read all of another index, for every key.
cross join lateral (select kind, stated_from, happened_to, superseded_in from claims where commitment = named.key offset 0) claim
where superseded_in is null
group by key
having min(happened_to) filter (where kind = 'delivery') < min(stated_from) filter (where kind = 'pledge')
