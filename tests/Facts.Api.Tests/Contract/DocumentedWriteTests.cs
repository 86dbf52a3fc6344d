namespace Facts.Api.Tests.Contract;

/// <summary>The examples of writing, on a store of their own, in the order of the document.</summary>
public sealed class DocumentedWriteTests(SampledService service) : IClassFixture<SampledService>
{
    [Fact]
    public async Task Every_example_of_writing_runs_unchanged()
    {
        var cancel = TestContext.Current.CancellationToken;
        var document = await Document.ReadAsync(service.Anonymous);
        var (wrong, ran) = (new List<string>(), 0);
        foreach (var operation in document.Operations.Where(o => o.Method != "GET")
            .Concat(document.Operations.Where(o => o.Method == "GET" && DocumentedAnswerTests.IsOfWhatWasDone(o))))
            foreach (var (media, text) in operation.ExampleBodies)
            {
                ran++;
                var answer = await service.Admin.SendAsync(operation.Request(media, text), cancel);
                // The load of the example has ended by then.
                var isDue = operation.Id == "cancelImport" ? answer.StatusCode == System.Net.HttpStatusCode.Conflict : answer.IsSuccessStatusCode;
                if (!isDue) wrong.Add($"{operation}: {(int)answer.StatusCode} to {text}: {await answer.Content.ReadAsStringAsync(cancel)}");
                wrong.AddRange(await document.ComplaintsAsync(operation, answer));
            }
        Assert.Empty(wrong);
        Assert.True(ran >= document.Operations.Count(o => o.Method != "GET"), "an operation has no example");
    }
}
