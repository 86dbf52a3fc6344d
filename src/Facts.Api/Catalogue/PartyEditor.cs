using Facts.Api.Changes;
using Facts.Api.Database;
using Facts.Api.Http;
using FluentValidation;

namespace Facts.Api.Catalogue;

/// <summary>
/// Adds, edits and deletes parties. No balance depends on an edit: claims name parties by codes, which never change, and a group counts as itself, not as its
/// members.
/// </summary>
internal sealed class PartyEditor(FactsContext database, ChangeLog changes) : CatalogueEditor<PartyRow, PartyNameRow, PartyRequest>(database, changes)
{
    protected override string Noun => "party";
    protected override string Table => "parties";
    protected override ChangeKind Kind => ChangeKind.Party;
    protected override ListSchema<PartyRow> Fields => PartyListSchema.Fields;
    protected override IValidator<PartyRequest> Validator { get; } = new PartyRequestValidator();
    protected override string ClaimCondition => "recipient = @code or @code = any (donors)";

    protected override string? OwnerOf(string name, CatalogueIndex catalogue) => catalogue.Party(name);

    protected override IEnumerable<ProblemError> FindCatalogueErrors(PartyRequest request, string? own, CatalogueIndex catalogue)
    {
        var names = new SuggestionIndex(catalogue.PartyNames);
        return from member in (request.Members ?? []).Index()
               let known = catalogue.Party(member.Item)
               where known is null || known == own
               select known is null
                   ? ProblemError.InBody(Problems.UnknownParty, $"/members/{member.Index}", $"no party has the code, name or alias '{member.Item}'",
                       member.Item, names.Find(member.Item).FirstOrDefault())
                   : ProblemError.InBody(Problems.Circular, $"/members/{member.Index}", "a party cannot be a member of itself", member.Item);
    }

    protected override PartyRow ToRow(PartyRequest request, CatalogueIndex catalogue)
    {
        var party = request.ToParty();
        party.Members = [.. party.Members.Select(m => catalogue.Party(m)!).Distinct()];
        return party;
    }

    protected override PartyRequest Merge(PartyRequest patch, PartyRow row, IReadOnlySet<string> given) => patch.MergeInto(row, given);

    protected override Func<ChangeRecord, CancellationToken, Task> Apply(PartyRow row, PartyRow wanted)
    {
        (row.Name, row.Kind, row.Aliases, row.Members) = (wanted.Name, wanted.Kind, wanted.Aliases, wanted.Members);
        return (_, _) => Task.CompletedTask;
    }

    protected override (IQueryable<PartyRow> Others, string One, string Several) ReferringTo(PartyRow row) =>
        (Database.Set<PartyRow>().Where(p => p.Members.Contains(row.Code)), "group it is a member of", "groups it is a member of");
}
