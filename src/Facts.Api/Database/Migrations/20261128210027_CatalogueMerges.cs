using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Facts.Api.Database.Migrations
{
    /// <inheritdoc />
    public partial class CatalogueMerges : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "is_removed",
                table: "parties",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "merged_into",
                table: "parties",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_removed",
                table: "items",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "merged_into",
                table: "items",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "merges",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    kind = table.Column<string>(type: "text", nullable: false),
                    code = table.Column<string>(type: "text", nullable: false),
                    into = table.Column<string>(type: "text", nullable: false),
                    decided_by = table.Column<string>(type: "text", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: false),
                    merged_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    undone_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    claims = table.Column<int>(type: "integer", nullable: false),
                    aliases = table.Column<List<string>>(type: "text[]", nullable: false),
                    groups = table.Column<List<string>>(type: "text[]", nullable: false),
                    parent = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_merges", x => x.id);
                    table.CheckConstraint("merge_kind_is_known", "kind in ('party', 'item')");
                });

            migrationBuilder.CreateTable(
                name: "merged_claims",
                columns: table => new
                {
                    merge_id = table.Column<long>(type: "bigint", nullable: false),
                    claim_id = table.Column<long>(type: "bigint", nullable: false),
                    donors = table.Column<List<string>>(type: "text[]", nullable: false),
                    recipient = table.Column<string>(type: "text", nullable: true),
                    items = table.Column<List<string>>(type: "text[]", nullable: false),
                    external_id = table.Column<string>(type: "text", nullable: false),
                    commitment = table.Column<string>(type: "text", nullable: true),
                    delivery = table.Column<string>(type: "text", nullable: true),
                    request = table.Column<string>(type: "text", nullable: true),
                    partition = table.Column<string>(type: "text", nullable: false),
                    content = table.Column<string>(type: "text", nullable: false),
                    file_content = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_merged_claims", x => new { x.merge_id, x.claim_id });
                    table.ForeignKey(
                        name: "fk_merged_claims_claims_claim_id",
                        column: x => x.claim_id,
                        principalTable: "claims",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_merged_claims_merges_merge_id",
                        column: x => x.merge_id,
                        principalTable: "merges",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_merged_claims_claim_id",
                table: "merged_claims",
                column: "claim_id");

            migrationBuilder.CreateIndex(
                name: "ix_merges_kind_code",
                table: "merges",
                columns: new[] { "kind", "code" },
                unique: true,
                filter: "undone_at is null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "merged_claims");

            migrationBuilder.DropTable(
                name: "merges");

            migrationBuilder.DropColumn(
                name: "is_removed",
                table: "parties");

            migrationBuilder.DropColumn(
                name: "merged_into",
                table: "parties");

            migrationBuilder.DropColumn(
                name: "is_removed",
                table: "items");

            migrationBuilder.DropColumn(
                name: "merged_into",
                table: "items");
        }
    }
}
