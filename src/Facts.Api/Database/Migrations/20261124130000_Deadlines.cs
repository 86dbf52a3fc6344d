using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Facts.Api.Database.Migrations
{
    /// <inheritdoc />
    public partial class Deadlines : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "deadlines",
                table: "commitments",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'[]'");

            // What is kept has none yet: it holds for no day yet and is computed when it is asked for, until it is kept anew.
            migrationBuilder.Sql("update neighbourhoods set kept_from = 'infinity'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "deadlines",
                table: "commitments");
        }
    }
}
