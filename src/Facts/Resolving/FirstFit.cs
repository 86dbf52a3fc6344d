namespace Facts;

/// <summary>Gathers alike reports into facts: each report joins the first fact that it fits (docs/semantics.md#corroboration).</summary>
internal static class FirstFit
{
    /// <summary>Largest number of days from the earliest last day of a fact's reports to the latest first day, inclusive.</summary>
    public const int Tolerance = 3;

    /// <summary>Largest number of days that the date of a joining report may span, inclusive: the longest month.</summary>
    public const int LongestSpan = 31;

    /// <summary>Number of reports up to which each looks for its fact from the beginning.</summary>
    const int Few = 32;

    /// <summary>
    /// Gathers reports in the order of last day, first day, article and external id. A report that fits exactly one fact with a key joins it.
    /// A report that fits several facts with keys becomes a fact. Any other joins the first fact without a key that it fits, else becomes a fact.
    /// Example: reports of 1, 3, 5, 7 and 9 May by five outlets become facts of 1 to 3 May, of 5 to 7 May and of 9 May.
    /// </summary>
    /// <param name="alike">Reports with equal donors, recipient, items, unit, number and basis.</param>
    /// <param name="keyed">Facts with keys, all of whose reports are as alike. Reports are added to them.</param>
    /// <param name="when">The date by which a report is compared.</param>
    /// <param name="publishersApart">True if reports by one publisher with dates that do not overlap are never of one fact.</param>
    /// <param name="cancel">Ends the gathering.</param>
    /// <returns>The facts without keys, in the order of their first reports.</returns>
    public static List<ReportCluster> Gather(
        IEnumerable<Claim> alike, IReadOnlyList<ReportCluster> keyed, Func<Claim, DateWindow> when, bool publishersApart, CancellationToken cancel)
    {
        var reports = alike.Select(c => (Claim: c, Window: when(c))).ToList();
        reports.Sort(InOrder);
        var gathered = new List<ReportCluster>(reports.Count);
        var cursors = new Dictionary<Profile, Cursor>();
        foreach (var (report, window) in reports)
        {
            cancel.ThrowIfCancellationRequested();
            var cursor = reports.Count <= Few ? new() { Gathered = FirstWithin(window) } : CursorOf(report, window);
            cursor.Keyed = Next(keyed, cursor.Keyed);
            if (cursor.Keyed < keyed.Count)
            {
                cursor.SecondKeyed = Next(keyed, Math.Max(cursor.SecondKeyed, cursor.Keyed + 1));
                if (cursor.SecondKeyed == keyed.Count) keyed[cursor.Keyed].Add(report, window);
                else Start();
                continue;
            }
            cursor.Gathered = Next(gathered, cursor.Gathered);
            if (cursor.Gathered < gathered.Count) gathered[cursor.Gathered].Add(report, window);
            else Start();

            int Next(IReadOnlyList<ReportCluster> clusters, int from)
            {
                if (window.Width > LongestSpan) return clusters.Count;
                while (from < clusters.Count && !clusters[from].Fits(report, window)) from++;
                return from;
            }

            void Start()
            {
                var cluster = new ReportCluster(publishersApart);
                cluster.Add(report, window);
                gathered.Add(cluster);
            }
        }
        return gathered;

        // Reports of one profile fit the same facts. So each search goes on where the search for the report before ended.
        Cursor CursorOf(Claim report, DateWindow window)
        {
            var profile = new Profile(window, report.Due, report.PartOf, report.CommitmentKey, report.Article.Name, report.Article.PublisherKey);
            return cursors.TryGetValue(profile, out var cursor) ? cursor : cursors[profile] = new() { Gathered = FirstWithin(window) };
        }

        // The facts are in the order of their earliest last days, so all that ended too early for a report come first.
        int FirstWithin(DateWindow window) =>
            SortedSearch.First(gathered, window, static (fact, window) => window.Begin.DayNumber - fact.EarliestEnd.DayNumber <= Tolerance);
    }

    static int InOrder((Claim Claim, DateWindow Window) a, (Claim Claim, DateWindow Window) b)
    {
        var order = a.Window.End.CompareTo(b.Window.End);
        if (order == 0) order = a.Window.Begin.CompareTo(b.Window.Begin);
        return order != 0 ? order : ClaimOrder.ByName.Compare(a.Claim, b.Claim);
    }

    /// <summary>All attributes by which the fit of alike reports can differ.</summary>
    readonly record struct Profile(DateWindow Window, FuzzyDate? Due, string? PartOf, string? Commitment, string Article, string Publisher);

    /// <summary>The first facts that a report of a profile may still fit.</summary>
    sealed class Cursor
    {
        public int Keyed { get; set; }
        public int SecondKeyed { get; set; }
        public int Gathered { get; set; }
    }
}
