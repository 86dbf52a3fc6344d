using Facts.Api.Http;
using FluentValidation;

namespace Facts.Api.Catalogue;

/// <summary>An item as it is sent.</summary>
internal sealed class ItemRequest : ICatalogueRequest
{
    /// <summary>A slug such as iris-t-slm.</summary>
    public string? Code { get; set; }

    /// <summary>As a person would say it.</summary>
    public string? Name { get; set; }

    /// <summary>The wider item: code, name or alias.</summary>
    public string? Parent { get; set; }

    /// <summary>What it is counted in where a claim names no unit.</summary>
    public string? Unit { get; set; }

    /// <summary>Other names it is found by.</summary>
    public List<string>? Aliases { get; set; }

    public ItemRow ToItem() => new() { Code = Code!, Name = Name!, Parent = Parent, Unit = Unit is { } unit ? Facts.Unit.Normalize(unit) : null, Aliases = Aliases ?? [] };

    /// <summary>A merge patch laid over what is stored.</summary>
    /// <param name="item">What is stored.</param>
    /// <param name="given">The members of the patch, those that are null too.</param>
    public ItemRequest Over(ItemRow item, IReadOnlySet<string> given) => new()
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
