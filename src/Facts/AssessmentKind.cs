namespace Facts;

/// <summary>Kind of statement that an assessment makes about its fact. A denial marks the fact as disputed; no kind changes a number.</summary>
public enum AssessmentKind { Forecast, Denial, Delay, Ratio, Other }
