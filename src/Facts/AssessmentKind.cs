namespace Facts;

/// <summary>What an assessment says of the fact it hangs on; a denial makes the fact disputed.</summary>
public enum AssessmentKind { Forecast, Denial, Delay, Ratio, Other }
