using Facts.Api.Changes;
using Facts.Api.Database;
using Facts.Api.Http;
using Facts.Api.Projections;
using FluentValidation;

namespace Facts.Api.Catalogue;

/// <summary>Adds, edits and deletes items. If an item moves in the tree, the facts and balances that depend on its place are recomputed.</summary>
internal sealed class ItemEditor(FactsContext database, FactProjector projector, ChangeLog changes)
    : CatalogueEditor<ItemRow, ItemNameRow, ItemRequest>(database, changes)
{
    protected override string Noun => "item";
    protected override string Table => "items";
    protected override ChangeKind Kind => ChangeKind.Item;
    protected override ListSchema<ItemRow> Fields => ItemListSchema.Fields;
    protected override IValidator<ItemRequest> Validator { get; } = new ItemRequestValidator();
    protected override string ClaimCondition => "@code = any (items)";

    protected override string? OwnerOf(string name, CatalogueIndex catalogue) => catalogue.Item(name)?.Code;

    protected override IEnumerable<ProblemError> FindCatalogueErrors(ItemRequest request, string? own, CatalogueIndex catalogue)
    {
        // The validator reports an item that names its own code as parent.
        if (request.Parent is not { } parent || parent == request.Code) yield break;
        if (catalogue.Item(parent) is not { } known)
            yield return ProblemError.InBody(Problems.UnknownItem, "/parent", $"no item has the code, name or alias '{parent}'", parent,
                Suggestions.Nearest(parent, catalogue.ItemNames));
        else if (own is not null && catalogue.Tree.IsUnder(known.Code, own))
            yield return ProblemError.InBody(Problems.Circular, "/parent",
                known.Code == own ? "an item cannot be below itself" : $"'{parent}' is below {own} itself: move that elsewhere first", parent);
    }

    protected override ItemRow ToRow(ItemRequest request, CatalogueIndex catalogue)
    {
        var item = request.ToItem();
        item.Parent = item.Parent is { } parent ? catalogue.Item(parent)!.Code : null;
        return item;
    }

    protected override ItemRequest Merge(ItemRequest patch, ItemRow row, IReadOnlySet<string> given) => patch.MergeInto(row, given);

    protected override Func<ChangeRecord, CancellationToken, Task> Apply(ItemRow row, ItemRow wanted)
    {
        var hasMoved = row.Parent != wanted.Parent;
        (row.Name, row.Parent, row.Unit, row.Aliases) = (wanted.Name, wanted.Parent, wanted.Unit, wanted.Aliases);
        return (change, cancel) => hasMoved ? projector.RecomputeMovedItemAsync(change, row.Code, cancel) : Task.CompletedTask;
    }

    protected override void Detach(ItemRow row) => row.Parent = null;

    protected override (IQueryable<ItemRow> Others, string One, string Several) ReferringTo(ItemRow row) =>
        (Database.Set<ItemRow>().Where(i => i.Parent == row.Code), "item below it", "items below it");
}
