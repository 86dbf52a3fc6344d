using Facts.Api.Http;
using FluentValidation;

namespace Facts.Api.Tests.Http;

internal sealed class PromiseRequest
{
    public string? Title { get; set; }
    public List<string>? Donors { get; set; }
    public decimal? Amount { get; set; }
    public string? Status { get; set; }
    public bool? Firm { get; set; }
    public long? Rounds { get; set; }

    internal sealed class Validator : AbstractValidator<PromiseRequest>
    {
        public Validator()
        {
            RuleFor(r => r.Title).IsGiven().AtMost(30);
            RuleFor(r => r.Donors).IsGiven();
            RuleFor(r => r.Status).IsWord<PromiseRequest, PromiseStatus>();
            RuleFor(r => r.Amount).GreaterThan(0);
        }
    }
}
