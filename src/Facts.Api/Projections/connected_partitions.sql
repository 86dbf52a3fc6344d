-- Connected partitions: those in @partitions and all that links lead to, directly or through others. One row for each partition, by name.
-- A link leads from a partition to its keys, and from each key to all partitions that have it.
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
