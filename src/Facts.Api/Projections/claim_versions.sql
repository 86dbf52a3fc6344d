-- The transactions that wrote the claims of @partitions that count now, and their articles, last.
-- "offset 0" forces one index lookup for each partition, and for each article, whatever the planner's statistics say.
select c.id, c.xmin, a.xmin
from unnest(@partitions) as wanted (partition)
cross join lateral (select id, article_id, rank, superseded_in, xmin from claims where partition = wanted.partition offset 0) c
cross join lateral (select xmin, retracted_at from articles where id = c.article_id offset 0) a
where c.superseded_in is null and a.retracted_at is null and c.rank <> 'deprecated'
