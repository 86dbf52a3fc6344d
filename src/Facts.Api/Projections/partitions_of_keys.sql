-- Partitions whose claims, of any edition, name one of the keys: one row for each key and partition.
-- `offset 0` makes PostgreSQL use one index for each kind of key. A plan that was made while the store was new would read all claims.
select distinct 'k:c:' || named.key as key, claim.partition
from unnest(@commitments) as named (key)
cross join lateral (select partition from claims where commitment = named.key offset 0) claim
union
select distinct 'k:c:' || named.key, claim.partition
from unnest(@commitments) as named (key)
cross join lateral (select partition from claims where part_of = named.key offset 0) claim
union
select distinct 'k:d:' || named.key, claim.partition
from unnest(@deliveries) as named (key)
cross join lateral (select partition from claims where delivery = named.key offset 0) claim
union
select distinct 'k:r:' || named.key, claim.partition
from unnest(@requests) as named (key)
cross join lateral (select partition from claims where request = named.key offset 0) claim
