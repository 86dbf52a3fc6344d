-- The partitions that must be resolved together with those named: one row each. Ties are followed from partition to key and back.
with recursive connected (partition) as (
    select unnest(@partitions::text[])
    union
    select linked.partition
    from connected
    join partition_links own on own.partition = connected.partition
    join partition_links linked on linked.key = own.key
)
select partition
from connected
order by partition
