-- The transactions that wrote the claims of @partitions that count now, and their articles, last.
select c.id, c.xmin, a.xmin
from unnest(@partitions) as wanted (partition)
cross join lateral (select id, article_id, rank, superseded_in, xmin from claims where partition = wanted.partition offset 0) c
join articles a on a.id = c.article_id
where c.superseded_in is null and a.retracted_at is null and c.rank <> 'deprecated'
