using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Facts.Api.Database.Migrations
{
    /// <inheritdoc />
    public partial class UnitsOfNamedFacts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Who says no unit, or nobody who is asked, is now counted with those who do and disagrees with nobody: where that can be, all is computed again.
            migrationBuilder.Sql(
                """
                update neighbourhoods
                set kept_until = '-infinity'
                where scope in (
                    select scope
                    from claims
                    where superseded_in is null
                        and (unit is null and kind in ('request', 'pledge', 'delivery') and coalesce(commitment, delivery, request) is not null
                            or kind = 'request' and request is not null and donors = '{}')
                )
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
        }
    }
}
