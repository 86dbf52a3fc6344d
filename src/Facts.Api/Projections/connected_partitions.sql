-- Connected partitions: those that a first query gives, and all that links lead to, directly or through others. One row for each partition, by name.
-- A link leads from a partition to its keys, and from each key to all partitions that have it.
with recursive connected (partition) as (
    (@first)
    union
    select linked.partition
    from connected
    -- `offset 0` makes PostgreSQL use an index. A plan that was made while the store was new would read all links, for every write.
    cross join lateral (select key from partition_links where partition = connected.partition offset 0) own
    cross join lateral (select partition from partition_links where key = own.key offset 0) linked
)
select partition
from connected
order by partition
