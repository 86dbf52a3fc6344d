using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Facts.Api.Database.Migrations
{
    /// <inheritdoc />
    public partial class NeighbourhoodRecipients : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Neighbourhoods of requests that were first met beside what is given lacked recipient and unit: a question about the recipient did not find them.
            migrationBuilder.Sql(
                """
                update neighbourhoods
                set recipient = claims.recipient, unit = claims.unit
                from claims
                where claims.scope = neighbourhoods.scope and claims.kind = 'request' and neighbourhoods.recipient is null;
                delete from neighbourhoods
                where recipient is null and scope like 't:%' and scope not like 't:k:%' and not exists (select from claims where claims.scope = neighbourhoods.scope);
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
        }
    }
}
