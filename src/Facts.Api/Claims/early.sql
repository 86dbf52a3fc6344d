-- One row for each of the commitments of which a delivery was over before any pledge of it was stated.
select named.key, min(claim.stated_from) as stated, min(claim.happened_to) as happened
from unnest(@keys) as named (key)
cross join lateral (
    select
        case kind when 'pledge' then stated_from end as stated_from,
        case kind when 'delivery' then happened_to end as happened_to
    from claims
    where commitment = named.key and superseded_in is null
    offset 0
) claim
group by named.key
having min(claim.happened_to) < min(claim.stated_from)
