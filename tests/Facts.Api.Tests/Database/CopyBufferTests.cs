using System.Globalization;
using CsCheck;
using Facts.Api.Database;
using Facts.Api.Projections;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Facts.Api.Tests.Database;

public sealed class CopyBufferTests(FactsService service) : IClassFixture<FactsService>
{
    const int Rows = 2_000;

    static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    static readonly Gen<decimal> Decimals = Gen.Select(Gen.Int, Gen.Int, Gen.Int, Gen.Bool, Gen.Byte[0, 28],
        (low, middle, high, isNegative, scale) => new decimal(low, middle, high, isNegative, scale));

    // Numbers of usual sizes, and the largest ones of the type.
    static readonly Gen<decimal> Numbers = Gen.OneOf(Decimals, Gen.Int[-20_000, 20_000].Select(n => n / 100m), Gen.Const(0m), Gen.Const(0.00m),
        Gen.Const(decimal.MaxValue), Gen.Const(decimal.MinValue), Gen.Const(10_000m), Gen.Const(0.0001m), Gen.Const(0.00001m), Gen.Const(100_000_000m));

    static readonly Gen<DateOnly> Days = Gen.OneOf(Gen.Date.Select(DateOnly.FromDateTime), Gen.Const(DateOnly.MinValue), Gen.Const(DateOnly.MaxValue));

    static readonly Gen<string> Texts = Gen.OneOf(Gen.String[Gen.Char['\u0001', '\ud7ff'], 0, 20], Gen.Const("Łódź \"a,b\"\r\n😀"), Gen.Const(""),
        Gen.Const(new string('é', 100_000)));

    [Fact]
    public async Task Values_are_stored_as_they_are()
    {
        var numbers = Numbers.Array[Rows].Single();
        var days = Days.Array[Rows].Single();
        var texts = Texts.Array[Rows].Single();
        var others = Gen.Select(Gen.Long, Gen.Int, Gen.Bool, Gen.Guid).Array[Rows].Single();
        var moments = Gen.DateTime[new(1900, 1, 1), new(2200, 1, 1)].Select(d => new DateTimeOffset(d.AddTicks(-(d.Ticks % 10)), TimeSpan.Zero))
            .Array[Rows].Single();
        var lists = Gen.Select(Texts.List[0, 3], Gen.Long.List[0, 3], Days.List[0, 3], Numbers.List[0, 3], Gen.Nullable(Numbers).List[0, 3]).Array[Rows]
            .Single();
        await using var scope = service.Services.CreateAsyncScope();
        await using var connection = await OpenAsync(scope, """
            n numeric, d date, t text, big bigint, small int, yes boolean, id uuid, at timestamptz, bytes bytea, doc jsonb,
            texts text[], bigs bigint[], days date[], numbers numeric[], maybes numeric[]
            """);
        await using (var stream = await connection.BeginRawBinaryCopyAsync("copy copied from stdin (format binary)", Cancel))
        {
            var buffer = new CopyBuffer();
            buffer.Begin();
            for (var i = 0; i < Rows; i++)
            {
                buffer.BeginRow(16);
                buffer.Write(i);
                buffer.Write(numbers[i]);
                buffer.Write(days[i]);
                buffer.Write(texts[i]);
                buffer.Write(others[i].Item1);
                buffer.Write(others[i].Item2);
                buffer.Write(others[i].Item3);
                buffer.Write(others[i].Item4);
                buffer.Write(moments[i]);
                buffer.Write(others[i].Item4.ToByteArray());
                buffer.WriteJson($$"""{"a": {{i}}}""");
                buffer.Write(lists[i].Item1);
                buffer.Write(lists[i].Item2);
                buffer.Write(lists[i].Item3);
                buffer.Write(lists[i].Item4);
                buffer.Write(lists[i].Item5);
                await stream.WriteAsync(buffer.Bytes, Cancel);
                buffer.Clear();
            }
            buffer.End();
            await stream.WriteAsync(buffer.Bytes, Cancel);
        }
        await using var command = new NpgsqlCommand("select n::text, copied.* from copied order by i", connection);
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        for (var i = 0; i < Rows; i++)
        {
            Assert.True(await reader.ReadAsync(Cancel));
            // As a text, since it tells digits after the point that are 0. PostgreSQL has no negative zero.
            Assert.Equal((numbers[i] == 0 ? Math.Abs(numbers[i]) : numbers[i]).ToString(CultureInfo.InvariantCulture), reader.GetString(0));
            Assert.Equal(i, reader.GetInt32(1));
            Assert.Equal(days[i], reader.GetFieldValue<DateOnly>(3));
            Assert.Equal(texts[i], reader.GetString(4));
            Assert.Equal(others[i], (reader.GetInt64(5), reader.GetInt32(6), reader.GetBoolean(7), reader.GetGuid(8)));
            Assert.Equal(moments[i], reader.GetFieldValue<DateTimeOffset>(9));
            Assert.Equal(others[i].Item4.ToByteArray(), reader.GetFieldValue<byte[]>(10));
            Assert.Equal($$"""{"a": {{i}}}""", reader.GetString(11));
            Assert.Equal(lists[i].Item1, reader.GetFieldValue<List<string>>(12));
            Assert.Equal(lists[i].Item2, reader.GetFieldValue<List<long>>(13));
            Assert.Equal(lists[i].Item3, reader.GetFieldValue<List<DateOnly>>(14));
            Assert.Equal(lists[i].Item4, reader.GetFieldValue<List<decimal>>(15));
            Assert.Equal(lists[i].Item5, reader.GetFieldValue<List<decimal?>>(16));
        }
    }

    [Fact]
    public async Task Rows_that_cannot_be_made_leave_nothing_and_the_connection_goes_on()
    {
        await using var scope = service.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<FactsContext>();
        await Assert.ThrowsAsync<InvalidOperationException>(() => database.CopyInAsync(Broken(), Cancel));
        Assert.Equal(0, await database.Set<LinkRow>().CountAsync(l => l.Partition == "s:broken", Cancel));

        static IEnumerable<LinkRow> Broken()
        {
            for (var i = 0; i < Rows; i++) yield return new() { CommitmentId = i, DeliveryId = i, Partition = "s:broken", QuantityHigh = 1 };
            throw new InvalidOperationException("no more rows");
        }
    }

    static async Task<NpgsqlConnection> OpenAsync(AsyncServiceScope scope, string columns)
    {
        var connection = await scope.ServiceProvider.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(Cancel);
        await using var create = new NpgsqlCommand($"create temporary table copied (i int, {columns})", connection);
        await create.ExecuteNonQueryAsync(Cancel);
        return connection;
    }
}
