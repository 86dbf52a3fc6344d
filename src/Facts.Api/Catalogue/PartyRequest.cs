using Facts.Api.Http;
using FluentValidation;

namespace Facts.Api.Catalogue;

/// <summary>A party as it is sent.</summary>
internal sealed class PartyRequest : ICatalogueRequest
{
    /// <summary>Letters, digits and hyphens, such as DEU or world-bank.</summary>
    public string? Code { get; set; }

    /// <summary>As a person would say it.</summary>
    public string? Name { get; set; }

    /// <summary>What kind of actor; <c>organization</c> when absent.</summary>
    public string? Kind { get; set; }

    /// <summary>Other names it is found by.</summary>
    public List<string>? Aliases { get; set; }

    /// <summary>Parties in it: codes, names or aliases.</summary>
    public List<string>? Members { get; set; }

    public PartyRow ToParty() => new() { Code = Code!, Name = Name!, Kind = Kind ?? EnumWords.ToWord(PartyKind.Organization), Aliases = Aliases ?? [], Members = Members ?? [] };

    /// <summary>A merge patch laid over what is stored.</summary>
    /// <param name="party">What is stored.</param>
    /// <param name="given">The members of the patch, those that are null too.</param>
    public PartyRequest Over(PartyRow party, IReadOnlySet<string> given) => new()
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
