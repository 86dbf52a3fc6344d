namespace Facts.Api.Pages;

/// <summary>Titles of pages: the question in words.</summary>
internal static class Titles
{
    public static string Of(ExploreModel model)
    {
        var form = model.Form;
        if (model.Answer is null) return "A question that is not clear";
        string Words(string name, string before) => form.Address.Value(name) is null ? ""
            : $" {before} {string.Join(" or ", form.Address.Values(name).SelectMany(v => v.Split(',')).Select(v => form.Shown(name, v)))}";
        return "Promised" + Words("recipient", "to") + Words("donor", "by") + Words("item", "in") + Words("as_of", "as of");
    }
}
