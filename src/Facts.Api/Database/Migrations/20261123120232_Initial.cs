using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Facts.Api.Database.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "articles",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    external_id = table.Column<string>(type: "text", nullable: true),
                    url = table.Column<string>(type: "text", nullable: true),
                    title = table.Column<string>(type: "text", nullable: true),
                    publisher = table.Column<string>(type: "text", nullable: true),
                    author = table.Column<string>(type: "text", nullable: true),
                    published_on = table.Column<string>(type: "text", nullable: true),
                    published_from = table.Column<DateOnly>(type: "date", nullable: true),
                    published_to = table.Column<DateOnly>(type: "date", nullable: true),
                    retrieved_at = table.Column<string>(type: "text", nullable: true),
                    language = table.Column<string>(type: "text", nullable: true),
                    status = table.Column<string>(type: "text", nullable: false),
                    retracted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_articles", x => x.id);
                    table.CheckConstraint("article_is_identified", "external_id is not null or url is not null");
                    table.CheckConstraint("article_status_is_known", "status in ('active', 'corrected', 'retracted')");
                });

            migrationBuilder.CreateTable(
                name: "commitments",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    valid_from = table.Column<DateOnly>(type: "date", nullable: false),
                    firmness = table.Column<string>(type: "text", nullable: true),
                    status = table.Column<string>(type: "text", nullable: false),
                    due_on = table.Column<string>(type: "text", nullable: true),
                    due_from = table.Column<DateOnly>(type: "date", nullable: true),
                    due_to = table.Column<DateOnly>(type: "date", nullable: true),
                    original_due_on = table.Column<string>(type: "text", nullable: true),
                    part_of = table.Column<string>(type: "text", nullable: true),
                    conditional = table.Column<bool>(type: "boolean", nullable: false),
                    on_hold = table.Column<bool>(type: "boolean", nullable: false),
                    overdue = table.Column<bool>(type: "boolean", nullable: false),
                    intended_low = table.Column<decimal>(type: "numeric", nullable: true),
                    intended_high = table.Column<decimal>(type: "numeric", nullable: true),
                    original_low = table.Column<decimal>(type: "numeric", nullable: true),
                    original_high = table.Column<decimal>(type: "numeric", nullable: true),
                    committed_low = table.Column<decimal>(type: "numeric", nullable: true),
                    committed_high = table.Column<decimal>(type: "numeric", nullable: true),
                    cancelled_low = table.Column<decimal>(type: "numeric", nullable: true),
                    cancelled_high = table.Column<decimal>(type: "numeric", nullable: true),
                    delivered_low = table.Column<decimal>(type: "numeric", nullable: true),
                    delivered_high = table.Column<decimal>(type: "numeric", nullable: true),
                    credited_low = table.Column<decimal>(type: "numeric", nullable: true),
                    credited_high = table.Column<decimal>(type: "numeric", nullable: true),
                    surplus_low = table.Column<decimal>(type: "numeric", nullable: true),
                    surplus_high = table.Column<decimal>(type: "numeric", nullable: true),
                    outstanding_low = table.Column<decimal>(type: "numeric", nullable: true),
                    outstanding_high = table.Column<decimal>(type: "numeric", nullable: true),
                    overdue_low = table.Column<decimal>(type: "numeric", nullable: true),
                    overdue_high = table.Column<decimal>(type: "numeric", nullable: true),
                    overdue_original_low = table.Column<decimal>(type: "numeric", nullable: true),
                    overdue_original_high = table.Column<decimal>(type: "numeric", nullable: true),
                    valid_to = table.Column<DateOnly>(type: "date", nullable: true),
                    scope = table.Column<string>(type: "text", nullable: false),
                    key = table.Column<string>(type: "text", nullable: true),
                    donors = table.Column<List<string>>(type: "text[]", nullable: false),
                    recipient = table.Column<string>(type: "text", nullable: false),
                    items = table.Column<List<string>>(type: "text[]", nullable: false),
                    unit = table.Column<string>(type: "text", nullable: true),
                    stated_on = table.Column<string>(type: "text", nullable: true),
                    stated_from = table.Column<DateOnly>(type: "date", nullable: true),
                    stated_to = table.Column<DateOnly>(type: "date", nullable: true),
                    unquantified = table.Column<bool>(type: "boolean", nullable: false),
                    disputed = table.Column<bool>(type: "boolean", nullable: false),
                    conflict = table.Column<bool>(type: "boolean", nullable: false),
                    possible_overlap = table.Column<bool>(type: "boolean", nullable: false),
                    envelope_low = table.Column<decimal>(type: "numeric", nullable: true),
                    envelope_high = table.Column<decimal>(type: "numeric", nullable: true),
                    claims = table.Column<int>(type: "integer", nullable: false),
                    publishers = table.Column<int>(type: "integer", nullable: false),
                    claim_ids = table.Column<List<long>>(type: "bigint[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_commitments", x => new { x.id, x.valid_from });
                    table.CheckConstraint("commitments_days_are_in_order", "valid_from < valid_to");
                });

            migrationBuilder.CreateTable(
                name: "dataset",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dataset", x => x.id);
                    table.CheckConstraint("dataset_is_one_row", "id = 1");
                });

            migrationBuilder.CreateTable(
                name: "decisions",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    decision = table.Column<string>(type: "text", nullable: false),
                    a = table.Column<long>(type: "bigint", nullable: false),
                    b = table.Column<long>(type: "bigint", nullable: false),
                    decided_by = table.Column<string>(type: "text", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    undone_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_decisions", x => x.id);
                    table.CheckConstraint("decision_is_known", "decision in ('merge', 'split', 'link', 'unlink')");
                });

            migrationBuilder.CreateTable(
                name: "deliveries",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    valid_from = table.Column<DateOnly>(type: "date", nullable: false),
                    happened_on = table.Column<string>(type: "text", nullable: true),
                    happened_from = table.Column<DateOnly>(type: "date", nullable: true),
                    happened_to = table.Column<DateOnly>(type: "date", nullable: true),
                    stage = table.Column<string>(type: "text", nullable: true),
                    unexplained = table.Column<bool>(type: "boolean", nullable: false),
                    delivered_low = table.Column<decimal>(type: "numeric", nullable: true),
                    delivered_high = table.Column<decimal>(type: "numeric", nullable: true),
                    unpledged_low = table.Column<decimal>(type: "numeric", nullable: true),
                    unpledged_high = table.Column<decimal>(type: "numeric", nullable: true),
                    valid_to = table.Column<DateOnly>(type: "date", nullable: true),
                    scope = table.Column<string>(type: "text", nullable: false),
                    key = table.Column<string>(type: "text", nullable: true),
                    donors = table.Column<List<string>>(type: "text[]", nullable: false),
                    recipient = table.Column<string>(type: "text", nullable: false),
                    items = table.Column<List<string>>(type: "text[]", nullable: false),
                    unit = table.Column<string>(type: "text", nullable: true),
                    stated_on = table.Column<string>(type: "text", nullable: true),
                    stated_from = table.Column<DateOnly>(type: "date", nullable: true),
                    stated_to = table.Column<DateOnly>(type: "date", nullable: true),
                    unquantified = table.Column<bool>(type: "boolean", nullable: false),
                    disputed = table.Column<bool>(type: "boolean", nullable: false),
                    conflict = table.Column<bool>(type: "boolean", nullable: false),
                    possible_overlap = table.Column<bool>(type: "boolean", nullable: false),
                    envelope_low = table.Column<decimal>(type: "numeric", nullable: true),
                    envelope_high = table.Column<decimal>(type: "numeric", nullable: true),
                    claims = table.Column<int>(type: "integer", nullable: false),
                    publishers = table.Column<int>(type: "integer", nullable: false),
                    claim_ids = table.Column<List<long>>(type: "bigint[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_deliveries", x => new { x.id, x.valid_from });
                    table.CheckConstraint("deliveries_days_are_in_order", "valid_from < valid_to");
                });

            migrationBuilder.CreateTable(
                name: "imports",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    state = table.Column<string>(type: "text", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    report = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_imports", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "items",
                columns: table => new
                {
                    code = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    parent = table.Column<string>(type: "text", nullable: true),
                    unit = table.Column<string>(type: "text", nullable: true),
                    aliases = table.Column<List<string>>(type: "text[]", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_items", x => x.code);
                    table.CheckConstraint("item_is_not_its_own_parent", "parent is distinct from code");
                    table.ForeignKey(
                        name: "fk_items_items_parent",
                        column: x => x.parent,
                        principalTable: "items",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "links",
                columns: table => new
                {
                    commitment_id = table.Column<long>(type: "bigint", nullable: false),
                    delivery_id = table.Column<long>(type: "bigint", nullable: false),
                    valid_from = table.Column<DateOnly>(type: "date", nullable: false),
                    valid_to = table.Column<DateOnly>(type: "date", nullable: true),
                    scope = table.Column<string>(type: "text", nullable: false),
                    @explicit = table.Column<bool>(name: "explicit", type: "boolean", nullable: false),
                    quantity_low = table.Column<decimal>(type: "numeric", nullable: false),
                    quantity_high = table.Column<decimal>(type: "numeric", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_links", x => new { x.commitment_id, x.delivery_id, x.valid_from });
                });

            migrationBuilder.CreateTable(
                name: "neighbourhoods",
                columns: table => new
                {
                    scope = table.Column<string>(type: "text", nullable: false),
                    kept_until = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_neighbourhoods", x => x.scope);
                });

            migrationBuilder.CreateTable(
                name: "parties",
                columns: table => new
                {
                    code = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    aliases = table.Column<List<string>>(type: "text[]", nullable: false),
                    members = table.Column<List<string>>(type: "text[]", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_parties", x => x.code);
                    table.CheckConstraint("party_kind_is_known", "kind in ('state', 'alliance', 'organization', 'company', 'group')");
                });

            migrationBuilder.CreateTable(
                name: "requests",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    valid_from = table.Column<DateOnly>(type: "date", nullable: false),
                    requested_low = table.Column<decimal>(type: "numeric", nullable: true),
                    requested_high = table.Column<decimal>(type: "numeric", nullable: true),
                    unmet_need_low = table.Column<decimal>(type: "numeric", nullable: true),
                    unmet_need_high = table.Column<decimal>(type: "numeric", nullable: true),
                    valid_to = table.Column<DateOnly>(type: "date", nullable: true),
                    scope = table.Column<string>(type: "text", nullable: false),
                    key = table.Column<string>(type: "text", nullable: true),
                    donors = table.Column<List<string>>(type: "text[]", nullable: false),
                    recipient = table.Column<string>(type: "text", nullable: false),
                    items = table.Column<List<string>>(type: "text[]", nullable: false),
                    unit = table.Column<string>(type: "text", nullable: true),
                    stated_on = table.Column<string>(type: "text", nullable: true),
                    stated_from = table.Column<DateOnly>(type: "date", nullable: true),
                    stated_to = table.Column<DateOnly>(type: "date", nullable: true),
                    unquantified = table.Column<bool>(type: "boolean", nullable: false),
                    disputed = table.Column<bool>(type: "boolean", nullable: false),
                    conflict = table.Column<bool>(type: "boolean", nullable: false),
                    possible_overlap = table.Column<bool>(type: "boolean", nullable: false),
                    envelope_low = table.Column<decimal>(type: "numeric", nullable: true),
                    envelope_high = table.Column<decimal>(type: "numeric", nullable: true),
                    claims = table.Column<int>(type: "integer", nullable: false),
                    publishers = table.Column<int>(type: "integer", nullable: false),
                    claim_ids = table.Column<List<long>>(type: "bigint[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_requests", x => new { x.id, x.valid_from });
                    table.CheckConstraint("requests_days_are_in_order", "valid_from < valid_to");
                });

            migrationBuilder.CreateTable(
                name: "ties",
                columns: table => new
                {
                    scope = table.Column<string>(type: "text", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ties", x => new { x.scope, x.key });
                });

            migrationBuilder.CreateTable(
                name: "totals",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    scope = table.Column<string>(type: "text", nullable: false),
                    valid_from = table.Column<DateOnly>(type: "date", nullable: false),
                    valid_to = table.Column<DateOnly>(type: "date", nullable: true),
                    donors = table.Column<List<string>>(type: "text[]", nullable: false),
                    recipient = table.Column<string>(type: "text", nullable: false),
                    items = table.Column<List<string>>(type: "text[]", nullable: false),
                    unit = table.Column<string>(type: "text", nullable: true),
                    requested_low = table.Column<decimal>(type: "numeric", nullable: true),
                    requested_high = table.Column<decimal>(type: "numeric", nullable: true),
                    intended_low = table.Column<decimal>(type: "numeric", nullable: true),
                    intended_high = table.Column<decimal>(type: "numeric", nullable: true),
                    original_low = table.Column<decimal>(type: "numeric", nullable: true),
                    original_high = table.Column<decimal>(type: "numeric", nullable: true),
                    committed_low = table.Column<decimal>(type: "numeric", nullable: true),
                    committed_high = table.Column<decimal>(type: "numeric", nullable: true),
                    cancelled_low = table.Column<decimal>(type: "numeric", nullable: true),
                    cancelled_high = table.Column<decimal>(type: "numeric", nullable: true),
                    delivered_low = table.Column<decimal>(type: "numeric", nullable: true),
                    delivered_high = table.Column<decimal>(type: "numeric", nullable: true),
                    credited_low = table.Column<decimal>(type: "numeric", nullable: true),
                    credited_high = table.Column<decimal>(type: "numeric", nullable: true),
                    surplus_low = table.Column<decimal>(type: "numeric", nullable: true),
                    surplus_high = table.Column<decimal>(type: "numeric", nullable: true),
                    unpledged_low = table.Column<decimal>(type: "numeric", nullable: true),
                    unpledged_high = table.Column<decimal>(type: "numeric", nullable: true),
                    outstanding_low = table.Column<decimal>(type: "numeric", nullable: true),
                    outstanding_high = table.Column<decimal>(type: "numeric", nullable: true),
                    overdue_low = table.Column<decimal>(type: "numeric", nullable: true),
                    overdue_high = table.Column<decimal>(type: "numeric", nullable: true),
                    overdue_original_low = table.Column<decimal>(type: "numeric", nullable: true),
                    overdue_original_high = table.Column<decimal>(type: "numeric", nullable: true),
                    unmet_need_low = table.Column<decimal>(type: "numeric", nullable: true),
                    unmet_need_high = table.Column<decimal>(type: "numeric", nullable: true),
                    commitments = table.Column<int>(type: "integer", nullable: false),
                    deliveries = table.Column<int>(type: "integer", nullable: false),
                    requests = table.Column<int>(type: "integer", nullable: false),
                    unquantified = table.Column<int>(type: "integer", nullable: false),
                    conditional = table.Column<int>(type: "integer", nullable: false),
                    on_hold = table.Column<int>(type: "integer", nullable: false),
                    disputed = table.Column<int>(type: "integer", nullable: false),
                    conflicts = table.Column<int>(type: "integer", nullable: false),
                    possible_overlap = table.Column<int>(type: "integer", nullable: false),
                    claims = table.Column<int>(type: "integer", nullable: false),
                    article_ids = table.Column<List<long>>(type: "bigint[]", nullable: false),
                    publishers = table.Column<List<string>>(type: "text[]", nullable: false),
                    last_stated_on = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_totals", x => x.id);
                    table.CheckConstraint("total_days_are_in_order", "valid_from < valid_to");
                });

            migrationBuilder.CreateTable(
                name: "item_names",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false),
                    code = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_item_names", x => x.name);
                    table.ForeignKey(
                        name: "fk_item_names_items_code",
                        column: x => x.code,
                        principalTable: "items",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "claims",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    root = table.Column<long>(type: "bigint", nullable: false),
                    article_id = table.Column<long>(type: "bigint", nullable: false),
                    external_id = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    firmness = table.Column<string>(type: "text", nullable: true),
                    donors = table.Column<List<string>>(type: "text[]", nullable: false),
                    recipient = table.Column<string>(type: "text", nullable: true),
                    items = table.Column<List<string>>(type: "text[]", nullable: false),
                    quantity_qualifier = table.Column<string>(type: "text", nullable: false),
                    quantity_low = table.Column<decimal>(type: "numeric(20,4)", nullable: true),
                    quantity_high = table.Column<decimal>(type: "numeric(20,4)", nullable: true),
                    quantity_basis = table.Column<string>(type: "text", nullable: false),
                    quantity_text = table.Column<string>(type: "text", nullable: true),
                    unit = table.Column<string>(type: "text", nullable: true),
                    stated_on = table.Column<string>(type: "text", nullable: false),
                    stated_from = table.Column<DateOnly>(type: "date", nullable: true),
                    stated_to = table.Column<DateOnly>(type: "date", nullable: true),
                    happened_on = table.Column<string>(type: "text", nullable: true),
                    happened_from = table.Column<DateOnly>(type: "date", nullable: true),
                    happened_to = table.Column<DateOnly>(type: "date", nullable: true),
                    due_on = table.Column<string>(type: "text", nullable: true),
                    due_from = table.Column<DateOnly>(type: "date", nullable: true),
                    due_to = table.Column<DateOnly>(type: "date", nullable: true),
                    stage = table.Column<string>(type: "text", nullable: true),
                    condition = table.Column<string>(type: "text", nullable: true),
                    condition_met = table.Column<bool>(type: "boolean", nullable: true),
                    on_hold = table.Column<bool>(type: "boolean", nullable: true),
                    commitment = table.Column<string>(type: "text", nullable: true),
                    delivery = table.Column<string>(type: "text", nullable: true),
                    request = table.Column<string>(type: "text", nullable: true),
                    assessment = table.Column<string>(type: "text", nullable: true),
                    part_of = table.Column<string>(type: "text", nullable: true),
                    quote = table.Column<string>(type: "text", nullable: true),
                    quote_prefix = table.Column<string>(type: "text", nullable: true),
                    quote_suffix = table.Column<string>(type: "text", nullable: true),
                    claimant = table.Column<string>(type: "text", nullable: true),
                    attribution = table.Column<string>(type: "text", nullable: true),
                    rank = table.Column<string>(type: "text", nullable: false),
                    note = table.Column<string>(type: "text", nullable: true),
                    content = table.Column<string>(type: "text", nullable: false),
                    scope = table.Column<string>(type: "text", nullable: false),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    superseded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    superseded_by = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_claims", x => x.id);
                    table.CheckConstraint("claim_assessment_is_known", "assessment in ('forecast', 'denial', 'delay', 'ratio', 'other')");
                    table.CheckConstraint("claim_attribution_is_known", "attribution in ('named', 'anonymous', 'document', 'unattributed')");
                    table.CheckConstraint("claim_basis_is_known", "quantity_basis in ('increment', 'cumulative', 'remaining', 'total')");
                    table.CheckConstraint("claim_change_names_its_commitment", "kind not in ('amendment', 'cancellation') or commitment is not null");
                    table.CheckConstraint("claim_firmness_is_known", "firmness in ('intent', 'pledged', 'committed')");
                    table.CheckConstraint("claim_is_superseded_after_it_was_recorded", "superseded_at > recorded_at");
                    table.CheckConstraint("claim_kind_is_known", "kind in ('request', 'pledge', 'amendment', 'cancellation', 'delivery', 'assessment')");
                    table.CheckConstraint("claim_low_is_not_above_high", "quantity_low <= quantity_high");
                    table.CheckConstraint("claim_qualifier_is_known", "quantity_qualifier in ('exact', 'at_least', 'at_most', 'range', 'approximate', 'vague', 'unspecified')");
                    table.CheckConstraint("claim_rank_is_known", "rank in ('preferred', 'normal', 'deprecated')");
                    table.CheckConstraint("claim_stage_is_known", "stage in ('announced', 'dispatched', 'arrived', 'accepted', 'operational', 'rejected')");
                    table.ForeignKey(
                        name: "fk_claims_articles_article_id",
                        column: x => x.article_id,
                        principalTable: "articles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_claims_parties_recipient",
                        column: x => x.recipient,
                        principalTable: "parties",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "party_names",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false),
                    code = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_party_names", x => x.name);
                    table.ForeignKey(
                        name: "fk_party_names_parties_code",
                        column: x => x.code,
                        principalTable: "parties",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.InsertData(
                table: "dataset",
                columns: new[] { "id", "recorded_at", "version" },
                values: new object[] { 1, new DateTimeOffset(new DateTime(1970, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)), 0L });

            migrationBuilder.CreateIndex(
                name: "ix_articles_external_id",
                table: "articles",
                column: "external_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_articles_url_alone",
                table: "articles",
                column: "url",
                unique: true,
                filter: "external_id is null");

            migrationBuilder.CreateIndex(
                name: "ix_claims_current",
                table: "claims",
                columns: new[] { "article_id", "external_id" },
                unique: true,
                filter: "superseded_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_claims_recipient",
                table: "claims",
                column: "recipient");

            migrationBuilder.CreateIndex(
                name: "ix_claims_root",
                table: "claims",
                column: "root");

            migrationBuilder.CreateIndex(
                name: "ix_claims_scope",
                table: "claims",
                column: "scope");

            migrationBuilder.CreateIndex(
                name: "ix_commitments_due_to",
                table: "commitments",
                column: "due_to");

            migrationBuilder.CreateIndex(
                name: "ix_commitments_key",
                table: "commitments",
                column: "key");

            migrationBuilder.CreateIndex(
                name: "ix_commitments_recipient",
                table: "commitments",
                column: "recipient");

            migrationBuilder.CreateIndex(
                name: "ix_commitments_scope",
                table: "commitments",
                column: "scope");

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_key",
                table: "deliveries",
                column: "key");

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_recipient",
                table: "deliveries",
                column: "recipient");

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_scope",
                table: "deliveries",
                column: "scope");

            migrationBuilder.CreateIndex(
                name: "ix_item_names_code",
                table: "item_names",
                column: "code");

            migrationBuilder.CreateIndex(
                name: "ix_items_parent",
                table: "items",
                column: "parent");

            migrationBuilder.CreateIndex(
                name: "ix_links_delivery_id",
                table: "links",
                column: "delivery_id");

            migrationBuilder.CreateIndex(
                name: "ix_links_scope",
                table: "links",
                column: "scope");

            migrationBuilder.CreateIndex(
                name: "ix_neighbourhoods_kept_until",
                table: "neighbourhoods",
                column: "kept_until",
                filter: "kept_until is not null");

            migrationBuilder.CreateIndex(
                name: "ix_party_names_code",
                table: "party_names",
                column: "code");

            migrationBuilder.CreateIndex(
                name: "ix_requests_key",
                table: "requests",
                column: "key");

            migrationBuilder.CreateIndex(
                name: "ix_requests_recipient",
                table: "requests",
                column: "recipient");

            migrationBuilder.CreateIndex(
                name: "ix_requests_scope",
                table: "requests",
                column: "scope");

            migrationBuilder.CreateIndex(
                name: "ix_ties_key",
                table: "ties",
                column: "key");

            migrationBuilder.CreateIndex(
                name: "ix_totals_recipient",
                table: "totals",
                column: "recipient");

            migrationBuilder.CreateIndex(
                name: "ix_totals_scope",
                table: "totals",
                column: "scope");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "claims");

            migrationBuilder.DropTable(
                name: "commitments");

            migrationBuilder.DropTable(
                name: "dataset");

            migrationBuilder.DropTable(
                name: "decisions");

            migrationBuilder.DropTable(
                name: "deliveries");

            migrationBuilder.DropTable(
                name: "imports");

            migrationBuilder.DropTable(
                name: "item_names");

            migrationBuilder.DropTable(
                name: "links");

            migrationBuilder.DropTable(
                name: "neighbourhoods");

            migrationBuilder.DropTable(
                name: "party_names");

            migrationBuilder.DropTable(
                name: "requests");

            migrationBuilder.DropTable(
                name: "ties");

            migrationBuilder.DropTable(
                name: "totals");

            migrationBuilder.DropTable(
                name: "articles");

            migrationBuilder.DropTable(
                name: "items");

            migrationBuilder.DropTable(
                name: "parties");
        }
    }
}
