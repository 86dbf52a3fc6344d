using Facts.Api.Claims;
using Facts.Api.Database;
using Facts.Api.Http;
using Facts.Api.Projections;
using Microsoft.AspNetCore.Components;

namespace Facts.Api.Pages;

/// <summary>Reads a page of a list by the list of the interface: same filters, same order, same cursors.</summary>
internal sealed class ListReader(FactsContext database, CatalogueCache catalogues)
{
    const string PageSize = "50";

    public async Task<ListModel> ReadAsync<TRow>(HttpContext http, PageQuestion question, ListKind<TRow> kind,
        Func<HttpContext, CancellationToken, Task<IResult>> answer, CancellationToken cancel) where TRow : class
    {
        var catalogue = await catalogues.ReadAsync(http, cancel);
        var names = catalogue.Shown;
        var data = question.Address with { Path = "/v1" + kind.Path };
        var form = new QuestionForm
        {
            Question = question,
            Specs = kind.Parameters,
            Errors = question.Errors,
            Names = names,
            Lead = kind.Title,
        };
        var model = new ListModel { Form = form, Title = kind.Title, Data = data };
        if (question.Errors.Count > 0) return model;
        var isFirst = data.Value("cursor") is null;
        List<(string, string)> query = [.. data.Query.Where(p => p.Name != "fields")];
        if (data.Value("sort") is null) query.Add(("sort", kind.Sort));
        if (data.Value("limit") is null) query.Add(("limit", PageSize));
        if (data.Value("fields") is not null) query.Add(("fields", string.Join(',', data.Values("fields"))));
        if (isFirst) query.Add(("count", "estimated"));
        if (isFirst && kind.Facets.Count > 0) query.Add(("facet", string.Join(',', kind.Facets)));
        var (page, problem) = await RoomQuestion.ListAsync<TRow>(http, data.Path, query, answer);
        if (page is null) return model with { Form = form with { Errors = Errors(problem!) } };
        var words = data.Value("q") is { } q ? await SearchWord.ReadAsync(database, catalogue, q, cancel) : [];
        // Where facets are estimates, there are too many rows to count.
        var isToCount = page is { IsCountExact: false, AreFacetsExact: true };

        var isChosen = data.Value("fields") is not null;
        IReadOnlyList<(string, string?, bool, Func<TRow, IReadOnlyDictionary<string, string>, RenderFragment>)> columns = isChosen
            ? [.. page.Columns.Select(c => (Show.Capital(Show.Word(c.Name)), c.Day is not null || c.MaySort ? c.Name : (string?)null,
                c.Type.Kind is WireKind.Number or WireKind.Whole, Plain(c)))]
            : kind.Columns;
        return model with
        {
            Form = form with { Facets = [.. (page.Facets ?? new Dictionary<string, IReadOnlyList<FacetValue>>()).Select(f => FacetOf(f.Key, f.Value, names))] },
            Columns = [.. columns.Select(c => (c.Item1, c.Item2, c.Item3))],
            Rows = [.. page.Items.Select(row => (IReadOnlyList<RenderFragment>)[.. columns.Select(c => c.Item4(row, names))])],
            Passages = isChosen || kind.Passage is null ? null : [.. page.Items.Select(
                row => kind.Passage(row, data.Value("q"), kind.FoundBy(row, words, names)))],
            Next = page.Cursor is { } cursor ? question.Address.With("cursor", cursor).ToString() : null,
            Count = isToCount ? await CountAsync() : page.Count,
            IsEstimate = !page.AreFacetsExact,
            InNames = isFirst && data.Value("q") is { } text ? [.. InNames(question.Address.With("q", null), text.Trim().Trim('"'), catalogue)] : [],
            Follow = [.. kind.Follow.Select(f => (f.Name, question.Address.At(f.Path, kind.Filters.Select(p => p.Name))))],
            Sort = data.Value("sort") ?? kind.Sort,
            Fields = [.. kind.Schema.Fields.Where(f => f.Type.Kind != WireKind.Nested).Select(f => f.Name)],
        };

        async Task<long?> CountAsync() => (await RoomQuestion.RowsAsync<TRow>(http, data.Path,
            [.. data.Query.Where(p => p.Name is not ("fields" or "sort" or "limit")), ("limit", "1"), ("count", "exact")], answer)).Count;
    }

    // These questions find the words where a search does not look, or in one place alone, with all other conditions.
    static IEnumerable<(string, PageAddress)> InNames(PageAddress question, string words, CatalogueSnapshot catalogue)
    {
        yield return ($"said by “{words}”", question.With("claimant__contains", words));
        yield return ($"published by “{words}”", question.With("article_publisher__contains", words));
        if (catalogue.Catalogue.Party(words) is { } party)
        {
            var name = catalogue.Shown.GetValueOrDefault("party:" + party, party);
            yield return ($"donor {name}", question.With("donor", QueryText.Quoted(party)));
            yield return ($"recipient {name}", question.With("recipient", QueryText.Quoted(party)));
        }
        if (catalogue.Catalogue.Item(words)?.Code is { } item)
            yield return ($"item {catalogue.Shown.GetValueOrDefault("item:" + item, item)}", question.With("item", QueryText.Quoted(item)));
    }

    static IReadOnlyList<ProblemError> Errors(Problem problem) =>
        problem.Errors.Count > 0 ? problem.Errors : [new ProblemError { Code = problem.Kind.Code, Message = problem.Detail }];

    // The rows without a value have no word of their own: the interface finds them by donor__isnull=true.
    static Facet FacetOf(string name, IReadOnlyList<FacetValue> values, IReadOnlyDictionary<string, string> names) => new(name, name switch
    {
        "donor" => "Donors",
        "recipient" => "Recipients",
        "unit" => "Units",
        "article_publisher" or "publisher" => "Publishers",
        _ => Show.Capital(Show.Word(name)),
    }, [.. values.Where(v => v.Value is not null)
        .Select(v => new FacetChoice(v.Value!, name is "donor" or "recipient" ? v.Label! : Show.Word(v.Label), v.Count))]);

    static Func<TRow, IReadOnlyDictionary<string, string>, RenderFragment> Plain<TRow>(ListField<TRow> field) => (row, names) =>
    {
        var value = field.Get(row);
        return value switch
        {
            null => ListCells.None,
            decimal number => ListCells.Text(Show.Exact(number)),
            IEnumerable<string> set => ListCells.Text(string.Join(", ", set.Select(code => NameOf(field.Name, code, names)))),
            string text when field.Name is "recipient" => ListCells.Text(NameOf(field.Name, text, names)),
            _ => ListCells.Text(WireValue.Format(value) ?? ""),
        };
    };

    static string NameOf(string field, string code, IReadOnlyDictionary<string, string> names) => field switch
    {
        "donors" or "recipient" => names.GetValueOrDefault("party:" + code, code),
        "items" => names.GetValueOrDefault("item:" + code, code),
        _ => code,
    };
}
