using Facts.Api.Tests.Cli;
using Facts.Api.Tests.Contract;
using Facts.Api.Tests.EmbeddedPostgres;
using Facts.Api.Tests.Hosting;
using Facts.Api.Tests.Imports;
using Facts.Api.Tests.Pages;
using Facts.Api.Tests.Projections;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace Facts.Api.Tests.Support;

/// <summary>Starts the collections that take longest first, so that none of them runs alone at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    /// <summary>Classes, and collections by the class of their fixture, from the longest on: 100 to 10 seconds.</summary>
    static readonly string[] Longest =
    [
        .. new[]
        {
            typeof(KilledServiceTests), typeof(InterruptedImportTests), typeof(TakenOverImportTests), typeof(ClientTests), typeof(StartupTests),
            typeof(LoadTests), typeof(UsageTests), typeof(ReadCommandTests), typeof(BrowserTests), typeof(ProcessDeathTests), typeof(HistoryTests),
            typeof(MissingClaimsTests), typeof(FileWithMistakesTests), typeof(StoredAnswerTests), typeof(LongImportTests), typeof(NewNameTests),
            typeof(QueuedImportTests),
            typeof(ConcurrentWriterTests), typeof(StoredFactTests),
        }.Select(t => t.FullName!),
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection => [.. testCollections.OrderBy(c => Place(c)).ThenBy(c => c.TestCollectionDisplayName, StringComparer.Ordinal)];

    static int Place(ITestCollection collection)
    {
        var place = Array.FindIndex(Longest, name => Names(collection, name));
        return place < 0 ? Longest.Length : place;
    }

    static bool Names(ITestCollection collection, string name) =>
        collection.TestCollectionDisplayName.Contains(name + " ", StringComparison.Ordinal)
            || collection.TestCollectionDisplayName == name[(name.LastIndexOf('.') + 1)..];
}
