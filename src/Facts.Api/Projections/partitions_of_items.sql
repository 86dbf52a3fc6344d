-- Partitions of commitments and deliveries whose claims, of any edition, name one of @items (an item and all below it): one row for each partition and subject.
-- A null unit means that nothing is counted.
select distinct partition, donors, recipient, unit
from claims
where kind in ('pledge', 'delivery') and items && @items;

-- Partitions in which a number may depend on the place of the items in the tree: one row for each partition.
with recursive
-- Partitions whose current claims name one of @items, and all partitions connected to them.
connected (partition) as (
    select partition
    from claims
    where superseded_in is null and items && @items
    union
    select linked.partition
    from connected
    join partition_links own on own.partition = connected.partition
    join partition_links linked on linked.key = own.key
),
-- The recipients and units of connected partitions and of their facts.
supplied (recipient, unit) as (
    select recipient, unit
    from partitions
    join connected using (partition)
    union
    select recipient, unit
    from commitments
    join connected using (partition)
    union
    select recipient, unit
    from deliveries
    join connected using (partition)
)
select partition
from connected
union
-- The unmet need of a request depends on all supply of items below its own.
select partition
from supplied
join partitions on partitions.recipient = supplied.recipient and partitions.unit is not distinct from supplied.unit
where is_request
union
select partition
from supplied
join requests on requests.recipient = supplied.recipient and requests.unit is not distinct from supplied.unit
