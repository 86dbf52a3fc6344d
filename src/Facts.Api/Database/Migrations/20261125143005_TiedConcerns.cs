using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Facts.Api.Database.Migrations
{
    /// <inheritdoc />
    public partial class TiedConcerns : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // What a fact's claims agree on together may concern a neighbourhood that none of them is in: where that can be, all is computed again.
            migrationBuilder.Sql("update neighbourhoods set kept_until = '-infinity' where scope in (select scope from ties)");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
        }
    }
}
