-- Partitions whose claims, of any edition, name one of the keys: one row for each key and partition.
select distinct 'k:c:' || commitment as key, partition
from claims
where commitment = any (@commitments)
union
select distinct 'k:c:' || part_of, partition
from claims
where part_of = any (@commitments)
union
select distinct 'k:d:' || delivery, partition
from claims
where delivery = any (@deliveries)
union
select distinct 'k:r:' || request, partition
from claims
where request = any (@requests)
