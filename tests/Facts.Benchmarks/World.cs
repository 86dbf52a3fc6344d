using System.Net.Http.Json;

namespace Facts.Benchmarks;

/// <summary>
/// A generated world, equal in every run: recipients, each with some donors in two units. One donor, recipient and unit have
/// about 60 claims, whatever the total: a larger world has more recipients.
/// </summary>
internal static class World
{
    const int DonorsOfOne = 8, Commitments = 10, KeyedCommitments = 5, Deliveries = 10;

    static readonly string[] Units = ["system", "vehicle"];
    static readonly string[] Donors =
        ["DEU", "USA", "FRA", "GBR", "NLD", "NOR", "SWE", "DNK", "ITA", "ESP", "POL", "CZE", "FIN", "EST", "LVA", "LTU", "CAN", "AUS", "JPN", "KOR"];
    static readonly string[] Publishers = ["Reuters", "AP", "Le Monde", "Der Spiegel", "Kyiv Independent", "BBC", "El País", "The Guardian"];

    /// <summary>Of the same for every run on one day; deadlines reach into its future.</summary>
    public static DateOnly Today { get; } = DateOnly.FromDateTime(DateTime.UtcNow);

    public static string Recipient(int number) => $"recipient-{number:0000}";

    /// <summary>The donors of one recipient, from 0 to 7.</summary>
    public static string Donor(int recipient, int number) => DonorsTo(new Random(recipient))[number];

    public static string Key(int recipient, int donor, string unit, int number) => $"bench-{recipient}-{donor}-{unit}-{number}";

    /// <summary>Number of recipients in the first so many claims.</summary>
    public static int Recipients(int claims) => Claims().Take(claims).Last()["recipient"] is string last ? int.Parse(last[^4..]) + 1 : 0;

    /// <summary>Makes the parties and items that the claims name.</summary>
    public static async Task MakeCatalogueAsync(Store store, int claims)
    {
        foreach (var unit in Units)
        {
            await store.PostAsync("/v1/items", JsonContent.Create(new { code = $"{unit}s", name = $"all {unit}s", unit }));
            for (var i = 0; i < 5; i++)
                await store.PostAsync("/v1/items", JsonContent.Create(new { code = $"{unit}-{i}", name = $"{unit} of type {i}", parent = $"{unit}s", unit }));
        }
        var recipients = Recipients(claims);
        for (var r = 0; r < recipients; r++)
            await store.PostAsync("/v1/parties", JsonContent.Create(new { code = Recipient(r), name = $"Recipient number {r}", kind = "organization" }));
    }

    /// <summary>All claims, recipient by recipient, without end.</summary>
    public static IEnumerable<ClaimLine> Claims()
    {
        for (var recipient = 0; ; recipient++)
            foreach (var claim in OfRecipient(recipient)) yield return claim;
    }

    static IEnumerable<ClaimLine> OfRecipient(int recipient)
    {
        var random = new Random(recipient);
        var donors = DonorsTo(random);
        var reporter = new Reporter(recipient, random);
        foreach (var unit in Units)
        {
            for (var i = 0; i < 3; i++)
                foreach (var claim in reporter.Reports("request", [], unit, Day(random, 30, 700), random.Next(50, 500), 2)) yield return claim;
            for (var donor = 0; donor < donors.Length; donor++)
                foreach (var claim in OfDonor(reporter, recipient, donor, donors[donor], unit, random)) yield return claim;
        }
    }

    static IEnumerable<ClaimLine> OfDonor(Reporter reporter, int recipient, int donor, string code, string unit, Random random)
    {
        for (var i = 0; i < Commitments; i++)
        {
            var key = i < KeyedCommitments ? Key(recipient, donor, unit, i) : null;
            var stated = Day(random, 200, 700);
            foreach (var claim in reporter.Reports("pledge", [code], unit, stated, random.Next(1, 400), random.Next(1, 4), key, random.Next(10) < 7
                ? stated.AddDays(random.Next(60, 900)) : null)) yield return claim;
            if (key is null) continue;
            if (i < 2) foreach (var claim in reporter.Reports("amendment", [code], unit, stated.AddDays(random.Next(30, 150)), random.Next(1, 50), 1,
                key)) yield return claim;
            for (var d = 0; d < Deliveries / KeyedCommitments; d++)
                foreach (var claim in reporter.Reports(
                    "delivery", [code], unit, stated.AddDays(random.Next(10, 190)), random.Next(1, 100), random.Next(1, 4), key))
                    yield return claim;
        }
        for (var i = 0; i < Deliveries; i++)
            foreach (var claim in reporter.Reports("delivery", [code], unit, Day(random, 5, 500), random.Next(1, 100), random.Next(1, 4))) yield return claim;
    }

    static string[] DonorsTo(Random random) => [.. Donors.OrderBy(_ => random.Next()).Take(DonorsOfOne)];

    static DateOnly Day(Random random, int latest, int earliest) => Today.AddDays(-random.Next(latest, earliest));

    /// <summary>Reports a fact in one or more outlets, within three days.</summary>
    sealed class Reporter(int recipient, Random random)
    {
        int _number;

        public IEnumerable<ClaimLine> Reports(string kind, string[] donors, string unit, DateOnly day, int quantity, int reports, string? commitment = null,
            DateOnly? due = null)
        {
            var item = $"{unit}-{random.Next(5)}";
            var (qualifier, low, high) = random.Next(10) switch
            {
                0 => ("at_least", quantity, (int?)null),
                1 => ("range", quantity, quantity + 1 + quantity / 5),
                2 => ("approximate", quantity, quantity),
                _ => ("exact", quantity, quantity),
            };
            var first = random.Next(Publishers.Length);
            for (var i = 0; i < reports; i++)
            {
                var publisher = Publishers[(first + i) % Publishers.Length];
                var reported = day.AddDays(i == 0 ? 0 : random.Next(3));
                // All claims of one outlet about one recipient in one month stand in one article.
                var article = $"{publisher.Replace(' ', '-').ToLowerInvariant()}-{reported:yyyy-MM}-{recipient}";
                yield return new ClaimLine
                {
                    ["external_id"] = $"{recipient}:{_number++}",
                    ["article_external_id"] = article,
                    ["article_url"] = $"https://news.example.org/{article}",
                    ["article_title"] = $"What {Recipient(recipient)} was promised and what has come, {reported:MMMM yyyy}",
                    ["article_publisher"] = publisher,
                    ["article_published_on"] = new DateOnly(reported.Year, reported.Month, DateTime.DaysInMonth(reported.Year, reported.Month)).ToString("O"),
                    ["article_language"] = "en",
                    ["kind"] = kind,
                    ["firmness"] = kind == "pledge" ? "pledged" : null,
                    ["donors"] = donors,
                    ["recipient"] = Recipient(recipient),
                    ["items"] = new[] { item },
                    ["quantity_low"] = low,
                    ["quantity_high"] = high,
                    ["quantity_qualifier"] = qualifier,
                    ["quantity_basis"] = "increment",
                    ["unit"] = unit,
                    ["stated_on"] = reported.ToString("O"),
                    ["happened_on"] = kind == "delivery" ? reported.ToString("O") : null,
                    ["due_on"] = due?.ToString(random.Next(3) == 0 ? "yyyy-MM" : "O"),
                    ["stage"] = kind == "delivery" ? "arrived" : null,
                    ["commitment"] = commitment,
                    ["quote"] = $"\"{quantity} more of them,\" the minister said, \"as we agreed in spring and as the {publisher} reported at the time.\"",
                    ["claimant"] = "the minister",
                    ["attribution"] = "named",
                };
            }
        }
    }
}
