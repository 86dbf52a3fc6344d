-- The neighbourhoods whose claims, of any edition, name one of the keys: one row each key and neighbourhood.
select distinct 'k:c:' || commitment as key, scope
from claims
where commitment = any (@commitments)
union
select distinct 'k:c:' || part_of, scope
from claims
where part_of = any (@commitments)
union
select distinct 'k:d:' || delivery, scope
from claims
where delivery = any (@deliveries)
union
select distinct 'k:r:' || request, scope
from claims
where request = any (@requests)
