-- One row for each partition and set of items: the first day of a pledge, and the last days of deliveries without a key.
select
    named.partition,
    items,
    min(stated_from) filter (where kind = 'pledge') as first_pledge,
    coalesce(array_agg(distinct happened_to) filter (where kind = 'delivery'), '{}') as deliveries
from unnest(@partitions) as named (partition)
-- `offset 0` makes PostgreSQL use the index of partitions alone.
cross join lateral (
    select kind, firmness, stage, quantity_basis, commitment, items, stated_from, happened_to, superseded_in
    from claims
    where partition = named.partition
    offset 0
) claim
where superseded_in is null
    and (
        kind = 'pledge' and firmness <> 'intent' and quantity_basis <> 'remaining' and stated_from is not null
        or kind = 'delivery' and commitment is null and stage <> 'rejected' and quantity_basis = 'increment' and happened_to is not null
    )
group by named.partition, items
