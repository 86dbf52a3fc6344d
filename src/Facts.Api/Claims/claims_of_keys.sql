-- One row for each key and each combination of kind, donors, recipient and unit that its claims have.
select distinct named.name, named.key, kind, donors, recipient, unit
from unnest(@names, @keys) as named (name, key)
-- One index for each name of a key; `offset 0` makes PostgreSQL use it alone.
cross join lateral (
    select kind, donors, recipient, unit, superseded_in from claims where named.name = 'commitment' and commitment = named.key
    union all
    select kind, donors, recipient, unit, superseded_in from claims where named.name = 'delivery' and delivery = named.key
    union all
    select kind, donors, recipient, unit, superseded_in from claims where named.name = 'request' and request = named.key
    offset 0
) claim
where superseded_in is null
order by named.name, named.key, kind, donors, recipient, unit
