namespace Facts;

/// <summary>What a claim says happened or should happen.</summary>
public enum ClaimKind { Request, Pledge, Amendment, Cancellation, Delivery, Assessment }

/// <summary>How binding a pledge is; <see cref="Committed"/> means a contract or a law.</summary>
public enum Firmness { Intent, Pledged, Committed }

/// <summary>How far a delivery has come. In order, but for <see cref="Rejected"/>, which takes it out again.</summary>
public enum Stage { Announced, Dispatched, Arrived, Accepted, Operational, Rejected }

/// <summary>What an assessment says of the fact it hangs on; a denial makes the fact disputed.</summary>
public enum AssessmentKind { Forecast, Denial, Delay, Ratio, Other }

/// <summary>Who is named as saying it.</summary>
public enum Attribution { Named, Anonymous, Document, Unattributed }

/// <summary>An editor's word on a claim among rivals; a deprecated claim stops counting.</summary>
public enum Rank { Preferred, Normal, Deprecated }
