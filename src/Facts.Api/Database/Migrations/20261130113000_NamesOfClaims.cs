using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Facts.Api.Database.Migrations
{
    /// <inheritdoc />
    public partial class NamesOfClaims : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.AddIndexOfNames();

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("drop index ix_claims_names");
    }
}
