using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Facts.Api.Database.Migrations
{
    /// <summary>
    /// Joins the two keys by which the partitions of two editions of a claim were to be linked, and leaves these partitions, with all that are connected to them,
    /// to be computed again: an editor's decision about the first edition did not apply to the second.
    /// </summary>
    public partial class EditionLinks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
            """
            insert into partition_links (partition, key)
            select partition, 'k:edition:' || substr(key, length('k:root:') + 1) from partition_links where key like 'k:root:%'
            on conflict do nothing;
            delete from partition_links where key like 'k:root:%';
            with recursive affected (partition) as (
                select partition from partition_links where key like 'k:edition:%'
                union
                select linked.partition
                from affected
                join partition_links own on own.partition = affected.partition
                join partition_links linked on linked.key = own.key
            )
            update partitions
            set computed_from = '-infinity', computed_until = '-infinity', is_deferred = true, version = null
            where partition in (select partition from affected);
            """);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // The links are right for any build.
        }
    }
}
