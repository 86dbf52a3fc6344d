using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Facts.Api.Database.Migrations
{
    /// <inheritdoc />
    public partial class RankDecisions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "decision_is_known",
                table: "decisions");

            migrationBuilder.AlterColumn<long>(
                name: "b",
                table: "decisions",
                type: "bigint",
                nullable: true,
                oldClrType: typeof(long),
                oldType: "bigint");

            migrationBuilder.AddColumn<string>(
                name: "rank",
                table: "decisions",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "rank_before",
                table: "decisions",
                type: "text",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_decisions_a",
                table: "decisions",
                column: "a");

            migrationBuilder.AddCheckConstraint(
                name: "decision_is_known",
                table: "decisions",
                sql: "decision in ('merge', 'split', 'link', 'unlink', 'rank')");

            migrationBuilder.AddCheckConstraint(
                name: "decision_is_whole",
                table: "decisions",
                sql: "decision = 'rank' and b is null and rank is not null and rank_before is not null or decision <> 'rank' and b is not null and rank is null and rank_before is null");

            migrationBuilder.AddCheckConstraint(
                name: "decision_rank_is_known",
                table: "decisions",
                sql: "rank in ('preferred', 'normal', 'deprecated')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("delete from decisions where decision = 'rank'");

            migrationBuilder.DropIndex(
                name: "ix_decisions_a",
                table: "decisions");

            migrationBuilder.DropCheckConstraint(
                name: "decision_is_known",
                table: "decisions");

            migrationBuilder.DropCheckConstraint(
                name: "decision_is_whole",
                table: "decisions");

            migrationBuilder.DropCheckConstraint(
                name: "decision_rank_is_known",
                table: "decisions");

            migrationBuilder.DropColumn(
                name: "rank",
                table: "decisions");

            migrationBuilder.DropColumn(
                name: "rank_before",
                table: "decisions");

            migrationBuilder.AlterColumn<long>(
                name: "b",
                table: "decisions",
                type: "bigint",
                nullable: false,
                defaultValue: 0L,
                oldClrType: typeof(long),
                oldType: "bigint",
                oldNullable: true);

            migrationBuilder.AddCheckConstraint(
                name: "decision_is_known",
                table: "decisions",
                sql: "decision in ('merge', 'split', 'link', 'unlink')");
        }
    }
}
