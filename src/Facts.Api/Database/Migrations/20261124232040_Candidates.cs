using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Facts.Api.Database.Migrations
{
    /// <inheritdoc />
    public partial class Candidates : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "candidates",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    why = table.Column<string>(type: "text", nullable: false),
                    a = table.Column<long>(type: "bigint", nullable: false),
                    a_text = table.Column<string>(type: "text", nullable: false),
                    a_claim_ids = table.Column<List<long>>(type: "bigint[]", nullable: false),
                    b = table.Column<long>(type: "bigint", nullable: false),
                    b_text = table.Column<string>(type: "text", nullable: false),
                    b_claim_ids = table.Column<List<long>>(type: "bigint[]", nullable: false),
                    claim = table.Column<long>(type: "bigint", nullable: true),
                    recipient = table.Column<string>(type: "text", nullable: false),
                    unit = table.Column<string>(type: "text", nullable: true),
                    content = table.Column<string>(type: "text", nullable: false),
                    scope = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_candidates", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_candidates_recipient_unit",
                table: "candidates",
                columns: new[] { "recipient", "unit" });

            migrationBuilder.CreateIndex(
                name: "ix_candidates_scope",
                table: "candidates",
                column: "scope");

            // There are none yet, and running totals beside deliveries without a number are computed otherwise: what is kept holds for no day until it is kept anew.
            migrationBuilder.Sql("update neighbourhoods set kept_from = 'infinity'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "candidates");
        }
    }
}
