using Facts.Api.Http;
using FluentValidation;

namespace Facts.Api.Catalogue;

/// <summary>A party as a caller sends it.</summary>
internal sealed class PartyRequest : ICatalogueRequest
{
    /// <summary>Code of the party: letters, digits and hyphens, such as DEU or world-bank. It cannot change.</summary>
    public string? Code { get; set; }

    /// <summary>Name of the party, for readers.</summary>
    public string? Name { get; set; }

    /// <summary>Kind of party; <c>organization</c> when absent.</summary>
    public string? Kind { get; set; }

    /// <summary>Other names by which the party is found. No other party may have them.</summary>
    public List<string>? Aliases { get; set; }

    /// <summary>Members of the party, by code, name or alias; empty when absent.</summary>
    public List<string>? Members { get; set; }

    public PartyRow ToParty() => new()
    {
        Code = Code!,
        Name = Name!,
        Kind = Kind ?? EnumWords.ToWord(PartyKind.Organization),
        Aliases = Aliases ?? [],
        Members = Members ?? [],
    };

    /// <summary>Merges this patch into the stored row and gives the whole request.</summary>
    /// <param name="party">The stored party.</param>
    /// <param name="given">Names of the members that the patch has, also those that are null.</param>
    public PartyRequest MergeInto(PartyRow party, IReadOnlySet<string> given) => new()
    {
        Code = party.Code,
        Name = given.Contains("name") ? Name : party.Name,
        Kind = given.Contains("kind") ? Kind : party.Kind,
        Aliases = given.Contains("aliases") ? Aliases : party.Aliases,
        Members = given.Contains("members") ? Members : party.Members,
    };
}

internal sealed class PartyRequestValidator : AbstractValidator<PartyRequest>
{
    public PartyRequestValidator()
    {
        RuleFor(p => p.Code).IsGiven().Matches("^[A-Za-z0-9][A-Za-z0-9-]{0,99}$").As(Problems.InvalidValue)
            .WithMessage("takes letters, digits and hyphens, 100 at most, such as DEU or world-bank");
        RuleFor(p => p.Name).IsGiven().AtMost(300);
        RuleFor(p => p.Kind).IsWord<PartyRequest, PartyKind>();
        RuleForEach(p => p.Aliases).AtMost(300);
        RuleForEach(p => p.Members).AtMost(300);
    }
}
