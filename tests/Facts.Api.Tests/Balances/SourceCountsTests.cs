using CsCheck;
using Facts.Api.Balances;
using Facts.Api.Database;
using Facts.Api.Http;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Facts.Api.Tests.Balances;

public sealed class SourceCountsTests(FactsService service) : IClassFixture<FactsService>
{
    const int Days = 6, Totals = 200, Rows = 3;

    static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    static readonly Gen<Total> AnyTotal = Gen.Select(
        Gen.Int[0, Rows - 1], Gen.Int[0, Days - 1], Gen.Int[1, Days], Gen.Long[1, 40].HashSet[0, 5],
        Gen.OneOf(Gen.Const("Reuters"), Gen.Const("Le Monde"), Gen.Const("Газета по-українськи"), Gen.String[Gen.Char.AlphaNumeric, 1, 2]).HashSet[0, 3],
        (row, from, length, articles, publishers) => new Total(row, from, Math.Min(from + length, Days), [.. articles], [.. publishers]));

    /// <summary>Each day of each row is counted by hand too. A row is not asked for on a day on which it does not exist.</summary>
    [Fact]
    public async Task Each_day_has_the_sources_of_the_totals_that_hold()
    {
        var totals = AnyTotal.Array[Totals].Single();
        var counts = await SentAsync(totals);
        for (var day = 0; day < Days; day++)
            for (var row = 0; row < Rows; row++)
            {
                var holding = totals.Where(t => t.Row == row && t.From <= day && day < t.Until).ToList();
                if (holding.Count == 0 || (row + day) % 4 == 0) continue;
                HashSet<long> articles = [1, 1_000];
                HashSet<string> publishers = ["Reuters", "nobody else"];
                var expected = (holding.SelectMany(t => t.Articles).Union(articles).Count(), holding.SelectMany(t => t.Publishers).Union(publishers).Count());
                Assert.Equal(expected, counts.Count(Key(row), day, articles, publishers));
            }
    }

    [Fact]
    public void A_row_without_totals_has_the_other_sources() =>
        Assert.Equal((2, 0), new SourceCounts(1).Count(Key(0), 0, [1, 2], null));

    [Fact]
    public void An_answer_with_too_many_rows_is_refused()
    {
        var limit = new RowLimit();
        var summer = new BalanceSummer(limit);
        for (var row = 0; row < RowLimit.Most; row++) summer.Add(Key(row), Measures.Zero, 0, 0, 0, null);
        summer.Add(Key(0), Measures.Zero, 0, 0, 0, null);

        var refused = Assert.Throws<ProblemException>(() => new BalanceSummer(limit).Add(Key(0), Measures.Zero, 0, 0, 0, null));

        Assert.Equal("too_many_rows", refused.Problem.Kind.Code);
    }

    // Stores the totals and reads them in the way in which balances do.
    async Task<SourceCounts> SentAsync(Total[] totals)
    {
        await using var connection = await service.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(Cancel);
        await using (var table = new NpgsqlCommand("create temp table sent (r int, f int, u int, articles bigint[], publishers text[])", connection))
            await table.ExecuteNonQueryAsync(Cancel);
        await using (var insert = new NpgsqlBatch(connection))
        {
            foreach (var t in totals)
                insert.BatchCommands.Add(new("insert into sent values ($1, $2, $3, $4, $5)")
                {
                    Parameters =
                    {
                        new() { Value = t.Row }, new() { Value = t.From }, new() { Value = t.Until }, new() { Value = t.Articles },
                        new() { Value = t.Publishers },
                    },
                });
            await insert.ExecuteNonQueryAsync(Cancel);
        }
        await using var select = new NpgsqlCommand(
            $"select r, f, u, {SentArrays.Column("articles")}, {SentArrays.Column("publishers")} from sent group by r, f, u", connection);
        await using var reader = await select.ExecuteReaderAsync(Cancel);
        var counts = new SourceCounts(Days);
        while (await reader.ReadAsync(Cancel))
            counts.Add(Key(reader.GetInt32(0)), reader.GetInt32(1), reader.GetInt32(2), reader.GetFieldValue<byte[]>(3), reader.GetFieldValue<byte[]>(4));
        return counts;
    }

    static BalanceKey Key(int row) => new("system", null, $"recipient-{row}", null, null, null, null);

    sealed record Total(int Row, int From, int Until, long[] Articles, string[] Publishers);
}
