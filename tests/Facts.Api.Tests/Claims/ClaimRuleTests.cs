using System.Reflection;
using CsCheck;
using Facts.Api.Claims;

namespace Facts.Api.Tests.Claims;

/// <summary>The rules of a claim as plain checks, which a load runs, say the same as the validator.</summary>
public sealed class ClaimRuleTests
{
    static readonly ClaimRequestValidator Validator = new();

    // Every rule about a text holds for some of these and fails for others. An emoji is one character and two of .NET.
    static readonly string?[] Texts =
    [
        null, null, null, "", "x", "pledge", "delivery", "request", "amendment", "cancellation", "assessment", "Pledge", "pledged", "intent", "exact", "at_least",
        "range", "increment", "cumulative", "remaining", "total", "arrived", "preferred", "normal", "denial", "2024", "2024-02-30", "2024-05-01/..", "tomorrow",
        "https://example.org/1", "ftp://example.org", new('x', 300), new('x', 301), string.Concat(Enumerable.Repeat("😀", 300)),
        string.Concat(Enumerable.Repeat("😀", 301)), new('x', 1_001), new('x', 2_001), new('x', 10_000), new('x', 10_001),
    ];

    static readonly decimal?[] Numbers = [null, null, 0, 1, 2, -1, 1.5m, 1.23456m, 2_000_000_000_000_000];

    [Fact]
    public void Plain_checks_accept_what_the_validator_accepts() =>
        Gen.Int.Sample(seed =>
        {
            var claim = Random(new Random(seed));
            Assert.Equal(Validator.Validate(claim).IsValid, Validator.Accepts(claim));
        }, iter: 20_000);

    [Fact]
    public void One_wrong_member_of_a_good_claim_is_found_by_both()
    {
        foreach (var member in typeof(ClaimRequest).GetProperties().Where(p => p.CanWrite))
            for (var seed = 0; seed < 200; seed++)
            {
                var claim = new ClaimRequest
                {
                    ArticleUrl = "https://example.org/1", Kind = (seed % 3) switch { 0 => "pledge", 1 => "delivery", _ => "request" },
                    Donors = ["DEU"], Recipient = "UKR", Items = ["iris-t"], Quantity = 2,
                };
                Assert.True(Validator.Accepts(claim));
                member.SetValue(claim, Value(member, new Random(seed)));
                Assert.Equal(Validator.Validate(claim).IsValid, Validator.Accepts(claim));
            }
    }

    // Few members are set, so that a fair share of the claims is valid.
    static ClaimRequest Random(Random random)
    {
        var claim = new ClaimRequest { ArticleUrl = "https://example.org/1", Kind = "pledge", Donors = ["DEU"], Recipient = "UKR", Items = ["iris-t"] };
        foreach (var member in typeof(ClaimRequest).GetProperties().Where(p => p.CanWrite))
            if (random.Next(12) == 0) member.SetValue(claim, Value(member, random));
        return claim;
    }

    static object? Value(PropertyInfo member, Random random)
    {
        var type = Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;
        return type == typeof(string) ? Texts[random.Next(Texts.Length)]
            : type == typeof(decimal) ? Numbers[random.Next(Numbers.Length)]
            : type == typeof(long) ? random.Next(2) == 0 ? null : 1L
            : type == typeof(bool) ? random.Next(3) switch { 0 => null, 1 => true, _ => (object?)false }
            : Enumerable.Range(0, random.Next(3)).Select(_ => Texts[random.Next(3, Texts.Length)]!).ToList();
    }
}
