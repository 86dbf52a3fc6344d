using Facts.Api.Http;
using FluentValidation;

namespace Facts.Api.Catalogue;

/// <summary>An item as a caller sends it.</summary>
internal sealed class ItemRequest : ICatalogueRequest
{
    /// <summary>Code of the item: lower case letters, digits and hyphens, such as iris-t-slm. It cannot change.</summary>
    public string? Code { get; set; }

    /// <summary>Name of the item, for readers.</summary>
    public string? Name { get; set; }

    /// <summary>Code, name or alias of the item that contains this one; null for an item at the top of the tree.</summary>
    public string? Parent { get; set; }

    /// <summary>Unit in which claims count the item if they name no unit; null for none.</summary>
    public string? Unit { get; set; }

    /// <summary>Other names by which the item is found. No other item may have them.</summary>
    public List<string>? Aliases { get; set; }

    public ItemRow ToItem() => new()
    {
        Code = Code!,
        Name = Name!,
        Parent = Parent,
        Unit = Unit is { } unit ? Facts.Unit.Normalize(unit) : null,
        Aliases = Aliases ?? [],
    };

    /// <summary>Merges this patch into the stored row and gives the whole request.</summary>
    /// <param name="item">The stored item.</param>
    /// <param name="given">Names of the members that the patch has, also those that are null.</param>
    public ItemRequest MergeInto(ItemRow item, IReadOnlySet<string> given) => new()
    {
        Code = item.Code,
        Name = given.Contains("name") ? Name : item.Name,
        Parent = given.Contains("parent") ? Parent : item.Parent,
        Unit = given.Contains("unit") ? Unit : item.Unit,
        Aliases = given.Contains("aliases") ? Aliases : item.Aliases,
    };
}

internal sealed class ItemRequestValidator : AbstractValidator<ItemRequest>
{
    public ItemRequestValidator()
    {
        RuleFor(i => i.Code).IsGiven().Matches("^[a-z0-9][a-z0-9-]{0,99}$").As(Problems.InvalidValue)
            .WithMessage("takes small letters, digits and hyphens, 100 at most, such as iris-t-slm");
        RuleFor(i => i.Name).IsGiven().AtMost(300);
        RuleFor(i => i.Unit).AtMost(300);
        RuleFor(i => i.Parent).AtMost(300);
        RuleFor(i => i.Parent).NotEqual(i => i.Code).When(i => i.Parent is not null).As(Problems.Circular).WithMessage("an item cannot be below itself");
        RuleForEach(i => i.Aliases).AtMost(300);
    }
}
