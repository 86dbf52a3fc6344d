using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Facts.Api.Database.Migrations
{
    /// <inheritdoc />
    public partial class Changes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_totals_recipient",
                table: "totals");

            migrationBuilder.DropIndex(
                name: "ix_requests_recipient",
                table: "requests");

            migrationBuilder.DropIndex(
                name: "ix_deliveries_recipient",
                table: "deliveries");

            migrationBuilder.DropIndex(
                name: "ix_commitments_recipient",
                table: "commitments");

            migrationBuilder.DropIndex(
                name: "ix_claims_current",
                table: "claims");

            migrationBuilder.DropIndex(
                name: "ix_claims_root",
                table: "claims");

            migrationBuilder.DropCheckConstraint(
                name: "claim_is_superseded_after_it_was_recorded",
                table: "claims");

            migrationBuilder.AddColumn<DateOnly>(
                name: "begins",
                table: "requests",
                type: "date",
                nullable: false,
                defaultValue: new DateOnly(1, 1, 1));

            migrationBuilder.AddColumn<DateOnly>(
                name: "ends",
                table: "requests",
                type: "date",
                nullable: false,
                defaultValue: new DateOnly(1, 1, 1));

            migrationBuilder.AddColumn<DateOnly>(
                name: "kept_from",
                table: "neighbourhoods",
                type: "date",
                nullable: false,
                defaultValue: new DateOnly(1, 1, 1));

            migrationBuilder.AddColumn<string>(
                name: "recipient",
                table: "neighbourhoods",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "turns",
                table: "neighbourhoods",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "unit",
                table: "neighbourhoods",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "begins",
                table: "deliveries",
                type: "date",
                nullable: false,
                defaultValue: new DateOnly(1, 1, 1));

            migrationBuilder.AddColumn<DateOnly>(
                name: "ends",
                table: "deliveries",
                type: "date",
                nullable: false,
                defaultValue: new DateOnly(1, 1, 1));

            migrationBuilder.AddColumn<bool>(
                name: "unpledged_exchanged",
                table: "deliveries",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateOnly>(
                name: "begins",
                table: "commitments",
                type: "date",
                nullable: false,
                defaultValue: new DateOnly(1, 1, 1));

            migrationBuilder.AddColumn<DateOnly>(
                name: "ends",
                table: "commitments",
                type: "date",
                nullable: false,
                defaultValue: new DateOnly(1, 1, 1));

            migrationBuilder.AddColumn<long>(
                name: "recorded_in",
                table: "claims",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "superseded_in",
                table: "claims",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "changes",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    first_claim = table.Column<long>(type: "bigint", nullable: true),
                    last_claim = table.Column<long>(type: "bigint", nullable: true),
                    claims_recorded = table.Column<int>(type: "integer", nullable: false),
                    claims_ended = table.Column<int>(type: "integer", nullable: false),
                    things = table.Column<string>(type: "jsonb", nullable: false),
                    facts_changed = table.Column<int>(type: "integer", nullable: false),
                    facts = table.Column<string>(type: "jsonb", nullable: false),
                    balances_moved = table.Column<int>(type: "integer", nullable: false),
                    balances = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_changes", x => x.id);
                });

            // What was recorded keeps its record times; what was kept of it is emptied, and the service computes it again at its next start.
            migrationBuilder.Sql(
                """
                insert into changes (sequence, recorded_at, kind, claims_recorded, claims_ended, things, facts_changed, facts, balances_moved, balances)
                select
                    (select version from dataset) - count(*) over () + row_number() over (order by moment), moment, 'claims',
                    (select count(*) from claims where recorded_at = moment), (select count(*) from claims where superseded_at = moment), '[]', 0, '[]', 0, '[]'
                from (select recorded_at as moment from claims union select superseded_at from claims where superseded_at is not null) as moments
                order by moment;
                update claims set
                    recorded_in = (select id from changes where changes.recorded_at = claims.recorded_at),
                    superseded_in = (select id from changes where changes.recorded_at = claims.superseded_at),
                    scope = case
                        when kind = 'request' then 't:' || recipient || '#' || coalesce(unit, '')
                        when kind in ('pledge', 'delivery') then 's:' || array_to_string(donors, '+') || '>' || recipient || '#' || coalesce(unit, '')
                        when commitment is not null then 's:k:c:' || commitment
                        when delivery is not null then 's:k:d:' || delivery
                        when request is not null then 't:k:r:' || request
                        when recipient is not null then 's:' || array_to_string(donors, '+') || '>' || recipient || '#' || coalesce(unit, '')
                        else 's:'
                    end;
                with printed (id, old, content) as (
                    select id, content, left(encode(sha256(convert_to(concat_ws(chr(31),
                        kind, coalesce(firmness, ''), array_to_string(donors, ';'), coalesce(recipient, ''), array_to_string(items, ';'),
                        quantity_qualifier, coalesce(trim_scale(quantity_low)::text, ''), coalesce(trim_scale(quantity_high)::text, ''), quantity_basis,
                        coalesce(quantity_text, ''), coalesce(unit, ''), stated_on, coalesce(happened_on, ''), coalesce(due_on, ''), coalesce(stage, ''),
                        coalesce(condition, ''), coalesce(initcap(condition_met::text), ''), coalesce(initcap(on_hold::text), ''), coalesce(commitment, ''),
                        coalesce(delivery, ''), coalesce(request, ''), coalesce(assessment, ''), coalesce(part_of, ''), coalesce(quote, ''),
                        coalesce(quote_prefix, ''), coalesce(quote_suffix, ''), coalesce(claimant, ''), coalesce(attribution, ''), rank, coalesce(note, '')),
                        'UTF8')), 'hex'), 32)
                    from claims
                )
                update claims set
                    content = printed.content,
                    external_id = case when external_id like 'row:' || printed.old || '-%' then replace(external_id, printed.old, printed.content) else external_id end
                from printed
                where printed.id = claims.id;
                delete from requests;
                delete from commitments;
                delete from deliveries;
                delete from links;
                delete from totals;
                delete from neighbourhoods;
                delete from ties;
                insert into neighbourhoods (scope, recipient, unit, kept_from, turns)
                select scope, max(recipient) filter (where scope not like '_:k:%'), max(unit) filter (where scope not like '_:k:%'), 'infinity', 0
                from claims
                group by scope;
                with naming (key, scope) as (
                    select 'k:c:' || commitment, scope from claims where commitment is not null
                    union
                    select 'k:c:' || part_of, scope from claims where part_of is not null
                    union
                    select 'k:d:' || delivery, scope from claims where delivery is not null
                    union
                    select 'k:r:' || request, scope from claims where request is not null
                    union
                    select 'k:decision:' || decisions.id, scope from decisions join claims on claims.root in (a, b)
                )
                insert into ties (scope, key)
                select scope, key
                from naming
                where key in (select key from naming group by key having count(*) > 1);
                """);

            migrationBuilder.DropColumn(
                name: "recorded_at",
                table: "claims");

            migrationBuilder.DropColumn(
                name: "superseded_at",
                table: "claims");

            migrationBuilder.CreateIndex(
                name: "ix_totals_recipient_unit",
                table: "totals",
                columns: new[] { "recipient", "unit" });

            migrationBuilder.CreateIndex(
                name: "ix_requests_recipient_unit",
                table: "requests",
                columns: new[] { "recipient", "unit" });

            migrationBuilder.CreateIndex(
                name: "ix_neighbourhoods_recipient_unit",
                table: "neighbourhoods",
                columns: new[] { "recipient", "unit" });

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_recipient_unit",
                table: "deliveries",
                columns: new[] { "recipient", "unit" });

            migrationBuilder.CreateIndex(
                name: "ix_commitments_recipient_unit",
                table: "commitments",
                columns: new[] { "recipient", "unit" });

            migrationBuilder.CreateIndex(
                name: "ix_claims_commitment",
                table: "claims",
                column: "commitment",
                filter: "commitment is not null");

            migrationBuilder.CreateIndex(
                name: "ix_claims_current",
                table: "claims",
                columns: new[] { "article_id", "external_id" },
                unique: true,
                filter: "superseded_in is null");

            migrationBuilder.CreateIndex(
                name: "ix_claims_delivery",
                table: "claims",
                column: "delivery",
                filter: "delivery is not null");

            migrationBuilder.CreateIndex(
                name: "ix_claims_part_of",
                table: "claims",
                column: "part_of",
                filter: "part_of is not null");

            migrationBuilder.CreateIndex(
                name: "ix_claims_request",
                table: "claims",
                column: "request",
                filter: "request is not null");

            migrationBuilder.CreateIndex(
                name: "ix_claims_root",
                table: "claims",
                column: "root",
                filter: "root <> id");

            migrationBuilder.CreateIndex(
                name: "ix_claims_superseded_in",
                table: "claims",
                column: "superseded_in",
                filter: "superseded_in is not null");

            migrationBuilder.AddCheckConstraint(
                name: "claim_is_superseded_after_it_was_recorded",
                table: "claims",
                sql: "superseded_in <> recorded_in");

            migrationBuilder.CreateIndex(
                name: "ix_changes_sequence",
                table: "changes",
                column: "sequence",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "changes");

            migrationBuilder.DropIndex(
                name: "ix_totals_recipient_unit",
                table: "totals");

            migrationBuilder.DropIndex(
                name: "ix_requests_recipient_unit",
                table: "requests");

            migrationBuilder.DropIndex(
                name: "ix_neighbourhoods_recipient_unit",
                table: "neighbourhoods");

            migrationBuilder.DropIndex(
                name: "ix_deliveries_recipient_unit",
                table: "deliveries");

            migrationBuilder.DropIndex(
                name: "ix_commitments_recipient_unit",
                table: "commitments");

            migrationBuilder.DropIndex(
                name: "ix_claims_commitment",
                table: "claims");

            migrationBuilder.DropIndex(
                name: "ix_claims_current",
                table: "claims");

            migrationBuilder.DropIndex(
                name: "ix_claims_delivery",
                table: "claims");

            migrationBuilder.DropIndex(
                name: "ix_claims_part_of",
                table: "claims");

            migrationBuilder.DropIndex(
                name: "ix_claims_request",
                table: "claims");

            migrationBuilder.DropIndex(
                name: "ix_claims_root",
                table: "claims");

            migrationBuilder.DropIndex(
                name: "ix_claims_superseded_in",
                table: "claims");

            migrationBuilder.DropCheckConstraint(
                name: "claim_is_superseded_after_it_was_recorded",
                table: "claims");

            migrationBuilder.DropColumn(
                name: "begins",
                table: "requests");

            migrationBuilder.DropColumn(
                name: "ends",
                table: "requests");

            migrationBuilder.DropColumn(
                name: "kept_from",
                table: "neighbourhoods");

            migrationBuilder.DropColumn(
                name: "recipient",
                table: "neighbourhoods");

            migrationBuilder.DropColumn(
                name: "turns",
                table: "neighbourhoods");

            migrationBuilder.DropColumn(
                name: "unit",
                table: "neighbourhoods");

            migrationBuilder.DropColumn(
                name: "begins",
                table: "deliveries");

            migrationBuilder.DropColumn(
                name: "ends",
                table: "deliveries");

            migrationBuilder.DropColumn(
                name: "unpledged_exchanged",
                table: "deliveries");

            migrationBuilder.DropColumn(
                name: "begins",
                table: "commitments");

            migrationBuilder.DropColumn(
                name: "ends",
                table: "commitments");

            migrationBuilder.DropColumn(
                name: "recorded_in",
                table: "claims");

            migrationBuilder.DropColumn(
                name: "superseded_in",
                table: "claims");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "recorded_at",
                table: "claims",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "superseded_at",
                table: "claims",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_totals_recipient",
                table: "totals",
                column: "recipient");

            migrationBuilder.CreateIndex(
                name: "ix_requests_recipient",
                table: "requests",
                column: "recipient");

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_recipient",
                table: "deliveries",
                column: "recipient");

            migrationBuilder.CreateIndex(
                name: "ix_commitments_recipient",
                table: "commitments",
                column: "recipient");

            migrationBuilder.CreateIndex(
                name: "ix_claims_current",
                table: "claims",
                columns: new[] { "article_id", "external_id" },
                unique: true,
                filter: "superseded_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_claims_root",
                table: "claims",
                column: "root");

            migrationBuilder.AddCheckConstraint(
                name: "claim_is_superseded_after_it_was_recorded",
                table: "claims",
                sql: "superseded_at > recorded_at");
        }
    }
}
