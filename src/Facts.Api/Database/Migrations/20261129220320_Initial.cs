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
                name: "audit",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    key_id = table.Column<long>(type: "bigint", nullable: true),
                    subject = table.Column<string>(type: "text", nullable: true),
                    request_id = table.Column<string>(type: "text", nullable: true),
                    method = table.Column<string>(type: "text", nullable: false),
                    path = table.Column<string>(type: "text", nullable: false),
                    resource = table.Column<string>(type: "text", nullable: true),
                    change = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "candidates",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: false),
                    why = table.Column<string>(type: "text", nullable: false),
                    a = table.Column<long>(type: "bigint", nullable: false),
                    a_kind = table.Column<string>(type: "text", nullable: false),
                    a_text = table.Column<string>(type: "text", nullable: false),
                    a_claim_ids = table.Column<List<long>>(type: "bigint[]", nullable: false),
                    b = table.Column<long>(type: "bigint", nullable: false),
                    b_kind = table.Column<string>(type: "text", nullable: false),
                    b_text = table.Column<string>(type: "text", nullable: false),
                    b_claim_ids = table.Column<List<long>>(type: "bigint[]", nullable: false),
                    decision = table.Column<string>(type: "text", nullable: false),
                    measure = table.Column<string>(type: "text", nullable: false),
                    apart_low = table.Column<decimal>(type: "numeric", nullable: true),
                    apart_high = table.Column<decimal>(type: "numeric", nullable: true),
                    together_low = table.Column<decimal>(type: "numeric", nullable: true),
                    together_high = table.Column<decimal>(type: "numeric", nullable: true),
                    effect = table.Column<string>(type: "text", nullable: false),
                    spans_totals = table.Column<bool>(type: "boolean", nullable: false),
                    claim = table.Column<long>(type: "bigint", nullable: true),
                    recipient = table.Column<string>(type: "text", nullable: false),
                    unit = table.Column<string>(type: "text", nullable: true),
                    content = table.Column<Guid>(type: "uuid", nullable: false),
                    partition = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_candidates", x => x.id);
                });

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
                    resources = table.Column<string>(type: "jsonb", nullable: false),
                    facts_changed = table.Column<int>(type: "integer", nullable: false),
                    facts = table.Column<string>(type: "jsonb", nullable: false),
                    balances_moved = table.Column<int>(type: "integer", nullable: false),
                    balances = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_changes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "commitments",
                columns: table => new
                {
                    valid_from = table.Column<DateOnly>(type: "date", nullable: false),
                    id = table.Column<long>(type: "bigint", nullable: false),
                    firmness = table.Column<string>(type: "text", nullable: true),
                    status = table.Column<string>(type: "text", nullable: false),
                    due_on = table.Column<string>(type: "text", nullable: true),
                    due_from = table.Column<DateOnly>(type: "date", nullable: true),
                    due_to = table.Column<DateOnly>(type: "date", nullable: true),
                    original_due_on = table.Column<string>(type: "text", nullable: true),
                    deadlines = table.Column<string>(type: "jsonb", nullable: false, defaultValueSql: "'[]'"),
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
                    partition = table.Column<string>(type: "text", nullable: false),
                    valid_to = table.Column<DateOnly>(type: "date", nullable: true),
                    donors = table.Column<List<string>>(type: "text[]", nullable: false),
                    recipient = table.Column<string>(type: "text", nullable: false),
                    items = table.Column<List<string>>(type: "text[]", nullable: false),
                    unit = table.Column<string>(type: "text", nullable: true),
                    key = table.Column<string>(type: "text", nullable: true),
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
                    begins = table.Column<DateOnly>(type: "date", nullable: false),
                    ends = table.Column<DateOnly>(type: "date", nullable: false),
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
                    epoch = table.Column<Guid>(type: "uuid", nullable: false, defaultValueSql: "gen_random_uuid()"),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    seed = table.Column<int>(type: "integer", nullable: false)
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
                    b = table.Column<long>(type: "bigint", nullable: true),
                    rank = table.Column<string>(type: "text", nullable: true),
                    rank_before = table.Column<string>(type: "text", nullable: true),
                    decided_by = table.Column<string>(type: "text", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    undone_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_decisions", x => x.id);
                    table.CheckConstraint("decision_is_known", "decision in ('merge', 'split', 'link', 'unlink', 'rank')");
                    table.CheckConstraint("decision_is_whole", "decision = 'rank' and b is null and rank is not null and rank_before is not null or decision <> 'rank' and b is not null and rank is null and rank_before is null");
                    table.CheckConstraint("decision_rank_is_known", "rank in ('preferred', 'normal', 'deprecated')");
                });

            migrationBuilder.CreateTable(
                name: "deliveries",
                columns: table => new
                {
                    valid_from = table.Column<DateOnly>(type: "date", nullable: false),
                    id = table.Column<long>(type: "bigint", nullable: false),
                    happened_on = table.Column<string>(type: "text", nullable: true),
                    happened_from = table.Column<DateOnly>(type: "date", nullable: true),
                    happened_to = table.Column<DateOnly>(type: "date", nullable: true),
                    stage = table.Column<string>(type: "text", nullable: true),
                    unexplained = table.Column<bool>(type: "boolean", nullable: false),
                    delivered_low = table.Column<decimal>(type: "numeric", nullable: true),
                    delivered_high = table.Column<decimal>(type: "numeric", nullable: true),
                    unpledged_low = table.Column<decimal>(type: "numeric", nullable: true),
                    unpledged_high = table.Column<decimal>(type: "numeric", nullable: true),
                    partition = table.Column<string>(type: "text", nullable: false),
                    valid_to = table.Column<DateOnly>(type: "date", nullable: true),
                    donors = table.Column<List<string>>(type: "text[]", nullable: false),
                    recipient = table.Column<string>(type: "text", nullable: false),
                    items = table.Column<List<string>>(type: "text[]", nullable: false),
                    unit = table.Column<string>(type: "text", nullable: true),
                    key = table.Column<string>(type: "text", nullable: true),
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
                    begins = table.Column<DateOnly>(type: "date", nullable: false),
                    ends = table.Column<DateOnly>(type: "date", nullable: false),
                    claim_ids = table.Column<List<long>>(type: "bigint[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_deliveries", x => new { x.id, x.valid_from });
                    table.CheckConstraint("deliveries_days_are_in_order", "valid_from < valid_to");
                });

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

            migrationBuilder.CreateTable(
                name: "imports",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    state = table.Column<string>(type: "text", nullable: false),
                    format = table.Column<string>(type: "text", nullable: false),
                    options = table.Column<string>(type: "text", nullable: false),
                    header = table.Column<string>(type: "text", nullable: true),
                    holder = table.Column<Guid>(type: "uuid", nullable: true),
                    held_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    bytes = table.Column<long>(type: "bigint", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    is_cancelled = table.Column<bool>(type: "boolean", nullable: false),
                    rows_read = table.Column<int>(type: "integer", nullable: false),
                    rows_created = table.Column<int>(type: "integer", nullable: false),
                    rows_updated = table.Column<int>(type: "integer", nullable: false),
                    rows_unchanged = table.Column<int>(type: "integer", nullable: false),
                    rows_failed = table.Column<int>(type: "integer", nullable: false),
                    rows_dropped = table.Column<int>(type: "integer", nullable: false),
                    percent = table.Column<int>(type: "integer", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: true),
                    queued_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    details = table.Column<string>(type: "text", nullable: false),
                    key_id = table.Column<long>(type: "bigint", nullable: true),
                    subject = table.Column<string>(type: "text", nullable: true),
                    request_id = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_imports", x => x.id);
                    table.CheckConstraint("import_state_is_known", "state in ('queued', 'running', 'done', 'refused', 'failed', 'cancelled', 'checked')");
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
                    version = table.Column<long>(type: "bigint", nullable: false),
                    merged_into = table.Column<string>(type: "text", nullable: true),
                    is_removed = table.Column<bool>(type: "boolean", nullable: false)
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
                name: "keys",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    name = table.Column<string>(type: "text", nullable: false),
                    scopes = table.Column<List<string>>(type: "text[]", nullable: false),
                    sha256 = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    expires_on = table.Column<DateOnly>(type: "date", nullable: true),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_keys", x => x.id);
                    table.CheckConstraint("key_is_a_hash", "length(sha256) = 32");
                    table.CheckConstraint("key_scopes_are_known", "scopes <@ array['read', 'contribute', 'edit', 'admin']");
                });

            migrationBuilder.CreateTable(
                name: "links",
                columns: table => new
                {
                    valid_from = table.Column<DateOnly>(type: "date", nullable: false),
                    commitment_id = table.Column<long>(type: "bigint", nullable: false),
                    delivery_id = table.Column<long>(type: "bigint", nullable: false),
                    @explicit = table.Column<bool>(name: "explicit", type: "boolean", nullable: false),
                    quantity_low = table.Column<decimal>(type: "numeric", nullable: false),
                    quantity_high = table.Column<decimal>(type: "numeric", nullable: true),
                    partition = table.Column<string>(type: "text", nullable: false),
                    valid_to = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_links", x => new { x.commitment_id, x.delivery_id, x.valid_from });
                });

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
                name: "parties",
                columns: table => new
                {
                    code = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    aliases = table.Column<List<string>>(type: "text[]", nullable: false),
                    members = table.Column<List<string>>(type: "text[]", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    merged_into = table.Column<string>(type: "text", nullable: true),
                    is_removed = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_parties", x => x.code);
                    table.CheckConstraint("party_kind_is_known", "kind in ('state', 'alliance', 'organization', 'company', 'group')");
                });

            migrationBuilder.CreateTable(
                name: "partition_links",
                columns: table => new
                {
                    partition = table.Column<string>(type: "text", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_partition_links", x => new { x.partition, x.key });
                });

            migrationBuilder.CreateTable(
                name: "partitions",
                columns: table => new
                {
                    partition = table.Column<string>(type: "text", nullable: false),
                    recipient = table.Column<string>(type: "text", nullable: true),
                    unit = table.Column<string>(type: "text", nullable: true),
                    is_request = table.Column<bool>(type: "boolean", nullable: false, computedColumnSql: "starts_with(partition, 't:')", stored: true),
                    computed_from = table.Column<DateOnly>(type: "date", nullable: false),
                    computed_until = table.Column<DateOnly>(type: "date", nullable: true),
                    is_deferred = table.Column<bool>(type: "boolean", nullable: false),
                    writes = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_partitions", x => x.partition);
                });

            migrationBuilder.CreateTable(
                name: "perimeters",
                columns: table => new
                {
                    code = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: true),
                    filter = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_perimeters", x => x.code);
                    table.CheckConstraint("perimeter_code_is_a_slug", "code ~ '^[a-z0-9][a-z0-9-]{0,99}$'");
                });

            migrationBuilder.CreateTable(
                name: "requests",
                columns: table => new
                {
                    valid_from = table.Column<DateOnly>(type: "date", nullable: false),
                    id = table.Column<long>(type: "bigint", nullable: false),
                    requested_low = table.Column<decimal>(type: "numeric", nullable: true),
                    requested_high = table.Column<decimal>(type: "numeric", nullable: true),
                    unmet_need_low = table.Column<decimal>(type: "numeric", nullable: true),
                    unmet_need_high = table.Column<decimal>(type: "numeric", nullable: true),
                    unmet_need_days = table.Column<List<DateOnly>>(type: "date[]", nullable: true),
                    unmet_need_lows = table.Column<List<decimal>>(type: "numeric[]", nullable: true),
                    unmet_need_highs = table.Column<List<decimal?>>(type: "numeric[]", nullable: true),
                    partition = table.Column<string>(type: "text", nullable: false),
                    valid_to = table.Column<DateOnly>(type: "date", nullable: true),
                    donors = table.Column<List<string>>(type: "text[]", nullable: false),
                    recipient = table.Column<string>(type: "text", nullable: false),
                    items = table.Column<List<string>>(type: "text[]", nullable: false),
                    unit = table.Column<string>(type: "text", nullable: true),
                    key = table.Column<string>(type: "text", nullable: true),
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
                    begins = table.Column<DateOnly>(type: "date", nullable: false),
                    ends = table.Column<DateOnly>(type: "date", nullable: false),
                    claim_ids = table.Column<List<long>>(type: "bigint[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_requests", x => new { x.id, x.valid_from });
                    table.CheckConstraint("requests_days_are_in_order", "valid_from < valid_to");
                });

            migrationBuilder.CreateTable(
                name: "totals",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
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
                    unmet_need_days = table.Column<List<DateOnly>>(type: "date[]", nullable: true),
                    unmet_need_lows = table.Column<List<decimal>>(type: "numeric[]", nullable: true),
                    unmet_need_highs = table.Column<List<decimal?>>(type: "numeric[]", nullable: true),
                    commitments = table.Column<int>(type: "integer", nullable: false),
                    deliveries = table.Column<int>(type: "integer", nullable: false),
                    requests = table.Column<int>(type: "integer", nullable: false),
                    unquantified = table.Column<int>(type: "integer", nullable: false),
                    conditional = table.Column<int>(type: "integer", nullable: false),
                    on_hold = table.Column<int>(type: "integer", nullable: false),
                    disputed = table.Column<int>(type: "integer", nullable: false),
                    conflicts = table.Column<int>(type: "integer", nullable: false),
                    possible_overlap = table.Column<int>(type: "integer", nullable: false),
                    committed_overlap = table.Column<decimal>(type: "numeric", nullable: false),
                    delivered_overlap = table.Column<decimal>(type: "numeric", nullable: false),
                    claims = table.Column<int>(type: "integer", nullable: false),
                    article_ids = table.Column<List<long>>(type: "bigint[]", nullable: false),
                    publishers = table.Column<List<string>>(type: "text[]", nullable: false),
                    last_stated_on = table.Column<DateOnly>(type: "date", nullable: true),
                    partition = table.Column<string>(type: "text", nullable: false),
                    valid_from = table.Column<DateOnly>(type: "date", nullable: false),
                    valid_to = table.Column<DateOnly>(type: "date", nullable: true),
                    donors = table.Column<List<string>>(type: "text[]", nullable: false),
                    recipient = table.Column<string>(type: "text", nullable: false),
                    items = table.Column<List<string>>(type: "text[]", nullable: false),
                    unit = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_totals", x => x.id);
                    table.CheckConstraint("total_days_are_in_order", "valid_from < valid_to");
                });

            migrationBuilder.CreateTable(
                name: "import_blocks",
                columns: table => new
                {
                    import_id = table.Column<long>(type: "bigint", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    packed = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_import_blocks", x => new { x.import_id, x.number });
                    table.ForeignKey(
                        name: "fk_import_blocks_imports_import_id",
                        column: x => x.import_id,
                        principalTable: "imports",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

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
                    first_edition_id = table.Column<long>(type: "bigint", nullable: false),
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
                    file_content = table.Column<string>(type: "text", nullable: true),
                    partition = table.Column<string>(type: "text", nullable: false),
                    recorded_in = table.Column<long>(type: "bigint", nullable: false),
                    superseded_in = table.Column<long>(type: "bigint", nullable: true),
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
                    table.CheckConstraint("claim_is_superseded_after_it_was_recorded", "superseded_in <> recorded_in");
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

            migrationBuilder.InsertData(
                table: "dataset",
                columns: new[] { "id", "recorded_at", "seed", "version" },
                values: new object[] { 1, new DateTimeOffset(new DateTime(1970, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)), 0, 0L });

            migrationBuilder.CreateIndex(
                name: "ix_articles_external_id",
                table: "articles",
                column: "external_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_articles_url",
                table: "articles",
                column: "url");

            migrationBuilder.CreateIndex(
                name: "ix_articles_url_alone",
                table: "articles",
                column: "url",
                unique: true,
                filter: "external_id is null");

            migrationBuilder.CreateIndex(
                name: "ix_candidates_partition",
                table: "candidates",
                column: "partition");

            migrationBuilder.CreateIndex(
                name: "ix_candidates_recipient_unit",
                table: "candidates",
                columns: new[] { "recipient", "unit" });

            migrationBuilder.CreateIndex(
                name: "ix_candidates_spanning",
                table: "candidates",
                column: "recipient",
                filter: "spans_totals");

            migrationBuilder.CreateIndex(
                name: "ix_changes_sequence",
                table: "changes",
                column: "sequence",
                unique: true);

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
                name: "ix_claims_first_edition_id",
                table: "claims",
                column: "first_edition_id",
                filter: "first_edition_id <> id");

            migrationBuilder.CreateIndex(
                name: "ix_claims_part_of",
                table: "claims",
                column: "part_of",
                filter: "part_of is not null");

            migrationBuilder.CreateIndex(
                name: "ix_claims_partition",
                table: "claims",
                column: "partition");

            migrationBuilder.CreateIndex(
                name: "ix_claims_recipient",
                table: "claims",
                column: "recipient");

            migrationBuilder.CreateIndex(
                name: "ix_claims_request",
                table: "claims",
                column: "request",
                filter: "request is not null");

            migrationBuilder.CreateIndex(
                name: "ix_claims_superseded_in",
                table: "claims",
                column: "superseded_in",
                filter: "superseded_in is not null");

            migrationBuilder.CreateIndex(
                name: "ix_claims_withdrawn",
                table: "claims",
                columns: new[] { "article_id", "external_id" },
                filter: "superseded_in is not null and superseded_by is null");

            migrationBuilder.CreateIndex(
                name: "ix_commitments_key",
                table: "commitments",
                column: "key");

            migrationBuilder.CreateIndex(
                name: "ix_commitments_partition",
                table: "commitments",
                column: "partition");

            migrationBuilder.CreateIndex(
                name: "ix_commitments_recipient_unit_valid_to",
                table: "commitments",
                columns: new[] { "recipient", "unit", "valid_to" });

            migrationBuilder.CreateIndex(
                name: "ix_decisions_a",
                table: "decisions",
                column: "a");

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_key",
                table: "deliveries",
                column: "key");

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_partition",
                table: "deliveries",
                column: "partition");

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_recipient_unit_valid_to",
                table: "deliveries",
                columns: new[] { "recipient", "unit", "valid_to" });

            migrationBuilder.CreateIndex(
                name: "ix_idempotency_keys_recorded_at",
                table: "idempotency_keys",
                column: "recorded_at");

            migrationBuilder.CreateIndex(
                name: "ix_import_errors_import_id_id",
                table: "import_errors",
                columns: new[] { "import_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_imports_waiting",
                table: "imports",
                column: "id",
                filter: "finished_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_item_names_code",
                table: "item_names",
                column: "code");

            migrationBuilder.CreateIndex(
                name: "ix_items_parent",
                table: "items",
                column: "parent");

            migrationBuilder.CreateIndex(
                name: "ix_keys_sha256",
                table: "keys",
                column: "sha256",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_links_delivery_id",
                table: "links",
                column: "delivery_id");

            migrationBuilder.CreateIndex(
                name: "ix_links_partition",
                table: "links",
                column: "partition");

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

            migrationBuilder.CreateIndex(
                name: "ix_partition_links_key",
                table: "partition_links",
                column: "key");

            migrationBuilder.CreateIndex(
                name: "ix_partitions_computed_from",
                table: "partitions",
                column: "computed_from",
                filter: "computed_from > '-infinity'");

            migrationBuilder.CreateIndex(
                name: "ix_partitions_computed_until",
                table: "partitions",
                column: "computed_until",
                filter: "computed_until is not null");

            migrationBuilder.CreateIndex(
                name: "ix_partitions_is_deferred",
                table: "partitions",
                column: "is_deferred",
                filter: "is_deferred");

            migrationBuilder.CreateIndex(
                name: "ix_partitions_recipient_unit",
                table: "partitions",
                columns: new[] { "recipient", "unit" });

            migrationBuilder.CreateIndex(
                name: "ix_party_names_code",
                table: "party_names",
                column: "code");

            migrationBuilder.CreateIndex(
                name: "ix_requests_key",
                table: "requests",
                column: "key");

            migrationBuilder.CreateIndex(
                name: "ix_requests_partition",
                table: "requests",
                column: "partition");

            migrationBuilder.CreateIndex(
                name: "ix_requests_recipient_unit_valid_to",
                table: "requests",
                columns: new[] { "recipient", "unit", "valid_to" });

            migrationBuilder.CreateIndex(
                name: "ix_totals_partition",
                table: "totals",
                column: "partition");

            migrationBuilder.CreateIndex(
                name: "ix_totals_recipient_valid_to",
                table: "totals",
                columns: new[] { "recipient", "valid_to" });

            migrationBuilder.CreateIndex(
                name: "ix_totals_valid_to",
                table: "totals",
                column: "valid_to");

            migrationBuilder.AddExpressionIndexes();
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "audit");

            migrationBuilder.DropTable(
                name: "candidates");

            migrationBuilder.DropTable(
                name: "changes");

            migrationBuilder.DropTable(
                name: "commitments");

            migrationBuilder.DropTable(
                name: "dataset");

            migrationBuilder.DropTable(
                name: "decisions");

            migrationBuilder.DropTable(
                name: "deliveries");

            migrationBuilder.DropTable(
                name: "idempotency_keys");

            migrationBuilder.DropTable(
                name: "import_blocks");

            migrationBuilder.DropTable(
                name: "import_errors");

            migrationBuilder.DropTable(
                name: "item_names");

            migrationBuilder.DropTable(
                name: "keys");

            migrationBuilder.DropTable(
                name: "links");

            migrationBuilder.DropTable(
                name: "merged_claims");

            migrationBuilder.DropTable(
                name: "partition_links");

            migrationBuilder.DropTable(
                name: "partitions");

            migrationBuilder.DropTable(
                name: "party_names");

            migrationBuilder.DropTable(
                name: "perimeters");

            migrationBuilder.DropTable(
                name: "requests");

            migrationBuilder.DropTable(
                name: "totals");

            migrationBuilder.DropTable(
                name: "imports");

            migrationBuilder.DropTable(
                name: "items");

            migrationBuilder.DropTable(
                name: "claims");

            migrationBuilder.DropTable(
                name: "merges");

            migrationBuilder.DropTable(
                name: "articles");

            migrationBuilder.DropTable(
                name: "parties");
        }
    }
}
