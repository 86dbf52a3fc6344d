using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Facts.Api.Database.Migrations
{
    /// <inheritdoc />
    public partial class Imports : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterColumn<DateTimeOffset>(
                name: "started_at",
                table: "imports",
                type: "timestamp with time zone",
                nullable: true,
                oldClrType: typeof(DateTimeOffset),
                oldType: "timestamp with time zone");

            migrationBuilder.AlterColumn<DateTimeOffset>(
                name: "finished_at",
                table: "imports",
                type: "timestamp with time zone",
                nullable: true,
                oldClrType: typeof(DateTimeOffset),
                oldType: "timestamp with time zone");

            migrationBuilder.AddColumn<int>(
                name: "attempts",
                table: "imports",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "bytes",
                table: "imports",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "details",
                table: "imports",
                type: "text",
                nullable: false,
                defaultValue: "{}");

            migrationBuilder.AddColumn<string>(
                name: "file",
                table: "imports",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "format",
                table: "imports",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "header",
                table: "imports",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_cancelled",
                table: "imports",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "options",
                table: "imports",
                type: "text",
                nullable: false,
                defaultValue: "{}");

            migrationBuilder.AddColumn<int>(
                name: "percent",
                table: "imports",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "queued_at",
                table: "imports",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            migrationBuilder.AddColumn<string>(
                name: "reason",
                table: "imports",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "rows_created",
                table: "imports",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "rows_dropped",
                table: "imports",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "rows_failed",
                table: "imports",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "rows_read",
                table: "imports",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "rows_unchanged",
                table: "imports",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "rows_updated",
                table: "imports",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "spool",
                table: "imports",
                type: "text",
                nullable: true);

            // What was in the report moves to columns of its own.
            migrationBuilder.Sql(
                """
                update imports set
                    format = 'ndjson', percent = 100, queued_at = coalesce(started_at, now()),
                    rows_read = (report->>'rows_read')::int, rows_created = (report->>'rows_created')::int, rows_updated = (report->>'rows_updated')::int,
                    rows_unchanged = (report->>'rows_unchanged')::int, rows_failed = (report->>'rows_failed')::int,
                    details = jsonb_build_object('errors', report->'errors', 'warnings', report->'warnings')::text
                """);

            migrationBuilder.DropColumn(
                name: "report",
                table: "imports");

            migrationBuilder.CreateTable(
                name: "import_errors",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    import_id = table.Column<long>(type: "bigint", nullable: false),
                    row = table.Column<int>(type: "integer", nullable: false),
                    column = table.Column<string>(type: "text", nullable: true),
                    pointer = table.Column<string>(type: "text", nullable: true),
                    code = table.Column<string>(type: "text", nullable: false),
                    message = table.Column<string>(type: "text", nullable: false),
                    value = table.Column<string>(type: "text", nullable: true),
                    suggestion = table.Column<string>(type: "text", nullable: true),
                    text = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_import_errors", x => x.id);
                    table.ForeignKey(
                        name: "fk_import_errors_imports_import_id",
                        column: x => x.import_id,
                        principalTable: "imports",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_imports_waiting",
                table: "imports",
                column: "id",
                filter: "file is not null");

            migrationBuilder.AddCheckConstraint(
                name: "import_state_is_known",
                table: "imports",
                sql: "state in ('queued', 'running', 'done', 'refused', 'failed', 'cancelled', 'checked')");

            migrationBuilder.CreateIndex(
                name: "ix_import_errors_import_id_id",
                table: "import_errors",
                columns: new[] { "import_id", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "import_errors");

            migrationBuilder.DropIndex(
                name: "ix_imports_waiting",
                table: "imports");

            migrationBuilder.DropCheckConstraint(
                name: "import_state_is_known",
                table: "imports");

            migrationBuilder.DropColumn(
                name: "attempts",
                table: "imports");

            migrationBuilder.DropColumn(
                name: "bytes",
                table: "imports");

            migrationBuilder.DropColumn(
                name: "details",
                table: "imports");

            migrationBuilder.DropColumn(
                name: "file",
                table: "imports");

            migrationBuilder.DropColumn(
                name: "format",
                table: "imports");

            migrationBuilder.DropColumn(
                name: "header",
                table: "imports");

            migrationBuilder.DropColumn(
                name: "is_cancelled",
                table: "imports");

            migrationBuilder.DropColumn(
                name: "options",
                table: "imports");

            migrationBuilder.DropColumn(
                name: "percent",
                table: "imports");

            migrationBuilder.DropColumn(
                name: "queued_at",
                table: "imports");

            migrationBuilder.DropColumn(
                name: "reason",
                table: "imports");

            migrationBuilder.DropColumn(
                name: "rows_created",
                table: "imports");

            migrationBuilder.DropColumn(
                name: "rows_dropped",
                table: "imports");

            migrationBuilder.DropColumn(
                name: "rows_failed",
                table: "imports");

            migrationBuilder.DropColumn(
                name: "rows_read",
                table: "imports");

            migrationBuilder.DropColumn(
                name: "rows_unchanged",
                table: "imports");

            migrationBuilder.DropColumn(
                name: "rows_updated",
                table: "imports");

            migrationBuilder.DropColumn(
                name: "spool",
                table: "imports");

            migrationBuilder.AlterColumn<DateTimeOffset>(
                name: "started_at",
                table: "imports",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)),
                oldClrType: typeof(DateTimeOffset),
                oldType: "timestamp with time zone",
                oldNullable: true);

            migrationBuilder.AlterColumn<DateTimeOffset>(
                name: "finished_at",
                table: "imports",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)),
                oldClrType: typeof(DateTimeOffset),
                oldType: "timestamp with time zone",
                oldNullable: true);

            migrationBuilder.AddColumn<string>(
                name: "report",
                table: "imports",
                type: "jsonb",
                nullable: false,
                defaultValue: "");
        }
    }
}
