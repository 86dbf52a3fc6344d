namespace Facts;

/// <summary>The reason why two facts may be one, or may belong together (docs/semantics.md#doubt). A pair has the first reason that applies.</summary>
public enum CandidateReason
{
    /// <summary>Two facts of one kind with overlapping numbers, at most 31 days apart.</summary>
    NearMiss,
    /// <summary>Two facts of one kind at most 3 days apart, with numbers that do not overlap.</summary>
    AnotherNumber,
    /// <summary>A pledge of the number that another commitment had come to on that day.</summary>
    StateTold,
    /// <summary>A pledge that repeats another commitment that was still open on that day.</summary>
    AnnouncedAgain,
    /// <summary>Two facts of one kind at most 3 days apart, with the donors of one among those of the other.</summary>
    JointAndOwn,
    /// <summary>A delivery of one donor, and an open joint commitment of this donor and others.</summary>
    PartnerDelivery,
    /// <summary>Two facts of one kind at most 3 days apart, alike but for the unit.</summary>
    AnotherUnit,
    /// <summary>A delivery that came shortly before a pledge that it would otherwise have gone to.</summary>
    CameBefore,
    /// <summary>A claim of basis remaining that fits several open commitments.</summary>
    Remaining,
}
