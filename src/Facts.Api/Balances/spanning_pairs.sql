-- Pairs that connect facts of several balance totals, as the facts stand on @day: one row for each pair of commitments and of deliveries.
-- @recipients: only pairs of these; null for all. @uncovered: partitions whose rows do not hold on @day.
select
    'commitment', a.recipient,
    a.id, a.donors, a.items, a.unit, coalesce(a.committed_low, 0),
    b.id, b.donors, b.items, b.unit, coalesce(b.committed_low, 0)
from candidates
join commitments a on a.id = candidates.a and a.valid_from <= @day and (a.valid_to is null or a.valid_to > @day)
join commitments b on b.id = candidates.b and b.valid_from <= @day and (b.valid_to is null or b.valid_to > @day)
where spans_totals
    and kind = 'commitment'
    and reason <> 'remaining'
    and (@recipients::text[] is null or candidates.recipient = any (@recipients))
    and a.partition <> all (@uncovered)
    and b.partition <> all (@uncovered)
    and a.firmness <> 'intent'
    and b.firmness <> 'intent'
union all
select
    'delivery', a.recipient,
    a.id, a.donors, a.items, a.unit, coalesce(a.delivered_low, 0),
    b.id, b.donors, b.items, b.unit, coalesce(b.delivered_low, 0)
from candidates
join deliveries a on a.id = candidates.a and a.valid_from <= @day and (a.valid_to is null or a.valid_to > @day)
join deliveries b on b.id = candidates.b and b.valid_from <= @day and (b.valid_to is null or b.valid_to > @day)
where spans_totals
    and kind = 'delivery'
    and reason <> 'remaining'
    and (@recipients::text[] is null or candidates.recipient = any (@recipients))
    and a.partition <> all (@uncovered)
    and b.partition <> all (@uncovered)
    and not a.unexplained
    and not b.unexplained
