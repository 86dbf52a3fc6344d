using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Facts.Api.Database.Migrations
{
    /// <inheritdoc />
    public partial class FileContent : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "file_content",
                table: "claims",
                type: "text",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_claims_withdrawn",
                table: "claims",
                columns: new[] { "article_id", "external_id" },
                filter: "superseded_in is not null and superseded_by is null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_claims_withdrawn",
                table: "claims");

            migrationBuilder.DropColumn(
                name: "file_content",
                table: "claims");
        }
    }
}
