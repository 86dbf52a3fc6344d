using Facts.Api.Http;
using FluentValidation;

namespace Facts.Api.Perimeters;

/// <summary>A perimeter as a caller sends it.</summary>
internal sealed class PerimeterRequest
{
    /// <summary>Code of the perimeter: small letters, digits and hyphens, such as washington-2024. It cannot change.</summary>
    public string? Code { get; set; }

    /// <summary>Name of the perimeter, for readers.</summary>
    public string? Name { get; set; }

    /// <summary>Subject of the perimeter, for readers.</summary>
    public string? Description { get; set; }

    /// <summary>
    /// The filter: parameters of listBalances that choose, group and sort rows, written as a query or as the address of the page Explore.
    /// </summary>
    public string? Filter { get; set; }

    /// <summary>The row of a valid request.</summary>
    /// <param name="filter">The filter with codes in place of names.</param>
    public PerimeterRow ToPerimeter(string filter) => new() { Code = Code!, Name = Name!, Description = Description, Filter = filter };

    /// <summary>Merges this patch into the stored row and gives the whole request.</summary>
    /// <param name="perimeter">The stored perimeter.</param>
    /// <param name="given">Names of the members that the patch has, also those that are null.</param>
    public PerimeterRequest MergeInto(PerimeterRow perimeter, IReadOnlySet<string> given) => new()
    {
        Code = perimeter.Code,
        Name = given.Contains("name") ? Name : perimeter.Name,
        Description = given.Contains("description") ? Description : perimeter.Description,
        Filter = given.Contains("filter") ? Filter : perimeter.Filter,
    };
}

internal sealed class PerimeterRequestValidator : AbstractValidator<PerimeterRequest>
{
    /// <summary>The form of a code: it is a part of addresses, so it has one spelling.</summary>
    public const string Code = "^[a-z0-9][a-z0-9-]{0,99}$";

    public PerimeterRequestValidator()
    {
        RuleFor(p => p.Code).IsGiven().Matches(Code).As(Problems.InvalidValue)
            .WithMessage("takes small letters, digits and hyphens, 100 at most, such as washington-2024");
        RuleFor(p => p.Name).IsGiven().AtMost(300);
        RuleFor(p => p.Description).AtMost(10_000);
        RuleFor(p => p.Filter).IsGiven().AtMost(Parameters.MaxValueLength);
    }
}
