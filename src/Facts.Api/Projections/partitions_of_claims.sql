-- Partitions that can affect the fact of @claim, one row for each partition. @claim is the number of any edition.
-- connected: the partitions of all editions, the partitions linked to them, and for requests the partitions that supply their recipient.
with recursive connected (partition) as (
    (
        select partition
        from claims
        where id = @claim
        union
        select partition
        from claims
        where first_edition_id = @claim and first_edition_id <> id
    )
    union
    select other.partition
    from connected
    cross join lateral (
        select linked.partition
        from partition_links own
        join partition_links linked on linked.key = own.key
        where own.partition = connected.partition
        union all
        select supplied.partition
        from partitions own
        join partitions supplied on supplied.recipient = own.recipient and supplied.unit is not distinct from own.unit
        where own.partition = connected.partition and own.is_request
    ) other
)
select partition
from connected
