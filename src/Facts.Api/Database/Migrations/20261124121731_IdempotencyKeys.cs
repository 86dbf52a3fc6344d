using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Facts.Api.Database.Migrations
{
    /// <inheritdoc />
    public partial class IdempotencyKeys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "idempotency_keys",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "bytea", nullable: false),
                    request = table.Column<byte[]>(type: "bytea", nullable: false),
                    request_length = table.Column<long>(type: "bigint", nullable: false),
                    status = table.Column<int>(type: "integer", nullable: false),
                    content_type = table.Column<string>(type: "text", nullable: true),
                    location = table.Column<string>(type: "text", nullable: true),
                    entity_tag = table.Column<string>(type: "text", nullable: true),
                    body = table.Column<byte[]>(type: "bytea", nullable: false),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_idempotency_keys", x => x.id);
                    table.CheckConstraint("idempotency_answer_is_good", "status between 200 and 299");
                    table.CheckConstraint("idempotency_key_is_a_hash", "length(id) = 32 and length(request) = 32");
                });

            migrationBuilder.CreateIndex(
                name: "ix_idempotency_keys_recorded_at",
                table: "idempotency_keys",
                column: "recorded_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "idempotency_keys");
        }
    }
}
