-- The partitions of what is given whose claims, of any edition, name the item or what is below it, with what else they are named by: one row each.
select distinct partition, donors, recipient, unit
from claims
where kind in ('pledge', 'delivery') and items && @items;

-- The partitions in which a number may depend on where an item stands in the tree: one row each.
with recursive connected (partition) as (
    -- Those whose claims name it or what is below it, and all that are linked to them.
    select partition
    from claims
    where superseded_in is null and items && @items
    union
    select linked.partition
    from connected
    join partition_links own on own.partition = connected.partition
    join partition_links linked on linked.key = own.key
),
-- To whom something is given there.
taker (recipient, unit) as (
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
-- How much of a request is unmet depends on what of all that is given lies below its items.
select partition
from taker
join partitions on partitions.recipient = taker.recipient and partitions.unit is not distinct from taker.unit
where partition like 't:%'
union
select partition
from taker
join requests on requests.recipient = taker.recipient and requests.unit is not distinct from taker.unit
