-- What is given to the recipients in the units named: one row each commitment with a number and each delivery that went to none, by the days for which it holds.
select recipient, unit, items, begins, ends, committed_low as low, committed_high as high, valid_from, valid_to
from commitments
where (recipient, coalesce(unit, '')) in (select * from unnest(@recipients, @units))
    and firmness <> 'intent'
    and committed_low is not null
    and not (committed_low = 0 and committed_high is not distinct from 0)
union all
select
    recipient, unit, items, begins, ends,
    case when unpledged_exchanged then unpledged_high else unpledged_low end,
    case when unpledged_exchanged then unpledged_low else unpledged_high end,
    valid_from, valid_to
from deliveries
where (recipient, coalesce(unit, '')) in (select * from unnest(@recipients, @units))
    and unpledged_low is not null
    and not (unpledged_low = 0 and unpledged_high is not distinct from 0)
