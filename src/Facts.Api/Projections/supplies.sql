-- Supply to pairs of @recipients and @units ("" for no unit): one row for each commitment with a quantity and each delivery with an unlinked quantity, and for
-- each range of days for which it holds, between @first and @last, both inclusive. A null in high means no upper bound; a null in valid_to means no end.
-- @except: partitions whose supply is left out.
select recipient, unit, items, begins, ends, committed_low as low, committed_high as high, valid_from, valid_to
from commitments
where (recipient, coalesce(unit, '')) in (select * from unnest(@recipients, @units))
    and valid_from <= @last
    and (valid_to is null or valid_to > @first)
    and partition <> all (@except)
    and firmness <> 'intent'
    and committed_low is not null
    and not (committed_low = 0 and committed_high is not distinct from 0)
union all
select recipient, unit, items, begins, ends, unpledged_low, unpledged_high, valid_from, valid_to
from deliveries
where (recipient, coalesce(unit, '')) in (select * from unnest(@recipients, @units))
    and valid_from <= @last
    and (valid_to is null or valid_to > @first)
    and partition <> all (@except)
    and unpledged_low is not null
    and not (unpledged_low = 0 and unpledged_high is not distinct from 0)
