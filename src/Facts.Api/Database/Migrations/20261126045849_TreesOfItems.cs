using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Facts.Api.Database.Migrations
{
    /// <inheritdoc />
    public partial class TreesOfItems : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // A neighbourhood of what is given is now of items in one tree, and its name says of which: what was kept of larger ones is computed again.
            migrationBuilder.Sql(
                """
                create temporary table trees on commit drop as
                with recursive below (code, tree) as (
                    select code, code from items where parent is null
                    union all
                    select items.code, below.tree from below join items on items.parent = below.code
                )
                select code, tree from below;

                create temporary table homes on commit drop as
                select
                    scope as was, items, recipient, unit, standing.trees,
                    's:' || array_to_string(donors, '+') || '>' || recipient || '/' as before_trees, '#' || coalesce(unit, '') as after_trees,
                    's:' || array_to_string(donors, '+') || '>' || recipient || '/' || array_to_string(standing.trees, '|') || '#' || coalesce(unit, '') as home
                from (
                    select distinct scope, donors, recipient, items, unit
                    from claims
                    where scope like 's:%' and scope not like 's:k:%' and scope <> 's:'
                ) claim
                cross join lateral (
                    select coalesce(array_agg(distinct tree collate "C" order by tree collate "C"), '{}') as trees from trees where code = any (items)
                ) standing;
                analyze homes;
                update claims set scope = home from homes where claims.scope = was and claims.items = homes.items;

                -- Of a set from several trees, its own and that of each of them.
                create temporary table concerns on commit drop as
                select distinct home, before_trees || tree || after_trees as concern, recipient, unit
                from homes
                cross join lateral unnest(trees) as tree
                where cardinality(trees) > 1;

                create temporary table ties_before on commit drop as select * from ties;
                delete from ties;
                insert into ties (scope, key)
                with naming (key, scope) as (
                    select 'k:c:' || commitment, scope from claims where commitment is not null
                    union
                    select 'k:c:' || part_of, scope from claims where part_of is not null
                    union
                    select 'k:d:' || delivery, scope from claims where delivery is not null
                    union
                    select 'k:r:' || request, scope from claims where request is not null
                ),
                other (key, scope) as (
                    select key, scope from ties_before where scope like 't:%' or scope like 's:k:%'
                    union
                    select key, home from ties_before join homes on was = scope
                )
                select scope, key from naming where key in (select key from naming group by key having count(*) > 1)
                union
                select scope, key from other where key not like 'k:c:%' and key not like 'k:d:%' and key not like 'k:r:%'
                union
                select home, 'k:concern:' || concern from concerns
                union
                select concern, 'k:concern:' || concern from concerns;

                delete from links where scope like 's:%';
                delete from commitments where scope like 's:%';
                delete from deliveries where scope like 's:%';
                delete from totals where scope like 's:%';
                delete from candidates where scope like 's:%';
                delete from neighbourhoods where scope like 's:%' and scope not like 's:k:%' and scope <> 's:';
                insert into neighbourhoods (scope, recipient, unit, kept_from, kept_until, turns)
                select home, recipient, unit, date '-infinity', date '-infinity', 0 from homes
                union
                select concern, recipient, unit, date '-infinity', date '-infinity', 0 from concerns;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {

        }
    }
}
