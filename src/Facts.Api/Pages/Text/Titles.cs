using Facts.Api.Http;

namespace Facts.Api.Pages;

/// <summary>Titles of pages: the question in words.</summary>
internal static class Titles
{
    public static string Of(ExploreModel model) =>
        model.Answer is null ? "A question that is not clear" : Of(model.Form.Question.Parameters, model.Form.Names);

    /// <summary>The question about balances in words: "Promised to Ukraine in air defence".</summary>
    public static string Of(Parameters parameters, IReadOnlyDictionary<string, string> names, string lead = "Promised")
    {
        return lead + Words("recipient", "to", "party:") + Words("donor", "by", "party:") + Words("item", "in", "item:")
            + (parameters.Day("as_of") is { } day ? " as of " + Show.Day(day) : "");

        string Words(string name, string before, string kind) => parameters.Texts(name) is { Count: > 0 } values
            ? $" {before} {string.Join(" or ", values.Select(v => names.GetValueOrDefault(kind + v, v)))}" : "";
    }
}
