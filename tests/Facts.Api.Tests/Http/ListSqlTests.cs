using System.Text.RegularExpressions;
using Facts.Api.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Facts.Api.Tests.Http;

/// <summary>The same declaration over the database: SQL is made of all of it, and nothing is left to memory. No connection is opened.</summary>
public sealed class ListSqlTests
{
    [Theory]
    [InlineData("donors=USA,NLD", "&& @")]
    [InlineData("donors__not=USA", "NOT (")]
    [InlineData("amount=1,2", "= ANY (@")]
    [InlineData("amount__gt=5.5", "amount > @")]
    [InlineData("title__gte=a", "title >= @")]
    [InlineData("title__contains=50%25_x", "lower(")]
    [InlineData("title__startswith=a", "LIKE")]
    [InlineData("note__isnull=true", "note IS NULL")]
    [InlineData("status=partly_met", "status = ANY (@")]
    [InlineData("status__not=open,partly_met", "status = ANY (@")]
    [InlineData("stated_on__lte=2024-01-01", "stated_on <= @")]
    [InlineData("id=1&sort=-stated_on,title", "ORDER BY p.stated_on IS NULL, p.stated_on DESC, p.title, p.id")]
    [InlineData("sort=stated_on", "ORDER BY p.stated_on, p.id")]
    public void Filters_and_order_are_SQL(string query, string expected)
    {
        using var store = new Store();
        Assert.Contains(expected, store.Rows.Filtered(Read(query)).Sorted(Read(query)).ToQueryString());
    }

    [Theory]
    [InlineData("sort=-stated_on,title")]
    [InlineData("sort=amount")]
    [InlineData("sort=-note,stated_on,-id")]
    public void Pages_are_SQL(string query)
    {
        using var store = new Store();
        var first = Read(query);
        foreach (var last in new Promise[] { new() { Id = 2, Title = "x", Amount = 1, StatedOn = new(2024, 1, 1), Note = "n" }, new() { Id = 3, Title = "y" } })
        {
            var next = Read(query + "&cursor=" + ListCursor.Write(first.Binding, first.Sort.Select(k => k.Field.Get(last))));
            Assert.Contains(store.Rows.AfterCursor(next), part => Regex.IsMatch(part.Take(11).ToQueryString(), "(?s)WHERE.*id (>|<|=) @.*ORDER BY"));
        }
    }

    [Fact]
    public void A_page_by_a_key_that_can_be_missing_reads_in_the_order_of_an_index()
    {
        using var store = new Store();
        var first = Read("sort=-stated_on");
        Assert.Equal(
            [("p.stated_on IS NOT NULL", "p.stated_on DESC, p.id"), ("p.stated_on IS NULL", "p.id")], store.Rows.AfterCursor(first).Select(Parts));
        var last = new Promise { Id = 2, Title = "x", StatedOn = new(2024, 1, 1) };
        var next = Read("sort=-stated_on&cursor=" + ListCursor.Write(first.Binding, first.Sort.Select(k => k.Field.Get(last))));
        Assert.Contains("p.stated_on <= @", store.Rows.AfterCursor(next)[0].ToQueryString());

        static (string, string) Parts(IQueryable<Promise> part) =>
            Regex.Match(part.ToQueryString(), @"(?s)WHERE (.*?)\s+ORDER BY (.*)") is var match ? (match.Groups[1].Value, match.Groups[2].Value) : default;
    }

    [Fact]
    public void Facets_are_SQL()
    {
        using var store = new Store();
        Assert.Contains("GROUP BY", store.Rows.SelectMany(p => p.Donors).GroupBy(d => d).Select(g => new { g.Key, Count = g.LongCount() }).ToQueryString());
        Assert.Contains("GROUP BY", store.Rows.Select(p => p.Status).GroupBy(d => d).Select(g => new { g.Key, Count = g.LongCount() }).ToQueryString());
    }

    static ListRequest<Promise> Read(string query)
    {
        var http = new DefaultHttpContext { RequestServices = new ServiceCollection().BuildServiceProvider() };
        http.Request.Path = "/v1/promises";
        http.Request.QueryString = new QueryString("?" + query);
        var request = ListRequest<Promise>.Read(http, Promise.Fields);
        Assert.Null(request.Problem?.Detail);
        return request;
    }

    sealed class Stored
    {
        public long Id { get; set; }
        public string Title { get; set; } = "";
        public string[] Donors { get; set; } = [];
        public decimal? Amount { get; set; }
        public DateOnly? StatedOn { get; set; }
        public PromiseStatus Status { get; set; }
        public string? Note { get; set; }
    }

    sealed class Store : DbContext
    {
        public IQueryable<Promise> Rows => Set<Stored>().Select(p => new Promise
        {
            Id = p.Id,
            Title = p.Title,
            Donors = p.Donors,
            Amount = p.Amount,
            StatedOn = p.StatedOn,
            Status = p.Status,
            Note = p.Note,
        });

        protected override void OnConfiguring(DbContextOptionsBuilder options) =>
            options.UseNpgsql("Host=nowhere").UseSnakeCaseNamingConvention();

        protected override void OnModelCreating(ModelBuilder model) =>
            model.Entity<Stored>(e =>
            {
                e.ToTable("p");
                e.Property(p => p.Status).HasConversion<string>();
            });
    }
}
