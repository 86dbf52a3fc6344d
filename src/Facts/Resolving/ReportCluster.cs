namespace Facts;

/// <summary>Alike reports of one fact while they are gathered, and the test whether one more report fits (docs/semantics.md#corroboration).</summary>
/// <param name="publishersApart">True if reports by one publisher with dates that do not overlap are never of one fact.</param>
internal sealed class ReportCluster(bool publishersApart)
{
    /// <summary>Number of reports from which on articles and publishers are looked up instead of searched.</summary>
    const int Many = 8;

    readonly List<DateWindow> _windows = [];
    HashSet<string>? _articles;
    Dictionary<string, DateWindow>? _publishers;
    NamedOnce _whole, _commitment;
    DateOnly _latestBegin = DateOnly.MinValue, _dueFrom = DateOnly.MinValue, _dueTo = DateOnly.MaxValue;

    public List<Claim> Reports { get; } = [];

    /// <summary>The earliest last day of the reports: no report that begins more than the tolerance after it fits.</summary>
    public DateOnly EarliestEnd { get; private set; } = DateOnly.MaxValue;

    /// <summary>
    /// True if the report can be of this fact: together with all its reports. The caller compares donors, recipient, items, unit, number and basis.
    /// A report that does not fit now will not fit later, since every further report only narrows the test.
    /// </summary>
    /// <param name="report">The claim.</param>
    /// <param name="window">The date by which the claim is compared.</param>
    public bool Fits(Claim report, DateWindow window) =>
        window.Width <= FirstFit.LongestSpan
        && Later(_latestBegin, window.Begin).DayNumber - Earlier(EarliestEnd, window.End).DayNumber <= FirstFit.Tolerance
        && (report.Due is not { } due || _dueFrom <= (due.To ?? DateOnly.MaxValue) && (due.From ?? DateOnly.MinValue) <= _dueTo)
        && _whole.Agrees(report.PartOf)
        && (report.Kind != ClaimKind.Delivery || _commitment.Agrees(report.CommitmentKey))
        && !HasArticle(report.Article.Name)
        && !(publishersApart && ReportsOnOtherDays(report.Article.PublisherKey, window));

    public void Add(Claim report, DateWindow window)
    {
        Reports.Add(report);
        _windows.Add(window);
        _latestBegin = Later(_latestBegin, window.Begin);
        EarliestEnd = Earlier(EarliestEnd, window.End);
        if (report.Due is { } due)
            (_dueFrom, _dueTo) = (Later(_dueFrom, due.From ?? DateOnly.MinValue), Earlier(_dueTo, due.To ?? DateOnly.MaxValue));
        _whole = _whole.And(report.PartOf);
        _commitment = _commitment.And(report.CommitmentKey);
        if (Reports.Count == Many)
            for (var i = 0; i < Many; i++) Index(Reports[i], _windows[i]);
        else if (Reports.Count > Many) Index(report, window);
    }

    void Index(Claim report, DateWindow window)
    {
        (_articles ??= new(StringComparer.Ordinal)).Add(report.Article.Name);
        _publishers ??= new(StringComparer.Ordinal);
        _publishers[report.Article.PublisherKey] = _publishers.TryGetValue(report.Article.PublisherKey, out var reported)
            ? new(Later(reported.Begin, window.Begin), Earlier(reported.End, window.End)) : window;
    }

    bool HasArticle(string name) => _articles?.Contains(name) ?? Reports.Exists(r => r.Article.Name == name);

    // True if the publisher has a report with a date that does not overlap this one. Of many reports: the latest first and the earliest last day decide.
    bool ReportsOnOtherDays(string publisher, DateWindow window)
    {
        if (_publishers is not null) return _publishers.TryGetValue(publisher, out var reported) && IsApart(reported);
        for (var i = 0; i < Reports.Count; i++)
            if (IsApart(_windows[i]) && Reports[i].Article.PublisherKey == publisher) return true;
        return false;

        bool IsApart(DateWindow other) => other.Begin > window.End || window.Begin > other.End;
    }

    static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;

    static DateOnly Earlier(DateOnly a, DateOnly b) => a < b ? a : b;

    /// <summary>A name that some of the reports give: none yet, one, or several that differ.</summary>
    readonly record struct NamedOnce(string? Name, bool Differs)
    {
        public NamedOnce And(string? name) => name is null ? this : new(name, Differs || Name is not null && Name != name);

        public bool Agrees(string? name) => name is null || Name is null || !Differs && Name == name;
    }
}
